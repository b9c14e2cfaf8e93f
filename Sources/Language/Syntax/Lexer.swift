/// Cuts a line into tokens, one at a time, byte by byte.
///
/// A lexer is a value: a copy of it is a bookmark. Notation pasted from slides is understood here and
/// nowhere else: `−` `·` `×` `÷`, superscripts, subscript digits and Greek letters.
struct Lexer {
  private let bytes: [UInt8]
  private(set) var offset: Int

  /// Goes on reading from another place.
  mutating func move(to offset: Int) { self.offset = offset }

  init(_ text: String, from offset: Int = 0) {
    bytes = Array(text.utf8)
    self.offset = offset
    if offset == 0, bytes.starts(with: [0xEF, 0xBB, 0xBF]) { self.offset = 3 }
  }

  /// The text between two offsets, as typed.
  func text(_ span: SourceSpan) -> String { String(decoding: bytes[span], as: UTF8.self) }

  private func byte(_ index: Int) -> UInt8 { index < bytes.count ? bytes[index] : 0 }

  mutating func next() throws(Problem) -> Token {
    skipBlanks()
    let start = offset
    guard start < bytes.count else { return Token(kind: .end, start: start, end: start) }
    let first = bytes[start]
    switch first {
    case UInt8(ascii: "0")...UInt8(ascii: "9"): return try number()
    case UInt8(ascii: ".") where isDigit(byte(start + 1)): return try number()
    case UInt8(ascii: "("): return single(.open)
    case UInt8(ascii: ")"): return single(.close)
    case UInt8(ascii: "["): return single(.openSquare)
    case UInt8(ascii: "]"): return single(.closeSquare)
    case UInt8(ascii: ","): return single(.comma)
    case UInt8(ascii: ".") where byte(start + 1) == first: return take(2, .range)
    case UInt8(ascii: "+"): return single(.symbol("+"))
    case UInt8(ascii: "-"): return single(.symbol("-"))
    case UInt8(ascii: "/"): return single(.symbol("/"))
    case UInt8(ascii: "^"): return single(.symbol("^"))
    case UInt8(ascii: "*"):
      return byte(start + 1) == first ? take(2, .doubleStar) : single(.symbol("*"))
    case UInt8(ascii: "<"), UInt8(ascii: ">"):
      let sign = first == UInt8(ascii: "<") ? "<" : ">"
      let isWide = byte(start + 1) == UInt8(ascii: "=")
      return isWide ? take(2, .symbol(sign + "=")) : single(.symbol(sign))
    case UInt8(ascii: "="):
      return byte(start + 1) == first ? take(2, .symbol("==")) : single(.equals)
    case UInt8(ascii: "!") where byte(start + 1) == UInt8(ascii: "="):
      return take(2, .symbol("!="))
    case UInt8(ascii: "@") where isDigit(byte(start + 1)):
      offset += 1
      while isDigit(byte(offset)) { offset += 1 }
      return Token(kind: .gate(text(start..<offset)), start: start, end: offset)
    case UInt8(ascii: "@"): return single(.symbol("@"))
    default:
      return try nameLength(at: start) > 0 ? name() : symbolOrStray()
    }
  }

  private mutating func single(_ kind: Token.Kind) -> Token { take(1, kind) }

  private mutating func take(_ length: Int, _ kind: Token.Kind) -> Token {
    let start = offset
    offset += length
    return Token(kind: kind, start: start, end: offset)
  }

  private mutating func skipBlanks() {
    while offset < bytes.count {
      switch bytes[offset] {
      case 0x20, 0x09: offset += 1
      case 0x0D where offset + 1 == bytes.count, 0x0A where offset + 1 == bytes.count: offset += 1
      case 0x0D where offset + 2 == bytes.count && bytes[offset + 1] == 0x0A: offset += 2
      // The no-break space that slides and web pages are full of.
      case 0xC2 where byte(offset + 1) == 0xA0: offset += 2
      default: return
      }
    }
  }

  private func isDigit(_ byte: UInt8) -> Bool { byte &- 0x30 < 10 }

  // number = digits ["." [digits]] [("e"|"E") ["+"|"-"] digits] | "." digits …
  private mutating func number() throws(Problem) -> Token {
    let start = offset
    while isDigit(byte(offset)) { offset += 1 }
    // The two dots of a range, 1..3, are none of the number's.
    if byte(offset) == UInt8(ascii: "."), byte(offset + 1) != UInt8(ascii: ".") {
      offset += 1
      while isDigit(byte(offset)) { offset += 1 }
    }
    if byte(offset) | 0x20 == UInt8(ascii: "e") {
      var after = offset + 1
      if byte(after) == UInt8(ascii: "+") || byte(after) == UInt8(ascii: "-") { after += 1 }
      // `1e` is a broken number; `2else` is a name beside a number and is told so.
      if isDigit(byte(after)) {
        offset = after
        while isDigit(byte(offset)) { offset += 1 }
      } else if nameLength(at: offset + 1) == 0 {
        throw .unreadableNumber(text(start..<after), at: start..<after)
      }
    }
    if byte(offset) == UInt8(ascii: "."), byte(offset + 1) != UInt8(ascii: ".") {
      var end = offset
      while isDigit(byte(end)) || byte(end) == UInt8(ascii: ".") { end += 1 }
      throw .unreadableNumber(text(start..<end), at: start..<end)
    }
    // Swift's own reader is used: it knows nothing of the locale. The text is digits by now, so the
    // words it would also take (nan, 0x1F) cannot come by.
    guard let value = Double(text(start..<offset)) else {
      throw .unreadableNumber(text(start..<offset), at: start..<offset)
    }
    return Token(kind: .number(value), start: start, end: offset)
  }

  private mutating func name() throws(Problem) -> Token {
    let start = offset
    var spelled: [UInt8] = []
    while true {
      let length = nameLength(at: offset)
      if length > 0 {
        spelled += bytes[offset..<offset + length]
        offset += length
      } else if isDigit(byte(offset)) {
        spelled.append(bytes[offset])
        offset += 1
      } else if isSubscript(at: offset) {
        spelled.append(0x30 + (bytes[offset + 2] - 0x80))
        offset += 3
      } else {
        break
      }
    }
    if spelled.count > Limit.name.bound { throw .nameTooLong(at: start..<offset) }
    return Token(kind: .name(String(decoding: spelled, as: UTF8.self)), start: start, end: offset)
  }

  /// `₀` to `₉` are E2 82 80 to E2 82 89.
  private func isSubscript(at index: Int) -> Bool {
    byte(index) == 0xE2 && byte(index + 1) == 0x82 && byte(index + 2) &- 0x80 < 10
  }

  /// How many bytes a letter, an underscore or a Greek letter takes at `index`, or 0.
  private func nameLength(at index: Int) -> Int {
    let first = byte(index)
    if first == UInt8(ascii: "_") || (first | 0x20) &- 0x61 < 26 { return 1 }
    let second = byte(index + 1)
    switch (first, second) {
    case (0xCE, 0x91...0xA1), (0xCE, 0xA3...0xA9), (0xCE, 0xB1...0xBF), (0xCF, 0x80...0x89):
      return 2
    default: return 0
    }
  }

  private mutating func symbolOrStray() throws(Problem) -> Token {
    switch (byte(offset), byte(offset + 1), byte(offset + 2)) {
    case (0xC2, 0xB7, _): return take(2, .symbol("*"))
    case (0xC3, 0x97, _): return take(2, .symbol("*"))
    case (0xC3, 0xB7, _): return take(2, .symbol("/"))
    case (0xC2, 0xB2, _): return take(2, .superscript(2))
    case (0xC2, 0xB3, _): return take(2, .superscript(3))
    case (0xE2, 0x88, 0x92): return take(3, .symbol("-"))
    default: break
    }
    let rest = String(decoding: bytes[offset..<min(offset + 4, bytes.count)], as: UTF8.self)
    guard let scalar = rest.unicodeScalars.first else { return take(1, .end) }
    let span = offset..<min(offset + UTF8.width(scalar), bytes.count)
    let isInvisible = visible(String(scalar)) != String(scalar) || scalar == "\n" || scalar == "\t"
    throw isInvisible ? .invisibleCharacter(scalar, at: span) : .strayCharacter(scalar, at: span)
  }
}
