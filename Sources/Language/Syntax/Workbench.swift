/// Where a formula is put together: the parts that have been read, and what waits for more of them.
///
/// It is nothing but numbers and places in memory that the parser lends it, so that a loop can keep
/// all of it in the processor's registers.
struct Workbench {
  /// What has been read, operands first: the first `count` places.
  var nodes = UnsafeMutableBufferPointer<Formula.Node>(start: nil, count: 0)
  var count = 0
  /// Operators, brackets and calls, the first `depth` places.
  var waiting: UnsafeMutableBufferPointer<Pending>
  var depth = 0

  /// An operator, a bracket or a call that waits for what is to its right.
  struct Pending {
    enum Kind: UInt8 {
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

  /// How many steps there is room for: each adds two parts at most, or one thing that waits and will
  /// be a part itself.
  var room: Int { max(0, min((nodes.count - count - depth - 2) / 2, waiting.count - depth)) }

  /// The part that was read last, where one has been read.
  var last: Formula.Node {
    @inline(__always) get { nodes[count &- 1] }
  }

  /// What has come to wait last.
  var top: Pending? {
    @inline(__always) get { depth > 0 ? waiting[depth &- 1] : nil }
  }

  /// The innermost bracket or call that is open.
  var innermost: Pending? { waiting[..<depth].last { $0.kind.isOpen } }

  // MARK: - Parts

  /// Adds a number or a name.
  @inline(__always)
  mutating func add(_ leaf: Formula.Node, from start: Int32, to end: Int32) {
    var node = leaf
    node.start = start
    node.end = end
    append(node)
  }

  @inline(__always)
  private mutating func append(_ node: Formula.Node) {
    nodes[count] = node
    count &+= 1
  }

  /// Notes that the last part stands in brackets.
  @inline(__always)
  mutating func bracketLast() {
    // Unchecked memory is never written before its beginning, whoever asks.
    if count > 0 { nodes[count &- 1].isBracketed = true }
  }

  /// Notes that a subscript follows the last part.
  mutating func indexLast() {
    if count > 0 { nodes[count &- 1].isIndexed = true }
  }

  /// Adds what joins all parts since `base`, and the one before them where `hasLeft` says so.
  ///
  /// It begins at `start`, or else where the part before begins: where `[` or `sin(` stands, not what
  /// is inside. It ends at `end`, or else where the last part ends.
  @inline(__always)
  mutating func join(
    _ kind: Formula.Kind, _ reference: Int32, arity: Int32, base: Int32, hasLeft: Bool = false,
    from start: Int32? = nil, to end: Int32? = nil
  ) {
    var node = Formula.Node(kind: kind, reference: reference, arity: arity)
    let left = Int(base) &- 1
    node.size = Int32(truncatingIfNeeded: count &- left)
    if hasLeft, left >= 0 {
      node.size &+= nodes[left].size
      node.start = nodes[left].start
    }
    if let start { node.start = start }
    node.end = end ?? last.end
    append(node)
  }

  // MARK: - What waits

  @inline(__always)
  mutating func wait(
    _ kind: Pending.Kind, _ reference: Int32, precedence: Int8, arity: Int32, from start: Int32,
    to end: Int32
  ) {
    waiting[depth] = Pending(
      kind: kind, precedence: precedence, reference: reference, start: start, end: end,
      arity: arity, base: Int32(truncatingIfNeeded: count))
    depth &+= 1
  }

  /// Takes away what came to wait last.
  @inline(__always)
  mutating func drop() { depth = max(0, depth &- 1) }

  /// One operand more for what came to wait last, where something waits.
  @inline(__always)
  mutating func countOperand() {
    if depth > 0 { waiting[depth &- 1].arity &+= 1 }
  }

  /// Takes an operator between two operands.
  @inline(__always)
  mutating func infix(_ row: Operator, from start: Int32, to end: Int32) {
    let lowest = row.isRightAssociative ? row.precedence &+ 1 : row.precedence
    // What binds at least as tightly gets what it waits for, but a sum takes one more term.
    while let top, top.precedence >= lowest {
      if row.takesMany, top.kind == .infix, top.reference == row.infix { return countOperand() }
      apply(top)
    }
    wait(.infix, row.infix, precedence: row.precedence, arity: 2, from: start, to: end)
  }

  /// Applies waiting operators that bind at least as tightly as `precedence`.
  @inline(__always)
  mutating func reduce(downTo precedence: Int8) {
    while let top, top.precedence >= precedence { apply(top) }
  }

  @inline(__always)
  private mutating func apply(_ top: Pending) {
    depth &-= 1
    let isPrefix = top.kind == .prefix
    join(
      top.kind == .product ? .composite : .apply, top.reference, arity: isPrefix ? 1 : top.arity,
      base: top.base, hasLeft: !isPrefix, from: isPrefix ? top.start : nil)
  }

  /// Closes a plain bracket; false where it is none that came to wait last.
  @inline(__always)
  mutating func closeBracket() -> Bool {
    reduce(downTo: 0)
    guard let top, top.kind == .bracket else { return false }
    drop()
    bracketLast()
    return true
  }
}
