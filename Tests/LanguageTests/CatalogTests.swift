import Foundation
import TestSupport
import Testing

@testable import Language

/// Every record of the catalog, against functions and slopes computed in other ways.
@Suite struct CatalogTests {
  /// The examples of each primitive, and points near them, so that no rule is right by luck at 0 or 1.
  private func points(of primitive: Primitive, _ random: inout SplitMix64) -> [[Double]] {
    primitive.examples
      + (0..<20).map { _ in
        let example = random.pick(primitive.examples)
        let moved = example.map { $0 * random.number(0.9...1.1) }
        return primitive.domainViolation(moved) == nil ? moved : example
      }
  }

  private func slope(_ id: Int, _ operands: [Double], _ slot: Int) -> Double {
    operands.withUnsafeBufferPointer {
      Primitive.rule(of: PrimitiveID(id), operand: slot).value(
        operands: $0, result: Primitive.catalog[id].value(operands), convention: 0, operand: slot)
    }
  }

  private func near(_ a: Double, _ b: Double, _ tolerance: Double) -> Bool {
    abs(a - b) <= tolerance * max(1, abs(a), abs(b))
  }

  @Test func `values agree with Foundation's functions`() {
    var random = SplitMix64(seed: 1)
    var wrong: [String] = []
    for (usage, function) in reference {
      guard let primitive = Primitive.catalog.first(where: { $0.usage == usage }) else {
        wrong.append("\(usage) is not in the catalog")
        continue
      }
      for point in points(of: primitive, &random) {
        let wanted = function(point)
        let got = primitive.value(point)
        if !near(got, wanted, 1e-14) { wrong.append("\(usage) at \(point): \(got), not \(wanted)") }
      }
    }
    #expect(wrong == [])
    // A primitive that a formula can name has a second opinion here.
    let named = Primitive.catalog.filter { $0.notation != .gate }.map(\.usage)
    #expect(named.filter { reference[$0] == nil } == [])
  }

  @Test func `complex values are the real ones on the real line`() {
    var random = SplitMix64(seed: 2)
    var wrong: [String] = []
    for primitive in Primitive.catalog {
      for point in points(of: primitive, &random) {
        let complex = primitive.value(point.map { Complex($0) })
        if !near(complex.real, primitive.value(point), 1e-13) || complex.imaginary != 0 {
          wrong.append("\(primitive.usage) at \(point): \(complex)")
        }
      }
    }
    #expect(wrong == [])
  }

  @Test func `slopes agree with the complex step`() {
    var random = SplitMix64(seed: 3)
    var wrong: [String] = []
    for (id, primitive) in Primitive.catalog.enumerated() {
      for point in points(of: primitive, &random) {
        for slot in point.indices {
          var moved = point.map { Complex($0) }
          moved[slot].imaginary = 1e-200
          let wanted = primitive.value(moved).imaginary / 1e-200
          let got = slope(id, point, slot)
          // A negative base has no slope in its exponent: nan from the rule, imaginary from ours.
          if primitive.name == "^", slot == 1, point[0] < 0 {
            if !got.isNaN { wrong.append("\(primitive.usage) at \(point) \(slot): \(got)") }
          } else if !near(got, wanted, 1e-12) {
            wrong.append("\(primitive.usage) at \(point) \(slot): \(got), not \(wanted)")
          }
        }
      }
    }
    #expect(wrong == [])
  }

  @Test func `slopes agree with central differences away from kinks`() {
    var random = SplitMix64(seed: 4)
    var wrong: [String] = []
    var compared = 0
    for (id, primitive) in Primitive.catalog.enumerated() {
      for point in points(of: primitive, &random) {
        for slot in point.indices {
          let h = 1e-6 * max(1, abs(point[slot]))
          var ends = [point, point]
          ends[0][slot] -= h
          ends[1][slot] += h
          let rule = Primitive.rule(of: PrimitiveID(id), operand: slot)
          let branches = Set(
            (ends + [point]).map {
              rule.branchIndex(operands: $0, result: primitive.value($0), operand: slot)
            })
          let wanted = (primitive.value(ends[1]) - primitive.value(ends[0])) / (2 * h)
          guard branches.count == 1, wanted.isFinite, primitive.name != "if" || slot > 0 else {
            continue
          }
          compared += 1
          let got = slope(id, point, slot)
          if !near(got, wanted, 1e-6) {
            wrong.append("\(primitive.usage) at \(point) \(slot): \(got), not \(wanted)")
          }
        }
      }
    }
    #expect(wrong == [])
    #expect(compared > 600)
  }

  @Test func `every rule, condition and usage can be read`() {
    var wrong: [String] = []
    for (id, primitive) in Primitive.catalog.enumerated() {
      let operands: [String] =
        if case .fixed(let names) = primitive.operands {
          names
        } else {
          // What `Rule.Many` knows besides the operand itself.
          ["x", "n", "j", "w", "t", "p", "q"]
        }
      // A rule that could not be read would be nan everywhere, and so would a test that only looks
      // where nan is expected.
      for text in primitive.ruleTexts {
        guard let formula = try? Formula(reading: text, as: .rule) else {
          wrong.append("\(primitive.usage): the rule \(text) cannot be read")
          continue
        }
        let strangers = Set(formula.variables).subtracting(operands + ["y", "c"])
        if !strangers.isEmpty { wrong.append("\(primitive.usage): \(text) uses \(strangers)") }
      }
      if case .fixed(let names) = primitive.operands,
        ![1, names.count].contains(primitive.ruleTexts.count)
      {
        wrong.append("\(primitive.usage): \(primitive.ruleTexts.count) rules")
      }
      for text in primitive.conventions.compactMap(\.condition) {
        let read = try? Formula(reading: text, as: .rule)
        if read.map({ Set($0.variables).isSubset(of: operands + ["y"]) }) != true {
          wrong.append("\(primitive.usage): the condition \(text) cannot be read")
        }
      }
      if primitive.notation == .gate { continue }
      let usage = try? Formula(reading: primitive.usage, as: .condition)
      if usage?.nodes.last?.reference != PrimitiveID(id)
        || usage?.description != usageText(primitive)
      {
        wrong.append("\(primitive.usage) is read as \(usage?.description ?? "nothing")")
      }
    }
    #expect(wrong == [])
  }

  /// A power is printed without blanks; all else as its usage shows it.
  private func usageText(_ primitive: Primitive) -> String {
    primitive.name == "^" ? "a^b" : primitive.usage
  }

  @Test func `names and spellings are unique and resolve to their owners`() {
    let functions = Primitive.catalog.filter { $0.notation == .function }
    let spellings = functions.flatMap { [$0.name] + $0.spellings }
    #expect(Set(spellings).count == spellings.count)
    for function in functions {
      for spelling in [function.name] + function.spellings {
        #expect(Primitive.functions[spelling].map { Primitive[$0].usage } == function.usage)
      }
    }
    let usages = Primitive.catalog.map(\.usage)
    #expect(Set(usages).count == usages.count)
    #expect(Primitive.functions.count == spellings.count)
    let infix = Primitive.catalog.count { primitive in
      switch primitive.notation {
      case .infix, .comparison: true
      default: false
      }
    }
    #expect(Primitive.infixes.count == infix)
  }

  @Test func `texts are well made`() {
    let known = ["operand", "gate", "other", "local", "upstream", "amount", "sign"]
    var wrong: [String] = []
    for primitive in Primitive.catalog {
      if !isBalanced(primitive.latex) { wrong.append("\(primitive.usage): \(primitive.latex)") }
      if !primitive.summary.hasSuffix(".") { wrong.append("\(primitive.usage): no period") }
      if primitive.summary.first?.isUppercase != true { wrong.append(primitive.summary) }
      if primitive.sign.isEmpty || primitive.spoken.isEmpty { wrong.append(primitive.usage) }
      if primitive.examples.isEmpty { wrong.append("\(primitive.usage): no example") }
      for example in primitive.examples where !primitive.accepts(example.count) {
        wrong.append("\(primitive.usage): \(example)")
      }
      for slot in 0..<3 {
        let sentence = primitive.sentence(for: slot)
        let placeholders = sentence.matches(of: #/\{(.*?)\}/#).map { String($0.1) }
        let strangers = Set(placeholders).subtracting(known)
        if !strangers.isEmpty || !sentence.hasSuffix(".") {
          wrong.append("\(primitive.usage): \(sentence)")
        }
      }
    }
    #expect(wrong == [])
  }

  @Test func `domains hold on the examples and are explained outside`() {
    for primitive in Primitive.catalog {
      for example in primitive.examples {
        #expect(primitive.domainViolation(example) == nil, "\(primitive.usage) at \(example)")
      }
    }
    let outside: [(String, [Double])] = [
      ("ln(x)", [0]), ("ln(x)", [-1]), ("sqrt(x)", [-1]), ("a / b", [1, 0]), ("a ^ b", [-2, 0.5]),
      ("a ^ b", [0, -1]),
    ]
    for (usage, point) in outside {
      let primitive = Primitive.catalog.first { $0.usage == usage }
      #expect(primitive?.domainViolation(point)?.hasPrefix(usage) == true, "\(usage) at \(point)")
      #expect(primitive?.value(point).isFinite == false)
      #expect(primitive?.domainViolation([.nan, .nan]) == nil)
    }
  }
}
