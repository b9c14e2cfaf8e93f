import Testing

@testable import Language

/// A text ends where it ends, whatever lies behind it in memory, and begins with its first letter.
@Suite struct TextEndTests {
  /// Lends a lexer over a text that has other bytes behind its end.
  private func reading<Result>(
    _ text: [UInt8], before tail: [UInt8], _ body: (Lexer) -> Result
  ) -> Result {
    (text + tail).withUnsafeBufferPointer { bytes in
      body(Lexer(UnsafeBufferPointer(rebasing: bytes[..<text.count])))
    }
  }

  /// What could be taken for more of a text.
  private let tails: [[UInt8]] = [
    Array("                    ".utf8), Array("))))))))))))))))))))".utf8),
    Array("xxxxxxxxxxxxxxxxxxxx".utf8), Array("11111111111111111111".utf8),
    Array(".5.5.5.5.5.5.5.5.5.5".utf8), Array("*x*x*x*x*x*x*x*x*x*x".utf8),
    Array("x*x*x*x*x*x*x*x*x*x*".utf8),
    [UInt8](repeating: 0x81, count: 20), [UInt8](repeating: 0xA0, count: 20),
  ]

  private func allTokens(_ lexer: Lexer) -> [String] {
    var lexer = lexer
    var found: [String] = []
    while true {
      do throws(Problem) {
        let token = try lexer.next()
        found.append("\(token.kind) \(token.start) \(token.end) \(token.bits)")
        if token.kind == .end { return found }
      } catch {
        return found + ["\(error)"]
      }
    }
  }

  private func formula(_ lexer: Lexer) -> String {
    var parser = Parser(lexer, place: .plain, functions: [:])
    do throws(Problem) {
      let formula = try parser.formula()
      try parser.expectEnd()
      return "\(formula.names) \(formula.nodes)"
    } catch {
      return "\(error)"
    }
  }

  /// Every beginning of these is a text of its own.
  private let texts = [
    "x + ab*w12 - (x/2.5 - abcdefg)*1234567 + abcdefgh", "x + ((((((((((((((x))))))))))))))",
    "x*                              x", "12345678.12345678e12", "α₁ + w₁·x − x²÷3³ × \u{A0}😀",
    "1..2 <= @1 >= @12 == x != 3 ** .5",
  ]

  @Test func `tokens do not depend on what lies behind a text`() {
    for text in texts {
      let bytes = Array(text.utf8)
      for end in 0...bytes.count {
        let own = Array(bytes[..<end])
        let wanted = reading(own, before: [UInt8](repeating: 0, count: 20), allTokens)
        for tail in tails {
          #expect(reading(own, before: tail, allTokens) == wanted, "\(text) up to \(end)")
        }
        #expect(reading(own, before: Array(bytes[end...]), allTokens) == wanted, "\(text) \(end)")
      }
    }
  }

  @Test func `a formula does not depend on what lies behind it`() {
    for text in texts {
      let bytes = Array(text.utf8)
      for end in 0...bytes.count {
        let own = Array(bytes[..<end])
        let wanted = reading(own, before: [UInt8](repeating: 0, count: 20), formula)
        for tail in tails {
          #expect(reading(own, before: tail, formula) == wanted, "\(text) up to \(end)")
        }
        #expect(reading(own, before: Array(bytes[end...]), formula) == wanted, "\(text) \(end)")
      }
    }
  }

  @Test func `what lies in memory before all that waits is not applied`() {
    typealias Pending = Workbench.Pending
    let memory = UnsafeMutableBufferPointer<Pending>.allocate(capacity: 66)
    defer { memory.deallocate() }
    let product = Pending(
      kind: .infix, precedence: 3, reference: 0, start: 0, end: 1, arity: 2, base: 1)
    for text in ["x*x - x + x*x - x + x", "2*3*4 - 5*6 + 7/8 - 9*x", "x - (x*x - x)*x + x*x - x"] {
      memory.initialize(repeating: product)
      let bytes = Array(text.utf8)
      let found = reading(bytes, before: [0]) { lexer in
        var parser = Parser(lexer, place: .plain, functions: [:])
        let own = parser.bench.waiting
        parser.bench.waiting = UnsafeMutableBufferPointer(rebasing: memory[2...])
        let nodes = (try? parser.formula())?.nodes
        parser.bench.waiting = own
        return "\(nodes ?? [])"
      }
      let wanted = (try? Formula(reading: text))?.nodes
      #expect(found == "\(wanted ?? [])", "\(text)")
    }
  }

  @Test func `behind the end there are zeros`() {
    let bytes = Array("x1 + abcdefg*12345678".utf8)
    for end in 0...bytes.count {
      for place in 0...end {
        let next = (0..<8).map { place + $0 < end ? bytes[place + $0] : 0 }
        let word = next.enumerated().reduce(0) { $0 | UInt64($1.element) << UInt64(8 * $1.offset) }
        let found = reading(Array(bytes[..<end]), before: Array(bytes[end...]) + [0xFF]) { lexer in
          lexer.word(place) == word && lexer.byte(place) == next[0]
        }
        #expect(found, "\(place) of \(end)")
      }
    }
  }

  @Test(arguments: ["\u{EFF}x", "\u{FEC0}x", "\u{FF3F}x", "\u{FEFE}x"])
  func `what only looks like a byte order mark is told`(line: String) {
    // These share two bytes of three with it.
    let problem = #expect(throws: Problem.self) { try Formula(reading: line) }
    #expect(problem?.code == "stray-character" && problem?.span == 0..<3)
  }

  @Test(arguments: [
    ("x +", 3), ("x + ", 4), ("x +\n", 4), ("x +\r", 4), ("x +\r\n", 5), ("x +\t", 4),
    ("x +\u{A0}", 5), ("x + x*(x - ", 11), ("x + x + x + x + x + x + x +\r\n", 29),
  ])
  func `a formula that stops short is told at its very end`(line: String, end: Int) {
    let problem = #expect(throws: Problem.self) { try Formula(reading: line) }
    #expect(problem?.code == "expected-operand" && problem?.span == end..<end)
  }

  @Test(arguments: [
    "\t\tx", "\t x", " \t x \t \u{A0}", "x\u{A0}\u{A0}\t", "x\t\r\n", "\u{A0} x\t\n", "x  \u{A0}\r",
  ])
  func `blanks of every kind stand together`(line: String) throws {
    #expect(try Formula(reading: line).names == ["x"])
  }

  @Test(arguments: ["\u{1}", "\u{8}", "\u{A}", "\u{B}", "\u{C}", "\u{D}", "\u{1F}", "\u{7F}"])
  func `no other sign is a blank`(sign: String) {
    for line in ["x\(sign) + x", "x + \(sign)x + x", "\(sign)x"] {
      let problem = #expect(throws: Problem.self) { try Formula(reading: line) }
      let start = line.utf8.firstIndex(of: sign.utf8.first ?? 0).map {
        line.utf8.distance(from: line.utf8.startIndex, to: $0)
      }
      #expect(problem?.code == "stray-character" && problem?.span?.lowerBound == start, "\(line)")
    }
  }
}
