internal import Language

/// A gradient found without any derivative rule, to hold beside backpropagation's.
package struct NumericCheck: Sendable {
  /// (f(x + h) - f(x - h)) / 2h, the one in textbooks.
  package let central: Double
  package let step: Double
  /// Im f(x + ih) / h with h = 1e-200: exact to the last digits, for smooth formulas.
  package let complexStep: Double
  /// (f(x) - f(x - h)) / h and (f(x + h) - f(x)) / h.
  package let left: Double
  package let right: Double
  /// The gates that have a corner between x - h and x + h.
  package let kinks: [NodeID]

  /// Checks ∂(Σ upstream × output)/∂node at the given values of all nodes.
  package init(of node: NodeID, on tape: Tape, values: [Double]) {
    let graph = tape.graph
    let objective = { (values: [Double]) -> Double in
      zip(graph.outputs, tape.upstream).reduce(0) { $0 + values[$1.0] * $1.1 }
    }
    let x = values[node]
    // The cube root of the machine's precision balances rounding against curvature.
    let scale = max(1, x.magnitude) * 6.055_454_452_393_343e-6
    // A step that is a difference of two doubles, so that x + h - x is h.
    let h = (x + scale) - x
    step = h
    let below = graph.values(holding: [node: x - h], from: values)
    let above = graph.values(holding: [node: x + h], from: values)
    let here = graph.values(holding: [node: x], from: values)
    central = (objective(above) - objective(below)) / (2 * h)
    left = (objective(here) - objective(below)) / h
    right = (objective(above) - objective(here)) / h
    let tiny = 1e-200
    let complex = graph.complexValues(holding: node, at: Complex(x, tiny), from: values)
    complexStep =
      zip(graph.outputs, tape.upstream).reduce(0) { $0 + complex[$1.0].imaginary * $1.1 } / tiny
    kinks = graph.nodes.indices.filter { gate in
      guard graph.nodes[gate].kind == .gate, gate != node else { return false }
      return Self.moved(graph, gate, here, above)
        && Self.hasCorner(graph, gate, below, here, above)
    }
  }

  private static func moved(_ graph: Graph, _ gate: NodeID, _ a: [Double], _ b: [Double]) -> Bool {
    graph.operands(of: gate).contains { a[Int($0)].bitPattern != b[Int($0)].bitPattern }
  }

  private static func hasCorner(
    _ graph: Graph, _ gate: NodeID, _ below: [Double], _ here: [Double], _ above: [Double]
  ) -> Bool {
    let operands = graph.operands(of: gate).map { Int($0) }
    let branches = { (slot: Int, values: [Double]) -> Int in
      graph.rule(of: gate, operand: slot).branchIndex(
        operands: operands.map { values[$0] }, result: values[gate],
        operand: slot)
    }
    let isFlat = graph.locals(of: gate, values: here, conventions: Conventions()).allSatisfy {
      $0 == 0
    }
    // A step has no slope anywhere, and jumps.
    if isFlat, below[gate] != above[gate] { return true }
    return operands.indices.contains { slot in
      if graph.nodes[operands[slot]].kind == .constant { return false }
      if !graph.rule(of: gate, operand: slot).isPiecewise { return false }
      let middle = branches(slot, here)
      return branches(slot, below) != middle || branches(slot, above) != middle
    }
  }

  /// How far two slopes are apart, relative to the larger: 0 when both are 0.
  package static func relativeError(_ a: Double, _ b: Double) -> Double {
    let size = max(a.magnitude, b.magnitude)
    return size == 0 ? 0 : (a - b).magnitude / size
  }
}
