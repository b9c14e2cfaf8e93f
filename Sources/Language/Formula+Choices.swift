extension Formula {
  /// The formula with each `if(…)` inside it replaced by the branch it takes.
  ///
  /// `value`: the number for an index into `names`.
  package func settlingChoices(_ value: (Int) -> Double) -> Formula {
    guard nodes.contains(where: { $0.kind == .apply && $0.reference == Primitive.choose }) else {
      return self
    }
    // Each part read so far, with its number: post-order, so no recursion.
    var parts: [(formula: Formula, value: Double)] = []
    for node in nodes {
      switch node.kind {
      case .number: parts.append((Formula(number: node.number), node.number))
      case .name:
        let index = Int(node.reference)
        parts.append((Formula(name: names[index]), value(index)))
      case .apply:
        let operands = Array(parts.suffix(Int(node.arity)))
        parts.removeLast(min(Int(node.arity), parts.count))
        if node.reference == Primitive.choose, operands.count == 3 {
          parts.append(operands[0].value != 0 ? operands[1] : operands[2])
        } else {
          parts.append(
            (
              Formula.applying(node.reference, operands.map(\.formula)),
              Primitive[node.reference].value(operands.map(\.value))
            ))
        }
      case .call, .composite, .vector, .index, .range, .loop: return self
      }
    }
    return parts.last?.formula ?? self
  }
}
