internal import Engine
internal import Language

// What stands below the arithmetic of a step: rules in full, sums at forks, conventions, warnings.
extension Scene {
  /// The lines below the table of a backward step: rules in full, sums at forks, conventions.
  ///
  /// `saysNames`: whether rules that are only a name are among those, for want of room in the table.
  func footnotes(
    _ gate: NodeID, _ told: [Tape.Contribution], event: Int, saysNames: Bool = false
  ) -> Document {
    var lines: [Text] = []
    var conventionsUsed: [String] = []
    for part in told.prefix(24) {
      let explanation = explanation(gate, part.slot)
      if let line = fullRule(gate, part, explanation, saysNames) { lines.append(line) }
      for convention in explanation.conventions where !conventionsUsed.contains(convention) {
        conventionsUsed.append(convention)
      }
    }
    var seen: Set<NodeID> = []
    for part in told.prefix(24) where seen.insert(part.operand).inserted {
      if let line = sumLine(part.operand, before: event, told) { lines.append(line) }
    }
    lines += conventionsUsed.map { Text("   convention: \($0)") }
    if let bad = told.first(where: { !$0.amount.isFinite && $0.upstream.isFinite }) {
      lines.append(
        Text(
          "   note: \(style.number(bad.upstream)) \(style.signs.times) \(style.number(bad.local)) is \(style.number(bad.amount)); hunt nan tells where it comes from"
        ))
    }
    guard !lines.isEmpty else { return .empty }
    return Document([Document.blank] + lines.map { .line($0) })
  }

  /// `∂h/∂z = 1 - h² = 1 - 0.8² = 0.36`, where the rule is more than a name or a number.
  private func fullRule(
    _ gate: NodeID, _ part: Tape.Contribution, _ explanation: Explanation, _ saysNames: Bool
  ) -> Text? {
    let isNumber = explanation.slope.literal != nil
    let isPlain = isNumber || explanation.slope.nodes.count == 1 && !saysNames
    guard !isPlain || explanation.condition != nil else { return nil }
    var line = "   \(style.derivative(label(gate), label(part.operand)))"
    if !isPlain {
      line += " = \(style.formula(explanation.slope))"
    }
    let numbers = style.formula(explanation.substituted)
    let value = style.number(explanation.value)
    if !isPlain, numbers != value { line += " = \(numbers)" }
    line += " = \(value)"
    if let condition = explanation.condition { line += ", as \(style.formula(condition))" }
    return Text(line)
  }

  /// `x2 feeds 2 gates, so its gradients add: -1.295 + (-0.3258) = -1.621, complete`.
  private func sumLine(
    _ node: NodeID, before event: Int, _ told: [Tape.Contribution]
  ) -> Text? {
    let due = Int(now.due[node])
    guard due > 1 else { return nil }
    let arrived = told.filter { $0.operand == node }.map(\.amount)
    let earlier = now.gradients[node] - arrived.reduce(0, +)
    let hadSome = Int(now.received[node]) > arrived.count
    let addends = (hadSome ? [earlier] : []) + arrived
    let isComplete = Int(now.received[node]) >= due
    var sum = addends.prefix(6).enumerated().map {
      $0 == 0 ? style.number($1) : style.operand($1)
    }
    if addends.count > 6 { sum.append(style.signs.more) }
    let total =
      addends.count > 1
      ? "\(sum.joined(separator: " + ")) = \(style.number(now.gradients[node]))" : sum.joined()
    let state = isComplete ? "complete" : "\(now.received[node]) of \(due) in"
    return Text("   \(reason(node, due: due)), so its gradients add: \(total), \(state)")
  }

  /// Why more than one number arrives at a node.
  private func reason(_ node: NodeID, due: Int) -> String {
    let readers = graph.readers(of: node).count
    let gates = Set(graph.readers(of: node).map(\.gate)).count
    let isOutput = graph.outputs.contains(node)
    if readers <= 1, !isOutput { return "\(label(node)) keeps what earlier passes brought" }
    let uses =
      gates == readers
      ? "\(label(node)) feeds \(gates) gate\(gates == 1 ? "" : "s")"
      : "\(label(node)) is used \(readers) times"
    return uses + (isOutput && readers < due ? " and has an upstream of its own" : "")
  }

  /// What has to be said about a gate's value: a domain left, a convention used.
  func remarks(on gate: NodeID) -> Document {
    let operands = graph.operands(of: gate).map { now.values[Int($0)] }
    let primitive = graph.primitive(of: gate)
    let value = now.values[gate]
    guard !value.isFinite else { return .empty }
    if let violation = primitive.domainViolation(operands) {
      return Document(lines: ["", "   note: \(violation), so this is \(style.number(value))"])
    }
    guard operands.allSatisfy(\.isFinite) else { return .empty }
    return Document(lines: [
      "",
      "   note: the result is too large for a double-precision number, so it is \(style.number(value))",
    ])
  }
}
