internal import Language

/// The places of filters in a graph: dot products that share weights and have other inputs each.
package struct SlidingFilters: Sendable {
  /// For each gate, whether it is one place of a filter; empty where nothing slides.
  private var windows: [Bool] = []
  /// What each weight is paired with where its filter has its first place.
  private var first: [NodeID: NodeID] = [:]

  /// Looks for weights that meet several inputs, and for inputs that meet them at other places.
  package init(in graph: Graph) {
    let gates = graph.nodes.indices.filter {
      graph.nodes[$0].primitive == Primitive.dot
        && graph.nodes[$0].kind == .gate
    }
    guard gates.count > 1 else { return }
    var partners: [NodeID: NodeID] = [:]
    var slots: [NodeID: Int] = [:]
    var meetsMany: Set<NodeID> = []
    var moves: Set<NodeID> = []
    for gate in gates {
      let operands = graph.operands(of: gate).map { Int($0) }
      let count = operands.count / 2
      for slot in 0..<count {
        let (weight, input) = (operands[slot], operands[count + slot])
        if let known = partners[weight], known != input { meetsMany.insert(weight) }
        if partners[weight] == nil { partners[weight] = input }
        if let known = slots[input], known != slot { moves.insert(input) }
        if slots[input] == nil { slots[input] = slot }
      }
    }
    guard !meetsMany.isEmpty, !moves.isEmpty else { return }
    windows = [Bool](repeating: false, count: graph.nodes.count)
    for gate in gates {
      let operands = graph.operands(of: gate).map { Int($0) }
      let count = operands.count / 2
      guard operands[..<count].contains(where: meetsMany.contains),
        operands[count..<2 * count].contains(where: moves.contains)
      else { continue }
      windows[gate] = true
      for weight in operands[..<count] { first[weight] = partners[weight] }
    }
  }

  /// Whether the gate is one place of a filter.
  package func isWindow(_ gate: NodeID) -> Bool { !windows.isEmpty && windows[gate] }

  /// What a weight is paired with where its filter has its first place.
  func firstPartner(of gate: NodeID, _ slot: Int, in graph: Graph) -> NodeID? {
    guard isWindow(gate) else { return nil }
    let operands = graph.operands(of: gate)
    guard slot < operands.count / 2 else { return nil }
    return first[Int(operands[operands.startIndex + slot])]
  }
}
