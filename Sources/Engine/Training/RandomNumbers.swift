internal import Language

/// Numbers that look random and are the same for the same seed, on every machine.
///
/// The generator is xoshiro256** (Blackman & Vigna, 2018), whose 256 bits of state are filled by
/// SplitMix64 from a seed of 64. It is a value: a copy goes on with the same numbers, so undoing a line
/// undoes what it drew. Swift's own generators promise neither a seed nor the same shuffle in the next
/// version.
package struct RandomNumbers: Hashable, Sendable {
  private var a: UInt64
  private var b: UInt64
  private var c: UInt64
  private var d: UInt64

  package init(seed: UInt64) {
    var state = seed
    a = Self.split(&state)
    b = Self.split(&state)
    c = Self.split(&state)
    d = Self.split(&state)
  }

  /// A generator in a known state, which must not be all zeros.
  init(state: (UInt64, UInt64, UInt64, UInt64)) { (a, b, c, d) = state }

  /// SplitMix64: turns seeds that differ in one bit into states that have nothing in common.
  private static func split(_ state: inout UInt64) -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }

  /// The next 64 random bits.
  package mutating func next() -> UInt64 {
    let result = rotated(b &* 5, by: 7) &* 9
    let shifted = b << 17
    c ^= a
    d ^= b
    b ^= c
    a ^= d
    c ^= shifted
    d = rotated(d, by: 45)
    return result
  }

  private func rotated(_ bits: UInt64, by count: UInt64) -> UInt64 {
    (bits << count) | (bits >> (64 - count))
  }

  /// A number from 0 up to, but never, 1: a multiple of 2⁻⁵³, each as likely as the other.
  package mutating func unit() -> Double { Double(next() >> 11) * 0x1p-53 }

  /// A number between two others, each as likely as the other.
  package mutating func uniform(from low: Double, to high: Double) -> Double {
    low + unit() * (high - low)
  }

  /// A number from the bell curve around `mean`, spread by `deviation`.
  ///
  /// Box and Muller's method with one result for two draws: the second result is thrown away, so that
  /// nothing needs to be remembered between two calls.
  package mutating func normal(mean: Double = 0, deviation: Double = 1) -> Double {
    // 1 - unit is never 0, whose logarithm is infinite.
    let radius = (-2 * Real.ln(1 - unit())).squareRoot()
    return mean + deviation * radius * Real.cos(2 * Double.pi * unit())
  }

  /// A whole number from 0 up to, but never, `count`; 0 where `count` is less than 2.
  package mutating func below(_ count: Int) -> Int {
    guard count > 1 else { return 0 }
    let count = UInt64(count)
    // What is left over at the top would make small numbers likelier, so it is drawn again.
    let last = UInt64.max - (UInt64.max % count + 1) % count
    while true {
      let bits = next()
      if bits <= last { return Int(bits % count) }
    }
  }

  /// Brings a list into a random order, each order as likely as the other (Fisher and Yates).
  package mutating func shuffle<Element>(_ list: inout [Element]) {
    for last in list.indices.dropFirst().reversed() { list.swapAt(last, below(last + 1)) }
  }
}
