import Foundation
import PseudoTerminal

/// Someone at a terminal: types, and waits for what should appear.
final class Learner {
  let master: Int32
  private var isGone = false
  let pid: pid_t
  var screen: [UInt8] = []
  /// How much of the screen has been waited for.
  var seen = 0

  /// Starts the program, or another one, on a terminal; without colours unless they are asked for.
  init(
    in place: Place, _ arguments: [String] = [], program: String = Place.program,
    columns: Int32 = 80, _ changes: [String: String?] = [:]
  ) throws {
    let words = ["/usr/bin/env", "-C", place.folder.path, program] + arguments
    let variables = place.environment(["NO_COLOR": "1"].merging(changes) { $1 })
    var started: pid_t = 0
    master = withCStrings(words) { words in
      withCStrings(variables.map { "\($0)=\($1)" }) { variables in
        pty_spawn("/usr/bin/env", words, variables, columns, 24, &started)
      }
    }
    pid = started
    guard master >= 0 else { throw Trouble(description: "no terminal: errno \(errno)") }
  }

  deinit {
    var status: Int32 = 0
    if pty_wait(pid, &status, 0) == 0 {
      _ = pty_signal(pid, SIGKILL)
      _ = pty_wait(pid, &status, 10_000)
    }
    hangUp()
  }

  /// Closes the window, which sends SIGHUP to the program.
  func hangUp() {
    if !isGone { pty_close(master) }
    isGone = true
  }

  /// What has been shown from the start.
  var everything: String { String(decoding: screen, as: UTF8.self) }

  func resize(columns: Int32) { _ = pty_resize(master, columns, 24) }

  func type(_ keys: String) throws { try type(bytes: Array(keys.utf8)) }

  /// The same for bytes that need not be text.
  func type(bytes keys: [UInt8]) throws {
    let bytes = keys.map(CChar.init(bitPattern:))
    var sent = 0
    var patience = ContinuousClock.now + .seconds(60)
    while sent < bytes.count {
      let count = bytes.withUnsafeBufferPointer {
        pty_write(master, $0.baseAddress.map { $0 + sent }, min(256, bytes.count - sent))
      }
      guard count >= 0, count > 0 || ContinuousClock.now < patience else {
        throw Trouble(description: "nobody reads what is typed: \(everything.suffix(2000))")
      }
      if count > 0 { patience = ContinuousClock.now + .seconds(60) }
      sent += count
      // What comes back is taken from the terminal, or both ends would wait for each other.
      if sent < bytes.count { _ = try read(within: count > 0 ? 0 : 10) }
    }
  }

  /// Waits until a text appears after what was waited for last; returns what came before it.
  @discardableResult func wait(for text: String) throws -> String {
    let wanted = Array(text.utf8)
    while true {
      if let range = screen[seen...].firstRange(of: wanted) {
        let before = String(decoding: screen[seen..<range.lowerBound], as: UTF8.self)
        seen = range.upperBound
        return before
      }
      guard try read() else {
        throw Trouble(description: "ended without \(text.debugDescription): \(everything)")
      }
    }
  }

  /// Waits for a prompt.
  @discardableResult func prompt(_ prompt: String = "backstep> ") throws -> String {
    try wait(for: Self.editing + prompt)
  }

  /// Types a line and returns what is answered to it, up to the next prompt.
  @discardableResult func say(_ line: String, prompt: String = "backstep> ") throws -> String {
    try type(line + "\r")
    try wait(for: Self.entered)
    return try self.prompt(prompt).replacing("\r\n", with: "\n")
  }

  /// Waits for the end of the program and returns its status.
  func end() throws -> Int32 {
    while try read() {}
    var status: Int32 = 0
    guard pty_wait(pid, &status, 30_000) == 1 else {
      throw Trouble(description: "the program does not end: \(everything)")
    }
    return status
  }

  /// What readline sends when it begins to edit a line, and when the line has been entered.
  static let editing = "\u{1B}[?2004h"
  static let entered = "\u{1B}[?2004l\r"

  private func read() throws -> Bool {
    guard let count = try read(within: 60_000) else {
      throw Trouble(
        description: "waited in vain after: \(everything.suffix(3000).debugDescription)")
    }
    return count > 0
  }

  /// Reads what comes within some milliseconds: how many bytes, 0 at the end, nil if nothing came.
  func read(within milliseconds: Int32) throws -> Int? {
    var buffer = [CChar](repeating: 0, count: 65_536)
    let count = pty_read(master, &buffer, buffer.count, milliseconds)
    if count == PTY_TIMED_OUT { return nil }
    guard count >= 0 else { throw Trouble(description: "the terminal failed: errno \(errno)") }
    screen += buffer.prefix(count).map(UInt8.init(bitPattern:))
    return count
  }
}
