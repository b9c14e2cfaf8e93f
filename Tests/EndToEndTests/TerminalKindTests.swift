import Foundation
import Testing

/// Terminals that can do little, locales that write numbers in another way, and streams that are not there.
@Suite struct TerminalKindTests {
  private let place: Place
  init() throws { place = try Place() }

  @Test(arguments: ["dumb", "", nil])
  func `^C on a dumb terminal drops a line, stops a training, and does not leave`(
    _ kind: String?
  ) throws {
    let learner = try Learner(in: place, [], ["TERM": kind])
    try learner.type("1 + 1\n")
    try learner.wait(for: "\r\n2\r\n")
    try learner.type("3 + \u{3}")
    try learner.wait(for: "quit or ^D leaves.")
    try learner.type("(1 +\n\u{3}4 + 4\n")
    try learner.wait(for: "\r\n8\r\n")
    // A mistake is no end either.
    try learner.type("tahn(1)\n")
    try learner.wait(for: "did you mean tanh?")
    for line in ["a = 0", "L = (a - 3)^2"] { try learner.type(line + "\n") }
    try learner.wait(for: "Type step to begin.")
    try learner.type("train L wrt a rate 1e-6 epochs 1000000\n")
    try learner.wait(for: "epoch ")
    try learner.type("\u{3}")
    try learner.wait(for: "Stopped ")
    try learner.type("40 + 2\n")
    try learner.wait(for: "\r\n42\r\n")
    try learner.type("quit\n")
    #expect(try learner.end() == 0)
    #expect(!learner.everything.contains("\u{1B}") && !learner.everything.contains("backstep>"))
    #expect(!place.exists("state/backstep/history"))
  }

  @Test func `a lesson on a dumb terminal asks, takes answers, and is left by ^D`() throws {
    try place.write(LessonTests.lesson, to: "small.md")
    let learner = try Learner(in: place, ["lesson", "small.md"], ["TERM": "dumb"])
    try learner.type("\n")
    try learner.wait(for: "What is y?")
    try learner.type("9\n")
    try learner.wait(for: "✓ yes, 9")
    try learner.type("\u{3}")
    try learner.wait(for: "quit or ^D leaves.")
    try learner.type("6\n")
    try learner.wait(for: "✓ yes, 6")
    try learner.type("\u{4}")
    try learner.wait(for: "Left small.")
    try learner.type("1 + 1\n")
    try learner.wait(for: "\r\n2\r\n")
    try learner.type("\u{4}")
    #expect(try learner.end() == 0)
  }

  @Test func `a terminal nobody has heard of is typed on without drawing`() throws {
    let learner = try Learner(in: place, [], ["TERM": "nonsense-9000"])
    try learner.wait(for: "backstep> ")
    try learner.type("20 + 1\u{7F}2\r")
    try learner.wait(for: "\r\n22\r\n")
    try learner.wait(for: "backstep> ")
    try learner.type("abc\u{3}")
    try learner.wait(for: "quit or ^D leaves.")
    try learner.type("1 + 1\r")
    try learner.wait(for: "\r\n2\r\nbackstep> ")
    try learner.type("\u{4}")
    #expect(try learner.end() == 0)
    #expect(!learner.everything.contains("\u{1B}["))
  }

  @Test(arguments: ["C", "POSIX"])
  func `without UTF-8 there are plain letters, whole σ included`(_ locale: String) throws {
    let learner = try Learner(in: place, [], ["LC_ALL": locale, "LANG": nil])
    try learner.prompt()
    for line in slide + ["step 9", "table", "tree", "graph", "lesson"] {
      #expect(try learner.say(line).utf8.allSatisfy { $0 < 0x80 }, "\(line)")
    }
    // A letter that the terminal sends nonetheless is understood; the answer does not need it.
    #expect(try learner.say("σ(0)") == "0.5\n")
    try learner.type("\u{4}")
    #expect(try learner.end() == 0)
  }

  /// Makes the locale in the folder of a test, if the system has its sources.
  private static let making =
    "localedef -i de_DE -f UTF-8 ./de_DE.UTF-8 2>/dev/null; test -d de_DE.UTF-8"
  private static let canMakeGerman = (try? Place().shell(making).status) == 0

  /// Skipped where the system has no sources of locales: Debian calls them `locales`.
  @Test(
    .enabled(
      if: canMakeGerman, "localedef or its de_DE is missing: apt-get install locales"))
  func `a decimal comma of the locale changes nothing at the prompt, in a training or in a table`()
    throws
  {
    #expect(try place.shell(Self.making).status == 0)
    let german = ["LC_ALL": "de_DE.UTF-8", "LOCPATH": place.folder.path]
    // The locale works: the shell's own printf writes a comma in it, and would not without.
    let comma = try place.shell("/usr/bin/printf '%.1f' 0,5", input: "", german)
    #expect(comma.output == "0,5")
    try place.write("x,y\n0.5,1.5\n1.5,3.5\n", to: "points.csv")
    let learner = try Learner(in: place, [], german)
    try learner.prompt()
    for (line, answer) in [
      ("1.5 / 4", "0.375\n"), ("1e-1 + 0.25", "0.35\n"), ("tanh(0.5)", "0.4621\n"),
      ("exp(-1.5)", "0.2231\n"),
    ] { #expect(try learner.say(line) == answer) }
    #expect(try learner.say("1,5").contains("error"))
    for line in ["data points.csv", "a = 0, b = 0", "L = (a*x + b - y)^2"] { try learner.say(line) }
    let training = try learner.say("train L wrt a, b rate 0.1 epochs 2000")
    #expect(!training.contains(#/\d,\d/#) && training.contains("loss"))
    #expect(try learner.say("assert a = 2 ± 1e-3").contains("error") == false)
    #expect(!(try learner.say("table").contains(#/\d,\d/#)))
    try learner.type("\u{4}")
    #expect(try learner.end() == 0)
  }

  @Test
  func `streams that are closed end every command in order, and none takes the place of a file`()
    throws
  {
    try place.write(LessonTests.lesson, to: "small.md")
    for arguments in [
      "eval 1+1", "lesson small.md --script", "check small.md", "export svg 'x^2' --at x=2",
      "answer 'x^2' --at x=2",
      "lesson", "--help", "--version", "manual commands",
    ] {
      // Nowhere to write: 74, where there is something to write.
      let deaf = try place.shell("\"$BACKSTEP\" \(arguments) >&- 2>err")
      #expect(deaf.status == 74, "\(arguments)")
      #expect(
        try place.text(of: "err").contains("standard output failed: it is closed"), "\(arguments)")
      #expect(
        try place.shell("\"$BACKSTEP\" \(arguments) <&- 2>&- >out").status == 0, "\(arguments)")
      let all = try place.shell("\"$BACKSTEP\" \(arguments) <&- >&- 2>&-")
      #expect(all.status == 74, "\(arguments)")
    }
  }

  @Test func `a reader that leaves ends every command quietly`() throws {
    for arguments in [
      "lesson 5 --script", "help", "check --verbose '\(Place.lesson.path)'",
      "export html 'x^2' --at x=2", "-e 'help all'",
    ] {
      let outcome = try place.shell(
        "trap '' PIPE; { sleep 0.2; \"$BACKSTEP\" \(arguments) 2>err; echo $? >status; } | true")
      #expect(outcome.status == 0)
      #expect(try place.text(of: "status") == "141\n", "\(arguments)")
      #expect(try place.text(of: "err") == "", "\(arguments)")
    }
  }
}
