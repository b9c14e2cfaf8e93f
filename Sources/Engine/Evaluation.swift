package import Language

extension Graph {
  /// The value of every node, with some nodes held at other numbers.
  package func values(holding held: [NodeID: Double] = [:], from start: [Double]? = nil) -> [Double]
  {
    var values = start ?? nodes.map(\.value)
    var inputs: [Double] = []
    for id in nodes.indices {
      if let number = held[id] {
        values[id] = number
      } else if nodes[id].kind == .gate {
        gather(operandsOf: id, from: values, into: &inputs)
        values[id] = inputs.withUnsafeBufferPointer { value(of: id, $0) }
      }
    }
    return values
  }

  /// The value of every node when one of them is a complex number.
  package func complexValues(
    holding node: NodeID, at number: Complex, from start: [Double]
  ) -> [Complex] {
    var values = start.map { Complex($0) }
    var inputs: [Complex] = []
    for id in nodes.indices {
      if id == node {
        values[id] = number
      } else if nodes[id].kind == .gate {
        inputs.removeAll(keepingCapacity: true)
        for operand in operands(of: id) { inputs.append(values[Int(operand)]) }
        values[id] = primitive(of: id).value(inputs)
      }
    }
    return values
  }
}

extension Graph {
  /// The gradient of the sum of the outputs in every node, without a tape; for graphs of any size.
  ///
  /// `seeds`: the gradients to start from, one for each output; 1 where they are left out.
  package func adjoints(
    at values: [Double], conventions: Conventions, seeds: [Double]? = nil
  ) -> [Double] {
    var adjoints = [Double](repeating: 0, count: nodes.count)
    for (place, output) in outputs.enumerated() {
      adjoints[output] += seeds.map { place < $0.count ? $0[place] : 0 } ?? 1
    }
    propagate(&adjoints, from: nodes.count - 1, values, conventions)
    return adjoints
  }

  /// The gradient of one node in every node, without a tape.
  package func adjoints(
    at values: [Double], conventions: Conventions, from node: NodeID
  ) -> [Double] {
    var adjoints = [Double](repeating: 0, count: nodes.count)
    adjoints[node] = 1
    propagate(&adjoints, from: node, values, conventions)
    return adjoints
  }

  private func propagate(
    _ adjoints: inout [Double], from last: NodeID, _ values: [Double], _ conventions: Conventions
  ) {
    for gate in (0..<last + 1).reversed() where nodes[gate].kind == .gate {
      let locals = locals(of: gate, values: values, conventions: conventions)
      for (slot, operand) in operands(of: gate).enumerated()
      where nodes[Int(operand)].kind != .constant {
        adjoints[Int(operand)] += adjoints[gate] * locals[slot]
      }
    }
  }
}
