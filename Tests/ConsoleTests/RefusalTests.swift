import Engine
import Language
import Testing
import Typesetting

@testable import Console

/// Lines that are refused: what is said points at the very words, the session stays as it was, and
/// what is proposed works.
@Suite struct RefusalTests {
  struct Refusal: CustomTestStringConvertible, Sendable {
    /// The lines before.
    let after: [String]
    let line: String
    let code: String
    /// What the caret stands under; nil where the whole line is meant.
    let at: String?
    /// What a learner would do instead, following the hint.
    let instead: String
    var testDescription: String { line }
  }

  private static let language = [
    Refusal(
      after: [], line: "w1 = -2 w2 = 5", code: "missing-comma", at: "w2",
      instead: "w1 = -2, w2 = 5"),
    Refusal(
      after: [], line: "v = [1 2]", code: "implicit-product", at: "2", instead: "v = [1, 2]"),
    Refusal(
      after: [], line: "(i*i for i in 1..3)", code: "stray-loop", at: "for",
      instead: "sum(i*i for i in 1..3)"),
    Refusal(
      after: [], line: "2 for i in 1..3", code: "stray-loop", at: "for",
      instead: "[2 for i in 1..3]"),
    Refusal(
      after: [], line: "r = normal(0, -1)", code: "random-in-formula", at: "normal(0, -1)",
      instead: "r = normal(0, 1)"),
    Refusal(
      after: [], line: "r = uniform(-1e308, 1e308)", code: "random-in-formula",
      at: "uniform(-1e308, 1e308)", instead: "r = uniform(0, 1)"),
    Refusal(
      after: [], line: "r = uniform(0, q)", code: "random-in-formula", at: "uniform(0, q)",
      instead: "r = uniform(0, 2)"),
    Refusal(
      after: ["x[2] = 3"], line: "y = x + 1", code: "missing-value", at: "x", instead: "x[1] = 1"),
    Refusal(
      after: [], line: "conv([1, 2, 3], [1, 2], 1, 2)", code: "bad-size",
      at: "conv([1, 2, 3], [1, 2], 1, 2)", instead: "conv([1, 2, 3], [1, 2], 1, 1)"),
    Refusal(
      after: ["s = [1, 2]"], line: "softmax_cross_entropy(s, [1, 2])",
      code: "subscript-not-whole", at: "softmax_cross_entropy(s, [1, 2])",
      instead: "softmax_cross_entropy(s, 2)"),
  ]

  private static let commands = [
    Refusal(
      after: ["s = 4"], line: "s 3", code: "alias-is-variable", at: "s", instead: ":help step"),
    Refusal(
      after: ["x = 1", "f = x^2"], line: "break f>1", code: "unknown-node", at: "f>1",
      instead: "break if f>1"),
    Refusal(
      after: ["x = 1", "f = x^2"], line: "mark 3", code: "number-as-mark", at: "3",
      instead: "mark here"),
    Refusal(
      after: ["x = 2", "f = x^2"], line: "nudge x 0", code: "nudge-of-nothing", at: "0",
      instead: "nudge x 0.1"),
    Refusal(
      after: ["x = [1, 2]"], line: "value x[3]", code: "index-out-of-range", at: "x[3]",
      instead: "value x[2]"),
    Refusal(
      after: ["x = [1, 2]", "f = x[1] * x[2]"], line: "grad x[3]", code: "index-out-of-range",
      at: "x[3]", instead: "grad x[1]"),
    Refusal(
      after: ["x = 2", "f = x^2"], line: "upstream f = 1 + 2 3", code: "implicit-product",
      at: "3", instead: "upstream f = 1 + 2*3"),
    Refusal(
      after: ["x = [1, 2]", "f = 2 * x"], line: "upstream f = [1, 2, 3]",
      code: "shape-mismatch", at: "f", instead: "upstream f = [1, 2]"),
    Refusal(
      after: ["x = 2", "f = x^2", "display x"], line: "undisplay 7", code: "unknown-number",
      at: "7",
      instead: "undisplay 1"),
    Refusal(
      after: [], line: "export nix a.svg", code: "unknown-format", at: "nix",
      instead: "help export"),
    Refusal(
      after: ["x = 2", "f = x^2"], line: "graph all x names", code: "too-many-words",
      at: "x", instead: "graph all"),
    Refusal(
      after: [], line: "set color pink", code: "bad-setting", at: "pink",
      instead: "set color always"),
  ]

  private static let learning = [
    Refusal(
      after: ["x = 1", "f = x^2"], line: "plot f, f, f, f for x in 0..1", code: "too-many-curves",
      at: "f, f, f, f for x in 0..1", instead: "plot f, f, f for x in 0..1"),
    Refusal(
      after: ["data moons", "p = x1"], line: "plot boundary p", code: "does-not-use", at: "p",
      instead: "plot p for x1 in 0..1"),
    Refusal(
      after: ["data line", "p = 2 * x"], line: "plot boundary p", code: "needs-two-inputs",
      at: nil, instead: "plot p for x in 0..1"),
    Refusal(
      after: ["w = 1", "L = (w * x - 1)^2"], line: "train L wrt w", code: "missing-value", at: nil,
      instead: "x = 2"),
    Refusal(
      after: ["data line", "w = 1", "L = (w - 1)^2"], line: "train L wrt w",
      code: "no-column-used", at: "L", instead: "L = (w * x - y)^2"),
    Refusal(
      after: ["data line", "w = 1", "p = w * x", "L = (p - y)^2"],
      line: "train L wrt w accuracy p", code: "no-classes", at: "p",
      instead: "train L wrt w epochs 2"),
  ]

  @Test(arguments: language + commands + learning)
  func `is refused with a way out`(refusal: Refusal) throws {
    var session = Session()
    try session.enterAll(refusal.after)
    let before = session.definitions.order
    let problem = try #require(throws: Problem.self) { try session.enter(refusal.line) }
    #expect(problem.code == refusal.code, "\(problem.rendered)")
    #expect(problem.hint != nil, "\(problem.rendered)")
    if let at = refusal.at {
      let span = try #require(problem.span)
      let bytes = Array(refusal.line.utf8)
      try #require(bytes.indices.contains(span.lowerBound) && span.upperBound <= bytes.count)
      #expect(String(decoding: bytes[span], as: UTF8.self) == at)
    }
    #expect(session.definitions.order == before)
    _ = try session.enter(refusal.instead)
  }
}
