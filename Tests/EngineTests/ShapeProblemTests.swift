import Language
import Testing

@testable import Engine

/// What is wrong with a shape is said with both shapes, and pointed at.
@Suite struct ShapeProblemTests {
  /// Lines of which the last cannot be computed; guillemets mark what is pointed at.
  struct Mistake: Sendable {
    let lines: [String]
    let code: String
    let words: [String]

    init(_ lines: String..., code: String, says words: String...) {
      self.lines = lines
      self.code = code
      self.words = words
    }
  }

  static let mistakes = [
    Mistake(
      "x = [1, 2, 3], y = [1, 2]", "f = 1 + «x * y»", code: "shape-mismatch",
      says: "x is a vector of 3", "y is a vector of 2"),
    Mistake(
      "W = [[1, 2], [3, 4]], x = [1, 2, 3]", "f = «W @ x»", code: "shape-mismatch",
      says: "W is a 2 × 2 matrix", "x is a vector of 3"),
    Mistake("x = [1, 2]", "f = «x @ 3»", code: "shape-mismatch", says: "3 is one number"),
    Mistake("x = [1, 2]", "f = «dot(x, [1, 2, 3])»", code: "shape-mismatch", says: "a vector of 3"),
    Mistake("x = [1, 2]", "f = 2 * «x[3]»", code: "index-out-of-range", says: "2 elements", "3"),
    Mistake("x = [1, 2]", "f = «x[0]»", code: "index-out-of-range", says: "no number 0"),
    Mistake("x = [1, 2]", "f = «x[1.5]»", code: "subscript-not-whole", says: "1.5"),
    Mistake("x = [1, 2], w = 1", "f = «x[w * 2]»", code: "subscript-computed"),
    Mistake("x = [1, 2]", "f = «x[n]»", code: "subscript-unknown", says: "n has no value"),
    Mistake("x = 3", "f = «x[1]»", code: "not-indexable", says: "x is one number"),
    Mistake("x = [1, 2]", "f = «x[1, 2]»", code: "not-indexable", says: "2 subscripts"),
    Mistake("W = [[1, 2]]", "f = «W[2, 1]»", code: "index-out-of-range", says: "1 row"),
    Mistake("W = [[1, 2]]", "f = «W[1, 3]»", code: "index-out-of-range", says: "2 columns"),
    Mistake("x = [1, 2]", "f = «x[2..1]»", code: "empty-range"),
    Mistake("x = [1, 2]", "f = «[[1, 2], x[1..1]]»", code: "ragged-matrix", says: "vector of 1"),
    Mistake("f = «[[[1]]]»", code: "too-deep"),
    Mistake("s = [1, 2]", "f = «softmax_cross_entropy(s, 3)»", code: "index-out-of-range"),
    Mistake("f = «softmax(3)»", code: "shape-mismatch", says: "one number"),
    Mistake("x = [1, 2]", "f = «conv(x, [1, 2, 3])»", code: "shape-mismatch", says: "2 elements"),
    Mistake("x = [1, 2]", "f = «conv(x, [1], 0)»", code: "bad-size", says: "stride"),
    Mistake("x = [1, 2]", "f = «maxpool(x, 3)»", code: "shape-mismatch", says: "window"),
    Mistake("y = [1], p = [1, 2]", "f = 2 * «mse(y, p)»", code: "shape-mismatch", says: "of 1"),
    Mistake("f = 1 + «normal(0, 1)»", code: "random-in-formula"),
    Mistake("x = [1, 2]", "f = sum(x[i] for i in 3..1)", code: "empty-range"),
    Mistake("x = [1, 2]", "f = sum(«x[i]» for i in 1..3)", code: "index-out-of-range"),
    Mistake("g(a) = a[3]", "x = [1, 2]", "f = 1 + «g(x)»", code: "index-out-of-range"),
  ]

  @Test(arguments: mistakes.indices)
  func `shapes that do not fit are named and pointed at`(place: Int) throws {
    let mistake = Self.mistakes[place]
    let marked = try #require(mistake.lines.last)
    let line = marked.replacing("«", with: "").replacing("»", with: "")
    var definitions = try definitions(mistake.lines.dropLast())
    try define(line, in: &definitions)
    let problem = try #require(throws: Problem.self) { try Graph(of: ["f"], in: definitions) }
    #expect(problem.code == mistake.code, "\(line): \(problem.message)")
    for word in mistake.words { #expect(problem.message.contains(word), "\(problem.message)") }
    #expect(problem.hint != nil || mistake.code == "bad-size")
    guard marked.contains("«") else { return }
    let excerpt = try #require(problem.excerpt)
    let span = try #require(problem.span)
    let pointed = String(decoding: Array(excerpt.utf8)[span], as: UTF8.self)
    let wanted = marked.split(separator: "«")[1].split(separator: "»")[0]
    #expect(pointed == wanted && line.contains(excerpt), "\(line) points at \(pointed)")
  }
}
