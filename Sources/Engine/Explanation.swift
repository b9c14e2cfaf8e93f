package import Language

/// One factor of the chain rule as it is printed: the slope of a gate in one operand.
package struct Explanation: Sendable {
  /// The slope in the labels of nodes: `1 - h1^2`.
  package let slope: Formula
  /// The same with numbers in the place of labels.
  package let substituted: Formula
  /// What decided which branch of the rule holds: `z1 > 0`.
  package let condition: Formula?
  /// The slope as a number.
  package let value: Double
  /// The choices that were needed because the slope is not defined here.
  package let conventions: [String]
}

extension Graph {
  /// Why the slope of a gate in its operand `slot` is what it is, at the given values of all nodes.
  ///
  /// All of it comes from the one rule that the tape was computed with.
  package func explanation(
    of gate: NodeID, slot: Int, values: [Double], conventions: Conventions
  ) -> Explanation {
    let primitive = primitive(of: gate)
    let rule = rule(of: gate, operand: slot)
    let operands = operands(of: gate).map { Int($0) }
    let inputs = operands.map { values[$0] }
    let convention = conventions.value(for: primitive)
    let labels = operands.map(symbol)
    let (slope, condition) = rule.written(
      operands: labels, result: symbol(gate), convention: convention, operand: slot,
      values: (inputs, values[gate]), share: share(of: gate, slot))
    let substituted = slope.substituting { name in
      nodeOfLabel[slope.names[name]].map { Formula(number: values[$0]) }
    }
    let value = inputs.withUnsafeBufferPointer {
      rule.value(operands: $0, result: values[gate], convention: convention, operand: slot)
    }
    return Explanation(
      slope: slope, substituted: substituted, condition: condition, value: value,
      conventions: conventions.used(
        at: gate, in: self, operands: inputs, result: values[gate]))
  }

  /// The slopes of a gate in its operands, at the given values of all nodes.
  package func locals(
    of gate: NodeID, values: [Double], conventions: Conventions
  ) -> [Double] {
    let convention = conventions.value(for: primitive(of: gate))
    let inputs = operands(of: gate).map { values[Int($0)] }
    return inputs.withUnsafeBufferPointer { inputs in
      inputs.indices.map { slot in
        rule(of: gate, operand: slot).value(
          operands: inputs, result: values[gate], convention: convention, operand: slot)
      }
    }
  }

  /// What a gate computes, in the labels of nodes: `w1 + w2`.
  package func formula(of gate: NodeID) -> Formula {
    written(gate, operands(of: gate).map { symbol(Int($0)) })
  }

  /// The same with other names for some of the operands: `1 / x`.
  package func formula(of gate: NodeID, naming: (NodeID) -> String?) -> Formula {
    written(
      gate,
      operands(of: gate).map { operand in
        naming(Int(operand)).map { Formula(name: $0) } ?? symbol(Int(operand))
      })
  }

  /// A dot product is written as the products it adds.
  func written(_ gate: NodeID, _ operands: [Formula]) -> Formula {
    if let fused = fused(nodes[gate].primitive) {
      let names = FusedPrimitive.placeholders(operands.count)
      return fused.formula.substituting { name in
        names.firstIndex(of: fused.formula.names[name]).map { operands[$0] }
      }
    }
    if nodes[gate].primitive == Primitive.softmax, operands.count > 1,
      let exp = Primitive.functions["exp"]
    {
      // In the order of the scores, though the gate's own score is its first operand.
      let ordered = zip(self.operands(of: gate), operands).sorted { $0.0 < $1.0 }.map(\.1)
      let powers = ordered.map { Formula.applying(exp, [$0]) }
      return Formula.applying(
        Primitive.divide,
        [Formula.applying(exp, [operands[0]]), Formula.applying(Primitive.add, powers)])
    }
    guard nodes[gate].primitive == Primitive.dot else {
      return Formula.applying(nodes[gate].primitive, operands)
    }
    let count = operands.count / 2
    var terms = (0..<count).map {
      Formula.applying(Primitive.multiply, [operands[$0], operands[count + $0]])
    }
    if operands.count > 2 * count { terms.append(operands[2 * count]) }
    return terms.count == 1 ? terms[0] : Formula.applying(Primitive.add, terms)
  }

  /// The node that is an operand's own share of a softmax, where there is one.
  private func share(of gate: NodeID, _ slot: Int) -> Formula? {
    guard nodes[gate].primitive == Primitive.softmax, slot > 0 else { return nil }
    let own = operands(of: gate)
    let operand = own[own.startIndex + slot]
    let members = Set(own)
    let sibling = readers(of: Int(operand)).first { reader in
      reader.slot == 0 && nodes[reader.gate].primitive == Primitive.softmax
        && Set(operands(of: reader.gate)) == members
    }
    return sibling.map { symbol($0.gate) }
  }

  /// What a gate computes, with numbers.
  package func substituted(_ gate: NodeID, values: [Double]) -> Formula {
    written(gate, operands(of: gate).map { Formula(number: values[Int($0)]) })
  }
}
