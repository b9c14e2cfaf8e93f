import Language
import TestSupport
import Testing

@testable import Engine

/// What wrong ideas compute; expected values were worked out by hand or by independent programs.
@Suite struct MisconceptionTests {
  private func gradient(_ name: String, _ node: String, _ tape: Tape) throws -> Double {
    let misconception = try #require(Misconception.named(name))
    return try #require(misconception.gradients(on: tape)[try tape.node(node)])
  }

  private func isNear(_ a: Double, _ b: Double, _ bound: Double = 5e-7) -> Bool {
    (a - b).magnitude <= bound
  }

  /// The staged example of CS231n, in whose backward pass x gets three contributions.
  private func staged() throws -> Tape {
    try tape(
      "x = 3", "y = -4", "sigy = 1 / (1 + exp(-y))", "num = x + sigy",
      "sigx = 1 / (1 + exp(-x))", "xpy = x + y", "xpysqr = xpy^2", "den = sigx + xpysqr",
      "invden = 1 / den", "f = num * invden")
  }

  @Test func `the staged example`() throws {
    let tape = try staged()
    #expect(isNear(try tape.gradient("x"), 2.059570))
    #expect(isNear(try tape.gradient("x"), 1.583187 - 0.035762 + 0.512144, 2e-6))
    #expect(isNear(try gradient("overwrite", "x", tape), 0.512144))
    #expect(isNear(try gradient("average", "x", tape), 2.059570 / 3))
    #expect(isNear(try gradient("product", "x", tape), 1.583187 * -0.035762 * 0.512144, 1e-5))
    let answers = Misconception.answers(for: try tape.node("x"), on: tape)
    for (number, name) in [
      (0.512144, "overwrite"), (1.583187, "one-path"), (-0.035762, "one-path"),
    ] {
      let found = answers.first { isNear($0.value, number, 1e-6) }
      #expect(found?.misconception.name == name, "\(number)")
      #expect(found?.gate != nil)
    }
  }

  @Test func `two ways that meet`() throws {
    // ∂(x² + 2x)/∂x = 3 + 3 + 2.
    let two = try tape("x = 3", "f = x*x + 2*x")
    #expect(try two.gradient("x") == 8)
    #expect(try gradient("product", "x", two) == 18)
    #expect(isNear(try gradient("average", "x", two), 8.0 / 3))
    #expect(try gradient("recursion", "x", two) == 8)
    let wide = try tape("x = 3", "b = 2", "f = x*x + b*x")
    #expect(try wide.gradient("x") == 8)
  }

  @Test func `plain recursion sends again what it had sent`() throws {
    let fork = try tape("x = 1", "b = 2*x", "e = (b + 1) + 3*b")
    #expect(try fork.gradient("x") == 8)
    #expect(try gradient("recursion", "x", fork) == 10)
    #expect(try gradient("recursion", "b", fork) == 4)
    let double = try tape("a = 1", "b = a + a", "c = b + b")
    #expect(try double.gradient("a") == 4)
    #expect(try gradient("recursion", "a", double) == 8)
    // Forty shared layers have 2^40 paths: too many, and nothing hangs.
    var lines = ["x0 = 1"]
    for layer in 1...40 { lines.append("x\(layer) = x\(layer - 1) + x\(layer - 1)") }
    let definitions = try definitions(lines)
    let deep = try Tape(of: try Graph(of: ["x40"], in: definitions))
    let recursion = try #require(Misconception.named("recursion"))
    #expect(recursion.gradients(on: deep).allSatisfy { $0 == nil })
    #expect(MisconceptionComparison(of: recursion, on: deep).verdict == .tooLong)
  }

  /// Mazur's network: two inputs, two hidden neurons, two outputs, half squared error.
  @Test func `weights that move too early`() throws {
    let tape = try tape(
      "i1 = 0.05, i2 = 0.1", "w1 = 0.15, w2 = 0.2, w3 = 0.25, w4 = 0.3, b1 = 0.35",
      "w5 = 0.4, w6 = 0.45, w7 = 0.5, w8 = 0.55, b2 = 0.6", "t1 = 0.01, t2 = 0.99",
      "h1 = sigmoid(w1*i1 + w2*i2 + b1)", "h2 = sigmoid(w3*i1 + w4*i2 + b1)",
      "o1 = sigmoid(w5*h1 + w6*h2 + b2)", "o2 = sigmoid(w7*h1 + w8*h2 + b2)",
      "E = 0.5*(t1 - o1)^2 + 0.5*(t2 - o2)^2")
    #expect(isNear(try tape.gradient("w1"), 0.000438568, 5e-10))
    #expect(isNear(try tape.gradient("w5"), 0.082167041, 5e-10))
    #expect(isNear(try gradient("eager-update", "w5", tape), 0.082167041, 5e-10))
    #expect(isNear(try gradient("eager-update", "w1", tape), 0.000364723, 5e-10))
  }

  @Test(arguments: [
    ("no-swap", "q", 3.0), ("no-swap", "w3", -4), ("no-swap", "w1", 3), ("value", "q", 3),
    ("local-only", "w1", 1), ("upstream-only", "w3", 1), ("twice", "w1", -8), ("twice", "q", -4),
    ("reversed", "w1", 4), ("reciprocal", "w1", -0.25), ("output", "q", -12),
  ])
  func `the circuit of the slides`(name: String, node: String, expected: Double) throws {
    let tape = try tape("w1 = -2, w2 = 5, w3 = -4", "q = w1 + w2", "f = q * w3")
    #expect(try gradient(name, node, tape) == expected)
  }

  @Test(arguments: [
    // A slope taken at the wrong point; sigmoid(1) has the slope 0.1966.
    ("wrong-point", "f = sigmoid(x)", 1.0, 0.2194), ("input-for-output", "f = exp(x)", 2, 2),
    ("input-for-output", "f = sigmoid(x)", 3, -6), ("sign", "f = 2 - x", 5, 1),
    ("sign", "f = -x", 5, 1), ("sign", "f = 1 / x", 2, 0.25), ("open-gate", "f = relu(x)", -2, 1),
    ("upstream-switch", "f = -1 * relu(x)", 2, 0), ("output", "f = relu(x)", 3, 3),
    ("forgotten-factor", "f = x^2", 3, 3), ("forgotten-factor", "f = x / 4", 3, 1),
    ("kept-exponent", "f = x^2", 3, 18), ("upstream-only", "f = 5 * tanh(x)", 0.5, 1),
    ("local-only", "f = 5 * tanh(x)", 0, 1),
  ])
  func `slips at one gate`(name: String, line: String, x: Double, expected: Double) throws {
    let tape = try tape("x = \(x)", line)
    #expect(isNear(try gradient(name, "x", tape), expected, 5e-5))
  }

  /// Where a mistake has no place, it changes nothing.
  @Test(arguments: [
    ("no-swap", "f = x*x"), ("sign", "f = x - 2"), ("overwrite", "f = 3*x"),
    ("open-gate", "f = tanh(x)"), ("output", "f = exp(x)"), ("recursion", "f = x*x + 2*x"),
    ("upstream-only", "f = x + 1"), ("kept-exponent", "f = x * 2"),
    ("eager-update", "f = x + 1"), ("forgotten-factor", "f = tanh(x)"),
  ])
  func `a mistake that cannot occur is said to be impossible`(name: String, line: String) throws {
    let misconception = try #require(Misconception.named(name))
    let comparison = MisconceptionComparison(of: misconception, on: try tape("x = 3", line))
    #expect(comparison.verdict == .impossible)
  }

  @Test func `numbers that hide a mistake are told from graphs that rule it out`() throws {
    let noSwap = try #require(Misconception.named("no-swap"))
    let hiding = try tape("w1 = 1, w2 = 2, w3 = 3", "q = w1 + w2", "f = q * w3")
    #expect(MisconceptionComparison(of: noSwap, on: hiding).verdict == .hiddenByNumbers)
    let telling = try tape("w1 = 2, w2 = 3, w3 = 4", "q = w1 + w2", "f = q * w3")
    let comparison = MisconceptionComparison(of: noSwap, on: telling)
    #expect(comparison.verdict == .parts(at: try telling.node("q")))
    #expect(comparison.rightArrivals.map(\.amount) == [4])
    #expect(comparison.mistakenArrivals.map(\.amount) == [5])
    let agrees = { (a: Double, b: Double) in a == b }
    let seen = { (tape: Tape, node: String) in
      Misconception.hidden(at: try tape.node(node), on: tape, seed: 1, agrees: agrees).map(\.name)
    }
    #expect(try seen(hiding, "w3").contains("no-swap"))
    #expect(try !seen(telling, "w3").contains("no-swap"))
    // At a + gate the local gradient is 1 whatever the numbers are: nothing to report.
    #expect(try !seen(telling, "w1").contains("upstream-only"))
    let one = try tape("w1 = 2, w2 = 3, w3 = 1", "q = w1 + w2", "f = q * w3")
    #expect(try seen(one, "w1").contains("local-only"))
  }

  /// The mistake made nowhere is the right pass, on graphs of every kind.
  @Test(arguments: 1...40)
  func `all passes but for their mistakes are the tape's own`(seed: UInt64) throws {
    let random = RandomGraph(seed: seed, cornered: true)
    let tape = try random.tape()
    let start = BackwardNumbers(of: tape)
    let own = tape.final.gradients
    let right = try #require(MistakenPass(nil, from: start)).gradients
    for node in tape.graph.nodes.indices where tape.graph.nodes[node].kind != .constant {
      #expect(!areApart(right[node], own[node]), "\(random)")
      #expect(!areApart(start.rightGradients()[node], own[node]), "\(random)")
    }
    for misconception in Misconception.catalog {
      #expect(misconception.gradients(on: tape).count == tape.graph.nodes.count)
    }
    for input in tape.graph.inputs {
      for answer in Misconception.answers(for: input, on: tape) {
        #expect(areApart(answer.value, own[input]), "\(random)")
      }
    }
  }

  @Test func `names are typed and one of a kind, and every record speaks`() {
    let names = Misconception.catalog.map(\.name)
    #expect(Set(names).count == names.count)
    for record in Misconception.catalog {
      #expect(record.name.allSatisfy { $0.isLowercase || $0 == "-" })
      for text in [record.correction, record.symptom, record.finding] {
        #expect([".", "?"].contains(text.last), "\(record.name): \(text)")
      }
      for text in [record.belief, record.place, record.blindSpot] {
        #expect(text.last != "." && !text.isEmpty, "\(record.name): \(text)")
      }
    }
  }

  @Test func `values that come from another gate`() throws {
    let tape = try tape("w1 = -2, w2 = 5, w3 = -4", "q = w1 + w2", "f = q * w3")
    let wrong = { (name: String, value: Double) in
      WrongValue.values(of: try tape.node(name), in: tape.graph, at: tape.final.values)
        .first { $0.value == value }?.slip
    }
    #expect(try wrong("q", -7) == .other(Primitive.subtract))
    #expect(try wrong("q", 7) == .operandSign(try tape.node("w1")))
    #expect(try wrong("f", 12) == .sign)
    #expect(try wrong("f", -1) == .other(Primitive.add))
    #expect(try wrong("f", 3) == .operand(try tape.node("q")))
    #expect(try wrong("f", -12) == nil)
  }
}
