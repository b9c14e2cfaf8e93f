/// The names of one formula, each once, in the order they are met.
///
/// Names are told apart by a key of eight bytes, so that a name that is met again costs neither a
/// `String` nor a walk through a dictionary.
struct NameTable {
  private(set) var names: [String] = []
  /// A power of two of them, with free ones among them.
  private var slots = free
  /// How far a key that has been mixed is moved to become a place in `slots`.
  private var shift: UInt64 = 60

  /// A place for a name; free where the key is 0, which is no name's.
  fileprivate struct Slot {
    var key: UInt64 = 0
    var place: Int32 = 0
  }

  /// What a table begins with: so there is always a slot to look at.
  private static let free = [Slot](repeating: Slot(), count: 16)

  /// The place of a name that the lexer has read.
  @inline(__always)
  mutating func place(of token: Token, in lexer: Lexer) -> Int32 {
    if let known = find(token.bits, { lexer.spelling($0, equals: token) }) { return known }
    return add(lexer.spelling(of: token), token.bits)
  }

  /// The place of a name that is put together from several words.
  mutating func place(of name: String) -> Int32 {
    let key = NameKey.key(of: name.utf8)
    return find(key, { $0 == name }) ?? add(name, key)
  }

  @inline(__always)
  private func find(_ key: UInt64, _ isSame: (String) -> Bool) -> Int32? {
    let last = slots.count - 1
    var slot = Self.firstSlot(for: key, shift)
    while slots[slot].key != 0 {
      if slots[slot].key == key {
        let place = slots[slot].place
        if NameKey.isWhole(key) || isSame(names[Int(place)]) { return place }
      }
      slot = (slot + 1) & last
    }
    return nil
  }

  @inline(__always)
  fileprivate static func firstSlot(for key: UInt64, _ shift: UInt64) -> Int {
    // The golden ratio spreads keys that differ in one byte only, as w1 and w2 do.
    Int(truncatingIfNeeded: (key &* 0x9E37_79B9_7F4A_7C15) &>> shift)
  }

  @inline(never)
  private mutating func add(_ name: String, _ key: UInt64) -> Int32 {
    let place = Int32(clamping: names.count)
    names.append(name)
    // Three of four slots are free, so that most names are found where they are looked for first.
    if names.count * 4 > slots.count { grow() }
    fill(Slot(key: key, place: place))
    return place
  }

  private mutating func grow() {
    let old = slots
    slots = [Slot](repeating: Slot(), count: old.count * 2)
    shift = UInt64(64 - slots.count.trailingZeroBitCount)
    for slot in old where slot.key != 0 { fill(slot) }
  }

  private mutating func fill(_ new: Slot) {
    var slot = Self.firstSlot(for: new.key, shift)
    while slots[slot].key != 0 { slot = (slot + 1) & (slots.count - 1) }
    slots[slot] = new
  }
}

extension NameTable {
  /// Finds short names in a table that nobody changes meanwhile.
  struct Finder {
    fileprivate let slots: UnsafePointer<Slot>
    fileprivate let last: Int
    fileprivate let shift: UInt64

    /// The place of a short name by its key, where it has been met before.
    ///
    /// A place in `slots` is always below their number: the key is moved down to so few bits, and what
    /// goes on from there is masked.
    @inline(__always)
    func place(of key: UInt64) -> Int32? {
      var slot = NameTable.firstSlot(for: key, shift)
      while slots[slot].key != key {
        guard slots[slot].key != 0 else { return nil }
        slot = (slot &+ 1) & last
      }
      return slots[slot].place
    }
  }

  /// Lends a finder to `body`.
  @inline(__always)
  func withFinder(_ body: (Finder) -> Void) {
    slots.withUnsafeBufferPointer { slots in
      guard let base = slots.baseAddress else { return }
      body(Finder(slots: base, last: slots.count - 1, shift: shift))
    }
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
      // From the ninth on nothing is left of a byte.
      whole |= UInt64(byte) << UInt64(8 * count)
      hash = (hash ^ UInt64(byte)) &* 0x100_0000_01B3
      count += 1
    }
    // A name does not begin with a zero byte, so keys that do are those of long names; 0 is no key.
    return count <= longest ? whole : max(1, hash >> 8) << 8
  }

  /// Whether the key is the whole name, so that equal keys are equal names.
  @inline(__always)
  static func isWhole(_ key: UInt64) -> Bool { key & 0xFF != 0 }
}
