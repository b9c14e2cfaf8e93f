import Language
import Testing

@testable import Engine

/// Mistaken passes through outputs, literals, shared operands and gates made one; by hand.
@Suite struct MistakenPassTests {
  private func named(_ name: String) throws -> Misconception {
    try #require(Misconception.named(name))
  }

  private func gradient(_ name: String, _ node: String, _ tape: Tape) throws -> Double {
    try #require(try named(name).gradients(on: tape)[try tape.node(node)])
  }

  @Test func `an input that is an output waits for all of its gradient`() throws {
    // w gets 1 as an output and 2 from the gate, and moves to 5 - 0.5 · 3.
    let tape = try tape("x = 2, w = 5", "h = x + 0", "f = h * w", of: ["w", "f"])
    #expect(try tape.gradient("w") == 3 && tape.gradient("x") == 5)
    #expect(try gradient("eager-update", "x", tape) == 3.5)
  }

  @Test func `a node that is an operand twice moves once`() throws {
    // f = 2wh: w moves to 5 - 0.5 · 4, and h gets 3 twice.
    let tape = try tape("x = 2, w = 5", "h = x + 0", "f = dot([w, h], [h, w])")
    #expect(try tape.gradient("x") == 10 && tape.gradient("w") == 4)
    #expect(try gradient("eager-update", "x", tape) == 6)
  }

  @Test func `a pass with the wrong sign parts at the output itself`() throws {
    let tape = try tape("x = 3", "f = x * x")
    let comparison = MisconceptionComparison(of: try named("reversed"), on: tape)
    #expect(try comparison.verdict == .parts(at: tape.node("f")))
    let seed = { (number: Double) -> MistakenPass.Arrival in
      MistakenPass.Arrival(gate: -1, slot: 0, upstream: number, local: 1, amount: number)
    }
    #expect(comparison.rightArrivals == [seed(1)])
    #expect(comparison.mistakenArrivals == [seed(-1)])
    // Recursion starts as every pass does.
    let start = BackwardNumbers(of: tape)
    let output = try tape.node("f")
    let recursion = MistakenPass(try named("recursion"), from: start, watching: output)
    #expect(recursion?.arrivals == [seed(1)])
    // Nobody is watched unless asked for.
    #expect(MistakenPass(nil, from: start)?.arrivals == [])
  }

  @Test func `no literal gets a gradient, and none is where passes part`() throws {
    let tape = try tape("x = 0.25", "f = 4 * x")
    let literals = tape.graph.nodes.indices.filter { tape.graph.nodes[$0].kind == .constant }
    #expect(literals.count == 1)
    let right = BackwardNumbers(of: tape).rightGradients()
    #expect(literals.allSatisfy { right[$0] == 0 })
    let passes = MistakenPasses(over: tape.graph, conventions: Conventions())
    for name in [
      "average", "overwrite", "one-path", "product", "recursion", "eager-update", "local-only",
    ] {
      let found = try #require(passes.gradients(of: try named(name)))
      #expect(literals.allSatisfy { found[$0] == 0 }, "\(name)")
    }
    // f is 1, as its gradient is; so x is the first whose value is not its gradient.
    let comparison = MisconceptionComparison(of: try named("value"), on: tape)
    #expect(try comparison.verdict == .parts(at: tape.node("x")))
  }

  @Test(
    arguments: [
      // g sends 2 times what it gets to a, whatever was slipped above it.
      ("overwrite", "a", 6), ("split", "a", 6), ("no-swap", "g", 7), ("no-swap", "a", 14),
      ("no-swap", "c", 7), ("upstream-only", "a", 2), ("output", "a", 42), ("local-only", "a", 2),
      ("eager-update", "a", 6 - 7), ("recursion", "a", 6),
    ] as [(String, String, Double)])
  func `a gate made one passes on, times its slope`(
    name: String, node: String, wanted: Double
  ) throws {
    var conventions = Conventions()
    conventions[setting: "relu-at-zero"] = 1
    var lines = try definitions(["a = 0, b = 2, c = 7, k = 3", "g = relu(a) * b + c", "f = g * k"])
    lines.close("g")
    let tape = try Tape(of: try Graph(of: ["f"], in: lines), conventions: conventions)
    #expect(tape.graph.gates.count == 2)
    let place = try tape.node(node)
    let start = BackwardNumbers(of: tape)
    let own = [try tape.node("a"), try tape.node("b"), try tape.node("c"), try tape.node("g")]
    #expect(own.map { start.rightGradients()[$0] } == [6, 0, 3, 3])
    let record = try named(name)
    #expect(MistakenPass(record, from: start)?.gradients[place] == wanted)
    // The same where slopes are worked out beforehand.
    let passes = MistakenPasses(over: tape.graph, conventions: conventions)
    #expect(passes.at(tape.final.values).gradients(of: record)?[place] == wanted)
  }

  @Test func `of very many uses sixty-four are looked at`() throws {
    let sum = Array(repeating: "x", count: 70).joined(separator: " + ")
    let tape = try tape("x = 3", "f = 5 * (" + sum + ")")
    let x = try tape.node("x")
    #expect(try tape.gradient("x") == 350)
    let pass = MistakenPass(nil, from: BackwardNumbers(of: tape), watching: x)
    #expect(pass?.arrivals.count == 64)
    let onePath = WrongAnswers(on: tape).all(for: x).filter {
      $0.misconception.name == "one-path" && $0.scope == .oneGate
    }
    #expect(onePath.count == 64)
  }

  @Test func `other numbers are neither small nor large, and every other draw keeps signs`() throws
  {
    let tape = try tape("a = -3, b = 0, c = 5", "q = a * b", "f = q + c")
    let start = BackwardNumbers(of: tape)
    let inputs = [try tape.node("a"), try tape.node("b"), try tape.node("c")]
    let gate = try tape.node("q")
    var sizes: [Double] = []
    var negative: [Int] = []
    for seed in 0..<400 as Range<UInt64> {
      let values = start.moved(seed: seed).values
      let numbers = inputs.map { values[$0] }
      #expect(values[gate] == numbers[0] * numbers[1])
      sizes += numbers.map(\.magnitude)
      if seed.isMultiple(of: 2) {
        // 0 becomes positive: a root of it stays where it is defined.
        #expect(numbers[0] < 0 && numbers[1] > 0 && numbers[2] > 0)
      } else {
        negative.append(numbers.count { $0 < 0 })
      }
    }
    let smallest = try #require(sizes.min())
    let largest = try #require(sizes.max())
    #expect(smallest >= 0.4 && smallest < 0.45 && largest > 2.35 && largest <= 2.4)
    #expect(Set(negative) == [0, 1, 2, 3])
    let all = negative.reduce(0, +)
    #expect(all > 240 && all < 360)
  }

  private func hidden(_ node: String, _ tape: Tape) throws -> [String] {
    let agrees = { (a: Double, b: Double) in a == b }
    return Misconception.hidden(at: try tape.node(node), on: tape, seed: 3, agrees: agrees)
      .map(\.name)
  }

  @Test func `what numbers hide is told once, and nothing rare`() throws {
    // 1 is the upstream gradient, the slope, and the slope upside down.
    #expect(
      try hidden("x", try tape("x = 2, y = 1", "f = x * y")) == ["upstream-only", "reciprocal"])
    // A pass that starts from the output's value would start from 1 as well, but that is rare.
    #expect(
      try hidden("x", try tape("x = 1, y = 1", "f = x * y")) == [
        "no-swap", "upstream-only", "output", "reciprocal", "value",
      ])
    #expect(try hidden("x", try tape("x = 3, y = 5", "f = x * y")) == [])
    // A sum taken for a product would give 1 here as well, but that is rare.
    #expect(try hidden("x", try tape("x = 3, y = 1", "f = x + y")) == [])
  }

  @Test func `where there is no number, nothing is told apart`() throws {
    // Elsewhere the gradient is 0: x has another value then, and 1/0 is no number.
    let found = try hidden("x", try tape("x = 1", "f = if(x == 1, x, 5)"))
    #expect(found.contains("value") && !found.contains("reciprocal"))
  }

  @Test func `what b sends first is 0, so sending it twice is hidden`() throws {
    let tape = try tape("x = 2, k = 0, m = 5", "b = 3 * x", "p = k * b", "q = m * b", "f = p + q")
    #expect(try gradient("recursion", "x", tape) == 15)
    #expect(try hidden("x", tape).contains("recursion"))
    let open = try tapeOfTwo()
    #expect(try gradient("recursion", "x", open) == 6 + 21)
    #expect(try !hidden("x", open).contains("recursion"))
  }

  private func tapeOfTwo() throws -> Tape {
    try tape("x = 2, k = 2, m = 5", "b = 3 * x", "p = k * b", "q = m * b", "f = p + q")
  }

  @Test func `numbers for another graph are no numbers for this one`() throws {
    let tape = try tape("x = 3, y = 5", "f = x * y")
    let steps = LastSteps(of: tape)
    let x = try tape.node("x")
    #expect(!steps.answers(for: x, values: steps.values, gradients: steps.gradients).isEmpty)
    #expect(steps.answers(for: x, values: [1], gradients: [1]).isEmpty)
    // Whoever has 7 for y has 7 for the slope of the gate.
    var own = steps.values
    own[try tape.node("y")] = 7
    let found = steps.answers(for: x, values: own, gradients: steps.gradients)
    #expect(found.contains { $0.misconception.name == "local-only" && $0.value == 7 })
  }

  @Test func `a bias has no place in a window`() throws {
    let tape = try tape(
      "x = [1, 2, 3], w = [4, 5], b = 7", "o = dot(w, x[1..2]) + b", "p = dot(w, x[2..3]) + b",
      "f = 2 * (o + p)")
    let rows: [(String, [Double])] = [
      ("twice", [12, 20, 16, 36, 20, 8]), ("first-window", [4, 8, 8, 18, 10, 4]),
      ("mirror", [10, 6, 10, 18, 8, 4]),
    ]
    for (name, wanted) in rows {
      for (node, number) in zip(["w[1]", "w[2]", "x[1]", "x[2]", "x[3]", "b"], wanted) {
        #expect(try gradient(name, node, tape) == number, "\(name) \(node)")
      }
    }
  }

  @Test(
    arguments: [
      ("upstream-switch", "f = 0.5 * relu(x)", 2, 0.5), ("wrong-point", "f = 3 * abs(x)", -2, -3),
      ("upstream-switch", "f = -0.5 * relu(x)", 2, 0), ("add-as-times", "f = x + 4", 2, 1),
      ("split", "f = x + 4", 2, 1), ("input-for-output", "f = norm([x])", -3, -1),
    ] as [(String, String, Double, Double)])
  func `where a slip has its place and where it has none`(
    name: String, line: String, x: Double, wanted: Double
  ) throws {
    #expect(try gradient(name, "x", try tape("x = \(x)", line)) == wanted)
  }

  @Test func `a number that is none is no answer`() throws {
    // q is the logarithm of -1, and its gradient is 3 all the same.
    let tape = try tape("x = -1", "q = ln(x)", "f = 3 * q")
    let q = try tape.node("q")
    #expect(WrongAnswers(on: tape).all(for: q).contains { $0.value.isNaN })
    #expect(Misconception.answers(for: q, on: tape).allSatisfy { !$0.value.isNaN })
  }

  @Test func `of two outputs the later is the first to part`() throws {
    let tape = try tape("x = 3", "g = x * x", "h = 5 * x", of: ["g", "h"])
    let comparison = MisconceptionComparison(of: try named("reversed"), on: tape)
    #expect(try comparison.verdict == .parts(at: tape.node("h")))
  }

  @Test func `a node below one that has parted does not part first`() throws {
    // q gets its own value, and so x gets something wrong, although it is read last.
    let tape = try tape("x = 3, k = 5", "q = x + 1", "p = q * k", "h = x + 2", "f = p + h")
    let comparison = MisconceptionComparison(of: try named("no-swap"), on: tape)
    #expect(try comparison.verdict == .parts(at: tape.node("q")))
    #expect(try comparison.differs(at: tape.node("x")))
  }

  @Test func `inputs move by the rate of the update on the tape`() throws {
    let tape = try tape("x = 2, w = 5", "h = x + 0", "f = h * w")
    let w = try tape.node("w")
    let updated = try tape.addingUpdate(rate: 0.5, of: [w]).addingUpdate(rate: 0.25, of: [w])
    let record = try named("eager-update")
    #expect(MisconceptionComparison(of: record, on: updated).rate == 0.25)
    // w had the value 5 when the pass was made: 5 - 0.25 · 2.
    #expect(try record.gradients(on: updated)[tape.node("x")] == 4.5)
  }

  @Test func `a function of several numbers is no curve, literals or not`() throws {
    for line in ["f = logsumexp(x, 2)", "f = logsumexp(2, x)", "f = norm([x, 2])", "f = x / 2"] {
      let comparison = MisconceptionComparison(
        of: try named("wrong-point"), on: try tape("x = 1", line))
      #expect(comparison.verdict == .impossible, "\(line)")
    }
  }

  @Test func `an answer that is not made at one gate names no operand`() throws {
    let tape = try tape("x = 3, y = 2", "s = y * x", "f = s * x + sin(x)")
    let answers = WrongAnswers(on: tape).all(for: try tape.node("x"))
    let nowhere = answers.filter { $0.gate == nil }
    #expect(!nowhere.isEmpty && nowhere.allSatisfy { $0.slot == 0 })
  }

  @Test func `of two ways either may be the one that went wrong`() throws {
    // 2 and 5 arrive; 3 where x is taken for what it is multiplied by.
    let tape = try tape("x = 3, y = 2", "f = x * y + 5 * x")
    let found = WrongAnswers(on: tape).all(for: try tape.node("x")).filter {
      $0.misconception.name == "no-swap" && $0.scope == .oneGate
    }
    #expect(Set(found.map(\.value)).sorted() == [5.0, 8.0])
  }

  @Test(
    arguments: [
      // The slope of sin is written in what goes in; exp is its own; a sum has no other.
      ("input-for-output", "f = 2 * sin(x)"), ("output", "f = 2 * exp(x)"),
      ("upstream-only", "f = x + y"), ("split", "f = x + 4"),
    ])
  func `a mistake without a place explains no answer`(name: String, line: String) throws {
    let tape = try tape("x = 3, y = 2", line)
    let answers = WrongAnswers(on: tape).all(for: try tape.node("x"))
    let found = answers.filter { $0.misconception.name == name }
    #expect(found.map(\.scope) == [.wholePass])
  }

  @Test func `what is as far apart as rounding may be is not apart`() {
    #expect(!areApart(0, 1e-10 * 1e-3) && !areApart(1e-10 * 1e-3, 0))
  }
}
