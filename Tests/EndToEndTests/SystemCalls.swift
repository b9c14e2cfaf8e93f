import Foundation

/// What a program asked of the system while strace looked on.
struct SystemCalls {
  /// Whether strace is installed and allowed to trace.
  static let canTrace: Bool = {
    guard let place = try? Place() else { return false }
    return (try? place.shell("strace -f -qq -o log -e trace=%file true"))?.status == 0
  }()

  /// The options of strace: files, programs, networks, and other ways out of a process.
  static func options(log: String) -> [String] {
    [
      "-f", "-qq", "-s", "4096", "-o", log, "-e",
      "trace=%file,%process,%network,ftruncate,fchmod,fchown,memfd_create,io_uring_setup,ptrace,mount,kill,tgkill",
    ]
  }

  /// Each call on one line, without the number of its process; calls that were told of in two halves are joined.
  let lines: [String]

  init(_ log: String) {
    var begun: [Substring: String] = [:]
    var lines: [String] = []
    for line in log.split(separator: "\n") {
      let process = line.prefix { $0 != " " }
      let call = line.dropFirst(process.count).drop { $0 == " " }
      if call.hasSuffix("<unfinished ...>") {
        begun[process] = String(call.dropLast("<unfinished ...>".count))
      } else if call.hasPrefix("<..."), let end = call.range(of: "resumed>") {
        lines.append((begun.removeValue(forKey: process) ?? "") + call[end.upperBound...])
      } else if !call.hasPrefix("---"), !call.hasPrefix("+++") {
        lines.append(String(call))
      }
    }
    self.lines = lines + begun.values
  }

  private static func name(_ line: String) -> Substring { line.prefix { $0 != "(" } }

  /// The files that were opened, in order: their names and the flags.
  var opened: [(path: String, flags: Substring)] {
    lines.compactMap { line in
      guard ["open", "openat", "openat2", "creat"].contains(Self.name(line)),
        !line.contains(") = -1 ")
      else { return nil }
      let parts = line.split(separator: "\"", maxSplits: 2, omittingEmptySubsequences: false)
      guard parts.count == 3 else { return (line, "O_RDWR") }
      return (String(parts[1]), Self.name(line) == "creat" ? "O_WRONLY" : parts[2])
    }
  }

  /// What was opened for reading only.
  var read: [String] { opened.filter { !Self.writes($0.flags) }.map(\.path) }
  /// What was opened in a way that could change it, or make it.
  var written: [String] { opened.filter { Self.writes($0.flags) }.map(\.path) }

  private static func writes(_ flags: Substring) -> Bool {
    ["O_WRONLY", "O_RDWR", "O_CREAT", "O_TRUNC", "O_APPEND", "O_TMPFILE"].contains {
      flags.contains($0)
    }
  }

  /// All that is neither looking at files nor opening them: beginning programs, connections, changes to folders.
  ///
  /// The program's own beginning and its threads are not among them.
  var deeds: [String] {
    let quiet: Set<Substring> = [
      "open", "openat", "openat2", "creat", "access", "faccessat", "faccessat2", "stat", "lstat",
      "newfstatat",
      "fstatat64", "statx", "statfs", "readlink", "readlinkat", "getcwd", "exit", "exit_group",
      "wait4", "waitid",
    ]
    var hasBegun = false
    return lines.filter { line in
      let name = Self.name(line)
      if quiet.contains(name) { return false }
      if name == "execve", !hasBegun {
        // The way into the program itself.
        hasBegun = !line.contains(") = -1 ")
        return false
      }
      if ["clone", "clone3"].contains(name), line.contains("CLONE_THREAD") { return false }
      return true
    }
  }
}
