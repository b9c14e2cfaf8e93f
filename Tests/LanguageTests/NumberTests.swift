import Foundation
import TestSupport
import Testing

@testable import Language

/// The one rounding policy.
@Suite struct NumberTests {
  struct Row: Sendable {
    let number: Double
    let arithmetic: String
    let wire: String
    let data: String

    init(_ number: Double, _ arithmetic: String, _ wire: String, _ data: String) {
      self.number = number
      self.arithmetic = arithmetic
      self.wire = wire
      self.data = data
    }
  }

  /// Worked out by hand: half away from zero on the shortest decimal that names the number.
  static let rows: [Row] = [
    Row(.nan, "nan", "nan", "nan"), Row(.infinity, "inf", "inf", "inf"),
    Row(-.infinity, "-inf", "-inf", "-inf"), Row(0, "0", "0.00", "0"), Row(-0.0, "0", "0.00", "-0"),
    Row(-12, "-12", "-12.00", "-12"), Row(0.25, "0.25", "0.25", "0.25"),
    Row(0.125, "0.125", "0.13", "0.125"), Row(-0.125, "-0.125", "-0.13", "-0.125"),
    // In binary these are a little less than a tie; on paper they are ties.
    Row(1.005, "1.005", "1.01", "1.005"), Row(2.675, "2.675", "2.68", "2.675"),
    Row(-2.675, "-2.675", "-2.68", "-2.675"), Row(0.995, "0.995", "1.00", "0.995"),
    Row(99.995, "99.995", "100.00", "99.995"), Row(-99.995, "-99.995", "-100.00", "-99.995"),
    Row(9.9999e9, "9999900000", "1e10", "9999900000"),
    Row(1_600_040_000, "1600040000", "1.6e9", "1600040000"),
    Row(1e-5, "1e-5", "1e-5", "1e-5"), Row(-1e-5, "-1e-5", "-1e-5", "-1e-5"),
    Row(0.005, "0.005", "0.01", "0.005"), Row(0.00499, "0.00499", "5e-3", "0.00499"),
    Row(0.0001, "0.0001", "1e-4", "0.0001"), Row(1.0 / 3, "0.3333", "0.33", "0.3333333333333333"),
    Row(2.0 / 3, "0.6667", "0.67", "0.6666666666666666"),
    Row(0.1 + 0.2, "0.3", "0.30", "0.30000000000000004"),
    Row(123456.789, "123457", "123456.79", "123456.789"),
    Row(1234567, "1234567", "1234567.00", "1234567"),
    Row(9_999_999.996, "10000000", "10000000.00", "9999999.996"),
    Row(1e7, "10000000", "1e7", "10000000"), Row(1e15, "1e15", "1e15", "1e15"),
    Row(1e16, "1e16", "1e16", "1e16"),
    Row(.leastNonzeroMagnitude, "5e-324", "5e-324", "5e-324"),
    Row(
      1.7976931348623157e308, "1.798e308", "1.8e308", "1.7976931348623157e308"),
    Row(1.19663e-5, "1.19663e-5", "1.2e-5", "1.19663e-5"),
    Row(0.010986942630593, "0.01099", "0.01", "0.010986942630593"),
    Row(9.9999999, "10", "10.00", "9.9999999"),
  ]

  @Test func `the table`() {
    var wrong: [String] = []
    for row in Self.rows {
      let found = [
        row.number.formatted(.arithmetic), row.number.formatted(.wire), row.number.formatted(.data),
      ]
      let wanted = [row.arithmetic, row.wire, row.data]
      if found != wanted { wrong.append("\(row.number): \(found), not \(wanted)") }
    }
    #expect(wrong == [])
  }

  @Test func `data reads back as the same bits`() {
    var random = SplitMix64(seed: 11)
    var wrong: [String] = []
    for _ in 0..<20_000 {
      let number = Double(bitPattern: random.next())
      guard !number.isNaN else { continue }
      let text = number.formatted(.data)
      if Double(text)?.bitPattern != number.bitPattern { wrong.append("\(number): \(text)") }
    }
    #expect(wrong.prefix(5) == [])
  }

  /// Foundation's decimal numbers round the same digits in another way.
  private func rounded(_ number: Double, places: Int) -> Decimal? {
    guard var exact = Decimal(string: number.description) else { return nil }
    var result = Decimal()
    NSDecimalRound(&result, &exact, places, .plain)
    return result
  }

  @Test func `two decimals are the nearest two decimals`() {
    var random = SplitMix64(seed: 12)
    var wrong: [String] = []
    for round in 0..<5_000 {
      let size = pow(10, random.number(-2.2...6.9))
      let exact = (random.below(2) == 0 ? 1 : -1) * size
      // Half of the numbers are ties, which chance alone would never give.
      let number = round.isMultiple(of: 2) ? exact : Double("\(Int(exact)).\(random.below(10))25")
      guard let number, abs(number) >= 0.005 else { continue }
      let text = number.formatted(.wire)
      if Decimal(string: text) != rounded(number, places: 2) || !text.dropLast(2).hasSuffix(".") {
        wrong.append("\(number): \(text)")
      }
    }
    #expect(wrong.prefix(5) == [])
  }

  @Test func `significant digits are the nearest, and whole parts are kept`() {
    var random = SplitMix64(seed: 13)
    var wrong: [String] = []
    for _ in 0..<5_000 {
      let digits = 1 + random.below(12)
      let number = random.number(-1...1) * pow(10, Double(random.below(40) - 20))
      guard number != 0 else { continue }
      let text = number.formatted(.significant(digits))
      guard let shown = Decimal(string: text) else {
        wrong.append("\(number): \(text)")
        continue
      }
      // The first digit of the shortest decimal stands at 10^exponent.
      let exponent = Int(floor(log10(abs(number)))) + 1
      let kept = (1...7).contains(exponent) ? max(digits, exponent) : digits
      let isShort = abs(number) >= 1e-6 && abs(number) < 1e7
      let candidates =
        isShort
        ? [rounded(number, places: kept - exponent), Decimal(string: number.description)]
        : [rounded(number, places: kept - exponent)]
      if !candidates.contains(shown) { wrong.append("\(number) to \(digits): \(text)") }
    }
    #expect(wrong.prefix(5) == [])
  }

  @Test func `no style prints a sign without a number or loses a sign`() {
    var random = SplitMix64(seed: 14)
    var wrong: [String] = []
    for _ in 0..<5_000 {
      let number = Double(bitPattern: random.next())
      guard number.isFinite, number != 0 else { continue }
      for style in [NumberStyle.arithmetic, .wire, .data, .significant(3)] {
        let text = number.formatted(style)
        guard let read = Double(text), (read < 0) == (number < 0), read != 0,
          abs(read - number) <= max(0.06 * abs(number), style == .wire ? 0.00501 : 0)
        else {
          wrong.append("\(number) as \(style): \(text)")
          continue
        }
        if style != .wire, (-number).formatted(style) != "-" + text, number > 0 {
          wrong.append("-\(number): \((-number).formatted(style))")
        }
      }
    }
    #expect(wrong.prefix(5) == [])
  }
}
