// What may follow an operand: an operator, a bracket, a comma, the end.
extension Parser {
  /// Takes one token after an operand: nil to stay, false when an operand is wanted, true at the end.
  mutating func readOperator() throws(Problem) -> Bool? {
    switch token.kind {
    case .symbol(let symbol):
      try readInfix(symbol)
      return false
    case .doubleStar:
      let ahead = try peek()
      switch ahead.kind {
      case .number, .symbol("-"): try readInfix("^")
      default: throw .powerBetweenNames(at: token.span)
      }
      return false
    case .superscript(let exponent):
      leaf(Formula.Node(kind: .number, number: exponent), token.span)
      emit(Primitive.raise, kind: .apply, arity: 2)
      try advance()
      return nil
    case .close:
      try close()
      return nil
    case .closeSquare:
      try closeSquare()
      return nil
    case .openSquare:
      push(.index, 0, precedence: .min)
      try advance()
      return false
    case .range:
      try readRange()
      return false
    case .name("for") where pending.last(where: { $0.kind.isOpen })?.kind.takesList == true:
      try readLoop()
      return false
    case .comma:
      let isLoop = try finishPart()
      guard let open = pending.indices.last else { return true }
      guard pending[open].kind != .bracket else { throw .strayComma(at: token.span) }
      if isLoop, pending[open].kind == .vector {
        throw .loopBesideElements(at: token.span)
      }
      pending[open].arity += 1
      try advance()
      return false
    case .equals
    where pending.contains(where: {
      $0.kind.isOpen
    }):
      throw .strayEquals(at: token.span)
    case .equals: return true
    case .end:
      try finishPart()
      return true
    case .number, .name, .gate, .open:
      let left = lastOperandText()
      if pending.last(where: { $0.kind.isOpen })?.kind == .vector {
        throw .elementsSideBySide(at: token.span)
      }
      throw .implicitProduct(left, lexer.text(token.span), at: token.span)
    }
  }

  /// The text of the operand before the present token, when it is short enough to quote.
  func lastOperandText() -> String {
    guard let last = nodes.last, last.arity == 0 else { return "" }
    guard Int(last.end) == previousEnd else { return "" }
    return lexer.text(last.span)
  }

  mutating func readInfix(_ symbol: String) throws(Problem) {
    if symbol == "@" {
      let precedence = Self.productPrecedence
      reduce(downTo: precedence)
      push(.product, Composite.product, precedence: precedence)
      return try advance()
    }
    guard let primitive = Primitive.infixes[symbol] else {
      throw .implicitProduct("", "", at: token.span)
    }
    switch Primitive[primitive].notation {
    case .comparison:
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
      push(.infix, primitive, precedence: 0)
    case .infix(let precedence, let isRightAssociative):
      reduce(downTo: Int8(isRightAssociative ? precedence + 1 : precedence), keeping: primitive)
      if case .variadic = Primitive[primitive].operands, let top = pending.indices.last,
        pending[top].kind == .infix, pending[top].reference == primitive
      {
        pending[top].arity += 1
      } else {
        push(.infix, primitive, precedence: Int8(precedence))
      }
    case .function, .prefix, .gate: throw .implicitProduct("", "", at: token.span)
    }
    try advance()
  }

  /// Applies waiting operators that bind at least as tightly as `precedence`.
  ///
  /// A waiting variadic operator equal to `keeping` stays, to take one operand more.
  mutating func reduce(downTo precedence: Int8, keeping: PrimitiveID? = nil) {
    while let top = pending.last, [.infix, .prefix, .product].contains(top.kind),
      top.precedence >= precedence
    {
      if top.kind == .infix, top.reference == keeping,
        case .variadic = Primitive[top.reference].operands
      {
        return
      }
      pending.removeLast()
      emit(
        top.reference, kind: top.kind == .product ? .composite : .apply,
        arity: top.kind == .prefix ? 1 : Int(top.arity),
        from: top.kind == .prefix ? Int(top.start) : nil)
    }
  }

  /// Adds the application of a primitive or a function to the last `arity` parts.
  mutating func emit(
    _ reference: Int32, kind: Formula.Kind, arity: Int, from start: Int? = nil, to end: Int? = nil
  ) {
    var node = Formula.Node(kind: kind, reference: reference, arity: Int32(clamping: arity))
    var size: Int32 = 0
    var first = nodes.count
    var firstStart = 0
    for _ in 0..<arity where first > 0 {
      let part = nodes[first - 1].size
      // Where `[` or `sin(` stands, not what is inside.
      firstStart = Int(nodes[first - 1].start)
      first -= Int(part)
      size += part
    }
    node.size = size + 1
    node.start = Int32(clamping: start ?? firstStart)
    node.end = Int32(clamping: end ?? Int(nodes.last?.end ?? 0))
    nodes.append(node)
  }

  mutating func close() throws(Problem) {
    try finishPart()
    guard let open = pending.popLast() else { throw .unmatchedBracket(")", at: token.span) }
    switch open.kind {
    case .vector, .index: throw .crossedBrackets("[", ")", at: Int(open.start)..<token.end)
    case .composite:
      let record = Composite[open.reference]
      guard record.counts.contains(Int(open.arity)) else {
        throw wrongCount(open, got: Int(open.arity))
      }
      emit(
        open.reference, kind: .composite, arity: Int(open.arity), from: Int(open.start),
        to: token.end)
    case .bracket:
      if let last = nodes.indices.last { nodes[last].isBracketed = true }
    case .function:
      guard Primitive[open.reference].accepts(Int(open.arity)) else {
        throw wrongCount(open, got: Int(open.arity))
      }
      emit(
        open.reference, kind: .apply, arity: Int(open.arity), from: Int(open.start), to: token.end)
    case .call:
      guard functions[names[Int(open.reference)]] == Int(open.arity) else {
        throw wrongCount(open, got: Int(open.arity))
      }
      emit(
        open.reference, kind: .call, arity: Int(open.arity), from: Int(open.start), to: token.end)
    case .infix, .prefix, .product, .range, .loop: break
    }
    try advance()
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
    let name = names[Int(open.reference)]
    let wanted = functions[name] ?? 0
    return .wrongArgumentCount(
      "\(name)(…)", wanted: "\(wanted) argument\(wanted == 1 ? "" : "s")", got: got, at: span)
  }
}
