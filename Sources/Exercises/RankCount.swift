internal import Language

/// Where right options stand, how long they are, and whether that says something.
struct RankCount {
  /// For each number of options, how often each place was the right one.
  private var places: [Int: [Double]] = [:]
  /// The same for the rank by length: the shortest first.
  private var ranks: [Int: [Double]] = [:]

  mutating func add(_ item: Item) {
    for blank in item.blanks {
      // The two options of a zero question stand in a fixed order, for all to see.
      guard case .choice(let options, let right) = blank.answer, options.count > 2,
        options.indices.contains(right)
      else { continue }
      let none = [Double](repeating: 0, count: options.count)
      places[options.count, default: none][right] += 1
      let own = options[right].count
      // Options as long as the right one share its rank among them.
      let shorter = options.count { $0.count < own }
      let alike = options.count { $0.count == own }
      for rank in shorter..<shorter + alike {
        ranks[options.count, default: none][rank] += 1 / Double(alike)
      }
    }
  }

  /// Places that are right too often to be chance: chi-square above its 99.99 % point.
  var patterns: [String] {
    Self.patterns(places, "stands at some places too often")
      + Self.patterns(ranks, "is of some length too often", most: Self.lengthsApart)
  }

  /// Options have lengths of their own, so ranks by length are never quite alike; more than twice
  /// as often as chance is a pattern that somebody could use.
  private static let lengthsApart = 2.0

  private static func patterns(
    _ counts: [Int: [Double]], _ what: String, most: Double? = nil
  ) -> [String] {
    counts.keys.sorted().compactMap { size in
      let found = counts[size] ?? []
      let total = found.reduce(0, +)
      guard total >= Double(20 * size) else { return nil }
      let expected = total / Double(size)
      let shown = found.map { $0.formatted(.arithmetic) }.joined(separator: ", ")
      if let most {
        return (found.max() ?? 0) > most * expected
          ? "the right one of \(size) options \(what): \(shown), the shortest first" : nil
      }
      let chi = found.reduce(0.0) {
        $0 + ($1 - expected) * ($1 - expected) / expected
      }
      // Wilson and Hilferty's approximation of the quantile; 3.719 is the normal one.
      let freedom = Double(size - 1)
      let term = 1 - 2 / (9 * freedom) + 3.719 * (2 / (9 * freedom)).squareRoot()
      return chi > freedom * term * term * term
        ? "the right one of \(size) options \(what): \(shown)" : nil
    }
  }
}
