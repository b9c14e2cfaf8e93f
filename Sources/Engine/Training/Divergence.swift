internal import Language

// Finding words for the first number that is none. Speed does not matter here: training is over.
extension Training {
  func divergence(epoch: Int, row: Int, _ what: String) -> Problem {
    .diverged(epoch: epoch, row: row + 1, what, rate: options.rate)
  }

  /// The first value of a row that is nan or infinite, in the order things are computed.
  func faultyValue(row: Int, _ values: [Double]) -> String {
    for node in graph.nodes.indices where !values[node].isFinite {
      guard graph.nodes[node].kind == .gate else {
        return "\(graph.label(node)) is \(values[node].formatted(.data))"
      }
      return "\(described(node, values)) became \(values[node].formatted(.data))"
    }
    return "the loss is not a number"
  }

  /// The first gradient that is nan or infinite, on the way from the loss to the parameters.
  func faultyGradient(_ workspace: Workspace) -> String? {
    for gate in plan.backward.reversed().map({ Int($0.target) }) {
      let upstream = workspace.gradients[gate]
      let locals = graph.locals(of: gate, values: workspace.values, conventions: conventions)
      for (operand, local) in zip(graph.operands(of: gate), locals)
      where plan.moves[Int(operand)] && !(upstream * local).isFinite {
        let gradient = (upstream * local).formatted(.data)
        return
          "the gradient of \(graph.label(Int(operand))) became \(gradient) at \(described(gate, workspace.values))"
      }
    }
    let node = graph.nodes.indices.reversed().first {
      plan.moves[$0] && !workspace.gradients[$0].isFinite
    }
    return node.map {
      "the gradient of \(graph.label($0)) became \(workspace.gradients[$0].formatted(.data))"
    }
  }

  /// A gate with what it computes, and the numbers: `q = exp(z) = exp(800)`.
  private func described(_ gate: NodeID, _ values: [Double]) -> String {
    // A sum of hundreds of products says nothing in a sentence.
    guard graph.operands(of: gate).count <= 6 else { return graph.label(gate) }
    let formula = graph.formula(of: gate).description
    let numbers = graph.substituted(gate, values: values).written(.source, numbers: .arithmetic)
    return "\(graph.label(gate)) = \(formula) = \(numbers)"
  }
}
