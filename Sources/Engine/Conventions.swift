package import Language

/// The values chosen where mathematics leaves a slope open, by the setting that changes them.
package struct Conventions: Hashable, Sendable {
  private var chosen: [String: Double] = [:]

  package init() {}

  /// The value in force for a setting, or for a primitive that has one.
  package subscript(setting setting: String) -> Double? {
    get { chosen[setting] }
    set { chosen[setting] = newValue }
  }

  /// What `c` stands for in the rules of a primitive.
  package func value(for primitive: Primitive) -> Double {
    for convention in primitive.conventions {
      if let setting = convention.setting { return chosen[setting] ?? convention.standard }
    }
    return 0
  }

  /// What `c` stands for in the rules of every primitive, by its place in the catalog.
  var values: [Double] { Primitive.catalog.map(value) }

  /// The statement of a convention, with the value in force.
  package func statement(of convention: Primitive.Convention) -> String {
    let value = convention.setting.flatMap { chosen[$0] } ?? convention.standard
    return convention.statement.replacing("{c}", with: value.formatted(.arithmetic))
  }

  /// The conventions that were needed at a gate with these operands.
  package func used(by id: PrimitiveID, operands: [Double], result: Double) -> [String] {
    guard id < Graph.firstFused else { return [] }
    let primitive = Primitive[id]
    return zip(primitive.conventions, Primitive.conventionConditions(of: id)).compactMap {
      guard let condition = $1 else { return nil }
      let holds = operands.withUnsafeBufferPointer {
        condition.value(operands: $0, result: result, convention: 0, operand: 0)
      }
      return holds == 1 ? statement(of: $0) : nil
    }
  }
}
