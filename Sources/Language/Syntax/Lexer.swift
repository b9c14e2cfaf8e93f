/// Cuts a line into tokens, one at a time, byte by byte.
///
/// A lexer reads the bytes where they are and owns nothing: a copy of it is a bookmark. It is lent
/// out by `reading(_:)` and must not outlive the call. Notation pasted from slides is understood here
/// and nowhere else: `−` `·` `×` `÷`, superscripts, subscript digits and Greek letters.
struct Lexer {
  let bytes: UnsafeBufferPointer<UInt8>
  var offset: Int

  /// Goes on reading from another place.
  mutating func move(to offset: Int) { self.offset = offset }

  init(_ bytes: UnsafeBufferPointer<UInt8>) {
    self.bytes = bytes
    offset = 0
    if byte(0) == 0xEF, byte(1) == 0xBB, byte(2) == 0xBF { offset = 3 }
  }

  /// Lends a lexer over a text to `body`.
  static func reading<Result>(
    _ text: String, _ body: (Lexer) throws(Problem) -> Result
  ) throws(Problem) -> Result {
    var text = text
    // `withUTF8` knows no typed errors, so a problem leaves it as a result.
    let result: Swift.Result<Result, Problem> = text.withUTF8 { bytes in
      do throws(Problem) { return .success(try body(Lexer(bytes))) } catch {
        return .failure(error)
      }
    }
    return try result.get()
  }

  /// The text between two offsets, as typed.
  func text(_ span: SourceSpan) -> String {
    String(decoding: UnsafeBufferPointer(rebasing: bytes[span]), as: UTF8.self)
  }

  /// The byte at a place, or 0 behind the end.
  @inline(__always)
  func byte(_ index: Int) -> UInt8 { index < bytes.count ? bytes[index] : 0 }

  /// Eight bytes from a place on, the first of them lowest; 0 behind the end.
  @inline(__always)
  func word(_ index: Int) -> UInt64 {
    guard index + 8 <= bytes.count else { return lastWord(index) }
    let word = UnsafeRawBufferPointer(bytes).loadUnaligned(fromByteOffset: index, as: UInt64.self)
    return UInt64(littleEndian: word)
  }

  @inline(never)
  private func lastWord(_ index: Int) -> UInt64 {
    (0..<8).reduce(0) { $0 | UInt64(byte(index + $1)) << UInt64(8 * $1) }
  }

  @inline(__always)
  mutating func next() throws(Problem) -> Token {
    skipBlanks()
    let start = offset
    let first = byte(start)
    // Most of a formula is names, numbers and one-byte signs.
    if Self.isLetter(first) { return try name() }
    if Self.isDigit(first) { return try number() }
    let kind: Token.Kind
    switch first {
    case UInt8(ascii: "+"): kind = .plus
    case UInt8(ascii: "-"): kind = .minus
    case UInt8(ascii: "/"): kind = .over
    case UInt8(ascii: "^"): kind = .power
    case UInt8(ascii: "("): kind = .open
    case UInt8(ascii: ")"): kind = .close
    case UInt8(ascii: "["): kind = .openSquare
    case UInt8(ascii: "]"): kind = .closeSquare
    case UInt8(ascii: ","): kind = .comma
    case UInt8(ascii: "*") where byte(start + 1) != first: kind = .times
    default: return try rare()
    }
    offset = start + 1
    return Token(kind: kind, start: start, end: start + 1)
  }

  @inline(__always)
  mutating func skipBlanks() {
    while offset < bytes.count {
      let byte = bytes[offset]
      if byte == 0x20 {
        offset += 1
      } else if byte > 0x20 && byte != 0xC2 {
        return
      } else if !skipRareBlank() {
        return
      }
    }
  }

  @inline(never)
  private mutating func skipRareBlank() -> Bool {
    switch bytes[offset] {
    case 0x09: offset += 1
    case 0x0D where offset + 1 == bytes.count, 0x0A where offset + 1 == bytes.count: offset += 1
    case 0x0D where offset + 2 == bytes.count && bytes[offset + 1] == 0x0A: offset += 2
    // The no-break space that slides and web pages are full of.
    case 0xC2 where byte(offset + 1) == 0xA0: offset += 2
    default: return false
    }
    return true
  }

  @inline(__always)
  static func isDigit(_ byte: UInt8) -> Bool { byte &- 0x30 < 10 }

  @inline(__always)
  static func isLetter(_ byte: UInt8) -> Bool {
    (byte | 0x20) &- 0x61 < 26 || byte == UInt8(ascii: "_")
  }

  // MARK: - Signs

  private mutating func take(_ length: Int, _ kind: Token.Kind, _ number: Double = 0) -> Token {
    let start = offset
    offset += length
    return Token(kind: kind, start: start, end: offset, bits: number.bitPattern)
  }

  /// What is not met at every turn: signs of two bytes, gates, Greek letters, pasted notation.
  @inline(never)
  private mutating func rare() throws(Problem) -> Token {
    let start = offset
    guard start < bytes.count else { return Token(kind: .end, start: start, end: start) }
    let first = bytes[start]
    let second = byte(start + 1)
    switch first {
    case UInt8(ascii: ".") where Self.isDigit(second): return try number()
    case UInt8(ascii: ".") where second == first: return take(2, .range)
    case UInt8(ascii: "*"): return take(2, .doubleStar)
    case UInt8(ascii: "<") where second == UInt8(ascii: "="): return take(2, .atMost)
    case UInt8(ascii: "<"): return take(1, .less)
    case UInt8(ascii: ">") where second == UInt8(ascii: "="): return take(2, .atLeast)
    case UInt8(ascii: ">"): return take(1, .greater)
    case UInt8(ascii: "=") where second == first: return take(2, .equal)
    case UInt8(ascii: "="): return take(1, .equals)
    case UInt8(ascii: "!") where second == UInt8(ascii: "="): return take(2, .unequal)
    case UInt8(ascii: "@") where Self.isDigit(second):
      offset += 1
      while Self.isDigit(byte(offset)) { offset += 1 }
      return Token(kind: .gate, start: start, end: offset)
    case UInt8(ascii: "@"): return take(1, .product)
    default: return try nameLength(at: start) > 0 ? name() : pastedOrStray()
    }
  }

  private mutating func pastedOrStray() throws(Problem) -> Token {
    switch (byte(offset), byte(offset + 1), byte(offset + 2)) {
    case (0xC2, 0xB7, _): return take(2, .times)
    case (0xC3, 0x97, _): return take(2, .times)
    case (0xC3, 0xB7, _): return take(2, .over)
    case (0xC2, 0xB2, _): return take(2, .superscript, 2)
    case (0xC2, 0xB3, _): return take(2, .superscript, 3)
    case (0xE2, 0x88, 0x92): return take(3, .minus)
    default: break
    }
    // A byte is left, so a character is.
    let rest = text(offset..<min(offset + 4, bytes.count)).unicodeScalars
    let scalar = rest[rest.startIndex]
    let span = offset..<min(offset + UTF8.width(scalar), bytes.count)
    throw acts(scalar) ? .invisibleCharacter(scalar, at: span) : .strayCharacter(scalar, at: span)
  }
}
