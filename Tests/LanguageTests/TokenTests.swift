import Testing

@testable import Language

/// How a line is cut: every sign with its length, and the blanks that count for nothing.
@Suite struct TokenTests {
  /// The kinds of all tokens, with the text that each of them took.
  private func cut(_ line: String) throws -> [(kind: Token.Kind, text: String)] {
    try Lexer.reading(line) { lexer throws(Problem) in
      var lexer = lexer
      var found: [(kind: Token.Kind, text: String)] = []
      while true {
        let token = try lexer.next()
        if token.kind == .end { return found }
        found.append((token.kind, lexer.text(token.span)))
      }
    }
  }

  @Test(
    arguments: [
      ("+", .plus), ("-", .minus), ("*", .times), ("/", .over), ("^", .power), ("<", .less),
      ("<=", .atMost), (">", .greater), (">=", .atLeast), ("==", .equal), ("!=", .unequal),
      ("@", .product), ("@1", .gate), ("@1234567890", .gate), ("²", .superscript),
      ("³", .superscript), ("**", .doubleStar), ("(", .open), (")", .close), ("[", .openSquare),
      ("]", .closeSquare), (",", .comma), ("=", .equals), ("..", .range), ("·", .times),
      ("×", .times), ("÷", .over), ("−", .minus),
    ] as [(String, Token.Kind)])
  func `every sign, alone, between names, and doubled`(sign: String, kind: Token.Kind) throws {
    for line in [sign, "ab \(sign) cd", "ab\(sign)  (cd", "a_long_name\t\(sign)\t(b)"] {
      let found = try cut(line)
      let own = found.first { $0.kind != .name && $0.text != "(" && $0.text != ")" } ?? found[0]
      let isBracket = sign == "(" || sign == ")"
      #expect(isBracket || own.kind == kind && own.text == sign, "\(line): \(own)")
      if isBracket { #expect(found.contains { $0.kind == kind && $0.text == sign }, "\(line)") }
    }
    // What stands behind it is its own.
    #expect(try cut(sign + " x").map(\.text) == [sign, "x"])
    #expect(try cut("x" + sign + " ").map(\.text) == ["x", sign])
    if !["*", "<", ">", "=", "@1", "@1234567890"].contains(sign) {
      #expect(try cut(sign + sign).map(\.text) == [sign, sign])
    }
  }

  @Test func `what is always written alike is read as it is spelled`() throws {
    for kind in Token.Kind.allCases where !kind.spelling.isEmpty {
      #expect(try cut(kind.spelling).map(\.kind) == [kind], "\(kind)")
    }
    let others = Token.Kind.allCases.filter { $0.spelling.isEmpty }
    #expect(others == [.number, .name, .gate, .superscript, .end])
  }

  @Test func `exponents of superscripts`() throws {
    #expect(try Formula(reading: "x²").evaluated { _ in 3 } == 9)
    #expect(try Formula(reading: "x³").evaluated { _ in 3 } == 27)
    #expect(try Formula(reading: "x²").nodes.map(\.span) == [0..<1, 1..<3, 0..<3])
  }

  @Test func `numbers and what is next to them`() throws {
    #expect(try cut("1..3").map(\.text) == ["1", "..", "3"])
    #expect(try cut("12345678..123456789").map(\.text) == ["12345678", "..", "123456789"])
    #expect(try cut("1.5e3..2").map(\.text) == ["1.5e3", "..", "2"])
    #expect(try cut(".5+5.").map(\.text) == [".5", "+", "5."])
    #expect(try cut("2else").map(\.text) == ["2", "else"])
    #expect(try cut("2e3e").map(\.text) == ["2e3", "e"])
    #expect(try cut("1e+5-1E-5").map(\.text) == ["1e+5", "-", "1E-5"])
    #expect(try cut("w1.5").map(\.text) == ["w1", ".5"])
    #expect(try cut("a<b<=c=d==e").map(\.text) == ["a", "<", "b", "<=", "c", "=", "d", "==", "e"])
    #expect(try cut("a*b**2").map(\.kind) == [.name, .times, .name, .doubleStar, .number])
  }

  @Test(arguments: ["x", "x ", " x", "\tx\t", "x\n", "x\r\n", "x\r", "\u{FEFF}x", "\u{A0}x\u{A0}"])
  func `blanks and the end of a line count for nothing`(line: String) throws {
    #expect(try cut(line).map(\.text) == ["x"])
    #expect(try Formula(reading: line).names == ["x"])
  }

  @Test(
    arguments: [
      ("x\n\n", 1..<2), ("x\r\n\n", 1..<2), ("\nx", 0..<1), ("x\ny", 1..<2), ("\r\nx", 0..<1),
      ("x\r\ny", 1..<2), ("x\r\r", 1..<2), ("x\n\r", 1..<2), ("x\u{FEFF}", 1..<4),
      ("\u{FEFF}\u{FEFF}x", 3..<6), ("x\u{A1}", 1..<3), ("x\u{C}", 1..<2), ("x\0", 1..<2),
      ("x\u{7F}", 1..<2), ("x😀", 1..<5), ("x$", 1..<2), ("x?", 1..<2), ("x\u{2212}\u{2213}", 4..<7),
      ("x .", 2..<3), ("x !", 2..<3), ("x :", 2..<3), ("x`", 1..<2), ("x}", 1..<2), ("x\\", 1..<2),
    ] as [(String, Range<Int>)])
  func `what means nothing is pointed at with all its bytes`(line: String, span: Range<Int>) {
    let problem = #expect(throws: Problem.self) { try cut(line) }
    #expect(problem?.code == "stray-character")
    #expect(problem?.span == span)
  }

  @Test func `what nobody sees is told as such`() {
    for line in ["x\u{200B}", "x\u{202E}", "x\n\n", "x\u{7}"] {
      let problem = #expect(throws: Problem.self) { try cut(line) }
      #expect(problem?.message.hasPrefix("an invisible character") == true, "\(line)")
    }
    for line in ["x$", "x😀", "xé"] {
      let problem = #expect(throws: Problem.self) { try cut(line) }
      #expect(problem?.message.contains("means nothing") == true, "\(line)")
    }
  }

  @Test(arguments: [
    ("x[i «for» i in 1..2]", "stray-loop"), ("(i «for» i in 1..2)", "stray-loop"),
    ("sum(i «for i in» 1)", "loop-without-range"), ("sum(i for i in 1..«)»", "expected-operand"),
    ("«sum(1, 2)»", "wrong-argument-count"), ("«sum()»", "wrong-argument-count"),
    ("«g()»", "wrong-argument-count"), ("«g(1, 2, 3)»", "wrong-argument-count"),
    ("[1 «2»]", "implicit-product"), ("x«[1)»", "crossed-brackets"), ("«(1]»", "crossed-brackets"),
    ("«sin(1]»", "crossed-brackets"), ("«[»(1 + 2)", "unclosed-bracket"),
    ("x«[»1", "unclosed-bracket"), ("«sin(»1", "unclosed-bracket"), ("x[1..2«..»3]", "stray-range"),
    ("(1«..»2)", "stray-range"), ("if(«)»", "wrong-argument-count"),
    ("a «>» b", "comparison-outside-if"), ("if(1, a «<=» b, 2)", "comparison-outside-if"),
    ("max(a «<» b, 2)", "comparison-outside-if"), ("if((a «<» b), 1, 2)", "comparison-outside-if"),
    ("[1, «,» 2]", "expected-operand"), ("[«,»]", "expected-operand"), ("[«)»", "expected-operand"),
    ("a + «]»", "expected-operand"),
    ("(a + «)»", "expected-operand"), ("sin(a +«»", "expected-operand"),
    ("-«»", "expected-operand"),
  ])
  func `brackets, loops and conditions that go wrong`(marked: String, code: String) {
    let line = Marked(marked)
    let problem = #expect(throws: Problem.self) {
      try Formula(reading: line.text, functions: ["g": 2])
    }
    #expect(problem?.code == code, "\(marked)")
    // How much of a call is marked is the gallery's to say.
    if !code.hasPrefix("wrong") && !code.hasPrefix("loop-without") && !code.hasPrefix("unclosed") {
      #expect(problem?.span == line.span, "\(Marked.marking(problem?.span, in: line.text))")
    }
  }

  @Test func `parts have the places of all that belongs to them`() throws {
    for (line, wanted) in [
      ("x[1..2]", ["x", "1", "2", "1..2", "x[1..2]"]), ("-x^2", ["x", "2", "x^2", "-x^2"]),
      ("[a, b + 1]", ["a", "b", "1", "b + 1", "[a, b + 1]"]), ("A @ B", ["A", "B", "A @ B"]),
      ("(a) * (b)", ["a", "b", "a) * (b"]), ("sin( x )", ["x", "sin( x )"]),
      ("if(a < b, 1, 2)", ["a", "b", "a < b", "1", "2", "if(a < b, 1, 2)"]),
      ("W[1, 2]", ["W", "1", "2", "W[1, 2]"]), ("+x", ["x"]),
    ] {
      let bytes = Array(line.utf8)
      let formula = try Formula(reading: line)
      #expect(
        formula.nodes.map { String(decoding: bytes[$0.span], as: UTF8.self) } == wanted, "\(line)")
    }
  }

  @Test func `what stays bracketed and what is indexed`() throws {
    let formula = try Formula(reading: "(a) + b[1] + (c + d)[2] + sin(e)")
    let bracketed = formula.nodes.filter(\.isBracketed).count
    #expect(bracketed == 2)
    #expect(formula.nodes.filter(\.isIndexed).map { formula.names[Int($0.reference)] } == ["b"])
    // The catalog's own rules have comparisons in brackets.
    let rule = try Formula(reading: "(0 < x) * y", as: .rule)
    #expect(rule.nodes.map(\.isBracketed) == [false, false, true, false, false])
  }
}
