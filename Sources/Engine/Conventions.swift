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

  /// The slope of relu at 0, which the loops are told.
  var reluAtZero: Double {
    Primitive.functions["relu"].map { value(for: Primitive[$0]) } ?? 0
  }

  /// What `c` stands for in the rules of every primitive, by its place in the catalog.
  var values: [Double] { Primitive.catalog.map(value) }

  /// The statement of a convention, with the value in force.
  package func statement(of convention: Primitive.Convention) -> String {
    let value = convention.setting.flatMap { chosen[$0] } ?? convention.standard
    return convention.statement.replacing("{c}", with: value.formatted(.arithmetic))
  }

  /// The conventions that were needed at a gate of a graph with these operands.
  package func used(
    at gate: NodeID, in graph: Graph, operands: [Double], result: Double
  ) -> [String] {
    let id = graph.nodes[gate].primitive
    let fused = graph.fused(id)
    let conditions = fused?.conditions ?? Primitive.conventionConditions(of: id)
    let primitive = graph.primitive(of: gate)
    let convention = value(for: primitive)
    var statements: [String] = []
    for (record, condition) in zip(primitive.conventions, conditions) {
      guard let condition else { continue }
      let holds = operands.withUnsafeBufferPointer {
        condition.value(operands: $0, result: result, convention: convention, operand: 0)
      }
      let statement = statement(of: record)
      if holds == 1, !statements.contains(statement) { statements.append(statement) }
    }
    return statements
  }
}
