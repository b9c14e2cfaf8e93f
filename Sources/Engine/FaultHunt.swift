internal import Language

/// Where the first value or gradient stopped being a number.
package enum Fault: Sendable {
  /// A gate gave nan or infinity although its operands were finite.
  case value(NodeID, event: Int)
  /// An input was given nan or infinity.
  case given(NodeID)
  /// A contribution was nan or infinite although the upstream gradient was finite.
  case contribution(Tape.Contribution, gate: NodeID, event: Int)
}

extension Tape {
  /// The first cause of a nan or an infinity, in the order things happen; nil when there is none.
  package func firstFault() -> Fault? {
    if let input = graph.inputs.first(where: { !graph.nodes[$0].value.isFinite }) {
      return .given(input)
    }
    for (index, event) in events.enumerated() {
      switch event.kind {
      case .forward where !event.value.isFinite: return .value(event.node, event: index)
      case .backward:
        for part in contributions(of: index) where !part.amount.isFinite {
          return .contribution(part, gate: event.node, event: index)
        }
      default: break
      }
    }
    return nil
  }
}
