import Foundation
import PseudoTerminal
import Testing

/// What a program left behind.
struct Outcome {
  /// The exit status, or minus the number of the signal that ended it.
  let status: Int32
  let bytes: [UInt8]
  let errors: String
  var output: String { String(decoding: bytes, as: UTF8.self) }
  var lines: [String] { output.split(separator: "\n").map(String.init) }
}

/// Something that should not happen to a test.
struct Trouble: Error, CustomStringConvertible {
  let description: String
}

/// A folder for one test: home, settings, state and working directory of what it starts.
final class Place {
  let folder: URL

  /// The program, which the build puts beside the tests.
  static let program = URL(filePath: CommandLine.arguments[0]).deletingLastPathComponent()
    .appending(path: "backstep").path
  static let repository = URL(filePath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent()
  /// The lesson of the slides' first example.
  static let lesson = repository.appending(path: "lessons/05-backpropagation-by-example.md")

  init() throws {
    folder = FileManager.default.temporaryDirectory
      .appending(path: "backstep-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
  }

  deinit { try? FileManager.default.removeItem(at: folder) }

  // MARK: - Files

  func path(_ name: String) -> String { folder.appending(path: name).path }

  func write(_ text: String, to name: String) throws { try write(Array(text.utf8), to: name) }

  func write(_ bytes: [UInt8], to name: String) throws {
    let file = folder.appending(path: name)
    try FileManager.default.createDirectory(
      at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
    try Data(bytes).write(to: file)
  }

  func bytes(of name: String) throws -> [UInt8] {
    Array(try Data(contentsOf: folder.appending(path: name)))
  }

  func text(of name: String) throws -> String {
    String(decoding: try bytes(of: name), as: UTF8.self)
  }

  func exists(_ name: String) -> Bool { FileManager.default.fileExists(atPath: path(name)) }

  // MARK: - Programs

  /// An environment that owes nothing to the one the tests run in.
  func environment(_ changes: [String: String?]) -> [String: String] {
    var result = [
      "BACKSTEP": Self.program, "HOME": folder.path, "LANG": "C.UTF-8", "PATH": "/usr/bin:/bin",
      "TERM": "xterm-256color", "XDG_CONFIG_HOME": path("config"), "XDG_STATE_HOME": path("state"),
    ]
    for name in Self.instruments { result[name] = ProcessInfo.processInfo.environment[name] }
    for (name, value) in changes { result[name] = value }
    return result
  }

  /// What `make coverage` and `make sanitize` tell every program that they watch.
  private static let instruments = [
    "LLVM_PROFILE_FILE", "ASAN_OPTIONS", "LSAN_OPTIONS", "TSAN_OPTIONS",
  ]

  /// Whether a sanitizer watches every program.
  static let isSanitized = isTold(["ASAN_OPTIONS", "TSAN_OPTIONS"])

  private static func isTold(_ names: [String]) -> Bool {
    names.contains { ProcessInfo.processInfo.environment[$0] != nil }
  }

  /// How many milliseconds a program may take to end; a watched one is several times slower.
  static let patience: Int32 =
    isTold(instruments) ? 600_000 : 120_000

  /// Runs the program to its end, with `input` as standard input.
  func run(
    _ arguments: [String], input: String = "", _ changes: [String: String?] = [:]
  ) throws -> Outcome {
    try run(arguments, input: Array(input.utf8), changes)
  }

  /// The same for input that is no text.
  func run(
    _ arguments: [String], input: [UInt8], _ changes: [String: String?] = [:]
  ) throws -> Outcome {
    try start(Self.program, arguments, input: input, changes).outcome()
  }

  /// Runs a line of shell, in which `$BACKSTEP` is the program.
  func shell(
    _ script: String, input: String = "", _ changes: [String: String?] = [:]
  ) throws -> Outcome {
    try start("/bin/sh", ["-c", script], input: Array(input.utf8), changes).outcome()
  }

  private func start(
    _ program: String, _ arguments: [String], input: [UInt8], _ changes: [String: String?]
  ) throws -> Child {
    let name = UUID().uuidString
    try write(input, to: "\(name).in")
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    posix_spawn_file_actions_addopen(&actions, 0, path("\(name).in"), O_RDONLY, 0)
    return try Child(program, arguments, &actions, name: name, in: self, changes)
  }

  /// Starts the program with an open pipe as standard input; the caller writes to the descriptor.
  func startWaiting(_ arguments: [String]) throws -> (Child, FileHandle) {
    let pipe = Pipe()
    for end in [pipe.fileHandleForReading, pipe.fileHandleForWriting] {
      _ = fcntl(end.fileDescriptor, F_SETFD, FD_CLOEXEC)
    }
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    posix_spawn_file_actions_adddup2(&actions, pipe.fileHandleForReading.fileDescriptor, 0)
    let child = try Child(
      Self.program, arguments, &actions, name: UUID().uuidString, in: self, [:])
    return (child, pipe.fileHandleForWriting)
  }
}

/// The lines of the slides: f = (w1 + w2) w3 at -2, 5, -4.
let slide = ["w1=-2, w2=5, w3=-4", "q = w1+w2", "f = q*w3"]

extension [String] {
  /// Each line as an `-e` of its own.
  var asOptions: [String] { flatMap { ["-e", $0] } }
  /// Each line as a row of a script.
  var asScript: String { map { $0 + "\n" }.joined() }
}
