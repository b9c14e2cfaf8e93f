import Foundation
import TestSupport
import Testing

@testable import Language

/// Random formulas, written, read again, evaluated and tidied up.
@Suite struct PrintingTests {
  private func formulas(_ count: Int, seed: UInt64) -> [(seed: UInt64, tree: Tree)] {
    (0..<count).map { index in
      let seed = seed + UInt64(index)
      var random = SplitMix64(seed: seed)
      let depth = 1 + random.below(8)
      return (seed, Tree.random(depth: depth, &random))
    }
  }

  @Test func `what is written reads back as the same gates`() {
    var wrong: [String] = []
    var primitives: Set<PrimitiveID> = []
    for (seed, tree) in formulas(1_500, seed: 10_000) {
      let formula = tree.formula
      for node in formula.nodes where node.kind == .apply { primitives.insert(node.reference) }
      let text = formula.written(.source)
      let read = try? Formula(reading: text)
      if read != formula {
        wrong.append("seed \(seed): \(text) read as \(read?.description ?? "-")")
      }
    }
    #expect(wrong.prefix(3) == [])
    #expect(primitives.count == Primitive.catalog.count { $0.notation != .gate })
  }

  @Test func `display and TeX are never empty, and TeX is balanced`() {
    var wrong: [String] = []
    for (seed, tree) in formulas(600, seed: 20_000) {
      let formula = tree.formula
      let display = formula.written(.display, numbers: .arithmetic)
      let latex = formula.written(.latex, numbers: .arithmetic)
      if display.isEmpty || latex.isEmpty { wrong.append("seed \(seed): empty") }
      if !isBalanced(latex) { wrong.append("seed \(seed): \(latex)") }
      if latex.contains("#") { wrong.append("seed \(seed): a place left open in \(latex)") }
      if display.filter({ $0 == "(" }).count != display.filter({ $0 == ")" }).count {
        wrong.append("seed \(seed): \(display)")
      }
    }
    #expect(wrong.prefix(3) == [])
  }

  @Test func `evaluation agrees with a walk over the tree`() {
    var random = SplitMix64(seed: 6)
    var wrong: [String] = []
    var compared = 0
    for (seed, tree) in formulas(1_500, seed: 30_000) {
      let values = randomValues(&random)
      let wanted = tree.evaluated(values)
      guard wanted.isFinite else { continue }
      compared += 1
      let got = tree.formula.value(values)
      // Sigmoid and softplus are computed in another way here, and a formula may magnify the last digit: as
      // much as it magnifies a small change of its numbers.
      let shaken = tree.evaluated(values.mapValues { $0 * (1 + 1e-15) }).value
      let magnified = shaken.isFinite ? 100 * abs(shaken - wanted.value) : .infinity
      if abs(got - wanted.value) > max(1e-9 * max(1, abs(got)), magnified) {
        wrong.append("seed \(seed): \(got), not \(wanted.value), of \(tree.formula)")
      }
    }
    #expect(wrong.prefix(3) == [])
    #expect(compared > 500)
  }

  @Test func `tidying up keeps the value and is done in one go`() {
    var random = SplitMix64(seed: 7)
    var wrong: [String] = []
    var shorter = 0
    for (seed, tree) in formulas(1_500, seed: 40_000) {
      let formula = tree.formula
      let tidy = formula.simplified()
      if tidy.nodes.count < formula.nodes.count { shorter += 1 }
      if tidy.nodes.count > formula.nodes.count { wrong.append("seed \(seed): longer") }
      if tidy.simplified() != tidy {
        wrong.append("seed \(seed): \(tidy) becomes \(tidy.simplified())")
      }
      for _ in 0..<4 {
        let values = randomValues(&random)
        guard tree.evaluated(values).isFinite else { continue }
        let before = formula.value(values)
        let after = tidy.value(values)
        if abs(before - after) > 1e-9 * max(abs(before), abs(after)) {
          wrong.append("seed \(seed): \(formula) is \(before), \(tidy) is \(after)")
        }
      }
    }
    #expect(wrong.prefix(3) == [])
    #expect(shorter > 100)
  }

  private func randomValues(_ random: inout SplitMix64) -> [String: Double] {
    Dictionary(uniqueKeysWithValues: Tree.names.map { ($0, random.number(-3...3)) })
  }

  @Test(arguments: [
    ("0*x + 1*y", "y"), ("x^1", "x"), ("x^0", "1"), ("--x", "x"), ("x - -y", "x + y"),
    ("-1*x", "-x"), ("x*2", "2*x"), ("if(1, a, b)", "a"), ("if(x > 0, a, a)", "a"),
    ("0/x", "0"), ("x/1", "x"), ("-x*y", "-(x*y)"), ("2*3 + x", "6 + x"), ("1/3", "1/3"),
    ("copy(x)", "x"), ("0 - x", "-x"), ("a + 0 + b", "a + b"), ("(-x)/y", "-(x/y)"),
  ])
  func `as a person would tidy up`(before: String, after: String) throws {
    let tidy = try Formula(reading: before).simplified()
    let wanted = try Formula(reading: after)
    #expect(tidy == wanted)
  }

  @Test(arguments: [
    ("(a+b)*c", "(a + b) * c", "(a + b) × c", #"\left(a + b\right) \cdot c"#),
    ("a+(b+c)", "a + (b + c)", "a + (b + c)", #"a + \left(b + c\right)"#),
    ("a-(b-c)", "a - (b - c)", "a - (b - c)", #"a - \left(b - c\right)"#),
    ("a/b/c", "a / b / c", "a / b / c", #"\frac{\frac{a}{b}}{c}"#),
    ("(a^b)^c", "(a^b)^c", "(a^b)^c", #"{\left({a}^{b}\right)}^{c}"#),
    ("x^2", "x^2", "x²", "{x}^{2}"), ("-x^2", "-x^2", "-x²", "-{x}^{2}"),
    ("(-x)^2", "(-x)^2", "(-x)²", #"{\left(-x\right)}^{2}"#),
    ("a - -b", "a - -b", "a - (-b)", #"a - \left(-b\right)"#),
    ("w12*theta", "w12 * theta", "w12 × theta", #"w_{12} \cdot \theta"#),
    ("abs(x)", "abs(x)", "abs(x)", #"\left|x\right|"#),
  ])
  func `the three ways of writing`(
    text: String, source: String, display: String, latex: String
  ) throws {
    let formula = try Formula(reading: text)
    #expect(formula.written(.source) == source)
    #expect(formula.written(.display) == display)
    #expect(formula.written(.latex) == latex)
  }
}
