internal import Language

/// A backward pass with one mistake in it, made wherever it has a place.
package struct MistakenPass: Sendable {
  /// One contribution as the mistaken pass computes it.
  package struct Arrival: Hashable, Sendable {
    /// The gate it comes from; -1 for a gradient the pass starts with.
    package let gate: NodeID
    package let slot: Int
    package let upstream: Double
    package let local: Double
    package let amount: Double
  }

  /// The gradient of each node.
  package private(set) var gradients: [Double]
  /// What arrived at the node that was watched, in order.
  package private(set) var arrivals: [Arrival] = []

  /// How much one recursive pass may send: it takes as many steps as there are paths.
  private static let mostSent = 200_000
  private static let mostArrivals = 64

  private let watched: NodeID?
  private var counts: [Int32]

  /// Makes the pass, or nil if it would take too long.
  ///
  /// `misconception`: nil for the right pass. `watched`: the node whose arrivals are written down.
  init?(
    _ misconception: Misconception?, from start: BackwardNumbers, watching watched: NodeID? = nil
  ) {
    let count = start.graph.nodes.count
    gradients = [Double](repeating: 0, count: count)
    counts = [Int32](repeating: 0, count: count)
    self.watched = watched
    switch misconception?.slip {
    case nil: flow(start)
    case .factor(let amount): flow(start, amount: amount)
    case .meeting(let meeting): flow(start, meeting: meeting)
    case .seed(let seed): flow(start, seed: seed)
    case .seedOfValues:
      // The order of the outputs is that of their seeds.
      var own = start
      own.upstream = start.graph.outputs.map { start.values[$0] }
      flow(own)
    case .resending: if !resend(start) { return nil }
    case .moving: flowMoving(start)
    case .addingAgain:
      flow(start)
      for input in start.graph.inputs { gradients[input] *= 2 }
    case .reading(let read):
      flow(start)
      for node in gradients.indices {
        gradients[node] = read(
          Misconception.Reading(
            gradient: gradients[node], value: start.values[node]))
      }
    }
  }

  private mutating func arrive(
    _ arrival: Arrival, at node: NodeID, _ meeting: Misconception.Meeting? = nil
  ) {
    let isFirst = counts[node] == 0
    switch meeting {
    case nil, .mean: gradients[node] += arrival.amount
    case .last: gradients[node] = arrival.amount
    case .first: if isFirst { gradients[node] = arrival.amount }
    case .product: gradients[node] = isFirst ? arrival.amount : gradients[node] * arrival.amount
    }
    counts[node] += 1
    if node == watched, arrivals.count < Self.mostArrivals { arrivals.append(arrival) }
  }

  private mutating func plant(
    _ start: BackwardNumbers, _ seed: (Double) -> Double = { $0 },
    _ meeting: Misconception.Meeting? = nil
  ) {
    for (output, given) in zip(start.graph.outputs, start.upstream) {
      let seed = seed(given)
      arrive(
        Arrival(gate: -1, slot: 0, upstream: seed, local: 1, amount: seed), at: output, meeting)
    }
  }

  // MARK: - One sweep

  private mutating func flow(
    _ start: BackwardNumbers, amount: ((Misconception.Edge) -> Double?)? = nil,
    meeting: Misconception.Meeting? = nil, seed: (Double) -> Double = { $0 }
  ) {
    let graph = start.graph
    plant(start, seed, meeting)
    for node in graph.nodes.indices.reversed() {
      if meeting == .mean, counts[node] > 1 { gradients[node] /= Double(counts[node]) }
      let gate = start.operands(of: node)
      for (slot, operand) in gate.operands.enumerated() where !gate.literals[slot] {
        let edge = start.edge(gate, slot, upstream: gradients[node])
        arrive(
          Arrival(
            gate: node, slot: slot, upstream: edge.upstream, local: edge.local,
            amount: amount?(edge) ?? edge.upstream * edge.local), at: Int(operand), meeting)
      }
    }
  }

  /// Inputs move when all of their gradient has arrived, before the gate serves its other operands.
  private mutating func flowMoving(_ start: BackwardNumbers) {
    var start = start
    let graph = start.graph
    var due = graph.nodes.indices.map { Int32(clamping: graph.readers(of: $0).count) }
    for output in graph.outputs { due[output] += 1 }
    plant(start)
    for node in graph.gates.reversed() {
      let old = start.operands(of: node)
      let isInput = old.operands.map { graph.nodes[Int($0)].kind == .input }
      for slot in old.inputs.indices where isInput[slot] { send(start, old, slot) }
      var moved = false
      for operand in old.operands.map({ Int($0) })
      where graph.nodes[operand].kind == .input && counts[operand] == due[operand] {
        start.move(operand, to: start.values[operand] - start.rate * gradients[operand])
        // A node that is an operand twice moves once.
        counts[operand] += 1
        moved = true
      }
      let new = moved ? start.operands(of: node) : old
      for slot in new.inputs.indices where !isInput[slot] && !new.literals[slot] {
        send(start, new, slot)
      }
    }
  }

  private mutating func send(_ start: BackwardNumbers, _ gate: GateOperands, _ slot: Int) {
    let edge = start.edge(gate, slot, upstream: gradients[gate.gate])
    arrive(
      Arrival(
        gate: gate.gate, slot: slot, upstream: edge.upstream, local: edge.local,
        amount: edge.upstream * edge.local), at: Int(gate.operands[gate.operands.startIndex + slot])
    )
  }

  // MARK: - As plain recursion would

  /// Each gate hands on all it holds, to all its operands, then asks each of them to do the same.
  ///
  /// Returns false when that is more than `mostSent` numbers.
  private mutating func resend(_ start: BackwardNumbers) -> Bool {
    let graph = start.graph
    var sent = 0
    /// The gates that are under way, each with the operand it will ask next.
    var open: [(gate: GateOperands, next: Int)] = []
    for (output, seed) in zip(graph.outputs, start.upstream) {
      arrive(Arrival(gate: -1, slot: 0, upstream: seed, local: 1, amount: seed), at: output)
      var entering: NodeID? = output
      while true {
        if let node = entering {
          entering = nil
          let gate = start.operands(of: node)
          sent += gate.inputs.count
          if sent > Self.mostSent { return false }
          for slot in gate.inputs.indices where !gate.literals[slot] { send(start, gate, slot) }
          open.append((gate, 0))
        }
        guard let top = open.last else { break }
        guard top.next < top.gate.inputs.count else {
          open.removeLast()
          continue
        }
        open[open.count - 1].next += 1
        entering = Int(top.gate.operands[top.gate.operands.startIndex + top.next])
      }
    }
    return true
  }
}
