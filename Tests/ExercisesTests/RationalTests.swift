import Language
import Testing
import TestSupport

/// Fractions, held against what doubles and grade-school identities say.
@Suite struct RationalTests {
  @Test func `arithmetic agrees with doubles and undoes itself`() throws {
    var random = SplitMix64(seed: 5)
    for _ in 0..<2_000 {
      let draw = { (random: inout SplitMix64) in
        try #require(Rational(Int(random.next() % 199) - 99, Int(random.next() % 40) + 1))
      }
      let (a, b) = (try draw(&random), try draw(&random))
      let sum = try #require(a.plus(b))
      let product = try #require(a.times(b))
      #expect(abs(sum.double - (a.double + b.double)) < 1e-12)
      #expect(abs(product.double - a.double * b.double) < 1e-9)
      #expect(sum.minus(b) == a)
      if !b.isZero { #expect(product.over(b) == a) }
      #expect((a < b) == (a.double < b.double) || a == b)
      #expect(a.floor.double == a.double.rounded(.down))
    }
  }

  @Test func `texts name numbers exactly`() {
    for (text, above, below) in [
      ("-2", -2, 1), ("0.25", 1, 4), (".5", 1, 2), ("5e-1", 1, 2), ("+3", 3, 1), ("1e2", 100, 1),
      ("-0.125", -1, 8), ("7.", 7, 1),
    ] {
      #expect(Rational(decimal: text) == Rational(above, below), "\(text)")
    }
    for text in ["", "-", ".", "1/3", "0,5", "e5", "1e", "1e99", "12345678901234567890", "−4"] {
      #expect(Rational(decimal: text) == nil, "\(text)")
    }
  }

  @Test func `what ends is written as a decimal`() throws {
    for (above, below, text) in [
      (-1, 8, "-0.125"), (1, 3, "1/3"), (-12, 1, "-12"), (3, 4, "0.75"), (101, 20, "5.05"),
      (1, 64, "0.015625"),
    ] {
      #expect(try #require(Rational(above, below)).text == text)
    }
    #expect(Rational(1, 40)?.places == 3 && Rational(1, 3)?.places == nil)
  }

  @Test func `what cannot be held is nil and no trap`() {
    let huge = Rational(.max)
    #expect(huge.plus(.one) == nil && huge.times(huge) == nil && huge.negated.minus(.one) == nil)
    #expect(Rational(1, 0) == nil && Rational.one.over(.zero) == nil && Rational(.min, 2) == nil)
    #expect(Rational(2).power(63) == nil && Rational(0).power(-1) == nil)
    #expect(Rational(2).power(-3) == Rational(1, 8))
  }
}
