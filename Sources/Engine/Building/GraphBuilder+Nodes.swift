internal import Language

// Nodes as they are made, one by one.
extension GraphBuilder {
  @inline(__always)
  mutating func constant(
    _ value: Double, _ function: @autoclosure () -> String?
  ) throws(Problem) -> NodeID {
    try checkSize(function())
    return append(.constant, value: value)
  }

  /// A gate, or the literal it comes to when all its operands are literals.
  mutating func gate(_ primitive: PrimitiveID, _ operands: [NodeID]) throws(Problem) -> NodeID {
    let first = graph.operands.count
    for operand in operands { graph.operands.append(Int32(clamping: operand)) }
    return try gate(primitive, operandsFrom: first)
  }

  /// The same for operands that stand at the end of the column already, from `first` on.
  @inline(__always)
  mutating func gate(
    _ primitive: PrimitiveID, operandsFrom first: Int
  ) throws(Problem) -> NodeID {
    let count = graph.operands.count - first
    var place = first
    while place < graph.operands.count {
      if graph.nodes[Int(graph.operands[place])].kind != .constant { break }
      place += 1
    }
    guard place < graph.operands.count else { return try literal(primitive, operandsFrom: first) }
    try checkSize(frames.last?.function, wires: first)
    gateCount += 1
    return append(
      .gate, primitive: primitive, firstOperand: Int32(truncatingIfNeeded: first),
      operandCount: Int32(truncatingIfNeeded: count))
  }

  /// The number that a primitive of literals comes to.
  @inline(never)
  private mutating func literal(
    _ primitive: PrimitiveID, operandsFrom first: Int
  ) throws(Problem) -> NodeID {
    // The literals stay: a name or an argument may stand for one of them, and be used again.
    let operands = graph.operands[first...].map { graph.nodes[Int($0)].value }
    graph.operands.removeLast(operands.count)
    folded += operands.count
    mayHaveUnused = true
    let function = frames.last?.function
    return try constant(Primitive[primitive].value(operands), function)
  }

  /// An input; its name is given to it by the caller.
  mutating func appendInput(_ value: Double?) -> NodeID {
    append(.input, value: value ?? .nan, hasValue: value != nil)
  }

  @inline(__always)
  private mutating func append(
    _ kind: Graph.Kind, primitive: PrimitiveID = 0, firstOperand: Int32 = 0,
    operandCount: Int32 = 0, value: Double = .nan, hasValue: Bool? = nil
  ) -> NodeID {
    graph.nodes.append(
      Graph.Node(
        kind: kind, hasValue: hasValue ?? (kind == .constant), primitive: primitive,
        firstOperand: firstOperand, operandCount: operandCount, gatesSoFar: gateCount,
        value: value))
    return graph.nodes.count - 1
  }
}
