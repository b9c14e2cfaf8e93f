import Foundation
import PseudoTerminal
import Testing

/// ^Z and fg, and signals that end a program, in the middle of something.
@Suite struct JobControlTests {
  private let place: Place
  init() throws { place = try Place() }

  private static let training = ["a = 0", "L = (a - 3)^2"]
  private static let train = "train L wrt a rate 1e-6 epochs 1000000"

  /// The program, started by a shell that knows jobs.
  private func shell(_ options: String = "") throws -> Learner {
    let shell = try Learner(in: place, ["-i"], program: "/bin/sh", ["PS1": "shell> ", "ENV": nil])
    try shell.wait(for: "shell> ")
    try shell.type("\"$BACKSTEP\" \(options)\n")
    return shell
  }

  private func leave(_ shell: Learner, status: Int = 0) throws {
    try shell.wait(for: "shell> ")
    try shell.type("echo status $?\n")
    try shell.wait(for: "status \(status)\r\n")
    try shell.wait(for: "shell> ")
    #expect(shell.isOrderly)
    try shell.type("exit\n")
    #expect(try shell.end() == 0)
  }

  @Test func `a training is stopped by ^Z, goes on with fg, and ends by ^C`() throws {
    let shell = try shell()
    try shell.prompt()
    for line in Self.training { try shell.say(line) }
    try shell.type(Self.train + "\r")
    try shell.wait(for: Learner.entered)
    usleep(20_000)
    try shell.type("\u{1A}")
    try shell.wait(for: "shell> ")
    #expect(shell.isOrderly)
    try shell.type("fg\n")
    try shell.wait(for: "fg\r\n")
    usleep(20_000)
    try shell.interrupt()
    let answer = try shell.prompt()
    let steps = try #require(answer.firstMatch(of: /the (\d+) steps? that (was|were) made/))
    var a = 0.0
    for _ in 0..<(Int(steps.1) ?? 0) { a -= 1e-6 * 2 * (a - 3) }
    let shown = try shell.say("a - \(a)").trimmingCharacters(in: .whitespacesAndNewlines)
    #expect(abs(Double(shown) ?? .nan) < 1e-8, "\(shown)")
    try shell.type("\u{4}")
    try leave(shell)
  }

  @Test func `a question of a lesson is there again after ^Z and fg`() throws {
    try place.write(LessonTests.lesson, to: "small.md")
    let shell = try shell("lesson small.md")
    try shell.prompt("  [Enter for the next card] ")
    try shell.say("", prompt: "your answer> ")
    // Shown before ^Z is pressed: the terminal throws away what nobody has read by then.
    try shell.type("4 +")
    try shell.wait(for: "4 +")
    try shell.type("\u{1A}")
    try shell.wait(for: "shell> ")
    #expect(shell.isOrderly)
    try shell.type("fg\n")
    try shell.wait(for: Learner.editing)
    // What had been typed of the answer is still there.
    #expect(try shell.say(" 5", prompt: "your answer> ").contains("✓ yes, 9"))
    try shell.type("\u{4}")
    try shell.prompt()
    try shell.type("\u{4}")
    try leave(shell)
  }

  @Test(arguments: [SIGTERM, SIGHUP])
  func `a signal that ends the program leaves the terminal in order`(_ signal: Int32) throws {
    for isTraining in [true, false] {
      let learner = try Learner(in: place)
      try learner.prompt()
      for line in Self.training { try learner.say(line) }
      if isTraining {
        try learner.type(Self.train + "\r")
        try learner.wait(for: Learner.entered)
        usleep(20_000)
      } else {
        try learner.type("1 + 1\u{12}")  // in the middle of a search
        try learner.wait(for: "search")
      }
      kill(learner.pid, signal)
      #expect(try learner.end() == -signal)
      #expect(learner.isOrderly, "\(isTraining)")
      // What was entered before is remembered, what was being typed is not.
      let history = try place.text(of: "state/backstep/history")
      #expect(history.contains("L = (a - 3)^2\n") && !history.contains("1 + 1"))
      // Pasted lines are no longer put into brackets.
      let switches = learner.everything.matches(of: /\[\?2004(h|l)/).map { String($0.1) }
      #expect(switches.last == "l")
    }
  }

  @Test func `a transcript that was being recorded is whole up to the last answer`() throws {
    let learner = try Learner(in: place)
    try learner.prompt()
    for line in ["record t.md"] + Self.training + ["a"] { try learner.say(line) }
    kill(learner.pid, SIGTERM)
    #expect(try learner.end() == -SIGTERM)
    #expect(try place.text(of: "t.md").hasSuffix("> a\n0\n"))
  }

  @Test func `a terminal that goes away in a training ends the program`() throws {
    let learner = try Learner(in: place)
    try learner.prompt()
    for line in Self.training { try learner.say(line) }
    try learner.type(Self.train + "\r")
    try learner.wait(for: Learner.entered)
    learner.hangUp()
    var status: Int32 = 0
    #expect(pty_wait(learner.pid, &status, 10_000) == 1)
    #expect(status == -SIGHUP)
  }
}
