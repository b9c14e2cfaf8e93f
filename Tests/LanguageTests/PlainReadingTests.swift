import Testing

@testable import Language

/// The quick way through a formula and its numbers, where it could go astray.
@Suite struct PlainReadingTests {
  /// Whether a text says the same, or is wrong in the same words, read in words and token by token.
  private func isSame(_ text: String) -> Bool {
    let plain = Result { () throws(Problem) in try Formula(reading: text) }
    // In a session no plain stretch is read, since names can be more than names there.
    let tokens = Result { () throws(Problem) in try Formula(reading: text, as: .session) }
    switch (plain, tokens) {
    case (.success(let plain), .success(let tokens)):
      return plain.names == tokens.names && plain.nodes.count == tokens.nodes.count
        && zip(plain.nodes, tokens.nodes).allSatisfy {
          $0.kind == $1.kind && $0.content == $1.content && $0.size == $1.size
            && $0.span == $1.span && $0.isBracketed == $1.isBracketed
            && $0.isIndexed == $1.isIndexed
        }
    case (.failure(let plain), .failure(let tokens)): return plain == tokens
    default: return false
    }
  }

  /// Lines of names that have been met before, numbers, brackets, and signs of one byte.
  private let lines = [
    "x + w1 + ab*x - (x + 2 *w1)*(ab+3.25*x) + x*w1 *x",
    "x+w1+ab - ((x) + 12 - x)*2*x*( -w1)*-x/ab  + 1 + x",
    "x + w1 - x*(x - w1 ) + ((x + 2.5))*(x)/3 *w1 - 1.5/2/x*(w1)",
    "x+x*xabcd-(x+xab)*2*xab*x-x+x*3/xabcd",
  ]

  @Test func `one byte more, or another, does in words what it does token by token`() {
    let letters = Array("019eEVadwxZ_".utf8)
    // `@` is a gate in a session, and nothing here.
    let bytes = (UInt8.min...0x7F).filter { byte in
      byte != UInt8(ascii: "@") && !Lexer.isDigit(byte) && !Lexer.isLetter(byte)
        || letters.contains(byte)
    }
    let others = ["\u{80}", "\u{A0}", "·", "²", "α", "\u{680}", "\u{6C0}", "\u{740}", "\u{7C0}"]
    let changes: [[UInt8]] = bytes.map { [$0] } + (others + ["−", "₁", "😀"]).map { Array($0.utf8) }
    for line in lines {
      let text = Array(line.utf8)
      for place in text.indices {
        for change in changes {
          for kept in [Array(text[place...]), Array(text[(place + 1)...])] {
            let changed = String(decoding: Array(text[..<place]) + change + kept, as: UTF8.self)
            if !isSame(changed) { Issue.record("\(changed)") }
          }
        }
      }
    }
  }

  /// The sign of division comes right behind the point in ASCII.
  @Test func `a long number ends where it is divided`() throws {
    for (text, wanted) in [
      ("123456789/2", 61_728_394.5), ("123456789012/4", 30_864_197_253),
      ("1234567890123456/8", 154_320_986_265_432), ("12345678.5/2", 6_172_839.25),
    ] {
      #expect(try Formula(reading: text).evaluated { _ in .nan } == wanted, "\(text)")
    }
  }

  @Test func `a byte less does in words what it does token by token`() {
    for line in lines {
      let text = Array(line.utf8)
      for place in text.indices {
        for end in place...min(place + 4, text.count) {
          let changed = String(decoding: text[..<place] + text[end...], as: UTF8.self)
          if !isSame(changed) { Issue.record("\(changed)") }
        }
      }
    }
  }

  @Test func `brackets as deep as the room for what waits`() {
    for depth in 50...140 {
      // A sign before an operand waits as well, and is not read in words.
      for inner in ["-(x + 1)", "-((x + 1))", "x - (-(x + 1))"] {
        let open = String(repeating: "(", count: depth)
        let close = String(repeating: ")", count: depth)
        #expect(isSame(open + inner + close + " + x*(x - 1)"), "\(depth)")
      }
    }
  }

  @Test func `every power of ten that there can be places for`() {
    for places in 0...18 {
      #expect(Lexer.exact(3, places: places) == Double("3e-\(places)"), "\(places)")
    }
  }

  @Test func `a number of at most seven bytes is read out of one word`() {
    for whole in 0...8 {
      // -1: there is no point.
      for behindPoint in -1...8 where whole + max(0, behindPoint) > 0 {
        var text = String("98765432".prefix(whole))
        if behindPoint >= 0 { text += "." + String("12034567".prefix(behindPoint)) }
        for next in Array("\0 +)/dfxD_eE.".utf8) where behindPoint >= 0 || next != 0x2E {
          let bytes = (Array(text.utf8) + [next] + Array("7777777".utf8)).prefix(8)
          let word = bytes.enumerated().reduce(0) {
            $0 | UInt64($1.element) << UInt64(8 * $1.offset)
          }
          let goesOn = next | 0x20 == UInt8(ascii: "e") || next == UInt8(ascii: ".")
          let isRead = text.utf8.count < 8 && !goesOn
          let (length, value) = Lexer.plainNumber(word)
          let wanted = Double(behindPoint < 0 ? text : "0\(text)0")
          #expect(length == (isRead ? text.utf8.count : 0), "\(text) before \(next)")
          #expect(value == (isRead ? wanted : 0), "\(text) before \(next)")
        }
      }
    }
  }

  @Test(arguments: [
    "18446744073709551617", "18446744073709551616.5", "1751441470716944.3", "1584573917631593.1",
    "138049845799744.45", "14346495837172.925", ".000000000000000001", ".0000000000000000001",
    ".12345678", "00000000000000000001.5", "0.00000000000000000000000001", "9007199254740993",
    "9007199254740991", "000000000000000000000", "12345678.", "12345678.5",
  ])
  func `a long number is the nearest to what it says, wherever it stands`(text: String) throws {
    // Swift's reader wants a digit on both sides of the point.
    let wanted = try #require(Double("0" + text + (text.hasSuffix(".") ? "0" : "")))
    for line in ["x + \(text)", "x + x*\(text) + x + x + x", "x + x*(\(text)) + x + x + x"] {
      let numbers = try Formula(reading: line).nodes.filter { $0.kind == .number }
      #expect(numbers.map(\.number) == [wanted], "\(line)")
      #expect(numbers.map(\.span.count) == [text.utf8.count], "\(line)")
    }
  }

  @Test(
    arguments: [
      // A letter beside a number is a name of its own, also d, which differs from e in one bit.
      ("12345678901234567890d5", "implicit-product", 20..<22), ("2ex", "implicit-product", 1..<3),
      ("2d5", "implicit-product", 1..<3), ("1e x", "unreadable-number", 0..<2),
      ("12345678e", "unreadable-number", 0..<9), ("12345678.5.3", "unreadable-number", 0..<12),
      ("123456789..", "stray-range", 9..<11), ("12345678.5e+", "unreadable-number", 0..<12),
    ] as [(String, String, Range<Int>)])
  func `what spoils a number is told where it stands`(text: String, code: String, span: Range<Int>)
  {
    for tail in ["", " + a_long_way_from_the_end"] {
      let problem = #expect(throws: Problem.self) { try Formula(reading: text + tail) }
      #expect(problem?.code == code && problem?.span == span, "\(text)\(tail)")
      guard code == "unreadable-number" else { continue }
      #expect(problem?.message == "\(text.prefix(span.count)) is not a number")
    }
  }
}
