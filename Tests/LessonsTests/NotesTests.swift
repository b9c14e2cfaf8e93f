import Testing

@testable import Lessons

/// What a lesson says to tools and not to learners: links to follow, findings to allow.
@Suite struct NotesTests {
  private func lesson(_ text: String) throws -> Lesson { try Lesson(parsing: Array(text.utf8)) }

  @Test func `links are found where they stand, with their addresses`() throws {
    let lesson = try lesson(
      """
      # T

      A [link](one.md "title") and ![a picture](<two.png>),
      then [more](https://example.org/(x)).

      | a | b |
      |---|---|
      | [c](three.md) | `[d](code.md)` |

      > **Predict.** See [four](four.md)?

      <!-- answer: 1
      hint: [five](five.md)
      -->

      ```backstep
      > x = 1
      ```

      [An empty one]() and [no link] (here).
      """)
    #expect(
      lesson.links.map { "\($0.line) \($0.address)" } == [
        "3 one.md", "3 two.png", "4 https://example.org/(x)", "8 three.md", "10 four.md",
        "13 five.md",
      ])
  }

  @Test(arguments: [
    ("lint allow: numbers, the slide's", "numbers", "the slide's"),
    ("lint allow: hint", "hint", ""), ("lint allow: hint - none: needed", "hint", "none: needed"),
    ("lint allow:", "", ""), ("lint allow: link (comes\nlater)", "link", "comes later)"),
  ])
  func `a comment allows a finding`(comment: String, rule: String, reason: String) throws {
    let lesson = try lesson("# T\n\nProse.\n\n<!-- \(comment) -->\n\nMore.\n")
    #expect(lesson.allowances.map(\.rule) == [rule])
    #expect(lesson.allowances.map(\.reason) == [reason])
    #expect(lesson.allowances.map(\.line) == [5])
  }

  @Test func `other comments allow nothing`() throws {
    #expect(try lesson("# T\n\nProse.\n\n<!-- lint: allow numbers -->\n").allowances == [])
  }
}
