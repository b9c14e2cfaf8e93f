// What may follow an operand: an operator, a bracket, a comma, the end.
extension Parser {
  /// Takes the token after an operand.
  mutating func readOperator() throws(Problem) -> Step {
    if token.kind.isOperator {
      try readInfix(token.kind)
      return .operand
    }
    if token.kind == .close {
      if !bench.closeBracket() { try closeCall() }
      return .operator
    }
    return try readRareOperator()
  }

  private mutating func readRareOperator() throws(Problem) -> Step {
    switch token.kind {
    case .doubleStar:
      let ahead = try peek()
      guard ahead.kind == .number || ahead.kind == .minus else {
        throw .powerBetweenNames(at: token.span)
      }
      try readInfix(.power)
      return .operand
    case .superscript:
      let base = Int32(clamping: bench.count)
      leaf(Formula.Node(number: token.number))
      bench.join(.apply, Primitive.raise, arity: 2, base: base, hasLeft: true)
      return .operator
    case .closeSquare:
      try closeSquare()
      return .operator
    case .openSquare:
      wait(.index, arity: 2)
      return .operand
    case .range:
      try readRange()
      return .operand
    case .name where isWord("for"):
      try readLoop()
      return .operand
    case .comma:
      let isLoop = try finishPart()
      guard let open = bench.top else { return .end }
      guard open.kind != .bracket else { throw .strayComma(at: token.span) }
      if isLoop, open.kind == .vector { throw .loopBesideElements(at: token.span) }
      bench.countOperand()
      return .operand
    case .equals: throw .strayEquals(at: token.span)
    case .end:
      try finishPart()
      return .end
    default:
      let left = lastOperandText()
      if bench.innermost?.kind == .vector {
        throw .elementsSideBySide(at: token.span)
      }
      throw .implicitProduct(left, lexer.text(token.span), at: token.span)
    }
  }

  /// Whether the present token says this.
  func isWord(_ word: String) -> Bool {
    lexer.spelling(word, equals: token)
  }

  /// The text of the operand before the present token, when it is short enough to quote.
  func lastOperandText() -> String {
    let last = bench.last
    guard last.arity == 0, Int(last.end) == previousEnd else { return "" }
    return lexer.text(last.span)
  }

  mutating func readInfix(_ kind: Token.Kind) throws(Problem) {
    let row = operators[Int(kind.rawValue)]
    if row.infix < 0 || row.isComparison { return try readRareInfix(kind, row) }
    bench.infix(row, from: Int32(clamping: token.start), to: Int32(clamping: token.end))
  }

  /// `@` between matrices, and comparisons.
  private mutating func readRareInfix(_ kind: Token.Kind, _ row: Operator) throws(Problem) {
    if kind == .product {
      // It binds as `*` does.
      let precedence = operators[Int(Token.Kind.times.rawValue)].precedence
      bench.reduce(downTo: precedence)
      return wait(.product, Composite.product, precedence: precedence, arity: 2)
    }
    bench.reduce(downTo: 1)
    let outermost = bench.top
    let isCondition: Bool =
      switch outermost {
      case nil: place == .condition || place == .rule
      case let open?:
        place == .rule
          || open.kind == .function && open.reference == Primitive.choose && open.arity == 1
      }
    guard isCondition else { throw .comparisonOutsideIf(at: token.span) }
    wait(.infix, row.infix, precedence: 0, arity: 2)
  }

  private mutating func closeCall() throws(Problem) {
    try finishPart()
    guard let open = popped() else { throw .unmatchedBracket(")", at: token.span) }
    let kind: Formula.Kind
    let isRight: Bool
    switch open.kind {
    case .vector, .index: throw .crossedBrackets("[", ")", at: Int(open.start)..<token.end)
    case .composite:
      kind = .composite
      isRight = Composite[open.reference].counts.contains(Int(open.arity))
    case .function:
      kind = .apply
      isRight = Primitive[open.reference].accepts(Int(open.arity))
    case .call:
      kind = .call
      isRight = functions[names.names[Int(open.reference)]] == Int(open.arity)
    // No operator waits any more, a plain bracket has been closed, and a loop stands in no such one.
    case .bracket, .infix, .prefix, .product, .range, .loop: return
    }
    guard isRight else { throw wrongCount(open, got: Int(open.arity)) }
    bench.join(
      kind, open.reference, arity: open.arity, base: open.base, from: open.start,
      to: Int32(clamping: token.end))
  }

  /// Takes away what came to wait last, to look at it.
  mutating func popped() -> Pending? {
    let top = bench.top
    bench.drop()
    return top
  }

  func wrongCount(_ open: Pending, got: Int) -> Problem {
    let span = Int(open.start)..<token.end
    if open.kind == .composite {
      let record = Composite[open.reference]
      return .wrongArgumentCount(record.usage, wanted: record.argumentCount, got: got, at: span)
    }
    if open.kind == .function {
      let primitive = Primitive[open.reference]
      return .wrongArgumentCount(
        primitive.usage, wanted: primitive.operandCount, got: got, at: span)
    }
    let name = names.names[Int(open.reference)]
    let wanted = functions[name] ?? 0
    return .wrongArgumentCount(
      "\(name)(…)", wanted: "\(wanted) argument\(wanted == 1 ? "" : "s")", got: got, at: span)
  }
}
