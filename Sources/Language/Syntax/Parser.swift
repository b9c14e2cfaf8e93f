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
      // Of two bytes one is a sign as a rule; memory for parts that are not there is never touched.
      let formula = try parser.formula(room: text.utf8.count / 2 + 4)
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
struct Parser: ~Copyable {
  var lexer: Lexer
  var token = Token(kind: .end, start: 0, end: 0)
  let place: Formula.Place
  let functions: [String: Int]
  let operators = Operator.table

  // What has been read, operands first: the first `count` places of `nodes`.
  var nodes = UnsafeMutableBufferPointer<Formula.Node>(start: nil, count: 0)
  var count = 0
  var names = NameTable()
  var loops: [Formula.Loop] = []
  var pending = Pile<Pending>()
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
  /// `room`: how many parts it will have, roughly; where it has more, it is read again with more room.
  mutating func formula(room: Int = 64) throws(Problem) -> Formula {
    let start = lexer
    // Every part takes a byte at least.
    let most = start.bytes.count - start.offset + 4
    var room = min(room, most)
    while true {
      lexer = start
      var isComplete = false
      let nodes = try [Formula.Node](capacity: room) { span throws(Problem) in
        try span.withUnsafeMutableBufferPointer { nodes, count throws(Problem) in
          self.nodes = nodes
          defer {
            self.nodes = UnsafeMutableBufferPointer(start: nil, count: 0)
            count = self.count
          }
          isComplete = try read()
        }
      }
      if isComplete { return Formula(nodes: nodes, names: names.names, loops: loops) }
      room = min(room * 4, most)
    }
  }

  /// Reads one formula into `nodes`; false where they have no room for it.
  private mutating func read() throws(Problem) -> Bool {
    count = 0
    names = NameTable()
    loops = []
    pending.drop(pending.count)
    // Each step takes the present token; where an operand is wanted and where it has been read are
    // apart, so that a processor that guesses what comes next knows which of them it is.
    reading: while true {
      // A step adds two parts at most, and one for each operator that has waited for it.
      guard count + pending.count + 2 < nodes.count else { return false }
      try advance()
      guard try readOperand() == .operator else { continue }
      while true {
        guard count + pending.count + 2 < nodes.count else { return false }
        try advance()
        let next = try readOperator()
        if next == .end { break reading }
        if next == .operand { break }
      }
    }
    reduce(downTo: 0)
    if let open = pending.all.last(where: { $0.kind.isOpen }) {
      let isSquare = open.kind == .vector || open.kind == .index
      throw .unclosedBracket(isSquare ? "[" : "(", at: Int(open.start)..<Int(open.end))
    }
    return true
  }

  /// What is wanted next.
  enum Step {
    case operand, `operator`, end
  }

  // MARK: - Nodes

  /// Adds a number or a name, which the present token is the last of.
  @inline(__always)
  mutating func leaf(_ leaf: Formula.Node, from start: Int? = nil) {
    var node = leaf
    node.start = Int32(clamping: start ?? token.start)
    node.end = Int32(clamping: token.end)
    append(node)
  }

  @inline(__always)
  private mutating func append(_ node: Formula.Node) {
    nodes[count] = node
    count &+= 1
  }

  /// The part that was read last.
  var last: Formula.Node? {
    @inline(__always) get { count > 0 ? nodes[count &- 1] : nil }
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
    node.size = Int32(truncatingIfNeeded: count &- left)
    if hasLeft, left >= 0 {
      node.size &+= nodes[left].size
      node.start = nodes[left].start
    }
    if let start { node.start = start }
    node.end = if let end { Int32(clamping: end) } else { last?.end ?? 0 }
    append(node)
  }

  @inline(__always)
  mutating func push(
    _ kind: Pending.Kind, _ reference: Int32 = 0, precedence: Int8 = .min, arity: Int32 = 1,
    at token: Token? = nil, base: Int? = nil
  ) {
    let token = token ?? self.token
    pending.push(
      Pending(
        kind: kind, precedence: precedence, reference: reference,
        start: Int32(clamping: token.start), end: Int32(clamping: token.end), arity: arity,
        base: Int32(clamping: base ?? count)))
  }
}
