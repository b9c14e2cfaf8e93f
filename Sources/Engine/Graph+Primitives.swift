package import Language

// What a gate computes: a primitive of the catalog, or several made one by `fuse`.
extension Graph {
  /// Fused gates have the numbers behind the catalog.
  static let firstFused = PrimitiveID(Primitive.catalog.count)

  /// The fused gate behind a number, where it is one.
  func fused(_ id: PrimitiveID) -> FusedPrimitive? {
    id >= Self.firstFused ? fusedPrimitives[Int(id - Self.firstFused)] : nil
  }

  /// Whether a gate was made of several by `fuse`.
  package func isFused(_ gate: NodeID) -> Bool { nodes[gate].primitive >= Self.firstFused }

  /// What a gate computes.
  package func primitive(of gate: NodeID) -> Primitive {
    primitive(numbered: nodes[gate].primitive)
  }

  /// The primitive behind a number, a fused one of this graph among them.
  package func primitive(numbered id: PrimitiveID) -> Primitive {
    fused(id)?.primitive ?? Primitive[id]
  }

  /// The value of a gate for its operands.
  package func value(of gate: NodeID, _ operands: UnsafeBufferPointer<Double>) -> Double {
    let id = nodes[gate].primitive
    guard id >= Self.firstFused else { return Primitive.value(of: id, operands) }
    return fusedPrimitives[Int(id - Self.firstFused)].primitive.value(operands)
  }

  /// The derivative of a gate in one of its operands, as a formula.
  package func rule(of gate: NodeID, operand: Int) -> Rule {
    let id = nodes[gate].primitive
    guard let fused = fused(id) else { return Primitive.rule(of: id, operand: operand) }
    return fused.rules[min(operand, fused.rules.count - 1)]
  }

  /// The slope of a gate in one of its operands.
  package func slope(
    of gate: NodeID, operand: Int, operands: UnsafeBufferPointer<Double>, result: Double,
    convention: Double
  ) -> Double {
    let id = nodes[gate].primitive
    guard id >= Self.firstFused else {
      return Primitive.slope(
        of: id, operand: operand, operands: operands, result: result, convention: convention)
    }
    return rule(of: gate, operand: operand).value(
      operands: operands, result: result, convention: convention, operand: operand)
  }
}
