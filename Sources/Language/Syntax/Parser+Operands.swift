// Where an operand is wanted: a number, a name, a call, an opening bracket, a sign.
extension Parser {
  /// Takes one token where a number or a name should come; true when an operand is still wanted.
  mutating func readOperand() throws(Problem) -> Bool {
    let token = token
    switch token.kind {
    case .number(let value):
      leaf(Formula.Node(kind: .number, number: value), token.span)
    case .gate(let label) where place == .session || place == .condition:
      leaf(Formula.Node(kind: .name, reference: reference(to: label)), token.span)
    case .gate: throw .strayCharacter("@", at: token.start..<token.start + 1)
    case .name(let name): return try readName(name)
    case .open:
      push(.bracket, 0, precedence: .min)
    case .openSquare:
      push(.vector, 0, precedence: .min)
    case .symbol("+"):
      break
    case .symbol(let symbol):
      guard let prefix = Primitive.prefixes[symbol],
        case .prefix(let precedence) = Primitive[prefix].notation
      else { throw missingOperand() }
      push(.prefix, prefix, precedence: Int8(precedence))
    default: throw missingOperand()
    }
    try advance()
    if case .number = token.kind { return false }
    if case .gate = token.kind { return false }
    return true
  }

  func missingOperand() -> Problem {
    let openers: [Pending.Kind] = [.bracket, .function, .call, .composite]
    if token.kind == .closeSquare, let open = pending.last, nodes.count == Int(open.base) {
      if open.kind == .vector { return .emptyVector(at: Int(open.start)..<token.end) }
      if open.kind == .index { return .missingSubscript(at: Int(open.start)..<token.end) }
    }
    if token.kind == .close, let open = pending.last, openers.contains(open.kind),
      nodes.count == Int(open.base), open.arity == 1
    {
      if open.kind == .bracket { return .emptyBrackets(at: Int(open.start)..<token.end) }
      return wrongCount(open, got: 0)
    }
    if token.kind == .end { return .expectedOperand(before: "", at: token.start..<token.start) }
    return .expectedOperand(before: token.description, at: token.span)
  }

  mutating func readName(_ name: String) throws(Problem) -> Bool {
    let token = token
    let ahead = try peek()
    if place == .session || place == .condition, name == "grad" || name == "value" {
      switch ahead.kind {
      case .name(let node), .gate(let node):
        try advance()
        leaf(
          Formula.Node(kind: .name, reference: reference(to: "\(name) \(node)")),
          token.start..<ahead.end)
        try advance()
        return false
      default: throw .expectedName(after: name, at: token.span)
      }
    }
    guard ahead.kind == .open else {
      var node = Formula.Node(kind: .name, reference: reference(to: name))
      node.isIndexed = ahead.kind == .openSquare
      leaf(node, token.span)
      try advance()
      return false
    }
    try advance()
    if functions[name] != nil {
      push(.call, reference(to: name), precedence: .min, at: token)
    } else if let composite = Composite.byName[name] {
      push(.composite, composite, precedence: .min, at: token)
    } else if let primitive = Primitive.functions[name] {
      push(.function, primitive, precedence: .min, at: token)
    } else {
      throw .unknownFunction(
        name,
        known: Composite.functionNames + functions.keys.sorted(), at: token.span)
    }
    try advance()
    return true
  }
}
