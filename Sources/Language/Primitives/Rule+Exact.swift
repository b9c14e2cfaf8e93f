extension Rule {
  /// The slope without rounding; nil where an operand it names or the slope has no exact number.
  package func exactValue(
    operands: [Exact?], result: Exact?, convention: Double, operand: Int
  ) -> Exact? {
    formula.evaluatedExactly { name in
      switch place(slots[name], of: operand) {
      case Self.result: result
      case Self.convention: Exact(convention)
      case let index:
        index < 0
          ? Many(rawValue: index)?.exactValue(operands, result, operand)
          : operands.indices.contains(index) ? operands[index] : nil
      }
    }
  }
}

extension Rule.Many {
  /// What a rule of many operands names, without rounding.
  func exactValue(_ operands: [Exact?], _ result: Exact?, _ operand: Int) -> Exact? {
    guard operands.indices.contains(operand) else { return nil }
    switch self {
    case .count: return Exact(operands.count)
    case .place: return Exact(operand)
    case .winner:
      guard let result, operands[operand] == result else { return Exact(-1) }
      return Exact(operands[..<operand].contains(result) ? -1 : operand)
    case .tie: return Exact(operands.count { $0 == result } > 1 ? 1 : 0)
    case .partner:
      let partner = Rule.partner(of: operand, count: operands.count)
      return partner.map { operands[$0] } ?? .one
    case .share:
      guard let own = operands[0], let other = operands[operand], let result else { return nil }
      return other.minus(own)?.exponential?.times(result)
    }
  }
}
