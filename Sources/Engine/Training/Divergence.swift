package import Language

// Finding words for the first number that is none. Speed does not matter here: training is over.
extension Training {
  func divergence(epoch: Int, row: Int, _ what: String) -> Problem {
    .diverged(epoch: epoch, row: row + 1, what, rate: options.rate(in: epoch))
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
  func faultyGradient(_ values: [Double], _ gradients: [Double]) -> String? {
    let moves = graph.depends(on: parameters)
    for gate in graph.nodes.indices.reversed() where graph.nodes[gate].kind == .gate && moves[gate]
    {
      let upstream = gradients[gate]
      let locals = graph.locals(of: gate, values: values, conventions: conventions)
      for (operand, local) in zip(graph.operands(of: gate), locals)
      where moves[Int(operand)] && !(upstream * local).isFinite {
        let gradient = (upstream * local).formatted(.data)
        return
          "the gradient of \(graph.label(Int(operand))) became \(gradient) at \(described(gate, values))"
      }
    }
    let node = graph.nodes.indices.reversed().first {
      moves[$0] && !gradients[$0].isFinite
    }
    return node.map {
      "the gradient of \(graph.label($0)) became \(gradients[$0].formatted(.data))"
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

extension Training {
  /// Refuses an outcome whose last step has made the loss of a training row nan or infinite.
  ///
  /// What was interrupted is kept as it is: someone asked for it.
  package func check(_ outcome: Outcome) throws(Problem) {
    guard outcome.ending != .interrupted else { return }
    var runner = try runner(at: outcome.parameters, rows: trainingRows.count)
    guard let row = measure(trainingRows, &runner).badRow else { return }
    throw divergence(
      epoch: outcome.history.count, row: row,
      faultyValue(row: row, values(row: row, outcome.parameters)))
  }

  /// The value of every node for one row.
  func values(row: Int, _ parameters: [Double]) -> [Double] {
    var held: [NodeID: Double] = [:]
    for (node, number) in zip(self.parameters, parameters) { held[node] = number }
    for binding in bindings {
      held[binding.node] = examples.numbers[row * examples.columns.count + binding.column]
    }
    return graph.values(holding: held)
  }
}
