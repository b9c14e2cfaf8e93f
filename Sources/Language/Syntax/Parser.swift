extension Formula {
  /// Where a formula stands, which decides what may occur in it.
  package enum Place: Sendable {
    /// Typed as a definition or an expression.
    case plain
    /// Typed at the prompt or in a lesson, where `grad w1` and `value a` are numbers too.
    case session
    /// A condition such as `grad w1 > 1`.
    case condition
    /// One of the catalog's own derivative rules.
    case rule
  }

  /// Reads a text that is one formula and nothing else.
  ///
  /// `functions`: the user's functions that may be called, with their argument counts.
  package init(
    reading text: String, as place: Place = .plain, functions: [String: Int] = [:]
  ) throws(Problem) {
    var parser = Parser(Lexer(text), place: place, functions: functions)
    self = try parser.formula()
    try parser.expectEnd()
  }
}

/// Reads formulas by operator precedence, with a stack of its own instead of recursion.
///
///     formula   = ["-" | "+"] operand { infix ["-" | "+"] operand }
///     operand   = number | name | name "(" formula { "," formula } ")" | "(" formula ")"
///     infix     = "+" | "-"  <  "*" | "/"  <  unary "-"  <  "^" (right to left) | "²" | "³"
///     condition = formula ("<" | "<=" | ">" | ">=" | "==" | "!=") formula     first in if(…)
///
/// A chain `a + b + c` becomes one gate with three operands; `(a + b) + c` stays two gates.
struct Parser {
  var lexer: Lexer
  var token = Token(kind: .end, start: 0, end: 0)
  var lookahead: Token?
  let place: Formula.Place
  let functions: [String: Int]

  // What has been read, operands first.
  var nodes: [Formula.Node] = []
  var names: [String] = []
  var references: [String: Int32] = [:]
  var pending: [Pending] = []
  var previousEnd = 0

  /// An operator, a bracket or a call that waits for what is to its right.
  struct Pending {
    enum Kind { case infix, prefix, bracket, function, call }
    let kind: Kind
    /// The primitive, or the index of a user function's name.
    let reference: Int32
    /// Where the operator, the bracket or the function's name stands.
    let start: Int32
    let end: Int32
    /// How many operands there are so far, for calls and for `+`.
    var arity: Int32
    let precedence: Int8
    /// The number of nodes when it was met: its first operand starts before or here.
    let base: Int32
  }

  init(_ lexer: Lexer, place: Formula.Place, functions: [String: Int]) {
    self.lexer = lexer
    self.place = place
    self.functions = functions
  }

  /// The token after the formula that was read last.
  var next: Token { token }

  /// The text between two offsets.
  func text(_ span: SourceSpan) -> String { lexer.text(span) }

  func expectEnd() throws(Problem) {
    switch token.kind {
    case .end: return
    case .comma: throw .strayComma(at: token.span)
    case .equals: throw .strayEquals(at: token.span)
    default: throw .implicitProduct("", "", at: token.span)
    }
  }

  mutating func advance() throws(Problem) {
    previousEnd = token.end
    if let ahead = lookahead {
      token = ahead
      lookahead = nil
    } else {
      token = try lexer.next()
    }
  }

  mutating func peek() throws(Problem) -> Token {
    if let ahead = lookahead { return ahead }
    let ahead = try lexer.next()
    lookahead = ahead
    return ahead
  }

  /// Reads one formula, up to the end of the text, a comma outside brackets or an `=`.
  mutating func formula() throws(Problem) -> Formula {
    nodes = []
    names = []
    references = [:]
    pending = []
    try advance()
    var wantsOperand = true
    while true {
      if wantsOperand {
        wantsOperand = try readOperand()
      } else if let finished = try readOperator() {
        if finished { break }
        wantsOperand = true
      }
    }
    reduce(downTo: .min)
    if let open = pending.last { throw .unclosedBracket(at: Int(open.start)..<Int(open.end)) }
    return Formula(nodes: nodes, names: names)
  }

  // MARK: - Operands

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
    let openers: [Pending.Kind] = [.bracket, .function, .call]
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
      leaf(Formula.Node(kind: .name, reference: reference(to: name)), token.span)
      try advance()
      return false
    }
    try advance()
    if functions[name] != nil {
      push(.call, reference(to: name), precedence: .min, at: token)
    } else if let primitive = Primitive.functions[name] {
      push(.function, primitive, precedence: .min, at: token)
    } else {
      throw .unknownFunction(
        name,
        known: Primitive.catalog.filter { $0.notation == .function }.map(\.name)
          + functions.keys.sorted(), at: token.span)
    }
    try advance()
    return true
  }

  mutating func leaf(_ node: Formula.Node, _ span: SourceSpan) {
    var node = node
    node.start = Int32(clamping: span.lowerBound)
    node.end = Int32(clamping: span.upperBound)
    nodes.append(node)
  }

  mutating func push(
    _ kind: Pending.Kind, _ reference: Int32, precedence: Int8, at token: Token? = nil,
    base: Int? = nil
  ) {
    let token = token ?? self.token
    pending.append(
      Pending(
        kind: kind, reference: reference, start: Int32(clamping: token.start),
        end: Int32(clamping: token.end), arity: kind == .infix ? 2 : 1, precedence: precedence,
        base: Int32(clamping: base ?? nodes.count)))
  }

  mutating func reference(to name: String) -> Int32 {
    if let known = references[name] { return known }
    let reference = Int32(clamping: names.count)
    names.append(name)
    references[name] = reference
    return reference
  }
}
