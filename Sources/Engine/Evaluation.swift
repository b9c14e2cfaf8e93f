package import Language

extension Graph {
  /// The value of every node, with some nodes held at other numbers.
  package func values(holding held: [NodeID: Double] = [:], from start: [Double]? = nil) -> [Double]
  {
    if start == nil, let values = compiledValues(holding: held) { return values }
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
    if propagateCompiled(&adjoints, from: last, values, conventions) { return }
    for gate in (0..<last + 1).reversed() where nodes[gate].kind == .gate {
      let locals = locals(of: gate, values: values, conventions: conventions)
      for (slot, operand) in operands(of: gate).enumerated()
      where nodes[Int(operand)].kind != .constant {
        adjoints[Int(operand)] += adjoints[gate] * locals[slot]
      }
    }
  }
}

// Graphs that are large enough for their columns to be worth laying out.
extension Graph {
  /// From so many nodes on a graph is compiled even for one evaluation.
  private static let worthCompiling = 500

  private func compiledValues(holding held: [NodeID: Double]) -> [Double]? {
    guard nodes.count >= Self.worthCompiling, let compiled = try? CompiledGraph(self, holding: held)
    else { return nil }
    return nodes.indices.map { compiled[$0] }
  }

  /// The same with the columns, where they come to the values that are given; false otherwise.
  private func propagateCompiled(
    _ adjoints: inout [Double], from last: NodeID, _ values: [Double], _ conventions: Conventions
  ) -> Bool {
    guard nodes.count >= Self.worthCompiling else { return false }
    var given = self
    for id in nodes.indices where nodes[id].kind != .gate { given.nodes[id].value = values[id] }
    guard let compiled = try? CompiledGraph(given, conventions: conventions) else { return false }
    // Values may come from elsewhere: of complex numbers, or with gates held.
    for id in nodes.indices where compiled[id].bitPattern != values[id].bitPattern { return false }
    var seeds: [(node: NodeID, gradient: Double)] = []
    for id in nodes.indices where adjoints[id] != 0 { seeds.append((id, adjoints[id])) }
    compiled.backward(from: seeds, startingAt: last)
    for id in nodes.indices where nodes[id].kind != .constant {
      adjoints[id] = compiled.gradient(id)
    }
    return true
  }
}
