/// The names of one formula, each once, in the order they are met.
///
/// Names are told apart by a key of eight bytes, so that a name that is met again costs neither a
/// `String` nor a walk through a dictionary.
struct NameTable {
  private(set) var names: [String] = []
  private var keys: [UInt64] = []
  /// Places in `names` by key, -1 where there is none; empty as long as a look at all keys is quicker.
  private var slots: [Int32] = []
  /// How far a key that has been mixed is moved to become a place in `slots`.
  private var shift: UInt64 = 64

  private static let fewNames = 8

  /// The place of a name that the lexer has read.
  @inline(__always)
  mutating func place(of token: Token, in lexer: Lexer) -> Int32 {
    if let known = find(token.bits, { lexer.spelling($0, equals: token) }) { return known }
    return add(lexer.spelling(of: token), token.bits)
  }

  /// The place of a name that is put together from several words, or from a word and a sign.
  mutating func place(of name: String) -> Int32 {
    let key = NameKey.key(of: name.utf8)
    return find(key, { $0 == name }) ?? add(name, key)
  }

  @inline(__always)
  private func find(_ key: UInt64, _ isSame: (String) -> Bool) -> Int32? {
    if slots.isEmpty {
      for place in keys.indices where keys[place] == key {
        if NameKey.isWhole(key) || isSame(names[place]) { return Int32(truncatingIfNeeded: place) }
      }
      return nil
    }
    let mask = slots.count - 1
    var slot = start(of: key)
    while true {
      let place = slots[slot]
      guard place >= 0 else { return nil }
      if keys[Int(place)] == key, NameKey.isWhole(key) || isSame(names[Int(place)]) { return place }
      slot = (slot + 1) & mask
    }
  }

  @inline(__always)
  private func start(of key: UInt64) -> Int {
    // The golden ratio spreads keys that differ in their last bytes only, as w1 and w2 do.
    Int(truncatingIfNeeded: (key &* 0x9E37_79B9_7F4A_7C15) >> shift)
  }

  @inline(never)
  private mutating func add(_ name: String, _ key: UInt64) -> Int32 {
    let place = Int32(clamping: names.count)
    names.append(name)
    keys.append(key)
    if names.count > max(Self.fewNames, slots.count / 2) {
      // At most half of the slots are taken, so that a search is short and comes to an end.
      slots = [Int32](repeating: -1, count: max(4 * Self.fewNames, slots.count * 2))
      shift = UInt64(64 - slots.count.trailingZeroBitCount)
      for place in keys.indices { fill(Int32(clamping: place)) }
    } else if !slots.isEmpty {
      fill(place)
    }
    return place
  }

  private mutating func fill(_ place: Int32) {
    var slot = start(of: keys[Int(place)])
    while slots[slot] >= 0 { slot = (slot + 1) & (slots.count - 1) }
    slots[slot] = place
  }
}

/// Eight bytes that stand for a name: the name itself where it is short, else a hash of it.
enum NameKey {
  static let longest = 8

  /// The key of a name of any length.
  static func key(of name: some Sequence<UInt8>) -> UInt64 {
    var whole: UInt64 = 0
    var hash: UInt64 = 0xCBF2_9CE4_8422_2325
    var count = 0
    for byte in name {
      whole = whole << 8 | UInt64(byte)
      hash = (hash ^ UInt64(byte)) &* 0x100_0000_01B3
      count += 1
    }
    // No name has a zero byte, so keys that end in one are those of long names.
    return count <= longest ? whole : hash << 8
  }

  /// Whether the key is the whole name, so that equal keys are equal names.
  @inline(__always)
  static func isWhole(_ key: UInt64) -> Bool { key & 0xFF != 0 }
}
