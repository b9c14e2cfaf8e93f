/// What is drawn from a seed: written down here, so that a seed means the same for ever and everywhere.
///
/// The stream of an exercise begins at a hash of the seed, its id and the generator's number, so that
/// adding an exercise to a sheet never changes the others. Bits come from SplitMix64 (Steele, Lea and
/// Flood, 2014); the hash is FNV-1a with 64 bits.
struct Draw: Sendable {
  private var state: UInt64

  init(seed: UInt64, stream: String) {
    state = Self.hash("\(seed)/\(stream)/\(Exercise.generator)")
  }

  /// FNV-1a with 64 bits, perhaps going on from what came before.
  static func hash(_ text: String, from start: UInt64 = 0xCBF2_9CE4_8422_2325) -> UInt64 {
    text.utf8.reduce(start) { ($0 ^ UInt64($1)) &* 0x100_0000_01B3 }
  }

  /// The next 64 bits.
  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    return Self.mixed(state)
  }

  static func mixed(_ bits: UInt64) -> UInt64 {
    var z = bits
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }

  /// A number from 0 to `count - 1`, each as likely: what would favour small ones is drawn again.
  mutating func below(_ count: Int) -> Int {
    guard count > 1 else { return 0 }
    let bound = UInt64(count)
    let rest = (UInt64.max % bound + 1) % bound
    while true {
      let bits = next()
      if bits <= UInt64.max - rest { return Int(clamping: bits % bound) }
    }
  }

  /// The elements in a drawn order (Fisher and Yates).
  mutating func shuffled<Element>(_ elements: [Element]) -> [Element] {
    var result = elements
    for place in result.indices.reversed() where place > 0 {
      result.swapAt(place, below(place + 1))
    }
    return result
  }
}

/// The numbers from 0 to `count - 1` in a drawn order, without a list of them.
///
/// A Feistel network of four rounds permutes the next power of four; what falls outside is walked on
/// from until it falls inside, which keeps the order a permutation.
struct Permutation: Sendable {
  private let count: UInt64
  private let half: UInt64
  private let keys: [UInt64]

  init(of count: Int, _ draw: inout Draw) {
    self.count = UInt64(max(count, 1))
    var bits: UInt64 = 1
    while bits < 31, (1 as UInt64) << (2 * bits) < self.count { bits += 1 }
    half = bits
    keys = (0..<4).map { _ in draw.next() }
  }

  /// The number at a place of the order.
  subscript(_ place: Int) -> Int {
    var number = UInt64(max(place, 0)) % count
    repeat {
      var (left, right) = (number >> half, number & (1 << half - 1))
      for key in keys {
        (left, right) = (right, left ^ (Draw.mixed(right ^ key) & (1 << half - 1)))
      }
      number = left << half | right
    } while number >= count
    return Int(clamping: number)
  }
}
