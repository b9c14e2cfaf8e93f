internal import Language

/// What is known at one position of a tape.
package struct Snapshot: Sendable {
  package private(set) var values: [Double]
  package private(set) var isKnown: [Bool]
  /// The sum of the contributions that have arrived.
  package private(set) var gradients: [Double]
  /// How many contributions have arrived at each node since gradients were last set back.
  package private(set) var received: [Int32]
  /// How many will have arrived when the present backward pass is over.
  package private(set) var due: [Int32]
  /// For a gradient of 0 that something made 0: the gate that did, or -1.
  private var blocker: [Int32]
  /// How many backward passes have begun since gradients were last set back.
  package private(set) var passes = 0
  private let isInput: [Bool]
  /// Elements of a vector that nothing uses: no pass has anything to bring them.
  private let isUnused: [Bool]

  /// Replays the tape up to a position.
  package init(of tape: Tape, at position: Tape.Position) {
    let graph = tape.graph
    let count = graph.nodes.count
    values = graph.nodes.map(\.value)
    isKnown = graph.nodes.map(\.hasValue)
    isInput = graph.nodes.map { $0.kind == .input }
    var unused = graph.nodes.indices.map { graph.readers(of: $0).isEmpty }
    for output in graph.outputs { unused[output] = false }
    isUnused = unused
    gradients = [Double](repeating: 0, count: count)
    received = [Int32](repeating: 0, count: count)
    due = [Int32](repeating: 0, count: count)
    blocker = [Int32](repeating: -1, count: count)
    for index in 0..<min(position.event, tape.events.count) {
      replay(tape, index, parts: tape.parts(of: index))
    }
    if position.part > 0, position.event < tape.events.count {
      replay(tape, position.event, parts: position.part)
    }
  }

  /// Goes over one event more, as a whole.
  package mutating func advance(over event: Int, on tape: Tape) {
    replay(tape, event, parts: tape.parts(of: event))
  }

  private mutating func replay(
    _ tape: Tape, _ index: Int, parts: Int
  ) {
    let event = tape.events[index]
    switch event.kind {
    case .forward:
      values[event.node] = event.value
      isKnown[event.node] = true
    case .seed:
      if event.startsPass { beginPass(tape.graph) }
      arrive(event.value, at: event.node, from: -1)
    case .backward:
      for part in tape.contributions(of: index).prefix(parts) {
        let source = part.local == 0 ? Int32(event.node) : blocker[event.node]
        arrive(part.amount, at: part.operand, from: source)
      }
    case .zero:
      forgetGradients()
    case .update:
      for change in tape.changes(of: index) { values[change.node] = change.after }
      // What gates knew belongs to the old numbers; inputs keep their gradients until `zero`.
      for gate in tape.graph.nodes.indices where tape.graph.nodes[gate].kind == .gate {
        isKnown[gate] = false
        forgetGradient(of: gate)
      }
    }
  }

  private mutating func forgetGradients() {
    for node in gradients.indices { forgetGradient(of: node) }
    passes = 0
  }

  private mutating func forgetGradient(of node: NodeID) {
    gradients[node] = 0
    received[node] = 0
    due[node] = 0
    blocker[node] = -1
  }

  /// A new backward pass: gates begin anew, inputs keep what they have and add to it.
  private mutating func beginPass(_ graph: Graph) {
    passes += 1
    for node in gradients.indices {
      if !isInput[node] { forgetGradient(of: node) }
      due[node] += Int32(clamping: graph.readers(of: node).count)
    }
    for output in graph.outputs { due[output] += 1 }
  }

  private mutating func arrive(_ amount: Double, at node: NodeID, from source: Int32) {
    if received[node] == 0 { blocker[node] = amount == 0 ? source : -1 }
    if amount != 0 { blocker[node] = -1 }
    gradients[node] += amount
    received[node] += 1
  }
}

/// What can be said of a node's gradient at a position.
package enum GradientState: Hashable, Sendable {
  /// Nothing has arrived, and nothing has been said about it.
  case notReached
  /// Some contributions are still to come: the sum so far, and how many of how many are in.
  case waiting(Double, received: Int, due: Int)
  /// It is 0 because a gate let nothing through.
  case blocked(by: NodeID)
  /// All contributions are in.
  case complete(Double)
}

extension Snapshot {
  /// The state of a node's gradient.
  package func state(of node: NodeID) -> GradientState {
    if isUnused[node], passes > 0 { return .complete(0) }
    if received[node] == 0 { return .notReached }
    if received[node] < due[node] {
      return .waiting(
        gradients[node], received: Int(received[node]), due: Int(due[node]))
    }
    if gradients[node] == 0, blocker[node] >= 0 { return .blocked(by: Int(blocker[node])) }
    return .complete(gradients[node])
  }

  /// The gradient if all of it has arrived.
  package func gradient(of node: NodeID) -> Double? {
    if isUnused[node] { return passes > 0 ? 0 : nil }
    return received[node] > 0 && received[node] >= due[node] ? gradients[node] : nil
  }
}
