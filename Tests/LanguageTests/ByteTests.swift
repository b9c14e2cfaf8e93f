import TestSupport
import Testing

@testable import Language

/// Questions to bytes, held against the same questions to characters.
@Suite struct ByteTests {
  private func isDigit(_ byte: UInt8) -> Bool { Array("0123456789".utf8).contains(byte) }
  private func isLetter(_ byte: UInt8) -> Bool {
    Array("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ_".utf8).contains(byte)
  }

  private func word(_ bytes: [UInt8]) -> UInt64 {
    bytes.enumerated().reduce(0) { $0 | UInt64($1.element) << UInt64(8 * $1.offset) }
  }

  /// The answers to a question as `ByteWord` gives them.
  private func answers(_ bytes: [UInt8], _ holds: (UInt8) -> Bool) -> UInt64 {
    word(bytes.map { holds($0) ? 0x80 : 0 })
  }

  @Test func `every byte at every place of a word`() {
    for byte in UInt8.min...UInt8.max {
      for place in 0..<8 {
        for other in Array("05a_ \u{7F}".utf8) + [0, 0xFF] {
          var bytes = [UInt8](repeating: other, count: 8)
          bytes[place] = byte
          let own = word(bytes)
          let noDigits = answers(bytes) { !isDigit($0) }
          let noNames = answers(bytes) { !isDigit($0) && !isLetter($0) }
          if ByteWord.nonDigits(own) != noDigits { Issue.record("digits \(bytes)") }
          if ByteWord.nonNames(own) != noNames { Issue.record("names \(bytes)") }
          let length = bytes.firstIndex { !isDigit($0) } ?? 8
          if ByteWord.length(before: noDigits) != length { Issue.record("length \(bytes)") }
        }
      }
      #expect(Lexer.isDigit(byte) == isDigit(byte) && Lexer.isLetter(byte) == isLetter(byte))
    }
  }

  @Test func `digits joined in pairs are the number they spell`() {
    var random = SplitMix64(seed: 9)
    for count in 1...8 {
      for _ in 0..<200 {
        let digits = (0..<8).map { _ in random.below(10) }
        let bytes = digits.enumerated().map {
          // What stands behind the digits does not matter.
          $0 < count ? UInt8(0x30 + $1) : UInt8(truncatingIfNeeded: random.next())
        }
        let wanted = digits.prefix(count).reduce(0) { 10 * $0 + $1 }
        #expect(ByteWord.number(word(bytes), count: count) == UInt64(wanted))
      }
      if count < 8 {
        #expect(ByteWord.mask(count) == word([UInt8](repeating: 0xFF, count: count)))
      }
    }
    #expect(ByteWord.mask(0) == 0)
  }

  @Test func `what a byte can be in plain text`() {
    #expect(PlainByte.table.count == 256)
    for (place, bits) in PlainByte.table.enumerated() {
      let byte = UInt8(place)
      let scalar = Character(Unicode.Scalar(byte))
      let has = { (bit: UInt8) in bits & bit != 0 }
      #expect(has(PlainByte.digit) == isDigit(byte), "\(byte)")
      #expect(has(PlainByte.letter) == isLetter(byte), "\(byte)")
      #expect(has(PlainByte.name) == (isDigit(byte) || isLetter(byte)), "\(byte)")
      // A call, an element, a letter of many bytes and what nobody sees are left to others.
      let goesOn = byte >= 0x80 || scalar == "(" || scalar == "[" || byte <= 0x20
      #expect(has(PlainByte.afterName) == !goesOn, "\(byte)")
      #expect(has(PlainByte.afterNumber) == !["e", "E", "."].contains(scalar), "\(byte)")
    }
  }

  @Test func `what a sign of one byte can be in plain text`() throws {
    #expect(PlainSign.table.count == 256)
    for (byte, row) in PlainSign.table.enumerated() {
      let sign = String(Character(Unicode.Scalar(UInt8(byte))))
      guard "+-*/".contains(sign), let infix = Primitive.infixes[sign] else {
        #expect(!row.isOperator, "\(sign)")
        continue
      }
      #expect(row.isOperator && Workbench.Pending.kind(row.head) == 0, "\(sign)")
      #expect(row.precedence == (sign == "*" || sign == "/" ? 3 : 2))
      #expect(Workbench.Pending.precedence(row.head) == row.precedence)
      #expect(row.head >> 32 == UInt64(infix))
      // Only a sum takes one more term.
      #expect(row.chain == (sign == "+" ? row.head : .max))
    }
  }

  @Test func `what the parser knows of operators`() {
    let rows = zip(Token.Kind.allCases, Operator.table).map { ($0.spelling, $1) }
    #expect(rows.map(\.0) == ["+", "-", "*", "/", "^", "<", "<=", ">", ">=", "==", "!=", "@"])
    for (sign, row) in rows {
      #expect(row.isComparison == ["<", ">", "<=", ">=", "==", "!="].contains(sign))
      #expect(row.takesMany == (sign == "+") && row.isRightAssociative == (sign == "^"))
      #expect(row.precedence == ["+": 2, "-": 2, "*": 3, "/": 3, "^": 5][sign] ?? 0)
      #expect(row.infix == Primitive.infixes[sign] ?? -1, "\(sign)")
      #expect((row.prefix >= 0) == (sign == "-") && row.prefixPrecedence == (sign == "-" ? 4 : 0))
    }
  }

  @Test func `Greek letters are letters, and their neighbours are none`() throws {
    for letter in "αοπωΑΡΣΩθλ" {
      #expect(try Formula(reading: "\(letter)1 + x").names == ["\(letter)1", "x"])
    }
    // ΐ, a place without a letter, Ϊ, ΰ, ϊ; then other alphabets.
    for scalar in ["\u{390}", "\u{3A2}", "\u{3AA}", "\u{3B0}", "\u{3CA}", "é", "ж", "\u{380}"] {
      for text in [scalar, "x\(scalar)", "x + \(scalar)", "weights_\(scalar)"] {
        let problem = #expect(throws: Problem.self) { try Formula(reading: text) }
        #expect(problem?.span?.upperBound == text.utf8.count, "\(text)")
      }
    }
  }

  @Test func `ten subscript digits, and what is none`() throws {
    for (digit, subscript_) in "₀₁₂₃₄₅₆₇₈₉".enumerated() {
      #expect(try Formula(reading: "w\(subscript_)").names == ["w\(digit)"])
      #expect(try Formula(reading: "w\(subscript_)₀+1").names == ["w\(digit)0"])
    }
    for sign in ["₊", "₌", "₍", "\u{2090}", "⁰", "⁴", "\u{2070}", "∀", "\u{1080}"] {
      #expect(throws: Problem.self) { try Formula(reading: "w\(sign)") }
    }
    #expect(throws: Problem.self) { try Formula(reading: "₁") }
  }

  @Test(
    arguments: [
      ("12", 0..<2, 12), ("-5", 0..<2, -5), ("+5", 0..<2, 5), ("- 5", 0..<3, -5), (" 5", 0..<2, 5),
      ("1,-2.5e1,3", 2..<8, -25), ("5 ", 0..<2, nil), ("5x", 0..<2, nil), ("--5", 0..<3, nil),
      ("-", 0..<1, nil), ("", 0..<0, nil), ("x", 0..<1, nil), ("1e", 0..<2, nil),
      ("12", 0..<1, nil),
      ("*5", 0..<2, nil), ("(5)", 0..<3, nil), ("+", 0..<1, nil), ("-\u{1}", 0..<2, nil),
    ] as [(String, Range<Int>, Double?)])
  func `numbers out of a long text`(text: String, span: Range<Int>, wanted: Double?) {
    #expect(NumberReader(text).number(in: span) == wanted)
  }

  @Test func `keys of names`() {
    for name in ["x", "w1", "abcdefg", "abcdefgh"] {
      #expect(NameKey.key(of: name.utf8) == word(Array(name.utf8)))
      #expect(NameKey.isWhole(NameKey.key(of: name.utf8)))
    }
    var keys: Set<UInt64> = []
    for number in 0..<2_000 {
      let key = NameKey.key(of: "a_long_name_\(number)".utf8)
      #expect(!NameKey.isWhole(key) && key != 0)
      keys.insert(key)
    }
    #expect(keys.count == 2_000)
  }

  @Test func `names are told apart even where their keys are the same`() throws {
    let (one, other) = ("wlk0brfnasqsa", "wdmuqxqtrrfia")
    #expect(NameKey.key(of: one.utf8) == NameKey.key(of: other.utf8))
    let formula = try Formula(reading: "\(one) + \(other)*\(one) + \(other)")
    #expect(formula.names == [one, other])
    var table = NameTable()
    #expect([one, other, one, other].map { table.place(of: $0) } == [0, 1, 0, 1])
    // The hash of this one is 0, which is no key.
    let key = NameKey.key(of: "77kepQFQ8Kl".utf8)
    #expect(key != 0 && !NameKey.isWhole(key))
  }

  @Test func `a table of names grows and finds`() {
    var table = NameTable()
    let names = (0..<500).map { $0.isMultiple(of: 3) ? "a_long_name_\($0)" : "n\($0)" }
    #expect(names.map { table.place(of: $0) } == (0..<500).map { Int32($0) })
    #expect(names.map { table.place(of: $0) } == (0..<500).map { Int32($0) })
    #expect(table.names == names)
    var found: [Int32?] = []
    table.withFinder { finder in
      found = names.map { finder.place(of: NameKey.key(of: $0.utf8)) }
      found.append(finder.place(of: NameKey.key(of: "nobody".utf8)))
    }
    #expect(found == (0..<500).map { Int32($0) } + [nil])
  }
}
