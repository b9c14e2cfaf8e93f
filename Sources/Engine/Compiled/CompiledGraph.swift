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
  private let firstPartial: Int
  let slotCount: Int
  private let conventions: Conventions
  let reluAtZero: Double
  private let size: Size

  /// Which of the loops is the fastest for it.
  private enum Size {
    /// A few hundred gates at most, all of them sums, differences or products.
    case arithmetic
    /// A few hundred gates at most, all known to the loops.
    case small
    case large
  }

  /// Room for the operands of one gate side by side.
  private let scratch: UnsafeMutablePointer<Double>

  /// The slot of the first output, and the place behind its pair of local derivatives.
  private let output: (slot: Int, partial: Int)
  private let processor: Processor

  /// A gate that is computed through its record, at the last of its slots.
  struct Outsider {
    let slot: Int32
    let node: Int32
    /// The place of its own pair of local derivatives; those of its other slots stand before.
    let partial: Int32
  }

  /// Lays out a graph and computes it once; throws where there is no memory for it.
  ///
  /// `output`: the node that `differentiate` starts from; the graph's first output where it is nil.
  /// `held`: nodes that keep a number, whatever their operands come to.
  package init(
    _ graph: borrowing Graph, of output: NodeID? = nil, holding held: [NodeID: Double] = [:],
    conventions: Conventions = Conventions(), on processor: Processor = .widest
  ) throws(Problem) {
    try self.init(
      graph, of: output, holding: held, conventions: conventions, on: processor, in: nil)
  }

  /// Lays out another graph in the memory of this one, where it has enough.
  package consuming func replaced(
    by graph: borrowing Graph, of output: NodeID? = nil
  ) throws(Problem) -> CompiledGraph {
    let (conventions, processor) = (conventions, processor)
    return try CompiledGraph(
      graph, of: output, holding: [:], conventions: conventions, on: processor, in: arena)
  }

  private init(
    _ graph: borrowing Graph, of output: NodeID?, holding held: [NodeID: Double],
    conventions: Conventions, on processor: Processor, in old: consuming Arena?
  ) throws(Problem) {
    let (slots, widest) = graph.compiledSize
    guard slots <= Gate.slots,
      let arena = Arena(bytes: slots * Columns.stride + widest * 8, reusing: old)
    else { throw .noMemory(slots * Columns.stride) }
    let columns = Columns(arena, slots: slots)
    var layout = Layout(columns: columns, widest: widest, nodes: graph.nodes.count)
    layout.lay(graph, holding: held)
    self.graph = copy graph
    scratch = arena.column(Double.self, at: slots * Columns.stride)
    self.arena = arena
    self.columns = columns
    self.processor = min(processor, .widest)
    slotOfNode = layout.isOneToOne ? nil : layout.slotOfNode
    outsiders = layout.outsiders
    firstGate = layout.firstGate
    firstPartial = layout.firstPartial
    slotCount = layout.next
    self.conventions = conventions
    reluAtZero = conventions.reluAtZero
    let first = output ?? graph.outputs.first ?? graph.nodes.count - 1
    let place =
      layout.isOneToOne || first < 0
      ? first + Columns.reserved : Int(layout.slotOfNode[first])
    let isSmall =
      layout.next <= 512 && layout.outsiders.isEmpty && place >= layout.firstGate
      && place == layout.next - 1
    let isArithmetic =
      isSmall
      && (layout.firstGate..<layout.next).allSatisfy {
        columns.gates[$0].operation.rawValue <= Operation.leaf.rawValue
      }
    size = isSmall ? (isArithmetic ? .arithmetic : .small) : .large
    self.output = (
      place, place == layout.next - 1 ? layout.partials : columns.partial(before: place + 1)
    )
    // The loops for small graphs clear what they meet, and old memory may be in use.
    if isSmall { clearGradients() }
    forward()
  }

  /// Where the value of a node is.
  package func slot(_ node: NodeID) -> Int {
    slotOfNode.map { Int($0[node]) } ?? node + Columns.reserved
  }

  /// The value of a node: set for inputs, computed by `forward` for gates.
  package subscript(node: NodeID) -> Double {
    get { columns.values[slot(node)] }
    nonmutating set { columns.values[slot(node)] = newValue }
  }

  /// The gradient of a node, once `backward` has been there.
  package func gradient(_ node: NodeID) -> Double { columns.gradients[slot(node)] }

  /// Computes every gate.
  package func forward() {
    var at = firstGate
    var partial = firstPartial
    var turn = 0
    while true {
      at = processor.forward(columns, from: at, to: slotCount, partial: &partial, reluAtZero)
      guard at < slotCount, turn < outsiders.count else { return }
      compute(outsiders[turn])
      turn += 1
      partial += 1
      at += 1
    }
  }

  /// Sends gradients from some nodes back to all they are computed from.
  ///
  /// `start`: the node to begin at, where it stands behind them all: what stands between hands on a 0,
  /// and 0 times an infinite slope is no number.
  package func backward(
    from seeds: [(node: NodeID, gradient: Double)], startingAt start: NodeID? = nil
  ) {
    refreshPartials()
    var last = firstGate - 1
    if let start { last = slot(start) }
    clearGradients()
    for seed in seeds {
      let slot = slot(seed.node)
      columns.gradients[slot] += seed.gradient
      last = max(last, slot)
    }
    processor.backward(
      columns, from: last, to: firstGate, partial: columns.partial(before: last + 1))
  }

  /// The value of the output, and its gradients in all nodes that it is computed from.
  package func differentiate() {
    switch size {
    case .arithmetic: columns.differentiateArithmetic(first: firstGate, last: output.slot)
    case .small:
      columns.differentiateSmall(first: firstGate, last: output.slot, reluAtZero: reluAtZero)
    case .large: differentiateLarge()
    }
  }

  private func differentiateLarge() {
    forward()
    backward()
  }

  /// Gradients of the output, for the values there are.
  package func backward() {
    refreshPartials()
    clearGradients()
    columns.gradients[output.slot] = 1
    processor.backward(columns, from: output.slot, to: firstGate, partial: output.partial)
  }

  /// The loops for small graphs do without the stored local derivatives.
  private func refreshPartials() { if size != .large { forward() } }

  private func clearGradients() {
    (columns.gradients + Columns.reserved).update(
      repeating: 0, count: slotCount - Columns.reserved)
  }

  /// A gate through its record: its value, and its slope in each operand.
  ///
  /// The slots before its own pass its gradient on, one operand each, as a slot has room for two.
  private func compute(_ outsider: Outsider) {
    let node = Int(outsider.node)
    let operands = graph.operands(of: node)
    let count = operands.count
    for (place, operand) in operands.enumerated() { scratch[place] = self[Int(operand)] }
    let columns = columns
    let convention = conventions.value(for: graph.primitive(of: node))
    let partial = Int(outsider.partial)
    let numbers = UnsafeBufferPointer(start: scratch, count: count)
    let result = graph.value(of: node, numbers)
    columns.values[Int(outsider.slot)] = result
    for place in 0..<count {
      let slope = graph.slope(
        of: node, operand: place, operands: numbers, result: result, convention: convention)
      if place == count - 1, count > 1 {
        columns.partials[partial - place + 1].b = slope
      } else {
        columns.partials[partial - place].a = slope
      }
    }
  }
}

extension Columns {
  /// The place of the pair of local derivatives behind those of the slots before one.
  func partial(before end: Int) -> Int {
    var count = Columns.firstPartial
    var slot = Columns.reserved
    while slot < end {
      count &+= gates[slot].partialCount
      slot &+= 1
    }
    return count
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
