import Language
import Testing

@testable import Engine

/// Which wrong answers there are to one question, and where each of them comes from.
@Suite struct WrongAnswerTests {
  private func all(_ name: String, _ node: String, _ tape: Tape) throws -> [WrongAnswer] {
    WrongAnswers(on: tape).all(for: try tape.node(node)).filter { $0.misconception.name == name }
  }

  private func numbers(_ found: [WrongAnswer], _ scope: WrongAnswer.Scope) -> [Double] {
    found.filter { $0.scope == scope }.map(\.value)
  }

  /// x gets 5 from `5 * x`, then 3 and 3 from both sides of `x * x`.
  @Test func `slips where three contributions meet`() throws {
    let tape = try tape("x = 3, b = 5", "s = x * x", "t = b * x", "f = s + t")
    #expect(try tape.gradient("x") == 11)
    for (name, wanted) in [
      ("overwrite", 3.0), ("one-path", 5), ("average", 11.0 / 3), ("product", 45), ("twice", 22),
      ("reversed", -11), ("reciprocal", 1.0 / 11), ("value", 3), ("no-swap", 9),
      ("local-only", 11), ("upstream-only", 3),
    ] {
      #expect(try numbers(all(name, "x", tape), .lastStep) == [wanted], "\(name)")
    }
    #expect(try numbers(all("one-path", "x", tape), .oneGate) == [5, 3, 3])
    let swapped = try all("no-swap", "x", tape)
    #expect(numbers(swapped, .oneGate) == [9] && numbers(swapped, .oneGateAlone) == [3])
    #expect(swapped.allSatisfy { $0.scope == .wholePass || $0.gate == tape.graph.nodeOfLabel["t"] })
    #expect(swapped.filter { $0.gate != nil }.allSatisfy { $0.slot == 1 })
    let last = try all("overwrite", "x", tape).first
    #expect(try last?.gate == tape.node("s") && last?.slot == 1)
    let first = try all("one-path", "x", tape).first
    #expect(try first?.gate == tape.node("t") && first?.slot == 1)
  }

  @Test func `what an output starts with is a contribution too`() throws {
    let tape = try tape("q = 2, w = 5", "r = q * w", "f = 3 * r", of: ["r", "f"])
    #expect(try tape.gradient("r") == 4)
    #expect(try numbers(all("overwrite", "r", tape), .lastStep) == [3])
    #expect(try numbers(all("average", "r", tape), .lastStep) == [2])
    #expect(try numbers(all("product", "r", tape), .lastStep) == [3])
    let first = try all("one-path", "r", tape).filter { $0.scope == .lastStep }
    #expect(first.map(\.value) == [1] && first.first?.gate == nil)
    // A factor that is forgotten: 1 + 1, where 1 + 3 is right.
    #expect(try numbers(all("forgotten-factor", "r", tape), .lastStep) == [2])
    #expect(try numbers(all("twice", "r", tape), .lastStep) == [])
  }

  @Test func `one contribution gives no slips of meeting`() throws {
    let tape = try tape("x = 3, y = 2", "f = x * y")
    for name in ["overwrite", "one-path", "average", "product"] {
      #expect(try all(name, "x", tape).allSatisfy { $0.scope == .wholePass }, "\(name)")
    }
    #expect(try all("no-swap", "x", tape).map(\.scope) == [.lastStep, .wholePass])
  }

  @Test func `answers are distinct, wrong, and the likely come first`() throws {
    let tape = try tape("w1 = -2, w2 = 5, w3 = -4", "q = w1 + w2", "f = q * w3 + q")
    for node in tape.graph.nodes.indices where tape.graph.nodes[node].kind != .constant {
      let answers = Misconception.answers(for: node, on: tape)
      let right = tape.final.gradients[node]
      #expect(Set(answers.map(\.value)).count == answers.count)
      #expect(answers.allSatisfy { areApart($0.value, right) && !$0.value.isNaN })
      let ranks = answers.map { answer in
        (answer.misconception.isRare ? 10 : 0)
          + (WrongAnswer.Scope.allCases.firstIndex(of: answer.scope) ?? 0)
      }
      #expect(ranks == ranks.sorted())
      // Nothing that can be said is lost.
      for one in WrongAnswers(on: tape).all(for: node)
      where !one.value.isNaN && areApart(one.value, right) {
        #expect(answers.contains { $0.value == one.value })
      }
    }
  }

  @Test func `somebody who goes on from numbers of their own can slip again`() throws {
    let tape = try tape("w1 = -2, w2 = 5, w3 = -4", "q = w1 + w2", "f = q * w3")
    let steps = LastSteps(of: tape)
    let (q, w3) = (try tape.node("q"), try tape.node("w3"))
    #expect(steps.values == tape.final.values && steps.gradients == tape.final.gradients)
    var (values, gradients) = (steps.values, steps.gradients)
    values[q] = 7
    // Own gradient of w3: 7, which follows from 7.
    gradients[w3] = 7
    let found = steps.answers(for: w3, values: values, gradients: gradients)
    #expect(found.contains { $0.misconception.name == "no-swap" && $0.value == -4 })
    #expect(found.allSatisfy { areApart($0.value, 7) && $0.value.isFinite })
    #expect(!found.contains { $0.misconception.name == "sign" })
    #expect(found.first?.scope == .lastStep)
    // Only one gate reads w3, so each slip there has one answer.
    #expect(Set(found.map(\.misconception.name)).count == found.count)
    #expect(steps.answers(for: w3, values: [1], gradients: gradients).isEmpty)
    #expect(steps.answers(for: w3, values: values, gradients: [1]).isEmpty)
    // A gradient of 0 has no slope upside down.
    gradients[w3] = 0
    let none = steps.answers(for: w3, values: values, gradients: gradients)
    #expect(!none.contains { $0.misconception.name == "reciprocal" })
  }

  @Test func `mistaken passes at other numbers`() throws {
    let tape = try tape("x = 3, y = 2", "f = x * y")
    let passes = MistakenPasses(over: tape.graph, conventions: Conventions())
    let noSwap = try #require(Misconception.named("no-swap"))
    let (x, y) = (try tape.node("x"), try tape.node("y"))
    #expect(passes.gradients(of: noSwap)?[x] == 3)
    let values = tape.graph.values(holding: [x: 5, y: 11], from: tape.graph.values())
    #expect(passes.at(values).gradients(of: noSwap)?[x] == 5)
    #expect(passes.at(values).gradients(of: noSwap)?[y] == 11)
    // Numbers for another graph are no numbers for this one.
    #expect(passes.at([1]).gradients(of: noSwap)?[x] == 3)
    // What was worked out beforehand does not hold for a weight that has moved.
    let eager = try #require(Misconception.named("eager-update"))
    let deep = try tapeOfWeights()
    let prepared = MistakenPasses(over: deep.graph, conventions: Conventions())
      .at(deep.final.values).gradients(of: eager)
    #expect(try prepared?[deep.node("x")] == 4)
  }

  /// w moves to 5 - 0.5 · 2 = 4 before x gets its share: 4 instead of 5.
  private func tapeOfWeights() throws -> Tape { try tape("x = 2, w = 5", "h = x + 0", "f = h * w") }

  private func tapeOfTwoUses() throws -> Tape {
    try tape("x = 2, w = 5", "h = x * w", "f = h * w")
  }

  @Test func `a weight that has moved is seen below`() throws {
    let eager = try #require(Misconception.named("eager-update"))
    let tape = try tapeOfWeights()
    let found = eager.gradients(on: tape)
    #expect(try found[tape.node("w")] == 2 && found[tape.node("x")] == 4)
    let comparison = MisconceptionComparison(of: eager, on: tape)
    #expect(comparison.rate == 0.5)
    #expect(try comparison.verdict == .parts(at: tape.node("h")))
    #expect(try comparison.differs(at: tape.node("x")) && !comparison.differs(at: tape.node("w")))
    #expect(!comparison.differs(at: 999))
    // A weight moves when all of its gradient is there: w is used twice, and once below.
    let late = try tapeOfTwoUses()
    #expect(try eager.gradients(on: late)[late.node("x")] == 25)
    #expect(try eager.gradients(on: late)[late.node("w")] == 20)
  }

  @Test func `a convention that is set holds in mistaken passes too`() throws {
    var conventions = Conventions()
    conventions[setting: "relu-at-zero"] = 1
    let tape = try tape("x = 0", "f = 3 * relu(x)", conventions: conventions)
    let start = BackwardNumbers(of: tape)
    #expect(try start.rightGradients()[tape.node("x")] == 3)
    #expect(try MistakenPass(nil, from: start)?.gradients[tape.node("x")] == 3)
    let overwrite = try #require(Misconception.named("overwrite"))
    let passes = MistakenPasses(over: tape.graph, conventions: conventions)
    #expect(try passes.gradients(of: overwrite)?[tape.node("x")] == 3)
  }

  @Test func `values of other gates, told by hand`() throws {
    let functions = try tape("x = 3", "f = relu(x)")
    let values = { (tape: Tape, name: String) in
      WrongValue.values(of: try tape.node(name), in: tape.graph, at: tape.final.values)
    }
    let tanh = try #require(Primitive.functions["tanh"])
    let sigmoid = try #require(Primitive.functions["sigmoid"])
    #expect(try values(functions, "f").map(\.slip) == [.other(tanh), .other(sigmoid), .sign])
    // 4 / 2 is 2 as 4 - 2 is, and so is the 2 itself.
    let ties = try tape("a = 4, b = 2", "f = a - b")
    let gate = try ties.node("f")
    #expect(WrongValue.hiddenCount(of: gate, in: ties.graph, at: ties.final.values) == 2)
    let sum = try tape("a = 1, b = 2, c = 4", "f = a + b + c")
    #expect(
      try values(sum, "f").map(\.value) == [8, -7, 1, 2, 4])
    let negative = try tape("a = -2, b = 3", "f = max(a, b)")
    let min = try #require(Primitive.functions["min"])
    let left = try negative.node("a")
    #expect(try values(negative, "f").map(\.slip) == [.other(min), .sign, .operand(left)])
    let difference = try tape("a = -2, b = -3", "f = a - b")
    let right = try difference.node("b")
    #expect(
      try values(difference, "f").contains { $0.slip == .operandSign(right) && $0.value == -5 })
    #expect(WrongValue.values(of: 99, in: sum.graph, at: sum.final.values).isEmpty)
    #expect(try values(sum, "a").isEmpty)
    let names = (1...70).map { "a\($0)" }
    let own = try definitions(names.map { $0 + " = 2" } + ["f = " + names.joined(separator: " + ")])
    let wide = try Tape(of: try Graph(of: ["f"], in: own))
    let many = try values(wide, "f")
    #expect(many.count == 64)
    #expect(many.allSatisfy { if case .operand = $0.slip { true } else { false } })
  }
}
