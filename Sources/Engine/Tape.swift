package import Language

/// The complete list of what happens to a graph, made before it is shown.
///
/// A tape never changes: going on after its end makes a longer tape with the same beginning. All that
/// is shown is a function of the graph, the tape and a position on it, so that undo is exact and free.
package struct Tape: Sendable {
  /// One thing that happens.
  package struct Event: Hashable, Sendable {
    /// What can happen.
    package enum Kind: UInt8, Sendable {
      /// A gate gets its value.
      case forward
      /// A backward pass starts: a node is given an upstream gradient.
      case seed
      /// A gate hands its gradient on to its operands.
      case backward
      /// All gradients are set back to "not reached".
      case zero
      /// Inputs move against their gradients.
      case update
    }
    package let kind: Kind
    /// The gate, or the seeded node; -1 for `zero` and `update`.
    package let node: NodeID
    /// The value of a forward event, the upstream gradient of a seed, the rate of an update.
    package let value: Double
    let first: Int32
    let count: Int32

    /// Whether a backward pass begins here: the first of its seeds.
    package var startsPass: Bool { kind == .seed && first == 1 }
  }

  /// One edge of the chain rule: `upstream × local` arrives at `operand`.
  package struct Contribution: Hashable, Sendable {
    package let operand: NodeID
    /// Which operand of the gate it is.
    package let slot: Int
    package let upstream: Double
    package let local: Double
    /// `upstream × local`, also where one of them is 0: 0 × inf is nan and stays nan.
    package var amount: Double { upstream * local }
  }

  /// What an update did to one input.
  package struct Change: Hashable, Sendable {
    package let node: NodeID
    package let before: Double
    package let gradient: Double
    package let after: Double
  }

  /// A place between events; `part` counts contributions of the event that is under way.
  package struct Position: Hashable, Sendable, Comparable {
    package var event: Int
    package var part: Int

    package init(_ event: Int, part: Int = 0) {
      self.event = event
      self.part = part
    }

    package static func < (a: Position, b: Position) -> Bool {
      (a.event, a.part) < (b.event, b.part)
    }
  }

  package let graph: Graph
  package let conventions: Conventions
  /// The gradients the backward pass starts from, one for each output.
  package let upstream: [Double]
  /// Whether these were asked for, and are not the 1 that a backward pass starts with by itself.
  package let hasGivenUpstream: Bool
  package private(set) var events: [Event] = []
  private var contributions: [Contribution] = []
  private var changes: [Change] = []

  /// The tape of one forward and one backward pass.
  ///
  /// `upstream`: ∂L/∂output for each output of the graph; 1 where it is left out.
  package init(
    of graph: Graph, conventions: Conventions = Conventions(), upstream: [Double]? = nil
  ) throws(Problem) {
    try Limit.tape.check(graph.nodes.count)
    let missing = graph.missingInputs
    guard missing.isEmpty else { throw .missingValues(missing) }
    if let upstream, upstream.count != graph.outputs.count {
      throw .upstreamDoesNotFit(upstream.count, graph.outputs.count)
    }
    // Everything that is told about a step asks who reads a node.
    self.graph = graph.withReaders
    self.conventions = conventions
    hasGivenUpstream = upstream != nil
    self.upstream = upstream ?? [Double](repeating: 1, count: graph.outputs.count)
    events.reserveCapacity(2 * graph.nodes.count + graph.outputs.count)
    contributions.reserveCapacity(graph.operands.count)
    var values = graph.nodes.map(\.value)
    appendForward(&values)
    appendBackward(values)
  }

  package var end: Position { Position(events.count) }

  /// The contributions of a backward event, one for each operand that is not a literal.
  package func contributions(of event: Int) -> ArraySlice<Contribution> {
    let event = events[event]
    guard event.kind == .backward else { return [] }
    return contributions[Int(event.first)..<Int(event.first + event.count)]
  }

  /// The changes of an update event.
  package func changes(of event: Int) -> ArraySlice<Change> {
    let event = events[event]
    guard event.kind == .update else { return [] }
    return changes[Int(event.first)..<Int(event.first + event.count)]
  }

  /// How many parts `micro` divides an event into.
  package func parts(of event: Int) -> Int {
    events[event].kind == .backward ? max(1, Int(events[event].count)) : 1
  }

  /// Whether inputs have moved since gates were last computed.
  package var needsForward: Bool {
    guard graph.nodes.contains(where: { $0.kind == .gate }) else { return false }
    let update = events.lastIndex { $0.kind == .update } ?? 0
    return !events[update...].contains { $0.kind == .forward }
  }

  // MARK: - Going on

  /// The tape with all after an event left out.
  package func truncated(to count: Int) -> Tape {
    var shorter = self
    shorter.events.removeLast(max(0, events.count - count))
    let kept = { (kind: Event.Kind) in
      shorter.events.last { $0.kind == kind }.map { Int($0.first + $0.count) } ?? 0
    }
    shorter.contributions.removeLast(contributions.count - kept(.backward))
    shorter.changes.removeLast(changes.count - kept(.update))
    return shorter
  }

  /// The tape with another forward pass from the values at its end.
  package func addingForward() throws(Problem) -> Tape {
    try adding { $0.appendForward(&$1) }
  }

  /// The tape with another backward pass, whose gradients are added to those that are there.
  package func addingBackward() throws(Problem) -> Tape {
    try adding { $0.appendBackward($1) }
  }

  /// The tape with all gradients set back.
  package func addingZero() throws(Problem) -> Tape {
    try adding { tape, _ in tape.append(.zero) }
  }

  /// The tape with one step of gradient descent: each input moves by -rate × its gradient.
  ///
  /// All changes are computed from one snapshot, so that no update sees another.
  package func addingUpdate(rate: Double, of inputs: [NodeID]) throws(Problem) -> Tape {
    let snapshot = Snapshot(of: self, at: end)
    return try adding { tape, _ in
      let first = Int32(clamping: tape.changes.count)
      for input in inputs {
        let before = snapshot.values[input]
        let gradient = snapshot.gradients[input]
        tape.changes.append(
          Change(node: input, before: before, gradient: gradient, after: before - rate * gradient))
      }
      tape.append(.update, value: rate, first: first, count: Int32(clamping: inputs.count))
    }
  }

  private func adding(
    _ change: (inout Tape, inout [Double]) -> Void
  ) throws(Problem) -> Tape {
    try Limit.events.check(events.count + graph.nodes.count)
    var longer = self
    var values = Snapshot(of: self, at: end).values
    change(&longer, &values)
    return longer
  }

  private mutating func append(
    _ kind: Event.Kind, node: NodeID = -1, value: Double = 0, first: Int32 = 0, count: Int32 = 0
  ) {
    events.append(Event(kind: kind, node: node, value: value, first: first, count: count))
  }

  private mutating func appendForward(_ values: inout [Double]) {
    var inputs: [Double] = []
    for gate in graph.nodes.indices where graph.nodes[gate].kind == .gate {
      graph.gather(operandsOf: gate, from: values, into: &inputs)
      values[gate] = inputs.withUnsafeBufferPointer { graph.value(of: gate, $0) }
      append(.forward, node: gate, value: values[gate])
    }
  }

  private mutating func appendBackward(_ values: [Double]) {
    var gradients = [Double](repeating: 0, count: graph.nodes.count)
    for (place, (output, seed)) in zip(graph.outputs, upstream).enumerated() {
      gradients[output] += seed
      append(.seed, node: output, value: seed, first: place == 0 ? 1 : 0)
    }
    let choices = conventions.values
    var inputs: [Double] = []
    for gate in graph.nodes.indices.reversed() where graph.nodes[gate].kind == .gate {
      let first = contributions.count
      let id = graph.nodes[gate].primitive
      let convention =
        id < Graph.firstFused
        ? choices[Int(id)] : conventions.value(for: graph.primitive(of: gate))
      graph.gather(operandsOf: gate, from: values, into: &inputs)
      for (slot, operand) in graph.operands(of: gate).enumerated()
      where graph.nodes[Int(operand)].kind != .constant {
        let local = inputs.withUnsafeBufferPointer {
          graph.slope(
            of: gate, operand: slot, operands: $0, result: values[gate],
            convention: convention)
        }
        let part = Contribution(
          operand: Int(operand), slot: slot, upstream: gradients[gate], local: local)
        gradients[Int(operand)] += part.amount
        contributions.append(part)
      }
      append(
        .backward, node: gate, first: Int32(clamping: first),
        count: Int32(clamping: contributions.count - first))
    }
  }
}
