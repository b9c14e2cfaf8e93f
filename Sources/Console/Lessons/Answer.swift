internal import Language

/// What a learner typed at a question, held against the right answer.
enum Answer {
  /// Whether a typed answer is right: within half a percent, or as precise as it was typed.
  ///
  /// Someone who carries two decimals through a calculation is right, and so is someone who types
  /// two of the four decimals there are.
  static func isRight(_ typed: Double, typed text: String, expected: Double) -> Bool {
    if isEqual(typed, expected) { return true }
    guard typed.isFinite, expected.isFinite else { return false }
    // A whole number is exact: 3 is no rounding of 3.01 that anyone means.
    if expected == expected.rounded(), expected.magnitude < 1_000 {
      return (typed - expected).magnitude <= 1e-6 * max(1, expected.magnitude)
    }
    if (typed - expected).magnitude <= 0.005 * expected.magnitude { return true }
    let trimmed = text.trimmed
    guard Double(trimmed) != nil else { return false }
    let mantissa = trimmed.prefix { $0 != "e" && $0 != "E" }
    let exponent = Int(trimmed.dropFirst(mantissa.count + 1)) ?? 0
    let hasExponent = mantissa.count < trimmed.count
    let point = mantissa.lastIndex(of: ".")
    let places = point.map { mantissa.distance(from: $0, to: mantissa.endIndex) - 1 } ?? 0
    // Two decimals of a plain number, or one behind the first digit of 2.8e-7.
    guard places >= (hasExponent ? 1 : 2) else { return false }
    let last = Double(exponent) - Double(places)
    // 0.01 is 0.005 to two decimals, and yet it is twice as much.
    let isNear = (typed - expected).magnitude <= 0.3 * expected.magnitude
    return isNear
      && (typed - expected).magnitude <= 0.5000001 * Real.power(10, min(max(last, -320), 300))
  }
}
