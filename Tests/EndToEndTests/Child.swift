import Foundation
import PseudoTerminal

/// A program that was started and writes into files, so that nobody has to keep reading.
final class Child {
  let pid: pid_t
  private let name: String
  private let place: Place
  private var hasEnded = false

  /// Starts a program in a session of its own, without a terminal and with default signals.
  init(
    _ program: String, _ arguments: [String], _ actions: inout posix_spawn_file_actions_t,
    name: String, in place: Place, _ changes: [String: String?]
  ) throws {
    self.name = name
    self.place = place
    let flags = O_WRONLY | O_CREAT | O_TRUNC
    posix_spawn_file_actions_addopen(&actions, 1, place.path("\(name).out"), flags, 0o600)
    posix_spawn_file_actions_addopen(&actions, 2, place.path("\(name).err"), flags, 0o600)
    var attributes = posix_spawnattr_t()
    posix_spawnattr_init(&attributes)
    defer { posix_spawnattr_destroy(&attributes) }
    var signals = sigset_t()
    sigfillset(&signals)
    posix_spawnattr_setsigdefault(&attributes, &signals)
    sigemptyset(&signals)
    posix_spawnattr_setsigmask(&attributes, &signals)
    let session = 0x80  // POSIX_SPAWN_SETSID, which Swift does not see
    posix_spawnattr_setflags(
      &attributes, Int16(Int(POSIX_SPAWN_SETSIGDEF) | Int(POSIX_SPAWN_SETSIGMASK) | session))
    let words = ["/usr/bin/env", "-C", place.folder.path, program] + arguments
    var started: pid_t = 0
    let failure = withCStrings(words) { words in
      withCStrings(place.environment(changes).map { "\($0)=\($1)" }) { variables in
        posix_spawn(&started, "/usr/bin/env", &actions, &attributes, words, variables)
      }
    }
    guard failure == 0 else { throw Trouble(description: "\(program): errno \(failure)") }
    pid = started
  }

  deinit { if !hasEnded { end() } }

  /// Waits for its end and collects what it wrote.
  func outcome() throws -> Outcome {
    var status: Int32 = 0
    guard pty_wait(pid, &status, Place.patience) == 1 else {
      throw Trouble(description: "the program does not end; it wrote: \(written)")
    }
    hasEnded = true
    return Outcome(
      status: status, bytes: try place.bytes(of: "\(name).out"),
      errors: try place.text(of: "\(name).err"))
  }

  /// What it has written so far.
  var written: String { (try? place.text(of: "\(name).out")) ?? "" }

  func send(_ signal: Int32) { kill(pid, signal) }

  private func end() {
    var status: Int32 = 0
    kill(pid, SIGKILL)
    _ = pty_wait(pid, &status, 10_000)
  }
}

/// Calls `body` with texts as C wants them: an array of pointers that ends in a null.
func withCStrings<Result>(
  _ texts: [String], _ body: (UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>) -> Result
) -> Result {
  let pointers = UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>.allocate(
    capacity: texts.count + 1)
  for (index, text) in texts.enumerated() { (pointers + index).initialize(to: strdup(text)) }
  (pointers + texts.count).initialize(to: nil)
  defer {
    for index in texts.indices { free(pointers[index]) }
    pointers.deallocate()
  }
  return body(pointers)
}
