internal import Glibc
internal import Language

extension Problem {
  static func cannotRun(_ program: String, _ failure: Int32) -> Problem {
    Problem("cannot-run", "\(named(program)) cannot be run: \(reason(failure))")
  }

  static func cannotCreate(_ path: String, _ failure: Int32) -> Problem {
    if path.isEmpty { return Problem("cannot-create", "a file name is missing") }
    let hint: String? =
      switch failure {
      case EISDIR: "give a name inside that folder"
      case ENOENT, ENOTDIR: "the folder it should go into is not there; make it first"
      case EACCES, EPERM, EROFS: "choose a place you may write to, such as /tmp"
      default: nil
      }
    return Problem(
      "cannot-create", "\(named(path)) cannot be written: \(reason(failure))", hint: hint)
  }

  static func fileTooLarge(_ path: String, _ limit: Int) -> Problem {
    Problem(
      "file-too-large", "\(named(path)) is larger than \(amount(limit))",
      hint: "is it the right file? split it if it is")
  }

  static func historyUnavailable(_ path: String, _ failure: Int32) -> Problem {
    Problem(
      "history-unavailable",
      "lines will not be remembered for the next time: \(named(path)): \(reason(failure))",
      hint: "--no-history starts without it")
  }

  static func inputTooLarge(_ limit: Int) -> Problem {
    Problem(
      "input-too-large", "standard input is larger than \(amount(limit))",
      hint: "split it into several runs")
  }

  static func interrupted() -> Problem { Problem("interrupted", "stopped by ^C") }

  static func lineTooLong(_ limit: Int) -> Problem {
    Problem(
      "line-too-long", "a line is longer than \(amount(limit))",
      hint: "name parts of the formula on lines of their own")
  }

  static func noSuchFile(_ path: String) -> Problem {
    Problem(
      "no-such-file",
      path.isEmpty ? "a file name is missing" : "there is no file called \(named(path))",
      hint: path.isEmpty ? nil : "look at the spelling, or give the whole path")
  }

  static func notAFile(_ path: String) -> Problem {
    Problem(
      "unreadable-file", "\(named(path)) is a device or a pipe and not a file",
      hint: "read it through standard input: backstep - < \(named(path))")
  }

  static func notAFolder(_ path: String) -> Problem {
    Problem("unreadable-file", "\(named(path)) is a file and not a folder")
  }

  static func outputFailed(_ place: String, _ failure: Int32) -> Problem {
    let hint: String? =
      switch failure {
      case ENOSPC, EDQUOT: "make room, or choose another place"
      case EFBIG: "ulimit -f shows how large a file may be"
      default: nil
      }
    return Problem(
      "output-failed", "writing to \(named(place)) failed: \(reason(failure))", hint: hint)
  }

  static func unreadableFile(_ path: String, _ failure: Int32) -> Problem {
    if failure == ENOENT || failure == ENOTDIR && !Files.exists(path) { return .noSuchFile(path) }
    let hint: String? =
      switch failure {
      case EISDIR: "give the name of a file inside it"
      case EACCES, EPERM: "look at its permissions with ls -l"
      default: nil
      }
    return Problem(
      "unreadable-file", "\(named(path)) cannot be read: \(reason(failure))", hint: hint)
  }

  static func unreadableInput(_ failure: Int32) -> Problem {
    Problem("unreadable-input", "standard input cannot be read: \(reason(failure))")
  }
}

/// A path as one line; other controls are made visible where the problem is drawn.
private func named(_ path: String) -> String {
  var result = ""
  for scalar in path.unicodeScalars {
    result += scalar == "\n" || scalar == "\t" ? spelled(scalar) : String(scalar)
  }
  return result
}

private func reason(_ failure: Int32) -> String {
  switch failure {
  case EISDIR: "it is a folder"
  case EACCES, EPERM: "permission denied"
  case ENOENT: "there is no such folder"
  case ENOTDIR: "part of the path is a file and not a folder"
  case ENOSPC, EDQUOT: "the disk is full"
  case EROFS: "the disk is read-only"
  case EFBIG: "a file may not be as large here"
  case EBADF: "it is closed"
  case ENAMETOOLONG: "the name is too long"
  case ELOOP: "the links lead in a circle"
  case EINVAL: "it is not a file"
  case ENXIO: "nobody is reading from it"
  default: strerror(failure).map { String(cString: $0).lowercased() } ?? "error \(failure)"
  }
}

private func amount(_ bytes: Int) -> String {
  if bytes >= 1 << 20 && bytes % (1 << 20) == 0 { return "\(bytes >> 20) MiB" }
  if bytes >= 1 << 10 && bytes % (1 << 10) == 0 { return "\(bytes >> 10) KiB" }
  return "\(bytes) bytes"
}
