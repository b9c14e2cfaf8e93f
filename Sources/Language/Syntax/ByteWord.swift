/// Questions to eight bytes at once, for which a loop would have to ask each.
///
/// An answer is the highest bit of each byte. Bytes of 128 and more are never letters or digits.
enum ByteWord {
  @inline(__always)
  private static func each(_ byte: UInt8) -> UInt64 { 0x0101_0101_0101_0101 &* UInt64(byte) }

  static let answers: UInt64 = 0x8080_8080_8080_8080

  /// Which bytes are no digits.
  @inline(__always)
  static func nonDigits(_ word: UInt64) -> UInt64 {
    let low = word & ~answers
    // Adding carries into the highest bit from "0" on, and from the byte after "9" on.
    let isDigit = (low &+ each(0x80 - 0x30)) & ~(low &+ each(0x80 - 0x3A))
    return (~isDigit | word) & answers
  }

  /// Which bytes are no letters, digits or underscores.
  @inline(__always)
  static func nonNames(_ word: UInt64) -> UInt64 {
    let low = word & ~answers
    let small = low | each(0x20)
    let isLetter = (small &+ each(0x80 - 0x61)) & ~(small &+ each(0x80 - 0x7B))
    // Only "_" itself leaves nothing that could carry.
    let isUnderscore = ~((low ^ each(0x5F)) &+ each(0x7F))
    return nonDigits(word) & (~(isLetter | isUnderscore) | word)
  }

  /// How many bytes stand before the first of the answers; 8 where there is none.
  ///
  /// By steps and not by counting zeros: a processor guesses where the next token begins and goes on
  /// from there, where it would have to wait for a count.
  @inline(__always)
  static func length(before answers: UInt64) -> Int {
    var rest = answers
    var length = 0
    while length < 8, rest & 0x80 == 0 {
      rest &>>= 8
      length &+= 1
    }
    return length
  }

  /// The first bytes of a word, at most seven of them.
  @inline(__always)
  static func mask(_ count: Int) -> UInt64 { (1 &<< UInt64(8 &* count)) &- 1 }

  /// The number that the first `count` bytes spell, from one digit to eight.
  @inline(__always)
  static func number(_ digits: UInt64, count: Int) -> UInt64 {
    // Zeros come before the digits; then pairs of digits are joined, pairs of these, and the halves.
    var value = (digits & each(0x0F)) &<< UInt64(8 &* (8 &- count))
    value = (value &* (10 << 8 + 1)) &>> 8
    value = ((value & 0x00FF_00FF_00FF_00FF) &* (100 << 16 + 1)) &>> 16
    return ((value & 0x0000_FFFF_0000_FFFF) &* (10_000 << 32 + 1)) &>> 32
  }
}
