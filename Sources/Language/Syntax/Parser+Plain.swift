// The plain things that most of a large formula is, read from its bytes without a token.
extension Parser {
  /// Reads on where an operand is wanted, as long as there are short names that have been met before,
  /// short numbers, brackets and one-byte operators.
  ///
  /// Returns what is wanted where it stopped. Whatever it leaves alone is read token by token; what it
  /// does read comes out the same either way.
  mutating func readPlain() -> Step {
    // In a session, names such as `grad` can be more than names.
    guard place == .plain || place == .rule, lexer.bytes.count <= Int32.max else { return .operand }
    let bytes = lexer.bytes
    // Up to here a word can be read, and the two bytes behind any name in it.
    let lastWord = bytes.count - 10
    var bench = self.bench
    var offset = lexer.offset
    var wanted = Step.operand
    var room = bench.room
    reading: while true {
      wanted = .operand
      if room == 0 { room = bench.room }
      guard offset <= lastWord, room > 0 else { break }
      room &-= 1
      var start = offset
      while bytes[start] == 0x20, start < lastWord { start &+= 1 }
      let word = lexer.word(start)
      let first = UInt8(truncatingIfNeeded: word)
      if Lexer.isLetter(first) {
        let length = ByteWord.length(before: ByteWord.nonNames(word))
        let end = start &+ length
        var ahead = bytes[end]
        if ahead == 0x20 { ahead = bytes[end &+ 1] }
        // A bracket behind it makes it a call or a vector, two blanks may hide one, and a byte of 128
        // or more may belong to the name.
        guard length < 8, ahead > 0x20, ahead < 0x80, ahead != UInt8(ascii: "("),
          ahead != UInt8(ascii: "["), let place = names.place(of: word & ByteWord.mask(length))
        else { break }
        bench.add(
          Formula.Node(kind: .name, reference: place), from: Int32(truncatingIfNeeded: start),
          to: Int32(truncatingIfNeeded: end))
        offset = end
      } else if Lexer.isDigit(first) {
        let (length, value) = Lexer.plainNumber(word)
        guard length > 0 else { break }
        let end = start &+ length
        bench.add(
          Formula.Node(number: value), from: Int32(truncatingIfNeeded: start),
          to: Int32(truncatingIfNeeded: end))
        offset = end
      } else if first == UInt8(ascii: "(") {
        offset = start &+ 1
        bench.wait(
          .bracket, 0, precedence: .min, arity: 1, from: Int32(truncatingIfNeeded: start),
          to: Int32(truncatingIfNeeded: offset))
        continue
      } else {
        break
      }
      while true {
        wanted = .operator
        if room == 0 { room = bench.room }
        guard offset < lastWord, room > 0 else { break reading }
        room &-= 1
        start = offset
        while bytes[start] == 0x20, start < lastWord { start &+= 1 }
        let kind: Token.Kind
        switch bytes[start] {
        case UInt8(ascii: "+"): kind = .plus
        case UInt8(ascii: "-"): kind = .minus
        case UInt8(ascii: "*") where bytes[start &+ 1] != UInt8(ascii: "*"): kind = .times
        case UInt8(ascii: "/"): kind = .over
        case UInt8(ascii: ")"):
          guard bench.closeBracket() else { break reading }
          offset = start &+ 1
          continue
        default: break reading
        }
        offset = start &+ 1
        bench.infix(
          operators[Int(kind.rawValue)], from: Int32(truncatingIfNeeded: start),
          to: Int32(truncatingIfNeeded: offset))
        break
      }
    }
    self.bench = bench
    lexer.move(to: offset)
    // The token that was read last ends here.
    token = Token(kind: .end, start: offset, end: offset)
    return wanted
  }
}
