// Where an operand is wanted: a number, a name, a call, an opening bracket, a sign.
extension Parser {
  /// Takes the token where a number or a name should come.
  mutating func readOperand() throws(Problem) -> Step {
    switch token.kind {
    case .number:
      leaf(Formula.Node(number: token.number))
      return .operator
    case .name: return try readName()
    case .open:
      wait(.bracket)
      return .operand
    default: return try readRareOperand()
    }
  }

  private mutating func readRareOperand() throws(Problem) -> Step {
    switch token.kind {
    case .gate where place == .session || place == .condition:
      leaf(Formula.Node(kind: .name, reference: names.place(of: lexer.spelling(of: token))))
      return .operator
    case .gate: throw .strayCharacter("@", at: token.start..<token.start + 1)
    case .openSquare: wait(.vector)
    case .plus: break
    case let kind where kind.isOperator:
      let sign = operators[Int(kind.rawValue)]
      guard sign.prefix >= 0 else { throw missingOperand() }
      wait(.prefix, sign.prefix, precedence: sign.prefixPrecedence)
    default: throw missingOperand()
    }
    return .operand
  }

  func missingOperand() -> Problem {
    let openers: [Pending.Kind] = [.bracket, .function, .call, .composite]
    if token.kind == .closeSquare, let open = bench.top, bench.count == Int(open.base) {
      if open.kind == .vector { return .emptyVector(at: Int(open.start)..<token.end) }
      if open.kind == .index { return .missingSubscript(at: Int(open.start)..<token.end) }
    }
    if token.kind == .close, let open = bench.top, openers.contains(open.kind),
      bench.count == Int(open.base)
    {
      if open.kind == .bracket { return .emptyBrackets(at: Int(open.start)..<token.end) }
      return wrongCount(open, got: 0)
    }
    return .expectedOperand(before: token.description, at: token.span)
  }

  mutating func readName() throws(Problem) -> Step {
    if place == .session || place == .condition, let step = try readQuery() { return step }
    lexer.skipBlanks()
    // What follows a name decides what it is: f(x), x[1], or x.
    let ahead = lexer.byte(lexer.offset)
    guard ahead != UInt8(ascii: "(") else { return try readCall() }
    leaf(Formula.Node(kind: .name, reference: names.place(of: token, in: lexer)))
    if ahead == UInt8(ascii: "[") { bench.indexLast() }
    return .operator
  }

  /// `grad w1` or `value @2`, where the name is one of these words.
  private mutating func readQuery() throws(Problem) -> Step? {
    let word = token
    let name = lexer.spelling(of: word)
    guard name == "grad" || name == "value" else { return nil }
    let ahead = try peek()
    guard ahead.kind == .name || ahead.kind == .gate else {
      throw .expectedName(after: name, at: word.span)
    }
    try advance()
    let query = "\(name) \(lexer.spelling(of: token))"
    leaf(Formula.Node(kind: .name, reference: names.place(of: query)), from: word.start)
    return .operator
  }

  private mutating func readCall() throws(Problem) -> Step {
    let word = token
    let name = lexer.spelling(of: word)
    try advance()
    if functions[name] != nil {
      wait(.call, names.place(of: word, in: lexer), at: word)
    } else if let composite = Composite.byName[name] {
      wait(.composite, composite, at: word)
    } else if let primitive = Primitive.functions[name] {
      wait(.function, primitive, at: word)
    } else {
      throw .unknownFunction(
        name,
        known: Composite.functionNames + functions.keys.sorted(), at: word.span)
    }
    return .operand
  }
}
