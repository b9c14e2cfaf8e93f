internal import Engine
internal import Language

extension Trial {
  /// Products of two factors that are neither 0 nor ±1, results of two digits, and minus signs.
  static func difficulty(_ graph: Graph, _ values: [Double], _ gradients: [Double]) -> Int {
    var cost = 0
    for gate in graph.nodes.indices where graph.nodes[gate].kind == .gate {
      let operands = graph.operands(of: gate).map { values[Int($0)] }
      let isProduct = ["*", "dot", "^"].contains(graph.primitive(of: gate).name)
      if isProduct { cost += operands.count { $0.magnitude >= 3 } >= 2 ? 2 : 0 }
      if values[gate].magnitude >= 10 { cost += 1 }
      if gradients[gate].magnitude >= 3, operands.contains(where: { $0.magnitude >= 3 }), isProduct
      {
        cost += 2
      }
    }
    for node in graph.nodes.indices where graph.nodes[node].kind == .input {
      if values[node] < 0 { cost += 1 }
      if gradients[node].magnitude >= 10 { cost += 1 }
    }
    return cost
  }
}

extension Graph {
  /// Whether a gate passes one of its inputs on, or one of two constants.
  func isSwitch(_ gate: NodeID) -> Bool {
    primitive(of: gate).name == "copy"
      || operands(of: gate).indices.contains { slot in
        rule(of: gate, operand: slot - operands(of: gate).startIndex).isPiecewise
      }
  }
}
