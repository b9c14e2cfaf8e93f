internal import Language

/// A mistaken pass beside the right one.
package struct MisconceptionComparison: Sendable {
  /// What came of holding the two side by side.
  package enum Verdict: Hashable, Sendable {
    /// The first node, on the way back, whose gradients differ.
    case parts(at: NodeID)
    /// The same gradients, but other ones at other numbers.
    case hiddenByNumbers
    /// The same gradients whatever the numbers are.
    case impossible
    /// The mistaken pass would take too long.
    case tooLong
  }

  package let misconception: Misconception
  package let verdict: Verdict
  package let right: [Double]
  package let mistaken: [Double]
  /// What arrives where they part, rightly and with the mistake, in order.
  package let rightArrivals: [MistakenPass.Arrival]
  package let mistakenArrivals: [MistakenPass.Arrival]
  /// How far an update that comes too early moves inputs, for a unit of gradient.
  package let rate: Double

  /// Runs both passes from the numbers of a tape.
  package init(of misconception: Misconception, on tape: Tape) {
    let start = BackwardNumbers(of: tape)
    self.misconception = misconception
    rate = start.rate
    right = start.rightGradients()
    guard let pass = MistakenPass(misconception, from: start) else {
      (verdict, mistaken, rightArrivals, mistakenArrivals) = (.tooLong, [], [], [])
      return
    }
    mistaken = pass.gradients
    guard let node = Self.parting(right, pass.gradients, in: start.graph) else {
      verdict = Self.showsElsewhere(misconception, start) ? .hiddenByNumbers : .impossible
      (rightArrivals, mistakenArrivals) = ([], [])
      return
    }
    verdict = .parts(at: node)
    rightArrivals = MistakenPass(nil, from: start, watching: node)?.arrivals ?? []
    mistakenArrivals = MistakenPass(misconception, from: start, watching: node)?.arrivals ?? []
  }

  /// Whether two gradients are more than rounding apart.
  package func differs(at node: NodeID) -> Bool {
    mistaken.indices.contains(node) && areApart(right[node], mistaken[node])
  }

  /// The node that parts first as the tape runs: nothing that is sent to it has parted before.
  private static func parting(_ right: [Double], _ mistaken: [Double], in graph: Graph) -> NodeID? {
    var isApart = [Bool](repeating: false, count: graph.nodes.count)
    for node in graph.nodes.indices where graph.nodes[node].kind != .constant {
      isApart[node] = areApart(right[node], mistaken[node])
    }
    var first: (gate: NodeID, slot: Int, node: NodeID)?
    for node in graph.nodes.indices where isApart[node] {
      let readers = graph.readers(of: node)
      if readers.contains(where: { isApart[$0.gate] }) { continue }
      // The last gate in forward order is the first to send; an output comes before all gates.
      let reader = readers.last ?? Graph.Reader(gate: graph.nodes.count, slot: 0)
      if let found = first, (found.gate, reader.slot) > (reader.gate, found.slot) { continue }
      first = (reader.gate, reader.slot, node)
    }
    return first?.node
  }

  private static func showsElsewhere(
    _ misconception: Misconception, _ start: BackwardNumbers
  ) -> Bool {
    (0..<6 as Range<UInt64>).contains { seed in
      let moved = start.moved(seed: seed)
      let right = moved.rightGradients()
      let mistaken = MistakenPass(misconception, from: moved)?.gradients ?? right
      return parting(right, mistaken, in: start.graph) != nil
    }
  }
}
