import Language
import TestSupport
import Testing

@testable import Engine

/// Vectors, matrices, losses and layers: what they come to, against numbers computed elsewhere.
@Suite struct VectorTests {
  /// A tape of some lines, and a name's numbers on it.
  private func values(_ name: String, _ tape: Tape) throws -> [Double] {
    let nodes = try #require(tape.graph.group(named: name)).nodes
    return nodes.map { tape.final.values[$0] }
  }

  private func gradients(_ name: String, _ tape: Tape) throws -> [Double] {
    let nodes = try #require(tape.graph.group(named: name)).nodes
    return nodes.map { tape.final.gradients[$0] }
  }

  private func near(_ a: [Double], _ b: [Double], _ bound: Double = 1e-12) -> Bool {
    a.count == b.count
      && zip(a, b).allSatisfy { ($0 - $1).magnitude <= bound * max(1, $1.magnitude) }
  }

  @Test func `a convolution gives the slide's numbers`() throws {
    let tape = try tape(
      "x = [2, -1, 0, 3, 1], w = [1, -2, 3]", "o = conv(x, w)", upstream: [1, -1, 2])
    #expect(try values("o", tape) == [4, 8, -3])
    #expect(try gradients("w", tape) == [3, 5, -1])
    #expect(try gradients("x", tape) == [1, -3, 7, -7, 6])
  }

  @Test func `stride, padding, filters and channels`() throws {
    // By hand: with one zero on each side, every second place.
    let strided = try tape("x = [2, -1, 0, 3, 1], w = [1, -2, 3]", "o = conv(x, w, 2, 1)")
    #expect(try values("o", strided) == [-7, 8, 1])
    let bank = try tape("x = [2, -1, 0, 3]", "o = conv(x, [[1, 1], [1, -1]])")
    #expect(try values("o", bank) == [1, -1, 3, 3, -1, -3])
    let channels = try tape("x = [[1, 2, 3], [4, 5, 6]]", "o = conv(x, [[1, 0], [0, 1]])")
    #expect(try values("o", channels) == [1 + 5, 2 + 6])
  }

  @Test func `the small convolutional network gives the slide's numbers`() throws {
    let tape = try tape(
      "x = [2, -1, 0, 3, 1, -2], w = [1, -2, 3]", "o = conv(x, w)", "m = maxpool(relu(o), 2)",
      "V = [[0.1, -0.1], [-0.2, 0.3]]", "s = V @ m", "L = softmax_cross_entropy(s, 1)")
    #expect(try values("m", tape) == [8, 0])
    #expect(near(try values("s", tape), [0.8, -1.6]))
    #expect(near([tape.final.values[try tape.node("L")]], [0.08683615215394967]))
    #expect(near(try gradients("w", tape), [0.02495180894817671, 0, -0.07485542684453013]))
    #expect(
      near(
        try gradients("x", tape),
        [0, -0.02495180894817671, 0.04990361789635342, -0.07485542684453013, 0, 0]))
  }

  /// Values and gradients in `s` or `p`, from the slides' independent solution.
  static let losses: [(formula: String, at: String, loss: Double, gradient: [Double])] = [
    (
      "softmax_cross_entropy(s, 1)", "[2, 1, -1]", 0.3490122167681864,
      [-0.29461548730175885, 0.25949646034241913, 0.03511902695933972]
    ),
    ("multiclass_hinge(s, 1)", "[1.5, 2, -1]", 1.5, [-1, 1, 0]),
    ("l2(s, [1, 2])", "[3, -1]", 13, [4, -6]), ("l1(s, [1, 2])", "[3, -1]", 5, [1, -1]),
    ("sum(huber(s - [1, 2], 1))", "[3, 2.5]", 1.625, [1, 0.5]),
    ("cross_entropy([1, 0, 0], s)", "[0.25, 0.5, 0.25]", 1.3862943611198906, [-4, 0, 0]),
    ("mse([0, 0], s)", "[1, -3]", 5, [1, -3]), ("mae([0, 0], s)", "[1, -3]", 2, [0.5, -0.5]),
    ("half_squared_error(1, sum(s))", "[0.5, 0.25]", 0.03125, [-0.25, -0.25]),
    ("squared_error(1, sum(s))", "[0.5, 0.25]", 0.0625, [-0.5, -0.5]),
    // ln(1 + e^-0.5) and its slope -1 / (1 + e^0.5).
    (
      "binary_cross_entropy(1, sum(s))", "[0.25, 0.25]", 0.4740769841801067,
      [-0.3775406687981454, -0.3775406687981454]
    ),
    ("hinge(1, sum(s))", "[0.25, 0.5]", 0.25, [-1, -1]), ("norm(s)", "[3, -4]", 5, [0.6, -0.8]),
    ("mean(s)", "[3, -4, 7]", 2, [1 / 3.0, 1 / 3.0, 1 / 3.0]),
    ("avgpool(s, 2)[2]", "[1, 2, 3, 6]", 4.5, [0, 0, 0.5, 0.5]),
    ("maxpool(s, 2)[1]", "[5, 5, 1, 2]", 5, [1, 0, 0, 0]),
    ("sum(s[i]^2 for i in 2..3)", "[1, 2, 3]", 13, [0, 4, 6]),
    ("s[2..3] @ [1, 10]", "[1, 2, 3]", 32, [0, 1, 10]),
  ]

  @Test(arguments: losses.indices)
  func `losses and layers agree with other solutions`(place: Int) throws {
    let (formula, at, loss, gradient) = Self.losses[place]
    for expansion in [false, true] {
      var definitions = try definitions(["s = \(at)", "L = \(formula)"])
      if expansion { definitions.open("L") }
      let tape = try Tape(of: try Graph(of: ["L"], in: definitions))
      #expect(near([tape.final.values[try tape.node("L")]], [loss]), "\(formula)")
      #expect(near(try gradients("s", tape), gradient), "\(formula), open: \(expansion)")
    }
  }

  @Test func `softmax is a probability whose slopes follow p(1 - p) and -p q`() throws {
    let tape = try tape("s = [2, 1, -1]", "p = softmax(s)", upstream: [1, 0, 0])
    let p = try values("p", tape)
    #expect(near(p, [0.7053845126982412, 0.25949646034241913, 0.03511902695933972]))
    #expect(near(try gradients("s", tape), [p[0] * (1 - p[0]), -p[0] * p[1], -p[0] * p[2]]))
    // Far apart, nothing overflows and nothing is nan.
    let far = try self.tape("s = [1000, -1000, 0]", "p = softmax(s)", upstream: [0, 1, 0])
    #expect(try values("p", far) == [1, 0, 0])
    #expect(try gradients("s", far).allSatisfy { $0 == 0 })
  }

  /// The helper of the whole file, also inside this suite's own name space.
  private func tape(_ lines: String..., upstream: [Double]? = nil) throws -> Tape {
    let definitions = try definitions(lines)
    let last = try #require(definitions.order.last)
    return try Tape(of: try Graph(of: [last], in: definitions), upstream: upstream)
  }

  /// A dot product in one gate does what its parts do, to the last bit; a fused neuron to rounding.
  @Test(arguments: 1...40 as ClosedRange<UInt64>)
  func `open and closed gates agree`(seed: UInt64) throws {
    var random = SplitMix64(seed: seed)
    let (rows, columns) = (1 + random.below(4), 1 + random.below(5))
    let list = { (count: Int) in
      "[" + (0..<count).map { _ in "\(random.number(-2...2))" }.joined(separator: ", ") + "]"
    }
    let matrix = "[" + (0..<rows).map { _ in list(columns) }.joined(separator: ", ") + "]"
    let lines = [
      "W = \(matrix)", "x = \(list(columns))", "b = \(list(rows))", "h = tanh(W @ x + b)",
      "L = sum(h^2) + dot(W[1], x) + norm(x)",
    ]
    let closed = try definitions(lines)
    var open = closed
    for name in ["L", "h"] { open.open(name) }
    var fused = closed
    for name in ["L", "h"] { fused.close(name) }
    let tapes = try [closed, open, fused].map { try Tape(of: try Graph(of: ["L"], in: $0)) }
    #expect(tapes[0].graph.nodes.count < tapes[1].graph.nodes.count)
    #expect(tapes[2].graph.gates.count == rows + 1)
    for other in tapes.dropFirst() {
      for name in ["W", "x", "b"] {
        #expect(near(try gradients(name, tapes[0]), try gradients(name, other), 1e-11))
      }
    }
    // Against differences that know nothing of rules, fused gates included.
    for tape in tapes {
      for node in tape.graph.inputs {
        let check = NumericCheck(of: node, on: tape, values: tape.final.values)
        #expect(near([tape.final.gradients[node]], [check.central], 1e-6))
        #expect(near([tape.final.gradients[node]], [check.complexStep], 1e-10))
      }
    }
  }

  @Test func `W @ x + b is one gate for each element`() throws {
    let tape = try tape("W = [[1, -1], [0.5, 1]], x = [1, 2], b = [0, -1]", "z = W @ x + b")
    #expect(tape.graph.gates.count == 2)
    #expect(try values("z", tape) == [-1, 1.5])
    // A product that has a name is somebody else's too, and stays a gate of its own.
    let named = try self.tape("W = [[1, -1]], x = [1, 2], b = [3]", "p = W @ x", "z = p + b")
    #expect(named.graph.gates.count == 2)
  }

  @Test func `a Jacobian is laid out by numerator`() throws {
    let definitions = try definitions(["x = [1, 2]", "y = [x[1] * x[2], x[1]^2, x[2]]"])
    let graph = try Graph(of: ["y"], in: definitions)
    let inputs = try #require(graph.group(named: "x")).nodes
    let jacobian = try Jacobian(
      of: graph.outputs, in: inputs, on: graph, conventions: Conventions())
    #expect(jacobian.entries == [[2, 1], [2, 0], [0, 1]])
  }

  @Test func `a network with fifty thousand weights is built and differentiated`() throws {
    var random: RandomNumbers? = RandomNumbers(seed: 7)
    var definitions = Definitions()
    for (name, text) in [
      ("x", "uniform(0, 1, 784)"), ("W", "normal(0, 0.05, 64, 784)"), ("b", "normal(0, 0.05, 64)"),
      ("V", "normal(0, 0.1, 10, 64)"), ("c", "normal(0, 0.1, 10)"),
    ] {
      let drawn = try Graph(of: Formula(reading: text), in: definitions, random: &random)
      definitions.set(
        name, to: Tensor(drawn.outputShapes[0], drawn.outputs.map { drawn.nodes[$0].value }))
    }
    for line in ["h = relu(W @ x + b)", "s = V @ h + c", "L = softmax_cross_entropy(s, 3)"] {
      try define(line, in: &definitions)
    }
    let graph = try Graph(of: ["L"], in: definitions)
    #expect(graph.inputs.count == 784 + 64 * 784 + 64 + 640 + 10)
    let values = graph.values()
    let adjoints = graph.adjoints(at: values, conventions: Conventions())
    let output = graph.outputs[0]
    for label in ["W[5,700]", "V[3,9]", "b[64]", "c[10]", "x[1]"] {
      let node = try #require(graph.nodeOfLabel[label])
      let h = 1e-5
      let above = graph.values(holding: [node: values[node] + h], from: values)[output]
      let below = graph.values(holding: [node: values[node] - h], from: values)[output]
      #expect(near([adjoints[node]], [(above - below) / (2 * h)], 1e-6), "\(label)")
    }
  }
}

/// A fused gate is its parts: the same value, slopes, conventions and kinks.
@Suite struct FusingTests {
  /// Every primitive that can be a part, at points where it is smooth and where it is not.
  @Test(arguments: [0.0, 1, 0.5])
  func `a fused gate does what its parts do`(slopeAtZero: Double) throws {
    var conventions = Conventions()
    conventions[setting: "relu-at-zero"] = slopeAtZero
    var compared = 0
    for (place, primitive) in Primitive.catalog.enumerated() where primitive.notation != .gate {
      for point in [-1.5, -1, 0, 0.5, 1, 2] {
        let count = primitive.leastOperands
        let numbers = (0..<count).map { $0 == 0 ? point : 1 }
        var definitions = Definitions()
        for (index, number) in numbers.enumerated() {
          definitions.set("a\(index + 1)", to: number)
        }
        // f = 3 × p(1 × a1, 1 × a2, …): the operands are gates of their own.
        var builder = FormulaBuilder()
        builder.number(3)
        for index in 1...count {
          builder.name("one")
          builder.name("a\(index)")
          builder.apply(Primitive.multiply, arity: 2)
        }
        builder.apply(PrimitiveID(place), arity: count)
        builder.apply(Primitive.multiply, arity: 2)
        definitions.set("one", to: 1)
        definitions.give("f", builder.formula)
        let open = try Tape(of: try Graph(of: ["f"], in: definitions), conventions: conventions)
        definitions.close("f")
        let fused = try Tape(of: try Graph(of: ["f"], in: definitions), conventions: conventions)
        #expect(fused.graph.gates.count == 1, "\(primitive.usage)")
        for label in open.graph.labels where fused.graph.nodeOfLabel[label] != nil {
          let a = (open.final.values[try open.node(label)], try open.gradient(label))
          let b = (fused.final.values[try fused.node(label)], try fused.gradient(label))
          let isSame = { (x: Double, y: Double) in
            x == y || x.isNaN && y.isNaN || (x - y).magnitude <= 1e-12 * x.magnitude
          }
          #expect(
            isSame(a.0, b.0) && isSame(a.1, b.1),
            "\(primitive.usage) at \(numbers), \(label): \(a) and fused \(b)")
          compared += 1
        }
        let used = { (tape: Tape) -> Set<String> in
          var statements: Set<String> = []
          for gate in tape.graph.gates {
            let operands = tape.graph.operands(of: gate).map { tape.final.values[Int($0)] }
            statements.formUnion(
              conventions.used(
                at: gate, in: tape.graph, operands: operands, result: tape.final.values[gate]))
          }
          return statements
        }
        #expect(used(open) == used(fused), "\(primitive.usage) at \(numbers)")
      }
    }
    #expect(compared > 500)
  }

  @Test func `what is one gate by itself is not fused`() throws {
    for lines in [
      ["a = 1, b = 2", "p = maxpool([2*a, a*b], 2)"], ["s = [400, 0]", "p = softmax(2 * s)"],
    ] {
      var definitions = try definitions(lines)
      definitions.close("p")
      let problem = try #require(throws: Problem.self) { try Graph(of: ["p"], in: definitions) }
      #expect(problem.code == "cannot-be-fused")
    }
  }

  @Test func `a kink inside a fused gate is seen`() throws {
    var definitions = try definitions(["a = 0", "f = leaky_relu(a) * 3"])
    definitions.close("f")
    let tape = try Tape(of: try Graph(of: ["f"], in: definitions))
    let check = NumericCheck(of: try tape.node("a"), on: tape, values: tape.final.values)
    #expect(check.kinks == [try tape.node("f")])
  }
}

@Suite struct VectorMisconceptionTests {
  /// Swapped partners, also where a bias makes the number of operands odd.
  @Test func `no-swap keeps pairs together and leaves a bias alone`() throws {
    let definitions = try definitions(["w = [2, 3], x = [5, 7], b = 11", "z = w @ x + b"])
    let tape = try Tape(of: try Graph(of: ["z"], in: definitions))
    #expect(tape.graph.gates.count == 1)
    let record = try #require(Misconception.named("no-swap"))
    let wrong = record.gradients(on: tape)
    for (label, own) in [("w[1]", 2.0), ("w[2]", 3), ("x[1]", 5), ("x[2]", 7)] {
      #expect(wrong[try tape.node(label)] == own)
    }
    #expect(wrong[try tape.node("b")] == 1)
  }
}
