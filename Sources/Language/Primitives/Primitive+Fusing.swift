// What a primitive brings into a fused gate.
extension Primitive {
  /// Whether the gate can be a part of a fused one: softmax and the like are one gate by themselves.
  package static func canBeFused(_ id: PrimitiveID) -> Bool {
    id != softmax && !rules(of: id).contains(where: \.isAboutPlaces)
  }

  /// The conventions of a gate, with their conditions in the formulas of its operands.
  package static func conventions(
    of id: PrimitiveID, operands: [Formula], result: Formula
  ) -> [(convention: Convention, condition: Formula?)] {
    zip(Primitive[id].conventions, conventionConditions(of: id)).map { convention, rule in
      (
        convention,
        rule?.written(
          operands: operands, result: result, convention: Formula(name: "c"), operand: 0)
      )
    }
  }
}
