import Foundation
import PseudoTerminal
import Testing

/// The terminal itself: its size, its colours, a dumb one, job control, a lesson on it.
@Suite struct TerminalTests {
  private let place: Place
  init() throws { place = try Place() }

  @Test func `rules follow the width of the window, from the next step on`() throws {
    let learner = try Learner(in: place, columns: 100)
    try learner.prompt()
    for line in slide { try learner.say(line) }
    for (columns, width) in [(100, 100), (60, 60), (120, 120)] {
      learner.resize(columns: Int32(columns))
      let answer = try learner.say("step")
      let rule = answer.split(separator: "\n").first { $0.hasPrefix("──") }
      #expect(rule?.unicodeScalars.count == width)
    }
    try learner.type("\u{4}")
    #expect(try learner.end() == 0)
  }

  @Test func `values and gradients are coloured, unless NO_COLOR says no`() throws {
    for (changes, options, isColoured) in [
      (["NO_COLOR": nil], [], true), (["NO_COLOR": "1"], [], false),
      (["NO_COLOR": "1"], ["--color", "always"], true),
      (["NO_COLOR": nil], ["--color=never"], false),
    ] as [([String: String?], [String], Bool)] {
      let learner = try Learner(in: place, options, changes)
      try learner.wait(for: "backstep> ")
      for line in slide + ["step"] {
        try learner.type(line + "\r")
        try learner.wait(for: "backstep> ")
      }
      try learner.type("\u{4}")
      #expect(try learner.end() == 0)
      let text = learner.everything
      #expect(text.contains("\u{1B}[36m3\u{1B}[0m") == isColoured, "\(options)")
      let hasColour = text.contains(#/\u{1B}\[[0-9;]*m/#)
      #expect(hasColour == isColoured, "\(options)")
    }
  }

  @Test(arguments: ["dumb", ""])
  func `a dumb terminal gets results only`(_ kind: String) throws {
    let learner = try Learner(in: place, [], ["TERM": kind])
    try learner.type("1 + 1\n")
    try learner.wait(for: "\r\n2\r\n")
    try learner.type("\u{4}")
    #expect(try learner.end() == 0)
    #expect(!learner.everything.contains("\u{1B}") && !learner.everything.contains("backstep>"))
    #expect(!place.exists("state/backstep/history"))
  }

  @Test func `an explicit C locale gets plain letters, also in prompts and errors`() throws {
    let learner = try Learner(in: place, [], ["LC_ALL": "C"])
    try learner.prompt()
    for line in slide + ["step"] { try learner.say(line) }
    #expect(try learner.say("(1 +", prompt: "..  ").isEmpty)
    #expect(try learner.say("2)") == "3\n")
    #expect(try learner.say("1 + nothing").contains("nothing has no value yet"))
    try learner.type("\u{4}")
    #expect(try learner.end() == 0)
    #expect(learner.everything.utf8.allSatisfy { $0 < 0x80 })
  }

  @Test func `^D leaves a lesson first, and then the program`() throws {
    try place.write(LessonTests.lesson, to: "small.md")
    let learner = try Learner(in: place)
    try learner.prompt()
    try learner.say("x = 7")
    try learner.say("lesson small.md", prompt: "  [Enter for the next card] ")
    try learner.say("", prompt: "your answer> ")
    #expect(try learner.say("6", prompt: "your answer> ").contains("That is 3 + 3."))
    try learner.type("\u{4}")
    #expect(try learner.prompt().contains("Left small."))
    #expect(try learner.say("x") == "7\n")
    try learner.type("\u{4}")
    #expect(try learner.end() == 0)
  }

  @Test func `a lesson is played to its end, and its answers are not in the history`() throws {
    try place.write(LessonTests.lesson, to: "small.md")
    let learner = try Learner(in: place, ["lesson", "small.md"])
    try learner.prompt("  [Enter for the next card] ")
    try learner.say("", prompt: "your answer> ")
    #expect(try learner.say("4 + 5", prompt: "your answer> ").contains("✓ yes, 9"))
    try learner.say("play", prompt: "playing> ")
    #expect(try learner.say("x*7", prompt: "playing> ") == "21\n")
    try learner.say("resume", prompt: "your answer> ")
    try learner.say("12/2", prompt: "  [Enter for the next card] ")
    try learner.say("", prompt: "your answer> ")
    #expect(try learner.say("a").contains("End of the lesson."))
    #expect(try learner.say("1 + 1") == "2\n")
    try learner.type("\u{4}")
    #expect(try learner.end() == 0)
    let history = try place.text(of: "state/backstep/history")
    #expect(history.contains("x*7\n") && history.contains("1 + 1\n"))
    #expect(!history.contains("4 + 5") && !history.contains("12/2"))
  }

  @Test func `^Z and fg bring the prompt back as it was`() throws {
    let shell = try Learner(
      in: place, ["-i"], program: "/bin/sh", ["PS1": "shell> ", "ENV": nil])
    try shell.wait(for: "shell> ")
    try shell.type("\"$BACKSTEP\"\n")
    try shell.prompt()
    try shell.say("x = 41")
    try shell.type("\u{1A}")
    try shell.wait(for: "shell> ")
    try shell.type("fg\n")
    try shell.wait(for: Learner.editing)
    try shell.type("x + 1\r")
    try shell.wait(for: "\r42\r\n")
    try shell.prompt()
    try shell.type("\u{4}")
    try shell.wait(for: "shell> ")
    try shell.type("echo status $?\n")
    try shell.wait(for: "status 0")
    try shell.wait(for: "shell> ")
    try shell.type("exit\n")
    #expect(try shell.end() == 0)
  }

  @Test func `a terminal that goes away ends the program`() throws {
    var learner: Learner? = try Learner(in: place)
    try learner?.prompt()
    let pid = learner?.pid ?? 0
    learner = nil
    #expect(kill(pid, 0) != 0)
  }
}
