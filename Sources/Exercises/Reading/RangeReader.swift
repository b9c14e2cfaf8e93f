internal import Engine
internal import Language

/// Reads what a number may be: `-5..5 except 0`, `0.5..2 step 0.5`, `{1, 2, ln(3)}`.
enum RangeReader {
  /// How many numbers one range may hold.
  private static let most = 1_000

  static func values(_ text: String) throws(Problem) -> [Exact] {
    var text = text.trimmed
    var excluded: [Exact] = []
    if let (before, behind) = text.parted(by: " except ") {
      text = before.trimmed
      excluded = try list(behind)
    }
    var step = Rational.one
    if let (before, behind) = text.parted(by: " step ") {
      text = before.trimmed
      guard let number = try number(behind).rational, number.sign > 0 else {
        throw .badRange(behind)
      }
      step = number
    }
    let all: [Exact]
    if text.hasPrefix("{"), text.hasSuffix("}") {
      all = try list(String(text.dropFirst().dropLast()))
    } else if let (from, to) = text.parted(by: "..") {
      all = try steps(from: from, to: to, by: step, text)
    } else {
      throw .badRange(text)
    }
    var seen: Set<Exact> = []
    let values = all.filter { !excluded.contains($0) && seen.insert($0).inserted }
    guard !values.isEmpty else { throw .emptyRange(text) }
    return values
  }

  private static func steps(
    from: String, to: String, by step: Rational, _ text: String
  ) throws(Problem) -> [Exact] {
    guard let first = try number(from).rational, let last = try number(to).rational else {
      throw .badRange(text)
    }
    guard first <= last else { throw .emptyRange(text) }
    var values: [Exact] = []
    var next: Rational? = first
    while let value = next, value <= last {
      values.append(.rational(value))
      guard values.count <= most else { throw .badRange(text) }
      next = value.plus(step)
    }
    return values
  }

  private static func list(_ text: String) throws(Problem) -> [Exact] {
    let parts = text.partedOutsideBrackets(by: ",")
    guard parts.count <= most else { throw .badRange(text) }
    var values: [Exact] = []
    for part in parts { values.append(try number(part)) }
    return values
  }

  /// A number that stands for itself: `-2`, `0.5`, `1/3`, `ln(3)`.
  static func number(_ text: String) throws(Problem) -> Exact {
    let formula: Formula
    do throws(Problem) {
      formula = try Formula(reading: text.trimmed)
    } catch {
      throw .badRange(text.trimmed)
    }
    guard formula.names.isEmpty, let value = formula.evaluatedExactly({ _ in nil }) else {
      throw .inexactNumber(text.trimmed)
    }
    return value
  }
}

extension String {
  /// What stands before and behind the first occurrence of a separator.
  func parted(by separator: String) -> (before: String, behind: String)? {
    guard let range = firstRange(of: separator) else { return nil }
    return (String(self[..<range.lowerBound]), String(self[range.upperBound...]))
  }

  /// The parts between separators that stand in no bracket, trimmed.
  func partedOutsideBrackets(by separator: Character) -> [String] {
    var parts = [""]
    var depth = 0
    for character in self {
      if "([{".contains(character) { depth += 1 }
      if ")]}".contains(character) { depth -= 1 }
      if character == separator, depth <= 0 {
        parts.append("")
      } else {
        parts[parts.count - 1].append(character)
      }
    }
    return parts.map(\.trimmed)
  }
}
