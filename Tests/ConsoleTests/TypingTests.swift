import Engine
import Language
import Lessons
import Testing
import Typesetting

@testable import Console

/// A lesson in which the learner types the commands: what leads on, what does not, and the ways out.
@Suite struct TypingTests {
  private func player() throws -> LessonPlayer {
    let text = """
      # T

      ```backstep type
      > x = 3
      > f = x^2
      ```

      Done.

      > **Choose.** Which way does f go?
      >
      > a) up
      > b) down

      <!-- answer: a
      if b: No: x is positive.
      -->
      """
    return try LessonPlayer(
      try Lesson(parsing: Array(text.utf8)), name: "t", settings: Settings())
  }

  private func said(_ line: String, _ player: inout LessonPlayer) throws -> String {
    try player.enter(line).document.rendered(Style())
  }

  private func code(_ line: String, _ player: inout LessonPlayer) throws -> String {
    let problem = try #require(throws: Problem.self) { try player.enter(line) }
    #expect(problem.hint != nil, "\(problem.rendered)")
    return problem.code
  }

  @Test func `only what leads to the same place is kept`() throws {
    var player = try player()
    #expect(player.proceed().rendered(Style()).contains("type this:  x = 3"))
    #expect(try said("", &player).contains("type this:  x = 3"), "Enter alone asks again")
    let elsewhere = try said("x = 4", &player)
    #expect(elsewhere.contains("leads somewhere else") && elsewhere.contains("type this:  x = 3"))
    #expect(player.session.definitions.variables["x"] == nil)
    #expect(throws: Problem.self) { try player.enter("x = ") }
    // A blank more or less is the same line.
    #expect(try said("x=3", &player).contains("type this:  f = x^2"))
    let last = try said("f = x^2", &player)
    #expect(last.contains("2 gates") || last.contains("1 gate"))
    #expect(last.contains("Which way does f go?"), "the lesson goes on by itself")
  }

  @Test func `what does not fit the moment says what does`() throws {
    var player = try player()
    _ = player.proceed()
    #expect(try code("save x", &player) == "leave-first")
    #expect(try code("next", &player) == "question-is-open")
    #expect(try code("show", &player) == "no-open-question")
    #expect(try code("resume", &player) == "not-playing")
    _ = try said("play", &player)
    #expect(try said("x = 9", &player).isEmpty)
    #expect(try said("play", &player).contains("playing already"))
    for word in ["hint", "show", "skip"] { #expect(try code(word, &player) == "resume-first") }
    #expect(try code("lesson 5", &player) == "leave-first")
    #expect(try said("resume", &player).contains("as it was"))
    // Skipping types the rest; what was played did not stay.
    #expect(try said("skip", &player).contains("f = x^2"))
    #expect(player.session.definitions.variables["x"]?.text == "3")
    #expect(try code("z", &player) == "no-such-choice")
    #expect(try said("b", &player).contains("No: x is positive."))
    #expect(try said("a", &player).contains("✓"))
  }
}
