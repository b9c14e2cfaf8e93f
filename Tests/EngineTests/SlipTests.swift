import Language
import Testing

@testable import Engine

/// Each slip at one gate, and where it has no place; numbers worked out by hand.
@Suite struct SlipTests {
  private func gradient(_ name: String, _ node: String, _ tape: Tape) throws -> Double {
    let misconception = try #require(Misconception.named(name))
    return try #require(misconception.gradients(on: tape)[try tape.node(node)])
  }

  @Test(
    arguments: [
      // 5 is shared out among two or three; or multiplied by the others.
      ("split", "f = 5 * (x + y)", 2.0, 2.5), ("split", "f = 5 * (x + y + y + 1)", 2, 5.0 / 3),
      ("add-as-times", "f = 5 * (x + y)", 2, 15), ("add-as-times", "f = 5 * (x + y + 4)", 2, 60),
      ("add-as-times", "f = 5 * (x + y + y + y + y + y + y + y)", 2, 5 * 2187),
      ("seed-is-value", "f = x^2", 3, 54), ("reversed", "f = x^2", 3, -6),
      ("reciprocal", "f = x^2", 2, 0.25), ("value", "f = x^2", 5, 5), ("twice", "f = x^2", 3, 12),
      ("forgotten-factor", "f = 7 * x^3", 2, 4),
      ("forgotten-factor", "f = 7 * tanh(y) + 2 * x", 2, 1),
      ("forgotten-factor", "f = x * 2", 5, 1), ("kept-exponent", "f = 7 * x^3", 2, 168),
      ("sign", "f = 7 - 3 * x", 2, 3), ("sign", "f = 3 * -x", 2, 3),
      ("sign", "f = 3 * cos(x)", 0, 0),
      ("open-gate", "f = 3 * leaky_relu(x)", -2, 3), ("open-gate", "f = 3 * abs(x)", -2, 3),
      ("open-gate", "f = 3 * max(x, y)", 2, 3), ("open-gate", "f = 3 * min(y, x)", 7, 3),
      ("open-gate", "f = 3 * step(x)", 2, 3), ("open-gate", "f = if(x > 5, 2 * x, 3 * x)", 3, 5),
      ("upstream-switch", "f = 3 * relu(x)", -2, 3), ("upstream-switch", "f = -3 * relu(x)", 2, 0),
      ("wrong-point", "f = 2 * x^3", 2, 384),
      ("wrong-point", "f = 2 * exp(x)", 0, 5.43656365691809),
      ("input-for-output", "f = 2 * tanh(x)", 2, -6),
      ("input-for-output", "f = 2 * sqrt(x)", 4, 0.25),
      ("local-only", "f = 7 * x^2", 3, 6), ("upstream-only", "f = 7 * x^2", 3, 1),
      ("upstream-only", "f = 7 * (5 - x)", 3, 1), ("output", "f = 7 * x^2", 3, 567),
      ("no-swap", "f = 7 * (x * y)", 2, 12), ("overwrite", "f = x^2 + 5 * x", 3, 6),
      ("one-path", "f = x^2 + 5 * x", 3, 5), ("average", "f = x^2 + 5 * x", 3, 5.5),
      ("product", "f = x^2 + 5 * x", 3, 30),
    ] as [(String, String, Double, Double)])
  func `what a slip makes of a slope`(name: String, line: String, x: Double, wanted: Double) throws
  {
    let found = try gradient(name, "x", try tape("x = \(x), y = 3", line))
    #expect((found - wanted).magnitude <= 1e-9, "\(found)")
  }

  /// Where a mistake has no place, the pass is right, whatever the numbers.
  @Test(arguments: [
    ("split", "f = x + 1"), ("split", "f = x - y"), ("add-as-times", "f = x + 1"),
    ("add-as-times", "f = x - y"), ("add-as-times", "f = x+y+y+y+y+y+y+y+y"),
    ("first-window", "f = x * y"), ("mirror", "f = dot([x, y], [y, 2])"),
    ("forgotten-factor", "f = 4 / x"), ("forgotten-factor", "f = x + 2"),
    ("forgotten-factor", "f = 2^x"), ("forgotten-factor", "f = x * y"),
    ("forgotten-factor", "f = x^y"), ("kept-exponent", "f = 2^x"), ("kept-exponent", "f = exp(x)"),
    ("sign", "f = x * y"), ("open-gate", "f = sigmoid(x)"), ("upstream-switch", "f = abs(x)"),
    ("wrong-point", "f = x^y"), ("wrong-point", "f = x * y"), ("wrong-point", "f = relu(x)"),
    ("wrong-point", "f = copy(x)"), ("input-for-output", "f = sin(x)"),
    ("input-for-output", "f = x^3"), ("input-for-output", "f = x / y"),
    ("upstream-only", "f = copy(x)"), ("output", "f = copy(x)"), ("no-swap", "f = x + y"),
    ("one-path", "f = 3 * x"), ("average", "f = 3 * x"), ("product", "f = 3 * x"),
  ])
  func `where a slip has no place`(name: String, line: String) throws {
    let misconception = try #require(Misconception.named(name))
    let comparison = MisconceptionComparison(of: misconception, on: try tape("x = 3, y = 2", line))
    #expect(comparison.verdict == .impossible)
    #expect(comparison.rightArrivals.isEmpty && comparison.mistakenArrivals.isEmpty)
  }

  /// o₁ = w₁x₁ + w₂x₂ and o₂ = w₁x₂ + w₂x₃.
  @Test func `slips of a filter that slides`() throws {
    let tape = try tape("x = [1, 2, 3]", "w = [4, 5]", "f = 2 * sum(conv(x, w))")
    let rows: [(String, [Double])] = [
      // w₁ meets x₁ and x₂, w₂ meets x₂ and x₃.
      ("twice", [12, 20, 16, 36, 20]),
      // The first window for both places.
      ("first-window", [4, 8, 8, 18, 10]),
      // Partners from the other end.
      ("mirror", [10, 6, 10, 18, 8]),
    ]
    for (name, wanted) in rows {
      for (node, number) in zip(["w[1]", "w[2]", "x[1]", "x[2]", "x[3]"], wanted) {
        #expect(try gradient(name, node, tape) == number, "\(name) \(node)")
      }
    }
  }

  @Test func `a pass that starts from values, at several outputs`() throws {
    let tape = try tape("x = 3", "g = x * x", "h = 5 * x", of: ["g", "h"])
    #expect(try tape.gradient("x") == 11)
    #expect(try gradient("seed-is-value", "x", tape) == 9 * 6 + 15 * 5)
    let seeded = try Misconception.answers(for: tape.node("x"), on: tape)
      .first { $0.value == 9 * 6 + 15 * 5 }
    #expect(seeded?.misconception.name == "seed-is-value" && seeded?.scope == .wholePass)
  }

  @Test func `what each record says of itself`() {
    let names = { (holds: (Misconception) -> Bool) in
      Set(Misconception.catalog.filter(holds).map(\.name))
    }
    #expect(
      names { _ in true } == [
        "overwrite", "one-path", "average", "product", "recursion", "no-swap", "forgotten-factor",
        "kept-exponent", "sign", "open-gate", "upstream-switch", "wrong-point", "input-for-output",
        "local-only", "upstream-only", "output", "eager-update", "twice", "reversed", "reciprocal",
        "value", "split", "add-as-times", "first-window", "mirror", "seed-is-value",
      ])
    #expect(
      names(\.isRare) == ["split", "add-as-times", "first-window", "mirror", "seed-is-value"])
    // A learner does not write these down: programs do them, or nobody.
    #expect(names { !$0.isTold } == ["recursion", "eager-update", "twice", "reciprocal"])
    #expect(names(\.movesInputs) == ["eager-update"])
    #expect(names(\.needsWholePass) == ["recursion", "eager-update", "seed-is-value"])
    #expect(names { $0.working == .mean } == ["average"])
    #expect(names { $0.working == .product } == ["product"])
    #expect(names { $0.working == .again } == ["twice"])
    #expect(names { $0.working == .one } == ["overwrite", "one-path", "value", "reciprocal"])
  }

  @Test func `how far apart is more than rounding`() {
    for (a, b, wanted) in [
      (1.0, 1.0, false), (1, 1 + 1e-9, true), (1, 1 + 1e-11, false), (-1e6, -1e6 + 1e-3, true),
      (-1e6, -1e6 + 1e-5, false), (0, 1e-12, true), (0, 1e-14, false), (.nan, .nan, false),
      (.nan, 1, true), (1, .nan, true), (2, -2, true), (.infinity, .infinity, false),
    ] as [(Double, Double, Bool)] {
      #expect(areApart(a, b) == wanted, "\(a) \(b)")
      #expect(areApart(b, a) == wanted, "\(b) \(a)")
    }
  }
}
