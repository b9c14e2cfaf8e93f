import Foundation
import Language
import Lessons
import Testing
import Typesetting

@testable import Console

@Suite struct LessonTests {
  @Test func `every lesson says what the engine says`() throws {
    let files = try lessonFiles()
    #expect(files.count == 28)
    for file in files {
      let check = LessonCheck(of: try Lesson(parsing: Array(Data(contentsOf: file))))
      let failures = check.failures.map {
        "\(file.lastPathComponent):\($0.line): \($0.problem.message)"
      }
      #expect(failures == [])
      #expect(check.count > 5, "\(file.lastPathComponent) checks next to nothing")
    }
  }

  @Test func `a changed number is found, with its line`() throws {
    let good = """
      # Square

      ```backstep
      > x = 3
      > f = x^2
      f = x^2    1 input, 1 gate. Type step to begin.
      > grad x
      6
      > assert value f = 9
      ```

      > **Predict.** What is the gradient?

      <!-- answer: grad x
      hint: 2x
      if 9: That is the value.
      -->
      """
    #expect(try failures(good) == [])
    #expect(try failures(good.replacing("\n6\n", with: "\n7\n")) == [8])
    #expect(try failures(good.replacing("f = 9", with: "f = 9.1")) == [9])
    #expect(try failures(good.replacing("if 9", with: "if 6")) == [16])
    #expect(try failures(good.replacing("if 9", with: "if 2*x")) == [16])
    #expect(try failures(good.replacing("answer: grad x", with: "answer: grad u")) == [14])
    #expect(try failures(good.replacing("> x = 3", with: "> x = ln(")) != [])
  }

  private func failures(_ text: String) throws -> [Int] {
    LessonCheck(of: try Lesson(parsing: Array(text.utf8))).failures.map(\.line)
  }

  @Test(arguments: [
    "save x.txt", "source x.txt", "record x.md", "lesson 5", ":save x", "quit",
  ])
  func `a lesson cannot reach outside`(command: String) throws {
    let text = "# Bad\n\n```backstep\n> \(command)\n```\n"
    let check = LessonCheck(of: try Lesson(parsing: Array(text.utf8)))
    #expect(check.failures.map(\.problem.code) == ["line-failed"])
    var player = try LessonPlayer(
      try Lesson(parsing: Array(text.utf8)), name: "bad", settings: Settings())
    let shown = player.proceed().rendered(.init())
    #expect(shown.contains("nothing outside itself"))
  }

  @Test func `accept writes outputs and leaves errors and assertions to people`() throws {
    let text = """
      # T

      ```backstep
      > x = 3
      > f = x^2
      wrong
      > grad y
      > assert value f = 10
      ```
      """
    let check = LessonCheck(of: try Lesson(parsing: Array(text.utf8)))
    #expect(check.failures.count == 3)
    let replacements = check.failures.compactMap(\.replacement)
    #expect(replacements.count == 1)
    let rewritten = Lesson.rewriting(text, replacements: replacements)
    #expect(
      rewritten.contains(
        "> f = x^2\nf = x^2    1 input, 1 gate. Type step to begin.\n> grad y\n> assert"))
  }
}
