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
    self = try Lexer.reading(text) { lexer throws(Problem) in
      var parser = Parser(lexer, place: place, functions: functions)
      // A formula of many parts has about one for every three bytes.
      let formula = try parser.formula(room: text.utf8.count / 3 + 2)
      try parser.expectEnd()
      return formula
    }
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
  let place: Formula.Place
  let functions: [String: Int]
  let operators = Operator.table

  // What has been read, operands first.
  var nodes: [Formula.Node] = []
  var names = NameTable()
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
    /// How tightly an operator binds; below 0 for what is no operator.
    let precedence: Int8
    /// The primitive, the composite, the index of a user function's name or of a loop.
    let reference: Int32
    /// Where the operator, the bracket or the function's name stands.
    let start: Int32
    let end: Int32
    /// How many operands there are so far, for calls and for `+`.
    var arity: Int32
    /// The number of nodes when it was met: its first operand ends before or begins here.
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

  @inline(__always)
  mutating func advance() throws(Problem) {
    previousEnd = token.end
    token = try lexer.next()
  }

  /// The token after the present one.
  func peek() throws(Problem) -> Token {
    var ahead = lexer
    return try ahead.next()
  }

  /// Reads one formula, up to the end of the text, a comma outside brackets or an `=`.
  ///
  /// `room`: how many nodes there will be, roughly.
  mutating func formula(room: Int = 4) throws(Problem) -> Formula {
    nodes = []
    nodes.reserveCapacity(room)
    names = NameTable()
    loops = []
    pending = []
    try advance()
    var step = Step.operand
    while step != .end {
      // Each step takes what the present token says, and the next token follows it here.
      step = step == .operand ? try readOperand() : try readOperator()
      if step != .end { try advance() }
    }
    reduce(downTo: 0)
    if let open = pending.last(where: { $0.kind.isOpen }) {
      let isSquare = open.kind == .vector || open.kind == .index
      throw .unclosedBracket(isSquare ? "[" : "(", at: Int(open.start)..<Int(open.end))
    }
    return Formula(nodes: nodes, names: names.names, loops: loops)
  }

  /// What is wanted next.
  enum Step {
    case operand, `operator`, end
  }

  // MARK: - Nodes

  /// Adds a number or a name, which the present token is the last of.
  @inline(__always)
  mutating func leaf(
    _ kind: Formula.Kind, reference: Int32 = 0, number: Double = 0, from start: Int? = nil
  ) {
    var node = Formula.Node(kind: kind, reference: reference, number: number)
    node.start = Int32(clamping: start ?? token.start)
    node.end = Int32(clamping: token.end)
    nodes.append(node)
  }

  /// Adds what joins all parts since `base`, and the one before them where `hasLeft` says so.
  ///
  /// It begins at `start`, or else where the part before begins: where `[` or `sin(` stands, not what
  /// is inside. It ends at `end`, or else where the last part ends.
  @inline(__always)
  mutating func emit(
    _ kind: Formula.Kind, _ reference: Int32, arity: Int32, base: Int32, hasLeft: Bool = false,
    from start: Int32? = nil, to end: Int? = nil
  ) {
    var node = Formula.Node(kind: kind, reference: reference, arity: arity)
    let left = Int(base) - 1
    node.size = Int32(clamping: nodes.count - left)
    if hasLeft, left >= 0 {
      node.size += nodes[left].size
      node.start = nodes[left].start
    }
    if let start { node.start = start }
    node.end = if let end { Int32(clamping: end) } else { nodes.last?.end ?? 0 }
    nodes.append(node)
  }

  @inline(__always)
  mutating func push(
    _ kind: Pending.Kind, _ reference: Int32 = 0, precedence: Int8 = .min, arity: Int32 = 1,
    at token: Token? = nil, base: Int? = nil
  ) {
    let token = token ?? self.token
    pending.append(
      Pending(
        kind: kind, precedence: precedence, reference: reference,
        start: Int32(clamping: token.start), end: Int32(clamping: token.end), arity: arity,
        base: Int32(clamping: base ?? nodes.count)))
  }
}
