package import Language

/// Both passes over a graph without rounding, as far as there are exact numbers.
///
/// They share gates and rules with the tape and differ in their arithmetic only, so each is a check
/// of the other.
package struct ExactPass: Sendable {
  /// The value of each node; nil where it has no exact number.
  package let values: [Exact?]
  /// The gradient of each node.
  package let gradients: [Exact?]

  /// Runs both passes.
  ///
  /// `inputs`: the numbers of input nodes; those left out keep the number of the graph.
  package init(
    over graph: Graph, inputs: [NodeID: Exact] = [:], conventions: Conventions = Conventions(),
    upstream: [Double]? = nil
  ) {
    var values = [Exact?](repeating: nil, count: graph.nodes.count)
    for node in graph.nodes.indices {
      if graph.nodes[node].kind == .gate {
        let operands = graph.operands(of: node).map { values[Int($0)] }
        values[node] = graph.exactValue(of: node, operands)
      } else {
        values[node] =
          inputs[node] ?? (graph.nodes[node].hasValue ? Exact(graph.nodes[node].value) : nil)
      }
    }
    var gradients = [Exact?](repeating: .zero, count: graph.nodes.count)
    for (place, output) in graph.outputs.enumerated() {
      let seed = upstream.map { place < $0.count ? $0[place] : 0 } ?? 1
      gradients[output] = Exact(seed).flatMap { gradients[output]?.plus($0) }
    }
    for gate in graph.nodes.indices.reversed() where graph.nodes[gate].kind == .gate {
      let operands = graph.operands(of: gate)
      let inputs = operands.map { values[Int($0)] }
      let convention = conventions.value(for: graph.primitive(of: gate))
      for (slot, operand) in operands.enumerated()
      where graph.nodes[Int(operand)].kind != .constant {
        // Nothing times nothing known is nothing: a gate that no output needs has no gradient.
        if gradients[gate] == .zero { continue }
        let local = graph.rule(of: gate, operand: slot).exactValue(
          operands: inputs, result: values[gate], convention: convention, operand: slot)
        let amount = local.flatMap { gradients[gate]?.times($0) }
        gradients[Int(operand)] = amount.flatMap { gradients[Int(operand)]?.plus($0) }
      }
    }
    self.values = values
    self.gradients = gradients
  }
}

extension ExactPass {
  /// The values as the doubles nearest to the exact ones, so that equal numbers are equal.
  package func values(orElse rounded: [Double]) -> [Double] { Self.settled(values, rounded) }

  /// The same for gradients.
  package func gradients(orElse rounded: [Double]) -> [Double] { Self.settled(gradients, rounded) }

  private static func settled(_ exact: [Exact?], _ rounded: [Double]) -> [Double] {
    zip(exact, rounded).map { $0?.double ?? $1 }
  }
}

extension Graph {
  /// The value of a gate without rounding.
  func exactValue(of gate: NodeID, _ operands: [Exact?]) -> Exact? {
    guard let fused = fused(nodes[gate].primitive) else {
      return Primitive.exactValue(of: nodes[gate].primitive, operands)
    }
    let names = FusedPrimitive.placeholders(operands.count)
    return fused.formula.evaluatedExactly { name in
      names.firstIndex(of: fused.formula.names[name]).flatMap { operands[$0] }
    }
  }

  /// The same graph with other numbers at some of its inputs.
  ///
  /// Not for inputs whose numbers decided about its shape (`countingNames`, `classNames`).
  package func holding(_ numbers: [NodeID: Double]) -> Graph {
    var copy = self
    for (node, number) in numbers
    where nodes.indices.contains(node) && nodes[node].kind == .input {
      copy.nodes[node].value = number
      copy.nodes[node].hasValue = true
    }
    return copy
  }
}
