import Foundation
import Kernels
import TestSupport
import Testing

/// The functions of the loops against the C library's, and lanes against scalars.
@Suite struct FunctionTests {
  private static let awkward: [Double] = [
    0, -0.0, 1, -1, .leastNonzeroMagnitude, -.leastNonzeroMagnitude, 1e-300, -1e-300, 1e-20, -1e-9,
    0.5, 21.9, 22, 22.1, -22, 707.9, 708, 708.1, 709.78, 710, -708, -708.1, -745, -746, 1e300,
    -1e300, .infinity, -.infinity, .nan, -.nan,
  ]

  private func numbers(_ count: Int, seed: UInt64) -> [Double] {
    var random = SplitMix64(seed: seed)
    return Self.awkward
      + (0..<count).map { place in
        switch place % 4 {
        case 0: random.number(-1...1)
        case 1: random.number(-25...25)
        case 2: random.number(-720...720)
        default: random.number(-1...1) * pow(2, random.number(-60...3))
        }
      }
  }

  /// How many units in the last place two numbers are apart.
  private func distance(_ a: Double, _ b: Double) -> Double {
    if a == b || a.isNaN && b.isNaN { return 0 }
    return abs(a - b) / max(b.ulp, .leastNonzeroMagnitude)
  }

  @Test func `exp is within one unit of the library's`() {
    var most = 0.0
    for x in numbers(200_000, seed: 1) { most = max(most, distance(Functions.exp(x), exp(x))) }
    #expect(most <= 1)
  }

  @Test func `tanh is within three units of the library's, which is within two`() {
    var most = 0.0
    for x in numbers(200_000, seed: 2) { most = max(most, distance(Functions.tanh(x), tanh(x))) }
    #expect(most <= 3)
    #expect(Functions.tanh(-0.0).sign == .minus)
    #expect(Functions.tanh(.infinity) == 1 && Functions.tanh(-.infinity) == -1)
  }

  @Test func `sigmoid has both its ends`() {
    #expect(Functions.sigmoid(0) == 0.5)
    #expect(Functions.sigmoid(-800) == 0 && Functions.sigmoid(800) == 1)
    for x in numbers(20_000, seed: 3) where !x.isNaN {
      let sum = Functions.sigmoid(x) + Functions.sigmoid(-x)
      #expect(abs(sum - 1) <= 2 * Double.ulpOfOne)
    }
  }

  @Test func `eight lanes have the bits of eight scalars`() {
    var wrong: [String] = []
    let all = numbers(80_000, seed: 4)
    for first in stride(from: 0, to: all.count - 8, by: 7) {
      var lanes = Lanes()
      for lane in 0..<8 { lanes[lane] = all[first + lane] }
      let (e, t) = (Functions.exp(lanes), Functions.tanh(lanes))
      let minus = Functions.expOfMinus(Functions.magnitude(lanes))
      for lane in 0..<8 {
        let x = lanes[lane]
        for (name, a, b) in [
          ("exp", e[lane], Functions.exp(x)), ("tanh", t[lane], Functions.tanh(x)),
          ("exp of minus", minus[lane], Functions.exp(-abs(x))),
        ] where a.bitPattern != b.bitPattern && !(a.isNaN && b.isNaN) {
          wrong.append("\(name)(\(x)): \(a), not \(b)")
        }
      }
    }
    #expect(wrong.prefix(3) == [])
  }

  /// Masks are made of whole numbers; what they say is what comparisons say.
  @Test func `masks choose as comparisons do`() {
    var wrong: [String] = []
    for x in numbers(2_000, seed: 5) {
      let all = Lanes(repeating: x)
      func holds(_ mask: SIMD8<Int64>) -> Bool {
        Functions.choice(mask, Lanes(repeating: 1), Lanes())[3] == 1
      }
      for (name, mask, expected) in [
        ("positive", Functions.isPositive(all), x > 0),
        ("negative", Functions.isNegative(all), x < 0 || x == 0 && x.sign == .minus),
        ("signed", Functions.isSigned(all), x.sign == .minus),
        ("zero", Functions.isZero(all), x == 0),
      ] where holds(mask) != expected {
        wrong.append("\(name)(\(x))")
      }
    }
    #expect(wrong == [])
  }
}
