extension Formula {
  /// The same function of its names, written as a person would after tidying up.
  ///
  /// Used for showing derivatives only; numbers are always computed from the rule itself. Literals are
  /// put together where the result stays exact on paper, 1 and 0 disappear where they may, and an
  /// `if` whose condition is settled becomes the branch it takes.
  package func simplified() -> Formula {
    var parts: [Formula] = []
    for node in nodes {
      switch node.kind {
      case .number: parts.append(Formula(number: node.number))
      case .name: parts.append(Formula(name: names[Int(node.reference)]))
      case .call, .composite, .vector, .index, .range, .loop:
        // A slope has none of these; a formula that does is left as it is.
        return self
      case .apply:
        let operands = Array(parts.suffix(Int(node.arity)))
        parts.removeLast(Int(node.arity))
        parts.append(Self.tidied(node.reference, operands))
      }
    }
    return parts.last ?? self
  }

  /// A primitive applied to formulas, without tidying.
  package static func applying(_ primitive: PrimitiveID, _ operands: [Formula]) -> Formula {
    var builder = FormulaBuilder()
    for operand in operands { builder.append(operand) }
    builder.apply(primitive, arity: operands.count)
    return builder.formula
  }

  private static func tidied(_ primitive: PrimitiveID, _ operands: [Formula]) -> Formula {
    let numbers = operands.compactMap {
      $0.nodes.count == 1 && $0.nodes[0].kind == .number ? $0.nodes[0].number : nil
    }
    if numbers.count == operands.count {
      let value = Primitive[primitive].value(numbers)
      let isExact = Double(value.formatted(.arithmetic)) == value
      if isExact || value.isNaN || value.isInfinite { return Formula(number: value) }
    }
    switch primitive {
    case Primitive.choose: return choice(operands)
    case Primitive.add: return sum(operands)
    case Primitive.subtract: return difference(operands[0], operands[1])
    case Primitive.multiply: return product(operands[0], operands[1])
    case Primitive.divide:
      if operands[1].isNumber(1) { return operands[0] }
      if operands[0].isNumber(0) { return operands[0] }
      if let inner = operands[0].negated {
        return negation(tidied(primitive, [inner, operands[1]]))
      }
    case Primitive.raise:
      if operands[1].isNumber(1) { return operands[0] }
      if operands[1].isNumber(0) { return Formula(number: 1) }
    case Primitive.negate: return negation(operands[0])
    case Primitive.copy: return operands[0]
    default: break
    }
    return applying(primitive, operands)
  }

  private static func choice(_ operands: [Formula]) -> Formula {
    guard operands[0].nodes.count == 1, operands[0].nodes[0].kind == .number else {
      return operands[1] == operands[2] ? operands[1] : applying(Primitive.choose, operands)
    }
    return operands[0].nodes[0].number != 0 ? operands[1] : operands[2]
  }

  private static func sum(_ operands: [Formula]) -> Formula {
    let kept = operands.filter { !$0.isNumber(0) }
    switch kept.count {
    case 0: return Formula(number: 0)
    case 1: return kept[0]
    default: return applying(Primitive.add, kept)
    }
  }

  private static func difference(_ a: Formula, _ b: Formula) -> Formula {
    if b.isNumber(0) { return a }
    if a.isNumber(0) { return negation(b) }
    if let inner = b.negated { return sum([a, inner]) }
    return applying(Primitive.subtract, [a, b])
  }

  private static func product(_ a: Formula, _ b: Formula) -> Formula {
    if a.isNumber(0) || b.isNumber(0) { return Formula(number: 0) }
    if a.isNumber(1) { return b }
    if b.isNumber(1) { return a }
    if a.isNumber(-1) { return negation(b) }
    if b.isNumber(-1) { return negation(a) }
    if let inner = a.negated, a.literal == nil { return negation(product(inner, b)) }
    if let inner = b.negated, b.literal == nil { return negation(product(a, inner)) }
    if b.literal != nil, a.literal == nil { return product(b, a) }
    if let factor = a.literal, let (inner, rest) = b.scaled {
      let value = factor * inner
      // Neither 0 nor infinity: in another order the product may be a number.
      if value.isFinite, value != 0, Double(value.formatted(.arithmetic)) == value {
        // The rest may be a number as well, whose product is exact only now.
        return tidied(Primitive.multiply, [Formula(number: value), rest])
      }
    }
    return applying(Primitive.multiply, [a, b])
  }

  private static func negation(_ a: Formula) -> Formula {
    if let inner = a.negated { return inner }
    if let number = a.literal { return Formula(number: -number) }
    return applying(Primitive.negate, [a])
  }

  /// The literal and the rest of `2 * x`.
  private var scaled: (Double, Formula)? {
    guard let last = nodes.last, last.kind == .apply, last.reference == Primitive.multiply else {
      return nil
    }
    let operands = operands(of: nodes.count - 1)
    return part(at: operands[0]).literal.map { ($0, part(at: operands[1])) }
  }

  private func isNumber(_ value: Double) -> Bool { literal == value }

  /// What a minus sign at the front is put before, if there is one.
  private var negated: Formula? {
    guard let last = nodes.last, last.kind == .apply, last.reference == Primitive.negate else {
      return nil
    }
    return part(at: nodes.count - 2)
  }
}
