import Foundation
import Language
import Lessons
import Testing
import Typesetting

@testable import Console

/// One example, faded: what is asked at each level, and what is given.
@Suite struct LevelTests {
  private func lesson(_ name: String = "05-backpropagation-by-example") throws -> Lesson {
    let file = repository.appending(path: "lessons/\(name).md")
    return try Lesson(parsing: Array(Data(contentsOf: file)))
  }

  /// Plays with right answers and returns the questions that were asked, and all that was shown.
  private func asked(
    _ lesson: Lesson, level: String?, isScript: Bool = false
  ) throws -> (answers: [String], text: String, player: LessonPlayer) {
    var player = try LessonPlayer(
      lesson, name: "t", settings: Settings(), level: try level.map { try LessonLevel($0) },
      isScript: isScript)
    var text = player.proceed().rendered(Style())
    var answers: [String] = []
    for _ in 0..<200 where !player.isOver {
      var line = ""
      if case .answer(let question) = player.waiting {
        answers.append(question.answer)
        switch question.kind {
        case .choose: line = question.answer
        case .predict: line = try player.session.answer(question.answer).formatted(.data)
        }
      }
      if case .typing(let transcript, let entry) = player.waiting {
        line = transcript.entries[entry].command
      }
      text += try player.enter(line).document.rendered(Style())
    }
    #expect(player.isOver)
    return (answers, text, player)
  }

  @Test(
    arguments: [
      (nil, ["value q", "value f", "grad f", "grad w3", "grad q", "grad w1", "b"]),
      ("0", []), ("1", ["grad w1"]), ("2", ["grad f", "grad w3", "grad q", "grad w1"]),
      ("3", ["grad w3", "grad w1", "grad w2"]), ("watch", []), ("last", ["grad w1"]),
    ] as [(String?, [String])])
  func `each level asks its part of the lesson`(level: String?, expected: [String]) throws {
    let (answers, text, player) = try asked(lesson(), level: level)
    #expect(answers == expected)
    #expect(player.answeredAtOnce == expected.count)
    if !expected.isEmpty {
      #expect(
        text.hasSuffix(
          "End of the lesson. \(expected.count) of \(expected.count) answered at the first try.\n"))
    }
    // Only a lesson that was played as it is counts as played.
    #expect((player.progress == nil) == (level != nil))
    let count = level == "3" ? 3 : 7
    #expect(text.components(separatedBy: "  answer    ").count - 1 == count - expected.count)
  }

  @Test func `the formula alone comes without prose, and ends with the table`() throws {
    let text = try asked(lesson(), level: "3").text
    #expect(text.contains("▌   w1 = -2, w2 = 5, w3 = -4\n▌   q = w1 + w2\n▌   f = q * w3\n"))
    #expect(!text.contains("circuit") && !text.contains("forward 1"))
    #expect(text.contains("backstep> table\n#  node"))
  }

  @Test func `a formula alone is asked with hints that rise and the lesson's diagnosis`() throws {
    var player = try LessonPlayer(
      lesson(), name: "t", settings: Settings(), level: try LessonLevel("3"))
    _ = player.proceed()
    let say = { (line: String) in try player.enter(line).document.rendered(Style()) }
    #expect(try say("-4").contains("-4 has the value of w3 as its slope."))
    #expect(try say("-3").contains("Right size, wrong sign."))
    #expect(try say("hint").contains("w3 goes into one gate only: f, a × gate."))
    #expect(
      try say("hint").contains("Multiply the upstream ∂f/∂f by the local ∂f/∂w3 = q."))
    #expect(try say("hint").contains("The upstream gradient is 1, the local gradient 3."))
    #expect(try say("hint").contains("no more hints"))
    #expect(try say("3").contains("✓ yes, 3\n    ∂f/∂w3 = 1 × 3 = 3.\n"))
  }

  @Test(arguments: ["0", "1", "2", "3"])
  func `every lesson plays at every level, with and without a script`(level: String) throws {
    for file in try lessonFiles() {
      let lesson = try Lesson(parsing: Array(Data(contentsOf: file)))
      // Counting parameters and drawing lines ask for no gradient: there is nothing to fade.
      if level != "0", !lesson.questions.contains(where: { $0.subject?.quantity == "grad" }) {
        let problem = try #require(throws: Problem.self) { try asked(lesson, level: level) }
        #expect(problem.code == "no-such-level")
        continue
      }
      let text = try asked(lesson, level: level).text
      #expect(!text.contains("nan"), "\(file.lastPathComponent)")
      let script = try asked(lesson, level: level, isScript: true)
      #expect(script.answers == [] && !script.text.contains("End of"))
      #expect(script.text.contains("  answer    "), "\(file.lastPathComponent)")
    }
  }

  @Test func `of a large formula each vector is asked one element`() throws {
    let answers = try asked(lesson("25-a-small-convolutional-network"), level: "3").answers
    #expect(answers.count == 3)
    #expect(answers.allSatisfy { $0.hasPrefix("grad ") && $0.hasSuffix("]") }, "\(answers)")
  }

  @Test(arguments: [
    ("lesson 5 level", "missing-argument"), ("lesson 5 level 4", "no-such-level"),
    ("lesson 5 level -1", "no-such-level"), ("lesson 5 level two", "no-such-level"),
    ("lesson level 2", "missing-argument"),
  ])
  func `a level that is none is refused`(line: String, code: String) throws {
    var session = Session()
    let problem = #expect(throws: Problem.self) { try session.enter(line) }
    #expect(problem?.code == code)
    #expect(problem?.span != nil && problem?.hint != nil)
  }

  @Test func `a lesson without gradients has no levels that ask for them`() throws {
    let text = "# T\n\n> **Predict.** 1 + 1?\n\n<!-- answer: 2 -->\n"
    let plain = try Lesson(parsing: Array(text.utf8))
    for level in ["1", "2", "3"] {
      #expect(throws: Problem.self) { try asked(plain, level: level) }
    }
    #expect(try asked(plain, level: "0").text.contains("  answer    2"))
  }

  @Test func `lesson reads its level, and a file name may hold blanks`() throws {
    var session = Session()
    let effects = try ["lesson", "lesson 5", "lesson 5 level 2", "lesson my level.md level watch"]
      .map { try session.enter($0).effect }
    #expect(
      effects == [
        .lesson(.open(nil, level: nil)), .lesson(.open("5", level: nil)),
        .lesson(.open("5", level: try LessonLevel("2"))),
        .lesson(.open("my level.md", level: try LessonLevel("0"))),
      ])
    let complete = { (line: String) in
      session.completions(of: "", in: line, at: line.utf8.count, lessons: ["05-a"])
    }
    #expect(complete("lesson ") == .words(["05-a"]))
    #expect(complete("lesson 5 ") == .words(["level"]))
    #expect(complete("lesson 5 level ") == .words(["0", "1", "2", "3"]))
  }

  @Test func `help knows every level`() throws {
    var session = Session()
    let help = try session.enter("help lesson").document.rendered(Style())
    for level in LessonLevel.all {
      #expect(help.contains("level \(level.number)  \(level.name): \(level.summary)"))
    }
    #expect(LessonLevel.all.map(\.number) == [0, 1, 2, 3])
  }
}
