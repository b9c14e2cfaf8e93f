extension Rule {
  /// What the rule of a gate with many operands may name besides its own operand `x`.
  enum Many: Int {
    /// How many operands there are.
    case count = -4
    /// The operand's own place.
    case place = -5
    /// The place of the first operand with the largest value.
    case winner = -6
    /// Whether the largest value occurs more than once.
    case tie = -7
    /// The operand's partner in a dot product, or 1 for a bias.
    case partner = -8
    /// The operand's own share of a softmax whose first operand has the share `y`.
    case share = -9

    init?(_ name: String) {
      let all: [String: Many] = [
        "n": .count, "j": .place, "w": .winner, "t": .tie, "p": .partner, "q": .share,
      ]
      guard let found = all[name] else { return nil }
      self = found
    }

    func value(_ operands: UnsafeBufferPointer<Double>, _ result: Double, _ operand: Int) -> Double
    {
      switch self {
      case .count: return Double(operands.count)
      case .place: return Double(operand)
      case .winner:
        // The operand's own place if it wins, and none if it does not: no search for each loser.
        guard operand < operands.count, operands[operand] == result else { return -1 }
        return operands[..<operand].contains(result) ? -1 : Double(operand)
      case .tie: return operands.count { $0 == result } > 1 ? 1 : 0
      case .partner:
        let partner = Rule.partner(of: operand, count: operands.count)
        return partner.map { operands[$0] } ?? 1
      case .share:
        guard operand < operands.count, let own = operands.first else { return .nan }
        // y × exp(x - own), in one power so that neither factor overflows.
        return Real.exp(operands[operand] - own + Real.ln(result))
      }
    }

    func written(
      _ operands: [Formula], _ result: Formula, _ operand: Int, _ share: Formula?
    ) -> Formula? {
      switch self {
      case .count: return Formula(number: Double(operands.count))
      case .place, .winner, .tie: return nil
      case .partner:
        return Rule.partner(of: operand, count: operands.count).map { operands[$0] }
          ?? Formula(number: 1)
      case .share:
        guard let own = operands.first, operands.indices.contains(operand) else { return nil }
        let distance = Formula.applying(Primitive.subtract, [operands[operand], own])
        return share
          ?? Formula.applying(
            Primitive.multiply,
            [result, Formula.applying(Primitive.exponentiate, [distance])])
      }
    }
  }

  /// Which operand of a dot product another is multiplied by; nil for a bias.
  package static func partner(of operand: Int, count: Int) -> Int? {
    let half = count / 2
    return operand < half ? operand + half : operand < 2 * half ? operand - half : nil
  }
}
