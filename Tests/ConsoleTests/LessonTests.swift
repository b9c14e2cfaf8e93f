import Foundation
import Language
import Lessons
import Testing
import Typesetting

@testable import Console

@Suite struct LessonTests {
  @Test func `every lesson says what the engine says`() throws {
    let files = try lessonFiles()
    #expect(files.count >= 10)
    for file in files {
      let check = LessonCheck(of: try Lesson(parsing: Array(Data(contentsOf: file))))
      let failures = check.failures.map {
        "\(file.lastPathComponent):\($0.line): \($0.problem.message)"
      }
      #expect(failures == [])
      #expect(check.count > 5, "\(file.lastPathComponent) checks next to nothing")
    }
  }

  /// The slides' numbers, computed by a computer algebra system and not by this program.
  @Test func `every lesson asserts every number of its slides`() throws {
    struct Example: Decodable {
      let values: [String: Double]?
      let gradients: [String: [String: Double]]?
    }
    let data = try Data(
      contentsOf: repository.appending(path: "Tests/ConsoleTests/Slides/expected.json"))
    let all = try JSONSerialization.jsonObject(with: data) as? [String: Any] ?? [:]
    let lessons: [String: [String]] = [
      "01": ["neuron-linear", "neuron-sigmoid", "neuron-relu", "neuron-threshold"],
      "04": ["regression"], "05": ["circuit"], "07": ["chain"], "08": ["chain"],
      "09": ["multivariate-sum", "multivariate-product"], "10": ["branching"],
      "11": ["two-layer-chain"], "22": ["conv1d"],
    ]
    for (number, ids) in lessons {
      let file = try #require(
        try lessonFiles().first { $0.lastPathComponent.hasPrefix(number + "-") })
      let lesson = try Lesson(parsing: Array(Data(contentsOf: file)))
      let asserted = lesson.transcripts.flatMap(\.entries).filter(\.isAssertion).map(\.command)
      for id in ids {
        let raw = try #require(all[id])
        let example = try JSONDecoder().decode(
          Example.self, from: try JSONSerialization.data(withJSONObject: raw))
        var wanted = (example.values ?? [:]).map { ("value \($0.key)", $0.value) }
        for gradients in (example.gradients ?? [:]).values {
          wanted += gradients.map { ("grad \($0.key)", $0.value) }
        }
        #expect(!wanted.isEmpty)
        for (expression, number) in wanted {
          let isThere = asserted.contains { states($0, expression, number) }
          #expect(
            isThere, "\(file.lastPathComponent) does not assert \(expression) = \(number) (\(id))")
        }
      }
    }
  }

  /// Whether an `assert` line says that the expression is the number, to eight digits or more.
  private func states(_ line: String, _ expression: String, _ number: Double) -> Bool {
    let code = line.split(separator: "#")[0]
    let sides = code.dropFirst("assert".count).split(separator: "=").map {
      $0.trimmingCharacters(in: .whitespaces)
    }
    guard sides.count == 2, sides[0] == expression, let stated = Double(sides[1]) else {
      return false
    }
    return abs(stated - number) <= 1e-8 * max(1, abs(number))
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
