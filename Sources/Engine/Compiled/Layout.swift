internal import Kernels
internal import Language

/// The columns of a graph being laid out, node after node.
struct Layout {
  let columns: Columns
  /// Whether every node takes one slot, so that its place says where it is.
  let isOneToOne: Bool
  /// Whether all inputs come first, so that the sweeps over a small graph meet nothing but gates.
  let hasLeavesFirst: Bool
  var slotOfNode: [Int32] = []
  var outsiders: [CompiledGraph.Outsider] = []
  var next = Columns.reserved
  /// Whether a number may stand where the graph has a literal.
  private var isAnyHeld = false
  var firstGate = 0
  /// The place of the next pair of local derivatives, and of the first gate's.
  var partials = Columns.firstPartial
  var firstPartial = Columns.firstPartial

  init(columns: Columns, widest: Int, nodes: Int) {
    self.columns = columns
    hasLeavesFirst = nodes <= Self.smallest
    isOneToOne = widest <= 2 && !hasLeavesFirst
    if !isOneToOne { slotOfNode = [Int32](repeating: 0, count: nodes) }
  }

  /// As many nodes as a graph may have to be laid out for least time, and not for least memory.
  static let smallest = 256

  mutating func lay(_ graph: borrowing Graph, holding held: [NodeID: Double]) {
    isAnyHeld = !held.isEmpty
    let columns = columns
    if hasLeavesFirst {
      for (place, node) in graph.nodes.enumerated() {
        guard let number = held[place] ?? (node.kind == .gate ? nil : node.value) else { continue }
        columns.values[next] = number
        push(.leaf, Columns.unread(next), Columns.unread(next &+ 1))
        finish(place)
      }
    }
    graph.nodes.withUnsafeBufferPointer { nodes in
      graph.operands.withUnsafeBufferPointer { operands in
        let plainCodes = Lowering.plainCodes
        Lowering.table.withUnsafeBufferPointer { lowerings in
          for place in nodes.indices {
            let node = nodes[place]
            let number = isAnyHeld ? held[place] : nil
            guard node.kind == .gate, number == nil else {
              if hasLeavesFirst { continue }
              columns.values[next] = number ?? node.value
              push(.leaf, Columns.unread(next), Columns.unread(next &+ 1))
              finish(place)
              continue
            }
            if firstGate == 0 { (firstGate, firstPartial) = (next, partials) }
            let first = Int(node.firstOperand)
            let code =
              Int(node.primitive) < plainCodes.count
              ? plainCodes[Int(node.primitive)] : Lowering.notPlain
            if isOneToOne, code < 16 {
              // One operand or two, told apart by arithmetic: a branch would be guessed wrongly.
              let count = Int(node.operandCount)
              let isPair = 0 &- UInt32(truncatingIfNeeded: count &- 1)
              let b =
                slot(operands[first &+ count &- 1]) & isPair | Columns.unread(next) & ~isPair
              push(code: UInt32(code), slot(operands[first]), b)
              continue
            }
            let own = UnsafeBufferPointer(
              rebasing: operands[first..<first &+ Int(node.operandCount)])
            let lowering =
              Int(node.primitive) < lowerings.count ? lowerings[Int(node.primitive)] : .other
            lay(place, lowering, own, nodes)
          }
        }
      }
    }
    if firstGate == 0 { (firstGate, firstPartial) = (next, partials) }
  }

  /// One gate, in as many slots as it needs.
  @inline(__always)
  private mutating func lay(
    _ node: Int, _ lowering: Lowering, _ operands: UnsafeBufferPointer<Int32>,
    _ nodes: UnsafeBufferPointer<Graph.Node>
  ) {
    switch (lowering, operands.count) {
    case (.sum, 2...):
      push(.add, slot(operands[0]), slot(operands[1]))
      for place in 2..<max(2, operands.count) {
        push(.add, UInt32(truncatingIfNeeded: next &- 1), slot(operands[place]))
      }
    case (.binary(let operation), 2): push(operation, slot(operands[0]), slot(operands[1]))
    case (.unary(let operation), 1): push(operation, slot(operands[0]), Columns.unread(next))
    case (.negate, 1): push(.multiply, slot(operands[0]), Columns.minusOne)
    case (.copy, 1): push(.multiply, slot(operands[0]), Columns.one)
    case (.power, 2) where !isAnyHeld && isTwo(nodes[Int(operands[1])]):
      push(.square, slot(operands[0]), Columns.unread(next))
    case (.dot, 2...): layDot(operands)
    default: layOutsider(node, operands)
    }
    finish(node)
  }

  private func isTwo(_ node: Graph.Node) -> Bool { node.kind == .constant && node.value == 2 }

  /// Weights, inputs and perhaps a bias: `w1*x1 + w2*x2 + b`.
  private mutating func layDot(_ operands: UnsafeBufferPointer<Int32>) {
    let half = operands.count / 2
    push(.multiply, slot(operands[0]), slot(operands[half]))
    for term in 1..<max(1, half) {
      let sum = UInt32(truncatingIfNeeded: next &- 1)
      push(.multiply, slot(operands[term]), slot(operands[half + term]))
      push(.add, sum, UInt32(truncatingIfNeeded: next &- 1))
    }
    if operands.count > 2 * half {
      push(.add, UInt32(truncatingIfNeeded: next &- 1), slot(operands[2 * half]))
    }
  }

  private mutating func layOutsider(_ node: Int, _ operands: UnsafeBufferPointer<Int32>) {
    let first = next
    let last = next + max(1, operands.count - 1) - 1
    while next <= last {
      // Counted from the last slot, which has the first operand.
      let place = last - next
      let a = operands.isEmpty ? Columns.unread(next) : slot(operands[place])
      let b: UInt32 =
        next > first
        ? UInt32(truncatingIfNeeded: next - 1)
        : operands.count > 1 ? slot(operands[operands.count - 1]) : Columns.unread(next)
      columns.partials[partials] = Partials(0, next > first ? 1 : 0)
      push(next == last ? .other : .leaf, a, b)
    }
    outsiders.append(
      CompiledGraph.Outsider(
        slot: Int32(clamping: last), node: Int32(clamping: node),
        partial: Int32(clamping: partials - 1)))
  }

  /// Where the value of an operand is.
  @inline(__always)
  private func slot(_ node: Int32) -> UInt32 {
    isOneToOne
      ? UInt32(truncatingIfNeeded: Int(node) &+ Columns.reserved)
      : UInt32(truncatingIfNeeded: slotOfNode[Int(node)])
  }

  /// A gate in the next slot.
  @inline(__always)
  private mutating func push(_ operation: Operation, _ a: UInt32, _ b: UInt32) {
    push(code: operation.rawValue, a, b)
  }

  @inline(__always)
  private mutating func push(code: UInt32, _ a: UInt32, _ b: UInt32) {
    let gate = Gate(code: code, a, b)
    columns.gates[next] = gate
    partials &+= gate.partialCount
    next &+= 1
  }

  /// Remembers that a node's value is in the slot that was filled last.
  @inline(__always)
  private mutating func finish(_ node: Int) {
    if !isOneToOne { slotOfNode[node] = Int32(truncatingIfNeeded: next &- 1) }
  }
}
