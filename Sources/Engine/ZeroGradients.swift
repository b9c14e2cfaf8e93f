internal import Language

/// Where gradients of exactly 0 come from.
package struct ZeroGradients: Sendable {
  /// Why an input's gradient is 0.
  package enum Cause: Hashable, Sendable {
    /// A gate has slope 0 in what leads to the input.
    case blocked(by: NodeID)
    /// Contributions to the input, or to a node on its way, add up to 0.
    case cancelled(at: NodeID)
    /// A product of factors that are not 0 is too small for a number.
    case tooSmall(at: NodeID)
    /// The backward pass started with 0.
    case noUpstream
  }

  /// Gates whose slope is 0 in every operand that is not a literal, in forward order.
  package let deadGates: [NodeID]
  /// Inputs with gradient 0, in the order they are first used, each with its cause.
  package let zeros: [(input: NodeID, cause: Cause)]

  /// The last backward pass before a position, seen from its zeros.
  package init(of tape: Tape, at position: Tape.Position) {
    let now = Snapshot(of: tape, at: position)
    let end = min(position.event, tape.events.count)
    let start = tape.events[..<end].lastIndex(where: \.startsPass) ?? 0
    var dead: [NodeID] = []
    // What arrived at each node in this pass, and from which gate.
    var arrivals: [NodeID: [(gate: NodeID, part: Tape.Contribution)]] = [:]
    for event in start..<end where tape.events[event].kind == .backward {
      let gate = tape.events[event].node
      let parts = tape.contributions(of: event)
      if !parts.isEmpty, parts.allSatisfy({ $0.local == 0 }) { dead.append(gate) }
      for part in parts where now.gradients[part.operand] == 0 {
        arrivals[part.operand, default: []].append((gate, part))
      }
    }
    deadGates = dead.reversed()
    zeros = tape.graph.inputs.filter { now.received[$0] > 0 && now.gradients[$0] == 0 }.map {
      if case .blocked(let gate) = now.state(of: $0) { return ($0, .blocked(by: gate)) }
      return ($0, Self.cause(of: $0, arrivals))
    }
  }

  /// Follows zeros upward to where the first of them came about.
  private static func cause(
    of node: NodeID, _ arrivals: [NodeID: [(gate: NodeID, part: Tape.Contribution)]]
  ) -> Cause {
    var node = node
    // Each turn goes to a later gate, so this ends.
    while let arrived = arrivals[node], let first = arrived.first {
      if arrived.contains(where: { $0.part.amount != 0 }) { return .cancelled(at: node) }
      if first.part.local == 0 { return .blocked(by: first.gate) }
      if first.part.upstream != 0 { return .tooSmall(at: node) }
      node = first.gate
    }
    return .noUpstream
  }

  /// The inputs with gradient 0 that can reach the output through a gate.
  package func inputs(below gate: NodeID, in graph: Graph) -> [NodeID] {
    var isBelow = [Bool](repeating: false, count: graph.nodes.count)
    isBelow[gate] = true
    for node in graph.nodes.indices.reversed() where isBelow[node] {
      guard graph.nodes[node].kind == .gate else { continue }
      for operand in graph.operands(of: node) { isBelow[Int(operand)] = true }
    }
    return zeros.map(\.input).filter { isBelow[$0] }
  }
}
