internal import Glibc
internal import Language
internal import Terminal
internal import Typesetting

/// The exit statuses, as in `--help`.
enum Exit: Int32, CaseIterable {
  case good = 0
  case failed = 1
  case badUsage = 64
  case unreadable = 65
  case noSuchFile = 66
  case programMissing = 69
  case cannotCreate = 73
  case outputFailed = 74
  case interrupted = 130

  /// What it says, for `--help` and the manual page.
  var meaning: String {
    switch self {
    case .good: "good"
    case .failed: "a formula, check or answer failed"
    case .badUsage: "wrong usage"
    case .unreadable: "unreadable lesson or data"
    case .noSuchFile: "no such file"
    case .programMissing: "a program for it is missing"
    case .cannotCreate: "cannot create"
    case .outputFailed: "input or output failed"
    case .interrupted: "interrupted"
    }
  }

  /// The status that a problem leads to.
  init(_ problem: Problem) {
    switch problem.code {
    case "no-such-file", "lesson-unknown", "lesson-ambiguous": self = .noSuchFile
    case "unreadable-file", "file-too-large", "bad-text", "input-too-large", "unreadable-problem",
      "bad-key",
      "not-a-number", "ragged-row", "bad-column-name", "repeated-column":
      self = .unreadable
    case "no-pdf-program": self = .programMissing
    case "bad-scheme", "unknown-mistake", "bad-forms", "bad-fix", "bad-strata": self = .badUsage
    case "cannot-create": self = .cannotCreate
    case "output-failed", "unreadable-input": self = .outputFailed
    case "interrupted": self = .interrupted
    default: self = .failed
    }
  }

  /// Ends the program.
  func now() -> Never {
    if self == .interrupted { Interrupt.endProgram() }
    exit(rawValue)
  }
}

/// Writes results; what cannot be written ends the program with a word about it.
func write(_ text: String) {
  do throws(Problem) {
    try Output.standard.write(text)
  } catch {
    complain(error)
    Exit.outputFailed.now()
  }
}

/// Writes a problem to standard error, after the place it happened at.
func complain(_ problem: Problem, at place: String? = nil, inASCII: Bool = false) {
  let prefix = place.map { visible($0) + ": " } ?? "backstep: "
  let text = prefix + problem.rendered + "\n"
  // When even this cannot be written there is nobody left to tell.
  try? Output.error.write(inASCII ? asciiOnly(text) : text)
}
