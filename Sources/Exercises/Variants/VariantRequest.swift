package import Language

/// Which variants of an exercise are wanted.
package struct VariantRequest: Sendable {
  package var seed: UInt64
  /// How hard they may be.
  package var band: Band
  /// The stratum they must belong to.
  package var stratum: String?

  /// A third of an exercise's variants, by what their numbers cost a hand.
  package enum Band: String, CaseIterable, Sendable {
    case easy, medium, hard, all
  }

  package init(seed: UInt64 = 1, band: Band = .all, stratum: String? = nil) {
    self.seed = seed
    self.band = band
    self.stratum = stratum
  }
}

extension Exercise {
  /// The exercise with one of its numbers fixed, as `--fix w3=-4` asks.
  package func fixing(_ name: String, at text: String) throws(Problem) -> Exercise {
    let name = name.trimmed
    let value: Exact
    do throws(Problem) {
      value = try RangeReader.number(text)
    } catch {
      throw .badFix("\(name)=\(text)")
    }
    var copy = self
    let known = dimensions.map(\.name)
    guard let place = known.firstIndex(of: name) else {
      throw .nothingToFix(name, known: known)
    }
    copy.dimensions[place] = Dimension(name: name, values: [value])
    // Other numbers under the same name would be taken for the same question.
    copy.id = Self.identifier("\(id)-\(name)-\(value.text.replacing("-", with: "m"))")
    return copy
  }

  /// How many choices of numbers there are before any filter; nil where they cannot be counted.
  var spaceCount: Int? {
    var count = optionCount
    for dimension in dimensions {
      let (product, isOver) = count.multipliedReportingOverflow(by: dimension.values.count)
      if isOver || product > 1 << 60 { return nil }
      count = product
    }
    return count
  }

  private var optionCount: Int {
    switch task {
    case .fill: 1
    case .choose: cases.count
    case .findError: Exercise.slips
    }
  }

  /// How many different wrong tables are made of the same numbers.
  static let slips = 4

  /// The choice of numbers at an index: the last dimension changes fastest.
  func place(_ index: Int) -> Trial.Place {
    var rest = index
    var digits = [Int](repeating: 0, count: dimensions.count)
    var (option, slip) = (0, 0)
    switch task {
    case .fill: break
    case .choose: (rest, option) = rest.quotientAndRemainder(dividingBy: cases.count)
    case .findError: (rest, slip) = rest.quotientAndRemainder(dividingBy: Self.slips)
    }
    for dimension in dimensions.indices.reversed() {
      (rest, digits[dimension]) = rest.quotientAndRemainder(
        dividingBy: max(dimensions[dimension].values.count, 1))
    }
    return Trial.Place(index: index, digits: digits, option: option, slip: slip)
  }
}

extension Problem {
  static func nothingToFix(_ name: String, known: [String]) -> Problem {
    Problem(
      "problem-fix", "no number of the problem is called \(name)",
      hint: closest(to: name, among: known).map { "did you mean \($0)?" }
        ?? "these vary: \(known.prefix(12).joined(separator: ", "))")
  }
}
