internal import CLineEdit
internal import Glibc
package import Language

/// Other programs, looked for on the path and run to their end.
package enum Programs {
  /// The first of these programs that is installed.
  package static func find(_ names: [String]) -> String? {
    let path = getenv("PATH").flatMap { String(validatingCString: $0) } ?? "/usr/bin:/bin"
    let folders = path.split(separator: ":").filter { $0.hasPrefix("/") }
    for name in names {
      if let found = folders.map({ "\($0)/\(name)" }).first(where: {
        access($0, X_OK) == 0 && !Files.isFolder($0)
      }) {
        return found
      }
    }
    return nil
  }

  /// How a program ended.
  package enum Ending: Hashable, Sendable {
    case status(Int32)
    /// It was stopped after its time.
    case timedOut
  }

  /// Runs a program in a folder, with nothing to read; what it prints goes to the file `log` there.
  ///
  /// It sees the path and the language of this process and `variables`, with the folder as its home; after
  /// `seconds` it is stopped, and with it all that it started.
  package static func run(
    _ program: String, _ arguments: [String], in folder: String, log: String,
    variables: [String: String] = [:], seconds: Int = 60
  ) throws(Problem) -> Ending {
    var all = ["HOME": folder, "TMPDIR": folder]
    for name in ["PATH", "LANG", "LC_ALL"] {
      all[name] = getenv(name).flatMap { String(validatingCString: $0) }
    }
    all.merge(variables) { $1 }
    let child = try start(
      program, arguments, all.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" }, folder,
      log)
    var left = max(1, seconds) * 100
    var status: Int32 = 0
    while true {
      let done = waitpid(child, &status, WNOHANG)
      if done == child { break }
      if done < 0, errno != EINTR { throw .cannotRun(program, errno) }
      let isInterrupted = le_interrupted() != 0
      if left == 0 || isInterrupted {
        kill(-child, SIGKILL)
        while waitpid(child, &status, 0) < 0, errno == EINTR {}
        if isInterrupted { throw .interrupted() }
        return .timedOut
      }
      left -= 1
      usleep(10_000)
    }
    // As a shell has it: what a signal ended counts from 128.
    let signal = status & 0x7F
    return .status(signal == 0 ? (status >> 8) & 0xFF : 128 + signal)
  }

  private static func start(
    _ program: String, _ arguments: [String], _ variables: [String], _ folder: String,
    _ log: String
  ) throws(Problem) -> pid_t {
    var actions = posix_spawn_file_actions_t()
    var attributes = posix_spawnattr_t()
    posix_spawn_file_actions_init(&actions)
    posix_spawnattr_init(&attributes)
    defer {
      posix_spawn_file_actions_destroy(&actions)
      posix_spawnattr_destroy(&attributes)
    }
    // A group of its own, so that what it starts can be stopped with it.
    posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETPGROUP))
    posix_spawnattr_setpgroup(&attributes, 0)
    posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0)
    posix_spawn_file_actions_addopen(
      &actions, 1, folder + "/" + log, O_WRONLY | O_CREAT | O_TRUNC, 0o600)
    posix_spawn_file_actions_adddup2(&actions, 1, 2)
    // Only a shell can be started in another folder; the words reach it as they are.
    let shell = ["/bin/sh", "-c", #"cd "$0" && exec "$@""#, folder, program]
    var words = (shell + arguments).map { strdup($0) } + [nil]
    var environment = variables.map { strdup($0) } + [nil]
    defer { for word in words + environment { free(word) } }
    var child: pid_t = 0
    let failure = posix_spawn(&child, shell[0], &actions, &attributes, &words, &environment)
    if failure != 0 { throw .cannotRun(program, failure) }
    return child
  }

  /// Whether this process may do everything, which some programs refuse to be started by.
  package static var isAdministrator: Bool { geteuid() == 0 }
}
