import Foundation
import Testing

/// What a lesson can do, seen from outside: strace tells of everything the program asks of the system.
///
/// Skipped with a word where strace is missing or may not trace; `.ci/run` installs it.
@Suite(
  .enabled(
    if: SystemCalls.canTrace, "strace is missing, or may not trace here: apt-get install strace"),
  .disabled(if: Place.isSanitized, "a sanitizer asks the system much by itself"))
struct TraceTests {
  private let place: Place
  init() throws { place = try Place() }

  /// What may be opened for reading, whatever is played; a name that ends in a slash stands for all below it.
  ///
  /// `docs/reliability.md` says the same in words.
  private static let mayRead = [
    // The way into any program: its libraries, their cache, the size of the machine.
    "/etc/ld.so.cache", "/etc/ld.so.preload", "/lib/", "/lib64/", "/usr/lib/", "/usr/local/lib/",
    "/proc/self/maps", "/proc/self/exe", "/proc/self/cgroup", "/proc/cpuinfo", "/proc/meminfo",
    "/proc/stat",
    "/sys/devices/system/cpu/", "/sys/fs/cgroup/", "/sys/kernel/mm/transparent_hugepage/",
    // The C library asks it before it gives a thread's memory back.
    "/proc/sys/vm/overcommit_memory",
    // Letters and terminals.
    "/usr/share/locale/", "/usr/share/terminfo/", "/etc/terminfo/", "/etc/inputrc", "/dev/tty",
    "/proc/self/fd/0",
    "/dev/null",
  ]

  /// Libraries of Swift, where the compiler has put them beside itself.
  private static let swiftLibraries: String = {
    // The path in which a program that was just built looks for them.
    guard let place = try? Place(), let log = try? place.shell("ldd \"$BACKSTEP\"").output else {
      return "/usr/lib/"
    }
    let line = log.split(separator: "\n").first { $0.contains("libswiftCore.so =>") }
    let path =
      line?.split(separator: " ").first { $0.hasPrefix("/") }.map(String.init) ?? "/usr/lib/x"
    return path.components(separatedBy: "/swift/linux/")[0] + "/swift/linux/"
  }()

  private func trace(
    _ arguments: [String], input: String = ""
  ) throws -> (calls: SystemCalls, outcome: Outcome) {
    let words = SystemCalls.options(log: "calls") + [Place.program] + arguments
    let quoted = words.map { "'" + $0.replacing("'", with: "'\\''") + "'" }.joined(separator: " ")
    let outcome = try place.shell("strace \(quoted)", input: input)
    return (SystemCalls(try place.text(of: "calls")), outcome)
  }

  /// Reads nothing but what is allowed and what was named, writes what was asked for, and does nothing else.
  private func expectInnocent(
    _ calls: SystemCalls, reading: [String] = [], writing: [String] = [], _ what: String
  ) {
    let allowed =
      Self.mayRead + [Self.swiftLibraries, place.path("config") + "/", place.path("state") + "/"]
      + reading
    let strange = calls.read.filter { path in
      !allowed.contains { $0.hasSuffix("/") ? path.hasPrefix($0) : path == $0 }
        // The folder itself, to list it.
        && !allowed.contains(path + "/")
    }
    #expect(strange == [], "\(what) opened for reading")
    #expect(
      calls.written.filter { path in
        !writing.contains { $0.hasSuffix("/") ? path.hasPrefix($0) : path == $0 }
      } == [], "\(what) opened for writing")
    let strangeDeeds = calls.deeds.filter { deed in
      // Looking whether a folder is there by trying to make it.
      if deed.hasPrefix("mkdir"), deed.contains("EEXIST") { return false }
      // What a program does to put a file in place of another, where it was asked to write one.
      return
        !(["rename", "mkdir", "unlink", "fchmod", "fchown", "ftruncate"].contains {
          deed.hasPrefix($0)
        }
        && writing.contains { deed.contains("\"\($0)") || deed.hasPrefix("f") })
    }
    #expect(strangeDeeds == [], "\(what)")
    #expect(!calls.lines.isEmpty)
  }

  private static let lessons = Place.repository.appending(path: "lessons").path

  @Test func `the eyes see: a program that writes, starts another and connects is found out`()
    throws
  {
    let script =
      "strace \(SystemCalls.options(log: "calls").joined(separator: " ")) /bin/sh -c 'echo >made; ls >/dev/null; exec 3<secret'"
    try place.write("", to: "secret")
    _ = try place.shell(script)
    let calls = SystemCalls(try place.text(of: "calls"))
    #expect(calls.written.contains("made") && calls.read.contains("secret"))
    #expect(
      calls.deeds.contains {
        $0.hasPrefix("execve(\"/usr/bin/ls") || $0.hasPrefix("execve(\"/bin/ls")
      })
    let connection = try place.shell(
      "strace \(SystemCalls.options(log: "calls").joined(separator: " ")) python3 -c 'import socket; socket.socket()'"
    )
    if connection.status == 0 {
      #expect(SystemCalls(try place.text(of: "calls")).deeds.contains { $0.hasPrefix("socket(") })
    }
  }

  /// All of them in one run; `check` plays each as a learner would.
  @Test func `every shipped lesson is checked without a look or a word outside`() throws {
    let (calls, outcome) = try trace(["check", Self.lessons])
    #expect(outcome.status == 0)
    expectInnocent(calls, reading: [Self.lessons + "/"], "check")
    #expect(calls.read.filter { $0.hasSuffix(".md") }.count >= 28)
  }

  @Test func `every shipped lesson is played from one card to the next`() throws {
    let names = try FileManager.default.contentsOfDirectory(atPath: Self.lessons)
      .filter { $0.hasSuffix(".md") && $0.first?.isNumber == true }.sorted()
    #expect(names.count >= 27)
    for name in names {
      let path = Self.lessons + "/" + name
      let (calls, outcome) = try trace(["lesson", path, "--script"])
      #expect(outcome.status == 0, "\(name)")
      expectInnocent(calls, reading: [path], "\(name)")
    }
  }

  /// All that a lesson might try, as lines of a transcript.
  private static let attempts = [
    "save stolen", "save /tmp/backstep-stolen", "save ../stolen", "export svg stolen.svg",
    "export html ~/stolen.html",
    "export svg -", "source secret", "source /etc/passwd", "load secret", "data secret.csv",
    "data /etc/passwd",
    "data ./secret.csv", "record stolen.md", "lesson secret.md", "lesson /etc/passwd",
    "review secret.md", "quit", "q",
    "!touch stolen", "!", "shell touch stolen", "| touch stolen", "1 + 1 > stolen",
    "1 + 1 | tee stolen", "`touch stolen`",
    "$(touch stolen)", "; touch stolen", "include secret", "import os", "open secret",
    "curl http://localhost/",
    "help ../../etc/passwd", "set init secret", ":save stolen", ":source secret",
    ":export svg stolen.svg",
    "x = source(secret)", "record off", "save", "source", "train L wrt x save stolen",
  ]

  private static var hostile: String {
    let tries = attempts.map { "```backstep\n> \($0)\n```\n\n" }.joined()
    return """
      ---
      title: A gift
      source: file:///etc/passwd
      ---

      # A gift

      ![a picture](secret.png) and [a link](file:///etc/passwd), $\\input{secret}$ and <img src="secret.png">.

      ```backstep
      > x = 2
      > f = x^2
      ```

      \(tries)## Answers

      > **Predict.** What is $f$?

      <!-- answer: value f
      hint: save stolen
      if 2: export svg stolen.svg
      because: data secret.csv
      -->

      > **Predict.** What is the value of x?

      <!-- answer: x -->

      <details><summary>save stolen</summary>

      ```backstep
      > save stolen
      > assert source(secret) = 1
      ```

      </details>
      """
  }

  private func writeHostile() throws {
    try place.write(Self.hostile, to: "gift.md")
    for (index, attempt) in Self.attempts.enumerated() {
      // Each by itself too: a lesson may end at the first line that is refused.
      try place.write(
        "# Try \(index)\n\n```backstep\n> x = 2\n> f = x^2\n> \(attempt)\n```\n\n> **Predict.** What is x?\n\n<!-- answer: x\nhint: \(attempt)\n-->\n",
        to: "tries/\(index).md")
    }
    try place.write("stolen = 1\n", to: "secret")
    try place.write("# Secret\n", to: "secret.md")
    try place.write("x,y\n1,2\n", to: "secret.csv")
  }

  /// Nothing was made beside what the test itself has put there.
  private func expectNothingStolen(besides own: Set<String> = []) throws {
    let names = try FileManager.default.contentsOfDirectory(atPath: place.folder.path)
    let strange = names.filter { $0.contains("stolen") && !own.contains($0) }
    #expect(strange == [])
    #expect(!FileManager.default.fileExists(atPath: "/tmp/backstep-stolen"))
  }

  @Test
  func `a lesson that tries it all gets none of it: checked, looked through, played and printed`()
    throws
  {
    try writeHostile()
    let tries = place.path("tries") + "/"
    for (arguments, reading) in [
      (["check", "gift.md"], ["gift.md"]), (["lint", "gift.md"], ["gift.md"]),
      (["lesson", "gift.md", "--script"], ["gift.md"]),
      (["lesson", "gift.md", "--handout"], ["gift.md"]),
      (["lesson", "gift.md", "--html"], ["gift.md"]),
      (["lesson", "gift.md", "--record", "/dev/stdout"], ["gift.md"]),
      (["export", "html", "--lesson", "gift.md"], ["gift.md"]),
      (["answer", "--lesson", "gift.md"], ["gift.md"]), (["check", place.path("tries")], [tries]),
      (["lint", place.path("tries")], [tries]),
    ] {
      let (calls, outcome) = try trace(arguments)
      #expect([0, 1, 65].contains(outcome.status), "\(arguments): \(outcome.status)")
      expectInnocent(calls, reading: reading, arguments.joined(separator: " "))
    }
    try expectNothingStolen()
  }

  @Test func `the same lesson as a page is written where it was asked for, and nowhere else`()
    throws
  {
    try writeHostile()
    let (calls, outcome) = try trace(["lesson", "gift.md", "--html", "--output", "page.html"])
    #expect([0, 1, 65].contains(outcome.status), "\(outcome.errors)")
    expectInnocent(
      calls, reading: ["gift.md", "."],
      writing: [".backstep-", "page.html"].map { $0 }
        + calls.written.filter { $0.hasPrefix(".backstep-") && $0.hasSuffix(".tmp") },
      "lesson --html --output")
    try expectNothingStolen()
  }

  @Test func `played at a prompt, where the learner may do all that, it may do none of it`() throws
  {
    try writeHostile()
    let state = place.path("state") + "/"
    for lesson in ["gift.md"] + [0, 6, 9, 12, 13, 18].map({ "tries/\($0).md" }) {
      let learner = try Learner(
        in: place, SystemCalls.options(log: "calls") + [Place.program], program: "/usr/bin/strace")
      try learner.prompt()
      try learner.type("lesson \(lesson)\r")
      try learner.wait(for: Learner.entered)
      // Enter, hints and answers until it is over; what the prompt says does not matter.
      for keys in ["", "hint", "show", "2", "", "hint", "4", "", "skip", "", "skip", "", "leave"] {
        try learner.wait(for: Learner.editing)
        try learner.type(keys + "\r")
        try learner.wait(for: Learner.entered)
      }
      try learner.wait(for: Learner.editing)
      try learner.type("\u{4}")
      _ = try learner.read(within: 50)
      try? learner.type("\u{4}")  // the first one may have left a lesson only
      #expect(try learner.end() == 0)
      let calls = SystemCalls(try place.text(of: "calls"))
      expectInnocent(
        calls, reading: [lesson, state, place.path(".inputrc"), place.path(".terminfo") + "/"],
        writing: [state, place.path("state")], "prompt: \(lesson)")
      try expectNothingStolen()
    }
  }
}
