import Foundation
import Testing

/// What is left when a file cannot be written to its end: for each command that writes, the earlier file or none.
@Suite struct FullDiskTests {
  /// How writing is made to fail.
  enum Way: String, CaseIterable {
    /// A file may have 512 bytes (POSIX counts in such blocks); needs no rights, and lets a write begin.
    case limit = "ulimit -f 1"
    /// A file system of 64 KiB with nothing left on it.
    case disk = "a full disk"

    /// What a shell does first, with `full` as the folder to write to.
    var preparation: String {
      switch self {
      case .limit: "mkdir -p full; prepare; ulimit -f 1"
      case .disk:
        "mount -t tmpfs -o size=64k tmpfs full || exit 99; prepare; cat /dev/zero >full/ballast 2>/dev/null"
      }
    }
  }

  /// Whether this user may have a file system of their own.
  private static let canMount: Bool = {
    guard let place = try? Place() else { return false }
    return (try? place.shell("unshare -rm mount -t tmpfs -o size=64k tmpfs . 2>/dev/null"))?.status
      == 0
  }()

  private static let ways = canMount ? Way.allCases : [.limit]

  struct Writing {
    let arguments: String
    /// What is there before and has to be there afterwards, unchanged.
    var earlier: [String] = []
    var status: Int32 = 74
  }

  private static let long = (1...60).map { "-e 'a\($0) = \($0)'" }.joined(separator: " ")

  private static let writings: [Writing] = [
    Writing(arguments: "\(long) -e 'save full/session'"),
    Writing(arguments: "-e x=2 -e 'f=x^2' -e 'export svg full/f.svg'"),
    Writing(arguments: "-e x=2 -e 'f=x^2' -e 'export html full/f.html'"),
    Writing(arguments: "export svg 'x^2' --at x=2 --output full/f.svg", earlier: ["full/f.svg"]),
    Writing(arguments: "export tikz 'x^2*y' --at x=2,y=3 -o full/f.tex"),
    Writing(arguments: "lesson 5 --html --output full/l.html", earlier: ["full/l.html"]),
    Writing(arguments: "lesson 5 --record full/l.cast"),
    Writing(
      arguments: "answer 'x^2*y' --at x=2,y=3 --format html --output full/a.html",
      earlier: ["full/a.html"]),
    Writing(arguments: "sheet ./c.md --forms A,B --output full"),
    Writing(arguments: "sheet ./c.md --variants 20 --export moodle --output full"),
    Writing(arguments: "grade o/c-key.json class.csv --results full/r.csv"),
    Writing(arguments: "grade o/c-key.json class.csv --feedback full"),
    Writing(arguments: "check --accept full/wrong.md", earlier: ["full/wrong.md"]),
  ]

  @Test(arguments: ways)
  func `what cannot be written leaves what was there, and nothing of its own`(_ way: Way) throws {
    let place = try Place()
    try FileManager.default.createDirectory(
      atPath: place.path("full"), withIntermediateDirectories: true)
    try place.write(circuitProblem, to: "c.md")
    let made = try place.run(["sheet", "./c.md", "--forms", "A,B", "--seed", "7", "--output", "o"])
    #expect(made.status == 0)
    let students = (1...40).map { "Student\($0),A,1,1,1,1\n" }.joined()
    try place.write("student,form,grad q,grad w1,grad w2,grad w3\n" + students, to: "class.csv")
    // More than 512 bytes, or replacing it would be allowed.
    let wrong =
      "# Wrong\n\n```backstep\n> 1 + 1\n3\n```\n\n" + String(repeating: "Some prose. ", count: 60)
      + "\n"
    try place.write(wrong, to: "earlier")
    for writing in Self.writings {
      let copies = writing.earlier.map { "cp earlier \($0)" } + ["ls -A full >before"]
      let script = """
        prepare() { \(copies.joined(separator: "; ")); }
        \(way.preparation)
        "$BACKSTEP" \(writing.arguments) >/dev/null 2>err; echo "status $?"
        for file in \(writing.earlier.joined(separator: " ")); do cmp earlier $file || echo changed; done
        ls -A full | grep -v ballast | cmp - before || echo "left: $(ls -A full)"
        rm -f full/*
        """
      try place.write(script, to: "script")
      let outcome = try place.shell(way == .disk ? "unshare -rm sh script" : "sh script")
      #expect(
        outcome.output == "status \(writing.status)\n", "\(way.rawValue): \(writing.arguments)")
      let errors = try place.text(of: "err")
      #expect(
        errors.contains(way == .disk ? "the disk is full" : "a file may not be as large here"),
        "\(way.rawValue): \(writing.arguments): \(errors)")
    }
  }

  @Test(arguments: ways)
  func `a site has whole pages or none`(_ way: Way) throws {
    let place = try Place()
    try FileManager.default.createDirectory(
      atPath: place.path("full"), withIntermediateDirectories: true)
    let script = """
      prepare() { :; }
      \(way.preparation)
      "$BACKSTEP" site full >/dev/null 2>err; echo "status $?"; ls -A full | grep -v ballast; true
      """
    try place.write(script, to: "script")
    let outcome = try place.shell(way == .disk ? "unshare -rm sh script" : "sh script")
    #expect(outcome.output == "status 74\n", "\(way.rawValue)")
  }

  /// Room for some of the sheets and not for all: half a set would stand in the way of the next try.
  @Test(.enabled(if: canMount, "unshare and mount are needed for a small disk"))
  func `half a set of sheets is taken away again`() throws {
    let place = try Place()
    try place.write(circuitProblem, to: "c.md")
    let script = """
      mkdir full; mount -t tmpfs -o size=64k tmpfs full || exit 99; head -c 49152 /dev/zero >full/ballast
      "$BACKSTEP" sheet ./c.md --forms A..H --output full 2>err; echo "status $?"; ls -A full
      """
    try place.write(script, to: "script")
    let outcome = try place.shell("unshare -rm sh script")
    #expect(outcome.output == "status 74\nballast\n")
    #expect(try place.text(of: "err").contains("the disk is full"))
  }

  @Test func `a transcript that can grow no more keeps its whole answers, and the status says so`()
    throws
  {
    let place = try Place()
    let lines = (1...60).map { "-e 'a\($0) = \($0)' -e a\($0)" }.joined(separator: " ")
    let outcome = try place.shell(
      "ulimit -f 1; \"$BACKSTEP\" -e 'record t.md' \(lines) >/dev/null 2>err")
    #expect(outcome.status == 74)
    #expect(try place.text(of: "err").contains("a file may not be as large here"))
    let text = try place.text(of: "t.md")
    #expect(text.hasPrefix("# Transcript\n") && text.hasSuffix("\n") && text.utf8.count > 400)
    // The last entry is whole: a line and, where it has one, its answer.
    let last = try #require(text.split(separator: "\n").last)
    #expect(last.contains(#/^(> a\d+ = \d+|> a\d+|\d+)$/#), "\(last)")
  }

  @Test func `a history that can grow no more keeps whole lines`() throws {
    let place = try Place()
    let learner = try Learner(
      in: place, ["-c", "ulimit -f 1; exec \"$BACKSTEP\""], program: "/bin/sh")
    try learner.prompt()
    for number in 1...60 {
      #expect(try learner.say("\(number) + 1000").hasSuffix("\(number + 1000)\n"))
    }
    try learner.type("\u{4}")
    #expect(try learner.end() == 0)
    #expect(learner.everything.components(separatedBy: "will not be remembered").count == 2)
    let history = try place.text(of: "state/backstep/history")
    #expect(history.hasSuffix(" + 1000\n") && history.utf8.count <= 512)
    let numbers = history.split(separator: "\n").map(String.init)
    #expect(numbers == (1...numbers.count).map { "\($0) + 1000" })
  }

  @Test func `how far a lesson went is kept as it was, and nobody is stopped`() throws {
    let place = try Place()
    try place.write(LessonTests.lesson, to: "small.md")
    let earlier = (1...40).map { "other\($0) 1 4 0 0 4\n" }.joined()
    try place.write(earlier, to: "state/backstep/progress")
    let outcome = try place.shell(
      "ulimit -f 1; \"$BACKSTEP\" lesson small.md >/dev/null", input: "9\n6\na\n")
    #expect(outcome.status == 0)
    #expect(try place.text(of: "state/backstep/progress") == earlier)
    #expect(
      try FileManager.default.contentsOfDirectory(atPath: place.path("state/backstep")) == [
        "progress"
      ])
  }
}
