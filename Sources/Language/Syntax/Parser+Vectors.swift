// Square brackets: vectors, subscripts, ranges, and the loops that fill them.
extension Parser {
  /// Ends an argument, an element or a subscript: what waits for its right side has got it.
  ///
  /// True where it was a loop that ended.
  @discardableResult
  mutating func finishPart() throws(Problem) -> Bool {
    bench.reduce(downTo: 0)
    if let top = bench.top, top.kind == .range {
      bench.drop()
      bench.join(.range, 0, arity: 2, base: top.base, hasLeft: true)
    }
    guard let top = bench.top, top.kind == .loop else { return false }
    guard top.arity == 2 else { throw .loopWithoutRange(at: Int(top.start)..<Int(top.end)) }
    bench.drop()
    // Its two bounds are all that has been added since the body was taken away.
    let body = loops[Int(top.reference)].body
    bench.join(.loop, top.reference, arity: 2, base: top.base, from: body.nodes.first?.start)
    return true
  }

  /// Takes the two dots between bounds.
  mutating func readRange() throws(Problem) {
    bench.reduce(downTo: 0)
    guard let top = bench.top else { throw .strayRange(at: token.span) }
    switch top.kind {
    case .index: wait(.range)
    case .loop where top.arity == 1: bench.countOperand()
    default: throw .strayRange(at: token.span)
    }
  }

  /// Takes `for i in`: the part before it is what will be repeated.
  mutating func readLoop() throws(Problem) {
    let word = token
    bench.reduce(downTo: 0)
    guard let open = bench.top, open.kind.takesList, open.kind != .index else {
      throw .strayLoop(at: word.span)
    }
    if open.kind == .vector, open.arity > 1 { throw .loopBesideElements(at: word.span) }
    try advance()
    guard token.kind == .name else { throw .loopWithoutName(at: token.span) }
    let variable = lexer.spelling(of: token)
    try advance()
    guard isWord("in") else { throw .loopWithoutRange(at: word.start..<token.end) }
    let size = Int(bench.last.size)
    let read = Formula(
      nodes: Array(bench.nodes[bench.count - size..<bench.count]), names: names.names, loops: loops)
    var builder = FormulaBuilder()
    builder.append(read)
    bench.count -= size
    let loop = Formula.Loop(variable: variable, body: builder.formula)
    try Limit.loops.check(loop.depth, at: word.span)
    loops.append(loop)
    wait(.loop, Int32(clamping: loops.count - 1), at: word)
  }

  mutating func closeSquare() throws(Problem) {
    let isLoop = try finishPart()
    guard let open = popped() else { throw .unmatchedBracket("]", at: token.span) }
    switch open.kind {
    case .vector:
      // `[x[i] for i in 1..3]` is the vector that the loop fills, and no vector of one.
      if isLoop { break }
      bench.join(
        .vector, 0, arity: open.arity, base: open.base, from: open.start,
        to: Int32(clamping: token.end))
    case .index:
      guard open.arity <= 3 else {
        throw .tooManySubscripts(at: Int(open.start)..<token.end)
      }
      bench.join(
        .index, 0, arity: open.arity, base: open.base, hasLeft: true, to: Int32(clamping: token.end)
      )
    default: throw .crossedBrackets("(", "]", at: Int(open.start)..<token.end)
    }
  }
}

extension Problem {
  static func crossedBrackets(_ open: String, _ close: String, at span: SourceSpan) -> Problem {
    Problem(
      "crossed-brackets", "\(open) is closed by \(close) here", at: span,
      hint: "close ( with ) and [ with ]")
  }

  static func elementsSideBySide(at span: SourceSpan) -> Problem {
    Problem(
      "implicit-product", "two elements stand side by side with nothing between them", at: span,
      hint: "commas part elements: [1, 2]; for a product, write *")
  }

  package static func emptyVector(at span: SourceSpan) -> Problem {
    Problem(
      "empty-vector", "a vector needs at least one element", at: span, hint: "write [0], or [1, 2]")
  }

  static func loopBesideElements(at span: SourceSpan) -> Problem {
    Problem(
      "loop-beside-elements", "a loop fills the whole vector, so nothing stands beside it",
      at: span, hint: "write [x[i]^2 for i in 1..3]")
  }

  static func loopWithoutName(at span: SourceSpan) -> Problem {
    Problem(
      "loop-without-name", "after for comes the name that counts", at: span,
      hint: "write for i in 1..3")
  }

  static func loopWithoutRange(at span: SourceSpan) -> Problem {
    Problem(
      "loop-without-range", "a loop says from where to where it counts", at: span,
      hint: "write for i in 1..3")
  }

  static func missingSubscript(at span: SourceSpan) -> Problem {
    Problem(
      "missing-subscript", "which element? The brackets are empty", at: span,
      hint: "elements are counted from 1: x[1]")
  }

  static func strayLoop(at span: SourceSpan) -> Problem {
    Problem(
      "stray-loop", "a loop stands in [ ] or in the brackets of a function", at: span,
      hint: "write sum(w[i] * x[i] for i in 1..3)")
  }

  static func strayRange(at span: SourceSpan) -> Problem {
    Problem(
      "stray-range", ".. stands between two bounds, in a subscript or in a loop", at: span,
      hint: "write x[2..4], or for i in 1..3")
  }

  static func tooManySubscripts(at span: SourceSpan) -> Problem {
    Problem(
      "too-many-subscripts", "a matrix has two subscripts: row and column", at: span,
      hint: "write W[2, 1]")
  }
}
