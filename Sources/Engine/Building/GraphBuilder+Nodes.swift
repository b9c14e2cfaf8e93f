internal import Language

// Nodes as they are made, one by one.
extension GraphBuilder {
  mutating func constant(_ value: Double, _ function: String?) throws(Problem) -> NodeID {
    try checkSize(function)
    return append(.literal(value, gatesSoFar: gateCount))
  }

  /// A gate, or the literal it comes to when all its operands are literals.
  mutating func gate(_ primitive: PrimitiveID, _ operands: [NodeID]) throws(Problem) -> NodeID {
    let function = frames.last?.function
    if operands.allSatisfy({ graph.nodes[$0].kind == .constant }) {
      // The literals stay: a name or an argument may stand for one of them, and be used again.
      let value = Primitive[primitive].value(operands.map { graph.nodes[$0].value })
      folded += operands.count
      mayHaveUnused = true
      return try constant(value, function)
    }
    try checkSize(function)
    let first = graph.operands.count
    for operand in operands { graph.operands.append(Int32(clamping: operand)) }
    gateCount += 1
    return append(
      .gate(primitive, firstOperand: first, count: operands.count, gatesSoFar: gateCount))
  }

  mutating func append(_ node: Graph.Node) -> NodeID {
    graph.nodes.append(node)
    return graph.nodes.count - 1
  }
}

extension Graph.Node {
  @inline(__always)
  static func literal(_ value: Double, gatesSoFar: Int32) -> Graph.Node {
    Graph.Node(
      kind: .constant, hasValue: true, primitive: 0, firstOperand: 0, operandCount: 0,
      gatesSoFar: gatesSoFar, value: value)
  }

  static func input(_ value: Double?, gatesSoFar: Int32) -> Graph.Node {
    Graph.Node(
      kind: .input, hasValue: value != nil, primitive: 0, firstOperand: 0, operandCount: 0,
      gatesSoFar: gatesSoFar, value: value ?? .nan)
  }

  @inline(__always)
  static func gate(
    _ primitive: PrimitiveID, firstOperand: Int, count: Int, gatesSoFar: Int32
  ) -> Graph.Node {
    Graph.Node(
      kind: .gate, hasValue: false, primitive: primitive,
      firstOperand: Int32(truncatingIfNeeded: firstOperand),
      operandCount: Int32(truncatingIfNeeded: count), gatesSoFar: gatesSoFar, value: .nan)
  }
}
