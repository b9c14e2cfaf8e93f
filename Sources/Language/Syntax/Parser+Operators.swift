// What may follow an operand: an operator, a bracket, a comma, the end.
extension Parser {
  /// Takes the token after an operand.
  @inline(__always)
  mutating func readOperator() throws(Problem) -> Step {
    if token.kind.isOperator {
      try readInfix(token.kind)
      return .operand
    }
    if token.kind == .close {
      try close()
      return .operator
    }
    return try readRareOperator()
  }

  @inline(never)
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
      let base = Int32(clamping: count)
      leaf(Formula.Node(number: token.number))
      emit(.apply, Primitive.raise, arity: 2, base: base, hasLeft: true)
      return .operator
    case .closeSquare:
      try closeSquare()
      return .operator
    case .openSquare:
      push(.index, arity: 2)
      return .operand
    case .range:
      try readRange()
      return .operand
    case .name
    where isWord("for") && pending.all.last(where: { $0.kind.isOpen })?.kind.takesList == true:
      try readLoop()
      return .operand
    case .comma:
      let isLoop = try finishPart()
      guard let open = pending.last else { return .end }
      guard open.kind != .bracket else { throw .strayComma(at: token.span) }
      if isLoop, open.kind == .vector { throw .loopBesideElements(at: token.span) }
      countOperand()
      return .operand
    case .equals:
      if pending.all.contains(where: { $0.kind.isOpen }) { throw .strayEquals(at: token.span) }
      return .end
    case .end:
      try finishPart()
      return .end
    default:
      let left = lastOperandText()
      if pending.all.last(where: { $0.kind.isOpen })?.kind == .vector {
        throw .elementsSideBySide(at: token.span)
      }
      throw .implicitProduct(left, lexer.text(token.span), at: token.span)
    }
  }

  /// Whether the present token is a name that says this.
  func isWord(_ word: String) -> Bool {
    token.kind == .name && lexer.spelling(word, equals: token)
  }

  /// The text of the operand before the present token, when it is short enough to quote.
  func lastOperandText() -> String {
    guard let last, last.arity == 0 else { return "" }
    guard Int(last.end) == previousEnd else { return "" }
    return lexer.text(last.span)
  }

  @inline(__always)
  mutating func readInfix(_ kind: Token.Kind) throws(Problem) {
    let row = operators[Int(kind.rawValue)]
    if row.infix < 0 || row.isComparison { return try readRareInfix(kind, row) }
    let lowest = row.isRightAssociative ? row.precedence + 1 : row.precedence
    // What binds at least as tightly gets what it waits for, but a sum takes one more term.
    while let top = pending.last, top.precedence >= lowest {
      if row.takesMany, top.kind == .infix, top.reference == row.infix {
        countOperand()
        return
      }
      apply(top)
    }
    push(.infix, row.infix, precedence: row.precedence, arity: 2)
  }

  /// One operand more for what waits on top.
  @inline(__always)
  mutating func countOperand() {
    if pending.count > 0 { pending.all[pending.count - 1].arity &+= 1 }
  }

  /// `@` between matrices, and comparisons.
  @inline(never)
  private mutating func readRareInfix(_ kind: Token.Kind, _ row: Operator) throws(Problem) {
    if kind == .product {
      // It binds as `*` does.
      let precedence = operators[Int(Token.Kind.times.rawValue)].precedence
      reduce(downTo: precedence)
      return push(.product, Composite.product, precedence: precedence, arity: 2)
    }
    guard row.isComparison else { throw .implicitProduct("", "", at: token.span) }
    reduce(downTo: 1)
    let outermost = pending.last
    let isCondition: Bool =
      switch outermost {
      case nil: place == .condition || place == .rule
      case let open?:
        place == .rule
          || open.kind == .function && open.reference == Primitive.choose && open.arity == 1
      }
    guard isCondition else { throw .comparisonOutsideIf(at: token.span) }
    push(.infix, row.infix, precedence: 0, arity: 2)
  }

  /// Applies waiting operators that bind at least as tightly as `precedence`.
  @inline(__always)
  mutating func reduce(downTo precedence: Int8) {
    while let top = pending.last, top.precedence >= precedence { apply(top) }
  }

  /// Takes the last operator off the pile and applies it to its operands.
  @inline(__always)
  private mutating func apply(_ top: Pending) {
    pending.drop()
    if top.kind == .prefix {
      emit(.apply, top.reference, arity: 1, base: top.base, from: top.start)
    } else {
      emit(
        top.kind == .product ? .composite : .apply, top.reference, arity: top.arity,
        base: top.base, hasLeft: true)
    }
  }

  @inline(__always)
  mutating func close() throws(Problem) {
    reduce(downTo: 0)
    guard let open = pending.last, open.kind == .bracket else { return try closeCall() }
    pending.drop()
    if count > 0 { nodes[count - 1].isBracketed = true }
  }

  @inline(never)
  private mutating func closeCall() throws(Problem) {
    try finishPart()
    guard let open = pending.pop() else { throw .unmatchedBracket(")", at: token.span) }
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
    case .bracket:
      // A loop within plain brackets is refused where `for` stands.
      if count > 0 { nodes[count - 1].isBracketed = true }
      return
    case .infix, .prefix, .product, .range, .loop: return
    }
    guard isRight else { throw wrongCount(open, got: Int(open.arity)) }
    emit(
      kind, open.reference, arity: open.arity, base: open.base, from: open.start, to: token.end)
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
