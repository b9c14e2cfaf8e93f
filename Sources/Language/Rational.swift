/// A fraction of whole numbers in lowest terms; arithmetic that would overflow gives nil.
package struct Rational: Hashable, Sendable {
  package let numerator: Int
  /// At least 1.
  package let denominator: Int

  package static let zero = Rational(0)
  package static let one = Rational(1)

  /// A whole number; the least there is has no negative, and the next one stands for it.
  package init(_ whole: Int) {
    numerator = max(whole, -.max)
    denominator = 1
  }

  /// A fraction; nil for a denominator of 0 and for what cannot be represented.
  package init?(_ numerator: Int, _ denominator: Int) {
    guard denominator != 0, numerator != .min, denominator != .min else { return nil }
    let divisor = Self.divisor(numerator.magnitude, denominator.magnitude)
    let sign = denominator < 0 ? -1 : 1
    self.numerator = sign * (numerator / divisor)
    self.denominator = sign * (denominator / divisor)
  }

  /// The number that a text of digits names, exactly: `-2`, `0.25`, `5e-1`; nil for anything else.
  package init?(decimal text: String) {
    var bytes = text.utf8[...]
    var isNegative = false
    if let first = bytes.first, first == UInt8(ascii: "-") || first == UInt8(ascii: "+") {
      isNegative = first == UInt8(ascii: "-")
      bytes.removeFirst()
    }
    var digits = 0
    var places = 0
    var count = 0
    var isBehindPoint = false
    scan: while let byte = bytes.popFirst() {
      switch byte {
      case UInt8(ascii: "0")...UInt8(ascii: "9"):
        let (tenfold, over) = digits.multipliedReportingOverflow(by: 10)
        let (sum, above) = tenfold.addingReportingOverflow(Int(byte - UInt8(ascii: "0")))
        if over || above { return nil }
        digits = sum
        count += 1
        if isBehindPoint { places += 1 }
      case UInt8(ascii: ".") where !isBehindPoint: isBehindPoint = true
      case UInt8(ascii: "e"), UInt8(ascii: "E"):
        guard let exponent = Int(Substring(bytes)), (-30...30).contains(exponent) else {
          return nil
        }
        places -= exponent
        break scan
      default: return nil
      }
    }
    guard count > 0 else { return nil }
    var scale = 1
    for _ in 0..<places.magnitude {
      let (tenfold, over) = scale.multipliedReportingOverflow(by: 10)
      if over { return nil }
      scale = tenfold
    }
    let whole = Rational(isNegative ? -digits : digits)
    guard let factor = places >= 0 ? Rational(1, scale) : Rational(scale),
      let result = whole.times(factor)
    else { return nil }
    self = result
  }

  /// The nearest double.
  package var double: Double { Double(numerator) / Double(denominator) }

  package var isZero: Bool { numerator == 0 }
  package var isWhole: Bool { denominator == 1 }
  /// -1, 0 or 1.
  package var sign: Int { numerator.signum() }

  private static func divisor(_ a: UInt, _ b: UInt) -> Int {
    var (a, b) = (a, b)
    while b != 0 { (a, b) = (b, a % b) }
    return Int(clamping: max(a, 1))
  }

  package var negated: Rational { Rational(numerator: -numerator, denominator: denominator) }

  private init(numerator: Int, denominator: Int) {
    self.numerator = numerator
    self.denominator = denominator
  }

  /// The sum.
  package func plus(_ other: Rational) -> Rational? {
    if denominator == 1, other.denominator == 1 {
      let (sum, over) = numerator.addingReportingOverflow(other.numerator)
      return over || sum == .min ? nil : Rational(sum)
    }
    let (a, overA) = numerator.multipliedReportingOverflow(by: other.denominator)
    let (b, overB) = other.numerator.multipliedReportingOverflow(by: denominator)
    let (sum, overSum) = a.addingReportingOverflow(b)
    let (below, overBelow) = denominator.multipliedReportingOverflow(by: other.denominator)
    return overA || overB || overSum || overBelow ? nil : Rational(sum, below)
  }

  /// The difference.
  package func minus(_ other: Rational) -> Rational? { plus(other.negated) }

  /// The product.
  package func times(_ other: Rational) -> Rational? {
    let (above, overAbove) = numerator.multipliedReportingOverflow(by: other.numerator)
    let (below, overBelow) = denominator.multipliedReportingOverflow(by: other.denominator)
    return overAbove || overBelow ? nil : Rational(above, below)
  }

  /// The quotient; nil for a divisor of 0.
  package func over(_ other: Rational) -> Rational? {
    Rational(other.denominator, other.numerator).flatMap(times)
  }

  /// A whole power; nil for a negative power of 0.
  package func power(_ exponent: Int) -> Rational? {
    guard (-64...64).contains(exponent) else { return nil }
    if exponent < 0 { return Rational.one.over(self)?.power(-exponent) }
    var result = Rational.one
    for _ in 0..<exponent {
      guard let next = result.times(self) else { return nil }
      result = next
    }
    return result
  }

  /// The largest whole number that is not above it.
  package var floor: Rational {
    let quotient = numerator / denominator
    return Rational(numerator % denominator < 0 ? quotient - 1 : quotient)
  }

  /// How many decimals it ends within; nil where it does not end.
  package var places: Int? {
    var rest = denominator
    var (twos, fives) = (0, 0)
    while rest % 2 == 0 { (rest, twos) = (rest / 2, twos + 1) }
    while rest % 5 == 0 { (rest, fives) = (rest / 5, fives + 1) }
    return rest == 1 ? max(twos, fives) : nil
  }

  /// As decimal where it ends within nine places, `-0.125`, else as a fraction, `1/3`.
  package var text: String {
    guard let places, places > 0, places <= 9 else {
      return denominator == 1 ? "\(numerator)" : "\(numerator)/\(denominator)"
    }
    var scaled = numerator.magnitude
    let below = UInt(denominator)
    let whole = scaled / below
    scaled %= below
    var digits = ""
    for _ in 0..<places {
      // The denominator divides a power of ten, so this stays small.
      let (tenfold, over) = scaled.multipliedReportingOverflow(by: 10)
      if over { return "\(numerator)/\(denominator)" }
      digits += "\(tenfold / below)"
      scaled = tenfold % below
    }
    return (numerator < 0 ? "-" : "") + "\(whole).\(digits)"
  }
}

extension Rational: Comparable {
  package static func < (a: Rational, b: Rational) -> Bool {
    let (left, overLeft) = a.numerator.multipliedReportingOverflow(by: b.denominator)
    let (right, overRight) = b.numerator.multipliedReportingOverflow(by: a.denominator)
    return overLeft || overRight ? a.double < b.double : left < right
  }
}
