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
///     operand   = number | name | name "(" formulas ")" | "(" formula ")" | "[" formulas "]"
///               | operand "[" subscript { "," subscript } "]"
///     formulas  = formula { "," formula } | formula "for" name "in" formula ".." formula
///     subscript = formula [".." formula]
///     infix     = "+" | "-"  <  "*" | "/" | "@"  <  unary "-"  <  "^" (right to left) | "²" | "³"
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
  var loops: [Formula.Loop] = []
  var pending: [Pending] = []
  var previousEnd = 0

  /// An operator, a bracket or a call that waits for what is to its right.
  struct Pending {
    enum Kind {
      case infix, prefix, bracket, function, call
      /// `@`, and `..` after the first bound of a subscript.
      case product, range
      case composite, vector, index
      /// `for i in`, whose bounds are being read.
      case loop

      /// Whether it is closed by a bracket.
      var isOpen: Bool {
        switch self {
        case .bracket, .function, .call, .composite, .vector, .index: true
        case .infix, .prefix, .product, .range, .loop: false
        }
      }

      /// Whether it takes formulas separated by commas.
      var takesList: Bool { isOpen && self != .bracket }
    }
    let kind: Kind
    /// The primitive, the composite, the index of a user function's name or of a loop.
    let reference: Int32
    /// Where the operator, the bracket or the function's name stands.
    let start: Int32
    let end: Int32
    /// How many operands there are so far, for calls and for `+`.
    var arity: Int32
    let precedence: Int8
    /// The number of nodes when it was met: its first operand starts before or here.
    var base: Int32
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
    loops = []
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
    if let open = pending.last(where: { $0.kind.isOpen }) {
      let isSquare = open.kind == .vector || open.kind == .index
      throw .unclosedBracket(isSquare ? "[" : "(", at: Int(open.start)..<Int(open.end))
    }
    return Formula(nodes: nodes, names: names, loops: loops)
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
        end: Int32(clamping: token.end),
        arity: [.infix, .product, .range, .index].contains(kind) ? 2 : 1, precedence: precedence,
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
