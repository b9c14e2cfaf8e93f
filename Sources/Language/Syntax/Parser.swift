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
      let formula = try parser.formula(room: text.utf8.count / 2 + 16)
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

  var bench: Workbench
  var names = NameTable()
  var loops: [Formula.Loop] = []
  var previousEnd = 0

  typealias Pending = Workbench.Pending

  init(_ lexer: Lexer, place: Formula.Place, functions: [String: Int]) {
    self.lexer = lexer
    self.place = place
    self.functions = functions
    bench = Workbench(waiting: .allocate(capacity: 64))
  }

  deinit { bench.waiting.deallocate() }

  /// The token after the formula that was read last.
  var next: Token { token }

  /// The text between two offsets.
  func text(_ span: SourceSpan) -> String { lexer.text(span) }

  func expectEnd() throws(Problem) {
    if token.kind == .comma { throw .strayComma(at: token.span) }
  }

  mutating func advance() throws(Problem) {
    previousEnd = token.end
    token = try lexer.next()
  }

  /// The token after the present one.
  func peek() throws(Problem) -> Token {
    var ahead = lexer
    return try ahead.next()
  }

  /// Reads one formula, up to the end of the text or a comma outside brackets.
  ///
  /// `room`: how many parts it will have, roughly; where it has more, it is read again with more room.
  mutating func formula(room: Int = 64) throws(Problem) -> Formula {
    let start = lexer
    // Every part takes a byte at least, and the workbench keeps two places for each step.
    let most = 2 * (start.bytes.count - start.offset) + 8
    var room = min(room, most)
    while true {
      lexer = start
      var isComplete = false
      let nodes = try [Formula.Node](capacity: room) { span throws(Problem) in
        try span.withUnsafeMutableBufferPointer { nodes, count throws(Problem) in
          bench.nodes = nodes
          defer {
            bench.nodes = UnsafeMutableBufferPointer(start: nil, count: 0)
            count = bench.count
          }
          isComplete = try read()
        }
      }
      if isComplete { return Formula(nodes: nodes, names: names.names, loops: loops) }
      room = min(room * 4, most)
    }
  }

  /// Reads one formula into the workbench; false where it has no room for it.
  private mutating func read() throws(Problem) -> Bool {
    bench.count = 0
    bench.depth = 0
    // Read again, names keep their places, and loops are found again.
    loops = []
    var wanted = Step.operand
    while true {
      if wanted == .operand { wanted = readPlain() }
      if bench.room == 0, !makeRoom() { return false }
      try advance()
      wanted = wanted == .operand ? try readOperand() : try readOperator()
      if wanted == .end { break }
    }
    if let open = bench.innermost {
      let isSquare = open.kind == .vector || open.kind == .index
      throw .unclosedBracket(isSquare ? "[" : "(", at: Int(open.start)..<Int(open.end))
    }
    return true
  }

  /// Makes room for more that waits; false where it is parts that have no room.
  private mutating func makeRoom() -> Bool {
    if bench.depth == bench.waiting.count {
      let wider = UnsafeMutableBufferPointer<Pending>.allocate(capacity: 2 * bench.depth)
      _ = wider.update(from: bench.waiting)
      bench.waiting.deallocate()
      bench.waiting = wider
    }
    return bench.room > 0
  }

  /// What is wanted next.
  enum Step {
    case operand, `operator`, end
  }

  /// Adds a number or a name, which the present token is the last of.
  mutating func leaf(_ leaf: Formula.Node, from start: Int? = nil) {
    bench.add(leaf, from: Int32(clamping: start ?? token.start), to: Int32(clamping: token.end))
  }

  /// Lets something wait, which begins with the present token or another.
  mutating func wait(
    _ kind: Pending.Kind, _ reference: Int32 = 0, precedence: Int8 = .min, arity: Int32 = 1,
    at other: Token? = nil
  ) {
    let token = other ?? token
    bench.wait(
      kind, reference, precedence: precedence, arity: arity, from: Int32(clamping: token.start),
      to: Int32(clamping: token.end))
  }
}
