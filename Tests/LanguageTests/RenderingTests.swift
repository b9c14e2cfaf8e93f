import TestSupport
import Testing

@testable import Language

/// How a problem is drawn: the caret must stand under what it means, whatever the line holds.
@Suite struct RenderingTests {
  private func drawn(_ marked: String) -> [String] {
    let marked = Marked(marked)
    return Problem("test", "m", at: marked.span, in: marked.text).rendered
      .split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
  }

  @Test func `a plain line`() {
    let problem = Problem("test", "no such function", at: 4..<8, in: "x + tahn(x)", hint: "tanh?")
    #expect(
      problem.rendered == """
        error: no such function
          x + tahn(x)
              ^^^^
        hint: tanh?
        """)
  }

  @Test(arguments: [
    ("∂ + «θ» + 1", "  ∂ + θ + 1", "      ^"),
    ("a\t+ «#»", "  a + #", "      ^"),
    ("日本 «é»", "  日本 é", "       ^"),
    ("«日» + 1", "  日 + 1", "  ^^"),
    ("a«\u{1B}»[31m", #"  a\x1b[31m"#, "   ^^^^"),
    ("a «\u{202E}»b", "  a <U+202E>b", "    ^^^^^^^^"),
    ("\u{85}«b»", #"  \x85b"#, "      ^"),
    ("a +«»", "  a +", "     ^"), ("«»", "  ", "  ^"),
    ("first\nsecond «x»\nthird", "  second x", "         ^"),
    ("first\r\n«s»econd\r\nthird", "  second", "  ^"),
    ("a«\n»b", "  a", "   ^"),
  ])
  func `one drawing`(marked: String, text: String, caret: String) {
    let lines = drawn(marked)
    #expect(lines == ["error: m", text, caret])
  }

  @Test func `of a long line only the surroundings are shown`() {
    let half = String(repeating: "x + ", count: 5_000)
    let lines = drawn(half + "«#»" + half)
    #expect(lines[1].hasPrefix("  …") && lines[1].hasSuffix("…"))
    #expect(lines[1].count <= 2 + 73)
    let column = lines[2].count - 1
    #expect(Array(lines[1])[column] == "#")
    #expect(lines[2].filter { $0 == "^" } == "^")
  }

  @Test func `an excerpt that is there already is not replaced`() {
    let problem = Problem("test", "m", at: 0..<1).pointing(into: "abc", offset: 2)
    #expect(problem.span == 2..<3 && problem.excerpt == "abc")
    #expect(problem.pointing(into: "other", offset: 1) == problem)
  }

  /// The columns the carets cover, read off the drawn line.
  private func underlined(_ text: String, _ caret: String) -> String {
    let first = caret.prefix { $0 == " " }.count
    let covered = first..<caret.count
    var column = 0
    var result = String.UnicodeScalarView()
    for scalar in text.unicodeScalars {
      if covered.contains(column) { result.append(scalar) }
      column += columns(scalar)
    }
    return String(result)
  }

  /// Random lines of narrow, wide, invisible and control characters, with a random span.
  @Test func `the caret covers the marked text in any line`() {
    var random = SplitMix64(seed: 5)
    var wrong: [String] = []
    let alphabet = ["a", "+", " ", "é", "∂", "日", "\u{1B}", "\u{202E}", "\t", "😀", "\u{85}"]
    for round in 0..<2_000 {
      // Some lines are of one kind, so that wide and spelled-out characters pile up.
      let letters = round.isMultiple(of: 3) ? [random.pick(alphabet)] : alphabet
      let word = { (count: Int, random: inout SplitMix64) in
        (0..<count).map { _ in random.pick(letters) }.joined()
      }
      let before = word(random.below(120), &random)
      let marked = word(1 + random.below(3), &random)
      let lines = drawn(before + "«" + marked + "»" + word(random.below(120), &random))
      let wanted = visible(marked.replacing("\t", with: " "))
      let found = lines.count == 3 ? underlined(lines[1], lines[2]) : "\(lines.count) lines"
      if found != wanted { wrong.append("\(round): \(found), not \(wanted) in \(lines)") }
      if lines.count == 3, columns(lines[1]) > 2 + 73 { wrong.append("\(round): too wide") }
    }
    #expect(wrong.prefix(3) == [])
  }
}
