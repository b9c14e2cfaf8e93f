import Foundation
import Language
import Lessons
import Testing

@testable import Console

/// `lint`: for each rule a lesson that must be reported and a twin that must not.
@Suite struct LintTests {
  /// A lesson about a circuit; parts of it are exchanged by the tests.
  private static let good = """
    # Circuit

    The [map](map.md) and the [web](https://example.org/x.md) and [below](#end).

    ```backstep
    > w1 = 2, w2 = 3, w3 = 4
    > q = w1 + w2
    > f = q * w3
    ```

    > **Predict.** What is the gradient of w3?

    <!-- answer: grad w3
    hint: Look at the other input.
    if 4: That is the value of w3.
    if 20: That is the product itself.
    -->

    > **Choose.** Which gate swaps?
    >
    > a) the + gate
    > b) the × gate

    <!-- answer: b
    hint: One of them copies.
    -->
    """

  private func lint(_ text: String, files: Set<String> = ["map.md"]) throws -> LessonLint {
    LessonLint(of: try Lesson(parsing: Array(text.utf8))) { files.contains($0) }
  }

  private func found(_ text: String, files: Set<String> = ["map.md"]) throws -> [String] {
    try lint(text, files: files).warnings.map { "\($0.line) \($0.rule)" }
  }

  private func good(_ old: String, _ new: String) throws -> String {
    try #require(Self.good.contains(old))
    return Self.good.replacing(old, with: new)
  }

  @Test func `a good lesson is left alone`() throws { #expect(try found(Self.good) == []) }

  @Test(arguments: [
    ("w1 = 1, w2 = 2, w3 = 3", "no-swap"), ("w1 = 5, w2 = -4, w3 = 7", "reciprocal"),
    ("w1 = 2, w2 = 3, w3 = 1", "output"), ("w1 = 2, w2 = -2, w3 = 4", "reversed, twice"),
  ])
  func `numbers that hide a mistake`(numbers: String, name: String) throws {
    let text = try good("w1 = 2, w2 = 3, w3 = 4", numbers)
    let warnings = try lint(text).warnings.filter { $0.rule == .numbers }
    #expect(warnings.map(\.line) == [11])
    let message = warnings.first?.problem.message ?? ""
    for name in name.split(separator: ", ") { #expect(message.contains(name), "\(message)") }
    // The upstream of the last gate is 1 with all numbers: the graph hides it, and not the numbers.
    #expect(!message.contains("local-only"), "\(message)")
  }

  @Test func `what the graph hides at all numbers is not reported`() throws {
    // w1 stands below a + gate: no number in the world shows a forgotten local gradient of 1.
    let text = try good("answer: grad w3", "answer: grad w1").replacing("if 4: ", with: "if 1: ")
    #expect(try found(text) == [])
    // With w3 = 1 the forgotten upstream gradient is hidden, and by that number alone.
    let one = text.replacing("w3 = 4", with: "w3 = 1").replacing("if 1: That", with: "if 5: That")
    let warnings = try lint(one).warnings
    #expect(warnings.map(\.rule) == [.numbers])
    #expect(warnings.first?.problem.message.contains("local-only") == true)
  }

  @Test func `feedback for the right answer`() throws {
    #expect(try found(try good("if 4: ", "if w1 + w2: ")) == ["15 answer"])
    #expect(try found(try good("if 4: ", "if w1 * w2: ")) == [])
  }

  @Test func `two branches for one number`() throws {
    #expect(try found(try good("if 20: ", "if w3: ")) == ["16 branches"])
    #expect(try found(try good("if 20: ", "if w3 + 1/2: ")) == [])
  }

  @Test(arguments: [("hint: Look at the other input.\n", 11), ("hint: One of them copies.\n", 19)])
  func `a question without a hint`(hint: String, line: Int) throws {
    let lines = try found(try good(hint, ""))
    #expect(lines == ["\(line > 11 ? line : 11) hint"])
  }

  @Test func `a link to a file that is not there`() throws {
    #expect(try found(Self.good, files: []) == ["3 link"])
    #expect(try found(try good("map.md", "map.md#part"), files: ["map.md"]) == [])
    #expect(try found(try good("hint: Look", "hint: [Look](gone.md)")) == ["14 link"])
    #expect(try found(try good("The [map](map.md)", "The `[map](gone.md)`")) == [])
  }

  @Test func `a definition that nothing uses`() throws {
    #expect(try found(try good("w3 = 4", "w3 = 4, u = 5")) == ["6 unused"])
    #expect(
      try found(try good("if 20: ", "if u: ").replacing("w3 = 4", with: "w3 = 4, u = 6")) == [])
    // A formula is used by the commands that step through it, and by a question about it.
    let alone = "# T\n\n```backstep\n> x = 2\n> f = x^2\n```\n"
    #expect(try found(alone) == ["5 unused"])
    #expect(try found(alone.replacing("f = x^2\n", with: "f = x^2\n> step\n")) == [])
    #expect(try found(alone.replacing("f = x^2\n", with: "f = x^2\n> g = f + 1\n> step\n")) == [])
    let new = alone.replacing("f = x^2\n", with: "f = x^2\n> step\n")
    #expect(try found(new + "\n```backstep new\n> x = 3\n```\n") == ["10 unused"])
  }

  @Test func `an allowance takes one finding away, and says why`() throws {
    let bad = try good("w1 = 2, w2 = 3, w3 = 4", "w1 = 2, w2 = 3, w3 = 1")
    let allow = { (text: String) in
      bad.replacing("> **Predict.**", with: "<!-- lint allow: \(text) -->\n\n> **Predict.**")
    }
    #expect(try found(bad) == ["11 numbers"])
    let allowed = try lint(allow("numbers, the slide has them"))
    #expect(allowed.warnings.isEmpty && allowed.allowed == 1)
    #expect(try found(allow("numbers")) == ["11 allowance"])
    #expect(try found(allow("nubmers, the slide")) == ["11 allowance", "13 numbers"])
    #expect(try found(allow("hint, no need")) == ["11 allowance", "13 numbers"])
    let idle = Self.good.replacing(
      "> **Predict.**", with: "<!-- lint allow: numbers, old -->\n\n> **Predict.**")
    #expect(try found(idle) == ["11 allowance"])
    // It reaches the next item and no further.
    let early = bad.replacing(
      "```backstep", with: "<!-- lint allow: numbers, far -->\n\n```backstep")
    #expect(try found(early) == ["5 allowance", "13 numbers"])
  }

  @Test func `a warning stands in its file and line`() throws {
    let warning = try #require(try lint(try good("if 20: ", "if w3: ")).warnings.first)
    #expect(
      warning.rendered(file: "a.md")
        == "a.md:16: warning: if w3 waits for the same number as if 4, which comes first [branches]"
    )
  }

  @Test func `the lessons have nothing to look at`() throws {
    for file in try lessonFiles() {
      let lint = LessonLint(of: try Lesson(parsing: Array(Data(contentsOf: file))))
      let shown = lint.warnings.map { $0.rendered(file: file.lastPathComponent) }
      #expect(shown == [])
    }
  }
}
