internal import Language

/// A graph made ready to be computed for one example after the other.
///
/// It is the graph's list of gates in flat columns, less what never changes: gates that depend neither
/// on a column nor on a parameter are computed once, and the way back leaves out gates that no
/// parameter reaches. What remains is computed with the operations of the tape in the order of the
/// tape, so that values and gradients are the tape's to the last bit.
struct Plan: Sendable {
  /// One gate: what it computes, where the result belongs and where its operands are.
  struct Instruction: Sendable {
    let code: Code
    let primitive: PrimitiveID
    let target: Int32
    /// The first two operands; the first again where there is only one.
    let a: Int32
    let b: Int32
    /// All operands, as a part of `operands`.
    let first: Int32
    let count: Int32
    /// Whether a parameter reaches the second operand: its slope may cost more than the gate.
    let movesB: Bool
    /// What `c` stands for in the primitive's rules.
    let convention: Double
  }

  /// The gates that change from row to row or from step to step, in forward order.
  let forward: [Instruction]
  /// Those of them that a parameter reaches, in forward order.
  let backward: [Instruction]
  let operands: [Int32]
  /// For each node, whether a parameter reaches it.
  let moves: [Bool]
  /// The numbers that never change, with room for the others.
  let start: [Double]
  let output: NodeID
  /// The largest number of operands that a gate has.
  let width: Int

  /// Makes a graph ready; `moving` and `changing` are inputs: parameters, and those that columns fill.
  init(_ graph: Graph, moving: [NodeID], changing: [NodeID], conventions: Conventions) {
    let choices = conventions.values
    var moves = [Bool](repeating: false, count: graph.nodes.count)
    var changes = moves
    for node in moving { moves[node] = true }
    for node in changing { changes[node] = true }
    var forward: [Instruction] = []
    var values = graph.nodes.map(\.value)
    var inputs: [Double] = []
    var width = 0
    for gate in graph.nodes.indices where graph.nodes[gate].kind == .gate {
      let node = graph.nodes[gate]
      let own = graph.operands(of: gate)
      moves[gate] = own.contains { moves[Int($0)] }
      changes[gate] = own.contains { changes[Int($0)] }
      guard moves[gate] || changes[gate], let a = own.first else {
        graph.gather(operandsOf: gate, from: values, into: &inputs)
        values[gate] = inputs.withUnsafeBufferPointer { Primitive.value(of: node.primitive, $0) }
        continue
      }
      let b = own.dropFirst().first ?? a
      width = max(width, own.count)
      forward.append(
        Instruction(
          code: Code.of(node.primitive), primitive: node.primitive, target: Int32(clamping: gate),
          a: a, b: b, first: node.firstOperand, count: node.operandCount,
          movesB: moves[Int(b)], convention: choices[Int(node.primitive)]))
    }
    self.forward = forward
    backward = forward.filter { moves[Int($0.target)] }
    operands = graph.operands
    self.moves = moves
    start = values
    output = graph.outputs.first ?? 0
    self.width = width
  }
}

extension Plan {
  /// How a gate is computed: one of the frequent ones, written out here, or through its record.
  ///
  /// What is written out does what the record says with the same operations; a test compares them bit
  /// by bit. A new primitive works without being listed, and faster when it is.
  enum Code: UInt8, Sendable {
    case general
    // Their slopes are simple for any number of operands.
    case add, logSumExp, dot
    case subtract, multiply, divide, power
    case negate, copy, exp, ln, squareRoot, sine, cosine, tanh, sigmoid, relu, leakyRelu, softplus
    case gaussian, absolute

    /// The code of a primitive by its place in the catalog.
    static func of(_ primitive: PrimitiveID) -> Code {
      codes.indices.contains(Int(primitive)) ? codes[Int(primitive)] : .general
    }

    private static let codes: [Code] = Primitive.catalog.map { primitive in
      switch primitive.notation {
      case .infix: infix[primitive.name] ?? .general
      case .prefix: primitive.name == "-" ? .negate : .general
      case .function: functions[primitive.name] ?? .general
      case .gate: primitive.name == "dot" ? .dot : .general
      case .comparison: .general
      }
    }

    private static let infix: [String: Code] = [
      "+": .add, "-": .subtract, "*": .multiply, "/": .divide, "^": .power,
    ]
    private static let functions: [String: Code] = [
      "copy": .copy, "exp": .exp, "ln": .ln, "sqrt": .squareRoot, "sin": .sine, "cos": .cosine,
      "tanh": .tanh, "sigmoid": .sigmoid, "relu": .relu, "leaky_relu": .leakyRelu,
      "softplus": .softplus, "gaussian": .gaussian, "abs": .absolute, "logsumexp": .logSumExp,
    ]
  }
}
