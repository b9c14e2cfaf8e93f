package import Kernels
package import Language

/// A graph laid out in flat columns, to be computed again and again.
///
/// Values and gradients are those of the tape, with its operations in its order; only where one node is
/// several operands of the same sum of products may their contributions come in another order. It costs
/// 40 bytes a gate of two operands, and a gate of n operands n - 1 times that.
package struct CompiledGraph: ~Copyable {
  let graph: Graph
  private let arena: Arena
  /// Its columns, for who evaluates it a million times a second.
  package let columns: Columns
  /// For each node where its value is; nil where every node has its own slot in the order of the graph.
  private let slotOfNode: [Int32]?
  private let outsiders: [Outsider]
  /// The first slot with a gate: inputs that lead a graph have nothing to hand on.
  let firstGate: Int
  let slotCount: Int
  private let conventions: Conventions
  let reluAtZero: Double
  private let isSmall: Bool
  private var scratch: [Double]

  /// A gate that is computed through its record, at the last of its slots.
  struct Outsider {
    let slot: Int32
    let node: Int32
  }

  /// Lays out a graph and computes it once; throws where there is no memory for it.
  package init(_ graph: borrowing Graph, conventions: Conventions = Conventions()) throws(Problem) {
    let (slots, widest) = graph.compiledSize
    guard slots <= Gate.slots, let arena = Arena(bytes: slots * Columns.stride) else {
      throw .noMemory(slots * Columns.stride)
    }
    let columns = Columns(arena, slots: slots)
    var layout = Layout(columns: columns, isOneToOne: widest <= 2, nodes: graph.nodes.count)
    layout.lay(graph)
    self.graph = copy graph
    self.arena = arena
    self.columns = columns
    slotOfNode = layout.isOneToOne ? nil : layout.slotOfNode
    outsiders = layout.outsiders
    firstGate = layout.firstGate
    slotCount = layout.next
    self.conventions = conventions
    reluAtZero = Primitive.functions["relu"].map { conventions.value(for: Primitive[$0]) } ?? 0
    isSmall = layout.next <= 512 && layout.outsiders.isEmpty
    scratch = [Double](repeating: 0, count: max(1, widest))
    forward()
  }

  /// Where the value of a node is.
  package func slot(_ node: NodeID) -> Int {
    slotOfNode.map { Int($0[node]) } ?? node + Columns.reserved
  }

  /// The value of a node: set for inputs, computed by `forward` for gates.
  package subscript(node: NodeID) -> Double {
    get { columns.values[slot(node)] }
    set { columns.values[slot(node)] = newValue }
  }

  /// The gradient of a node, once `backward` has been there.
  package func gradient(_ node: NodeID) -> Double { columns.gradients[slot(node)] }

  /// Keeps a node at a number, whatever its operands come to.
  package mutating func hold(_ node: NodeID, at number: Double) {
    let slot = slot(node)
    columns.gates[slot] = Gate(.leaf, Columns.unread(slot), Columns.unread(slot + 1))
    columns.partials[slot] = Partials(0, 0)
    columns.values[slot] = number
  }

  /// Computes every gate.
  package mutating func forward() {
    var at = firstGate
    var turn = 0
    while true {
      at = columns.forward(from: at, to: slotCount, reluAtZero: reluAtZero)
      guard at < slotCount else { return }
      while turn < outsiders.count, outsiders[turn].slot < at { turn += 1 }
      if turn < outsiders.count { compute(outsiders[turn]) }
      at += 1
    }
  }

  /// Sends gradients from some nodes back to all they are computed from.
  package mutating func backward(from seeds: [(node: NodeID, gradient: Double)]) {
    (columns.gradients + Columns.reserved).update(
      repeating: 0, count: slotCount - Columns.reserved)
    var last = firstGate - 1
    for seed in seeds {
      let slot = slot(seed.node)
      columns.gradients[slot] += seed.gradient
      last = max(last, slot)
    }
    columns.backward(from: last, to: firstGate)
  }

  /// Values, and the gradients of one node in all others.
  package mutating func differentiate(_ node: NodeID) {
    let last = slot(node)
    if isSmall, last >= firstGate {
      columns.differentiateSmall(first: firstGate, last: last, reluAtZero: reluAtZero)
    } else {
      forward()
      backward(from: [(node, 1)])
    }
  }

  /// A gate through its record: its value, and its slope in each operand.
  ///
  /// The slots before its own pass its gradient on, one operand each, as a slot has room for two.
  private mutating func compute(_ outsider: Outsider) {
    let node = Int(outsider.node)
    let operands = graph.operands(of: node)
    let count = operands.count
    for (place, operand) in operands.enumerated() { scratch[place] = self[Int(operand)] }
    let columns = columns
    let convention = conventions.value(for: graph.primitive(of: node))
    let slot = Int(outsider.slot)
    scratch.withUnsafeBufferPointer { numbers in
      let numbers = UnsafeBufferPointer(rebasing: numbers[..<count])
      let result = graph.value(of: node, numbers)
      columns.values[slot] = result
      for place in 0..<count {
        let slope = graph.slope(
          of: node, operand: place, operands: numbers, result: result, convention: convention)
        if place == count - 1, count > 1 {
          columns.partials[slot - place + 1].b = slope
        } else {
          columns.partials[slot - place].a = slope
        }
      }
    }
  }
}

extension Graph {
  /// How many slots its columns have, and the largest number of operands of a gate.
  var compiledSize: (slots: Int, widest: Int) {
    var slots = Columns.reserved
    var widest = 0
    for node in nodes {
      let count = Int(node.operandCount)
      slots += max(1, count - 1)
      widest = max(widest, count)
    }
    return (slots, widest)
  }
}
