// Names: Latin and Greek letters, underscores, digits, subscript digits.
extension Lexer {
  @inline(__always)
  mutating func name() throws(Problem) -> Token {
    let word = word(offset)
    let length = ByteWord.length(before: ByteWord.nonNames(word))
    // A short name is its own key. What else can be in a name, also as its first letter, begins with
    // a byte of 128 or more.
    guard length < 8, byte(offset + length) < 0x80 else { return try rareName() }
    let start = offset
    offset = start + length
    return Token(kind: .name, start: start, end: offset, bits: word & ByteWord.mask(length))
  }

  @inline(never)
  private mutating func rareName() throws(Problem) -> Token {
    let start = offset
    while true {
      let length = nameLength(at: offset)
      if length > 0 {
        offset += length
      } else if Self.isDigit(byte(offset)) {
        offset += 1
      } else if isSubscript(at: offset) {
        offset += 3
      } else {
        break
      }
    }
    let spelling = Spelling(bytes: bytes, offset: start, end: offset)
    if spelling.count > Limit.name.bound { throw .nameTooLong(at: start..<offset) }
    return Token(kind: .name, start: start, end: offset, bits: NameKey.key(of: spelling))
  }

  /// What a name says, with subscript digits as plain ones, or a gate as it is typed.
  func spelling(of token: Token) -> String {
    String(decoding: Array(spelling(token)), as: UTF8.self)
  }

  /// Whether a token of a name says the same as a name.
  func spelling(_ name: String, equals token: Token) -> Bool {
    name.utf8.elementsEqual(spelling(token))
  }

  private func spelling(_ token: Token) -> Spelling {
    Spelling(bytes: bytes, offset: token.start, end: token.end)
  }

  /// The bytes of a name one by one, with subscript digits as plain ones.
  private struct Spelling: Sequence, IteratorProtocol {
    let bytes: UnsafeBufferPointer<UInt8>
    var offset: Int
    let end: Int

    var count: Int { reduce(0) { count, _ in count + 1 } }

    mutating func next() -> UInt8? {
      guard offset < end else { return nil }
      let byte = bytes[offset]
      // `₀` to `₉` are E2 82 80 to E2 82 89, and no other part of a name begins with E2.
      guard byte == 0xE2 else {
        offset += 1
        return byte
      }
      offset += 3
      return 0x30 + (bytes[offset - 1] & 0x0F)
    }
  }

  /// `₀` to `₉` are E2 82 80 to E2 82 89.
  private func isSubscript(at index: Int) -> Bool {
    byte(index) == 0xE2 && byte(index + 1) == 0x82 && byte(index + 2) &- 0x80 < 10
  }

  /// How many bytes a letter, an underscore or a Greek letter takes at `index`, or 0.
  func nameLength(at index: Int) -> Int {
    let first = byte(index)
    if Self.isLetter(first) { return 1 }
    let second = byte(index + 1)
    switch (first, second) {
    case (0xCE, 0x91...0xA1), (0xCE, 0xA3...0xA9), (0xCE, 0xB1...0xBF), (0xCF, 0x80...0x89):
      return 2
    default: return 0
    }
  }
}
