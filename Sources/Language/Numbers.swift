// The one rounding policy: every number a person sees passes through this file.
//
// Rounding works on the shortest decimal that names the number, half away from zero, which is what
// a student with a pencil does to the number on the page: 0.125 becomes 0.13.

/// How a number is to be shown.
package enum NumberStyle: Hashable, Sendable {
  /// For arithmetic lines: hand-computable values exactly, others with four significant digits.
  case arithmetic
  /// For arithmetic lines with another number of significant digits, as `set digits` asks.
  case significant(Int)
  /// For wires and tables: two decimals.
  case wire
  /// For data: the shortest text that reads back as the same number.
  case data
}

extension Double {
  /// The number in a style; `nan`, `inf` and `-inf` are words, and negative zero is `0`.
  package func formatted(_ style: NumberStyle) -> String {
    if isNaN { return "nan" }
    if isInfinite { return self < 0 ? "-inf" : "inf" }
    if self == 0 {
      switch style {
      case .wire: return "0.00"
      case .data where sign == .minus: return "-0"
      default: return "0"
      }
    }
    let decimal = Decimal(self)
    switch style {
    case .data: return decimal.written()
    case .arithmetic: return decimal.exactOrRounded(to: 4)
    case .significant(let digits): return decimal.exactOrRounded(to: digits)
    case .wire:
      // Below the last decimal shown, 0.00 would lie: the number is not zero.
      if magnitude < 0.005 { return decimal.rounded(toSignificant: 2).written(scientific: true) }
      if magnitude >= 1e7 { return decimal.rounded(toSignificant: 3).written(scientific: true) }
      return decimal.rounded(toPlaces: 2).written(places: 2)
    }
  }
}

/// A number as decimal digits: `0.d₁d₂d₃… × 10^exponent`.
private struct Decimal {
  var isNegative: Bool
  var digits: [UInt8]
  var exponent: Int

  /// Reads the digits from Swift's own shortest description, which is exact and locale-free.
  init(_ number: Double) {
    isNegative = number < 0
    digits = []
    exponent = 0
    var seenPoint = false
    var places = 0
    var written = number.magnitude.description.utf8[...]
    while let byte = written.popFirst() {
      switch byte {
      case UInt8(ascii: "."): seenPoint = true
      case UInt8(ascii: "e"):
        exponent = Int(Substring(written)) ?? 0
        written = written[written.endIndex...]
      default:
        digits.append(byte &- UInt8(ascii: "0"))
        if !seenPoint { places += 1 }
      }
    }
    exponent += places
    let leading = digits.prefix { $0 == 0 }.count
    digits.removeFirst(leading)
    exponent -= leading
    trim()
  }

  private mutating func trim() {
    while digits.last == 0 { digits.removeLast() }
    if digits.isEmpty {
      exponent = 0
      isNegative = false
    }
  }

  /// Exact when a hand could have computed it, else rounded, never cutting the integer part.
  func exactOrRounded(to wanted: Int) -> String {
    if digits.count <= max(6, wanted), (-5...7).contains(exponent) { return written() }
    // A whole number that is counted rather than measured: 1600040000 parameters.
    if digits.count <= exponent, exponent <= 12 { return written() }
    if (1...7).contains(exponent) {
      return rounded(toSignificant: max(wanted, exponent)).written()
    }
    return rounded(toSignificant: wanted).written()
  }

  func rounded(toPlaces places: Int) -> Decimal { rounded(keeping: exponent + places) }

  func rounded(toSignificant count: Int) -> Decimal { rounded(keeping: count) }

  private func rounded(keeping count: Int) -> Decimal {
    guard count < digits.count else { return self }
    var result = self
    guard count >= 0 else {
      result.digits = []
      result.trim()
      return result
    }
    let roundsUp = digits[count] >= 5
    result.digits.removeSubrange(count...)
    if roundsUp {
      var index = count - 1
      while index >= 0, result.digits[index] == 9 {
        result.digits[index] = 0
        index -= 1
      }
      if index >= 0 {
        result.digits[index] += 1
      } else {
        result.digits.insert(1, at: 0)
        result.exponent += 1
      }
    }
    result.trim()
    return result
  }

  /// Plain up to fifteen places either way, otherwise with an exponent: `1.97e-5`.
  func written(scientific: Bool = false, places: Int? = nil) -> String {
    let sign = isNegative ? "-" : ""
    guard !digits.isEmpty else {
      return places.map { "0." + String(repeating: "0", count: $0) } ?? "0"
    }
    if scientific || (places == nil && !(-3...15).contains(exponent)) {
      let rest = text(digits.dropFirst())
      return sign + text(digits.prefix(1)) + (rest.isEmpty ? "" : "." + rest)
        + "e\(exponent - 1)"
    }
    let whole =
      exponent <= 0
      ? "0"
      : text(digits.prefix(exponent))
        + String(repeating: "0", count: max(0, exponent - digits.count))
    var fraction =
      exponent < 0
      ? String(repeating: "0", count: -exponent) + text(digits[...])
      : text(digits.dropFirst(max(0, exponent)))
    if let places {
      fraction += String(repeating: "0", count: max(0, places - fraction.utf8.count))
    }
    return sign + whole + (fraction.isEmpty ? "" : "." + fraction)
  }

  private func text(_ digits: ArraySlice<UInt8>) -> String {
    String(decoding: digits.map { $0 &+ UInt8(ascii: "0") }, as: UTF8.self)
  }
}

/// Whether two numbers are equal, nan to nan too: it is the same answer, though formulas call it unequal.
package func isEqual(_ a: Double, _ b: Double) -> Bool { a == b || a.isNaN && b.isNaN }

/// Whether two lists hold equal numbers in the same order, nan being equal to nan.
package func isEqual(_ a: [Double], _ b: [Double]) -> Bool {
  a.elementsEqual(b) { isEqual($0, $1) }
}
