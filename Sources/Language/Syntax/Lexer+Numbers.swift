// Numbers: digits, a point, an exponent.
extension Lexer {
  // number = digits ["." [digits]] [("e"|"E") ["+"|"-"] digits] | "." digits …
  @inline(__always)
  mutating func number() throws(Problem) -> Token {
    let (length, value) = Self.plainNumber(word(offset))
    guard length > 0 else { return try longNumber() }
    let start = offset
    offset = start + length
    return Token(kind: .number, start: start, end: offset, bits: value.bitPattern)
  }

  /// How long the number is that begins a word, and what it is: at most seven bytes, no exponent; the
  /// length is 0 for any other.
  @inline(__always)
  static func plainNumber(_ word: UInt64) -> (length: Int, value: Double) {
    let stops = ByteWord.nonDigits(word)
    let whole = ByteWord.length(before: stops)
    guard whole < 8 else { return (0, 0) }
    var (digits, length, places) = (word, whole, 0)
    if UInt8(truncatingIfNeeded: word &>> UInt64(8 &* whole)) == UInt8(ascii: ".") {
      // The next stop is where the number ends; the point is taken out from between its digits.
      length = ByteWord.length(before: stops & (stops &- 1))
      guard length < 8 else { return (0, 0) }
      places = length &- whole &- 1
      let before = ByteWord.mask(whole)
      digits = word & before | (word &>> 8) & ~before
    }
    let after = UInt8(truncatingIfNeeded: word &>> UInt64(8 &* length))
    guard after | 0x20 != UInt8(ascii: "e"), after != UInt8(ascii: ".") else { return (0, 0) }
    let number = ByteWord.number(digits, count: whole &+ places)
    return (length, exact(number, places: places))
  }

  /// A number of a few more digits.
  @inline(never)
  private mutating func longNumber() throws(Problem) -> Token {
    let start = offset
    var end = start
    var digits: UInt64 = 0
    var places = 0
    while Self.isDigit(byte(end)) {
      digits = digits &* 10 &+ UInt64(bytes[end] &- 0x30)
      end += 1
    }
    // The two dots of a range, 1..3, leave one behind, which is told apart below.
    if byte(end) == UInt8(ascii: ".") {
      end += 1
      places = end
      while Self.isDigit(byte(end)) {
        digits = digits &* 10 &+ UInt64(bytes[end] &- 0x30)
        end += 1
      }
      places = end - places
    }
    let after = byte(end)
    guard end - start <= Self.plainLength, digits <= Self.largestExact,
      after | 0x20 != UInt8(ascii: "e"), after != UInt8(ascii: ".")
    else { return try rareNumber() }
    offset = end
    let value = Self.exact(digits, places: places)
    return Token(kind: .number, start: start, end: end, bits: value.bitPattern)
  }

  /// The number of some digits, the last `places` of them behind the point.
  @inline(__always)
  static func exact(_ digits: UInt64, places: Int) -> Double {
    // Both numbers are exact, so the division rounds once, as a reader of decimals has to.
    Double(Int64(bitPattern: digits)) / powersOfTen[places]
  }

  /// So few bytes that their digits cannot run over in `UInt64`.
  private static let plainLength = 19
  /// Up to here every whole number is a `Double`.
  private static let largestExact: UInt64 = 1 << 53

  /// As many as there can be places in a plain number; all powers up to 10²² are exact.
  private static let powersOfTen: [Double] = [
    1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17,
    1e18,
  ]

  @inline(never)
  private mutating func rareNumber() throws(Problem) -> Token {
    let start = offset
    while Self.isDigit(byte(offset)) { offset += 1 }
    if byte(offset) == UInt8(ascii: "."), byte(offset + 1) != UInt8(ascii: ".") {
      offset += 1
      while Self.isDigit(byte(offset)) { offset += 1 }
    }
    if byte(offset) | 0x20 == UInt8(ascii: "e") {
      var after = offset + 1
      if byte(after) == UInt8(ascii: "+") || byte(after) == UInt8(ascii: "-") { after += 1 }
      // `1e` is a broken number; `2else` is a name beside a number and is told so.
      if Self.isDigit(byte(after)) {
        offset = after
        while Self.isDigit(byte(offset)) { offset += 1 }
      } else if nameLength(at: offset + 1) == 0 {
        throw .unreadableNumber(text(start..<after), at: start..<after)
      }
    }
    if byte(offset) == UInt8(ascii: "."), byte(offset + 1) != UInt8(ascii: ".") {
      var end = offset
      while Self.isDigit(byte(end)) || byte(end) == UInt8(ascii: ".") { end += 1 }
      throw .unreadableNumber(text(start..<end), at: start..<end)
    }
    // Swift's own reader is used: it knows nothing of the locale. The text is digits by now, so the
    // words it would also take (nan, 0x1F) cannot come by.
    guard let value = Double(text(start..<offset)) else {
      throw .unreadableNumber(text(start..<offset), at: start..<offset)
    }
    return Token(kind: .number, start: start, end: offset, bits: value.bitPattern)
  }
}
