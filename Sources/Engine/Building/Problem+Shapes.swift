package import Language

extension GraphBuilder {
  /// The problem, pointing at the part that is being read; inside a function, at its call.
  func located(_ problem: Problem) -> Problem {
    let home = frames.lastIndex { $0.name != nil } ?? 0
    // A function's body was typed elsewhere, so its call is pointed at; a loop's body was typed here.
    let call = frames.indices.first { $0 > home && frames[$0].isCall }
    let depth = call.map { $0 - 1 } ?? frames.count - (frames.last?.turns == nil ? 1 : 2)
    guard frames.indices.contains(depth) else { return problem }
    let frame = frames[depth]
    let hasMovedOn = call != nil || frames.last?.turns != nil
    let cursor = hasMovedOn ? frame.cursor - 1 : frame.cursor
    guard frame.formula.nodes.indices.contains(cursor) else { return problem }
    let span = frame.formula.nodes[cursor].span
    var result = problem
    result.span = max(0, span.lowerBound + frame.shift)..<max(0, span.upperBound + frame.shift)
    result.excerpt = frame.excerpt
    return result
  }

  /// What an operand of the part being read is called.
  func text(ofOperand place: Int) -> String {
    guard let frame = frames.last, frame.formula.nodes.indices.contains(frame.cursor) else {
      return "it"
    }
    let operands = frame.formula.operands(of: frame.cursor)
    guard operands.indices.contains(place) else { return "it" }
    let part = frame.formula.part(at: operands[place])
    if let argument = argument(named: part, in: frame) { return argument }
    let text = part.written(.source)
    return text.count <= 24 ? text : "the \(place == 0 ? "first" : "other") part"
  }

  /// What stands at the call for a parameter of a function: people know their own names.
  private func argument(named part: Formula, in frame: Frame) -> String? {
    guard frame.isCall, frames.count >= 2, part.nodes.count == 1, part.nodes[0].kind == .name,
      let parameter = part.names.first,
      let index = frame.environment.firstIndex(where: { $0.0 == parameter })
    else { return nil }
    let caller = frames[frames.count - 2]
    let call = caller.cursor - 1
    guard caller.formula.nodes.indices.contains(call) else { return nil }
    let operands = caller.formula.operands(of: call)
    guard operands.indices.contains(index) else { return nil }
    let text = caller.formula.part(at: operands[index]).written(.source)
    return text.count <= 24 ? text : nil
  }

  func nameOfBase() -> String { text(ofOperand: 0) }

  func shapesDiffer(
    _ id: PrimitiveID, _ operands: [Value], _ first: Value, _ other: Value
  ) -> Problem {
    let places = operands.indices.filter { operands[$0].shape != .scalar }
    let names = places.map { text(ofOperand: $0) }
    let second = places.first { operands[$0].shape == other.shape } ?? 0
    let (a, b) = (names.first ?? "one", text(ofOperand: second))
    let sign = frames.last?.isCall == true ? frames.last?.function ?? "" : Primitive[id].name
    return located(
      Problem(
        "shape-mismatch",
        "\(sign) works element by element, but \(a) is \(first.shape.description) and \(b) is \(other.shape.description)",
        hint: "give both the same number of elements, or use one number"))
  }

  func cannotMultiply(
    _ first: Value, _ second: Value, _ what: String,
    hint: String = "the left side needs as many columns as the right side has rows"
  ) -> Problem {
    for value in [first, second] {
      if case .scalar(let node) = value, graph.nodes[node].kind == .input,
        !graph.nodes[node].hasValue
      {
        return located(.undefinedVector(graph.label(node)))
      }
    }
    let (a, b) = (first.shape, second.shape)
    let (left, right) = (text(ofOperand: 0), text(ofOperand: 1))
    let isScalar = a == .scalar || b == .scalar
    return located(
      Problem(
        "shape-mismatch",
        "\(what) cannot be taken: \(left) is \(a.description) and \(right) is \(b.description)",
        hint: isScalar ? "multiply by one number with *" : hint))
  }
}

// What can be wrong with vectors, in alphabetical order.
extension Problem {
  static func elementMissing(_ name: String, _ index: Int) -> Problem {
    Problem(
      "missing-value", "\(name) cannot be used as a whole: it has no element \(index) yet",
      hint: "try: \(name)[\(index)] = 1")
  }

  static func emptyRange(_ low: Int, _ high: Int) -> Problem {
    Problem(
      "empty-range", "\(low)..\(high) is empty: the first bound is the larger", hint: "write 1..3")
  }

  static func emptyWindows(
    _ what: String, _ size: Int, _ count: Int, hint: String = "make it smaller"
  ) -> Problem {
    Problem(
      "shape-mismatch", "\(what) of \(size) does not fit: there are only \(count) elements",
      hint: hint)
  }

  static func needsRandomSource(_ name: String) -> Problem {
    Problem(
      "random-in-formula", "\(name) draws numbers once, into a name of their own",
      hint: "write w = \(name)(…) first, and use w in the formula")
  }

  static func needsVector(_ what: String, _ got: Shape) -> Problem {
    Problem(
      "shape-mismatch", "\(what) should be a vector, and is \(got.description)",
      hint: "a vector is written [1, 2, 3]")
  }

  static func notIndexable(_ name: String, _ shape: Shape, _ count: Int) -> Problem {
    Problem(
      "not-indexable",
      shape == .scalar
        ? "\(name) is one number, so it has no elements"
        : "\(name) is \(shape.description), and \(count) subscripts are too many",
      hint: shape == .scalar ? "a vector is written \(name) = [1, 2, 3]" : "write \(name)[1]")
  }

  static func outOfRange(
    _ index: String, _ name: String, _ count: Int?, _ axis: Int = 0, _ axes: Int = 1
  ) -> Problem {
    let what = axes == 1 ? "element" : axis == 0 ? "row" : "column"
    return Problem(
      "index-out-of-range",
      count.map { "\(name) has \($0) \(what)\($0 == 1 ? "" : "s"), and no number \(index)" }
        ?? "\(name) has no element \(index)",
      hint: count.map { "count from 1: 1 to \($0)" } ?? "elements are counted from 1")
  }

  static func raggedRows(_ first: Shape, _ other: Shape) -> Problem {
    Problem(
      "ragged-matrix",
      "the parts of a vector must be alike: one is \(first.description), another \(other.description)",
      hint: "rows of a matrix have equal length: [[1, 2], [3, 4]]")
  }

  static func subscriptIsComputed(_ what: String) -> Problem {
    Problem(
      "subscript-computed", "\(what) must be known beforehand, and this one is computed",
      hint: "use a number, a name for a number, or the variable of a loop")
  }

  static func subscriptIsVector(_ shape: Shape, _ what: String) -> Problem {
    Problem(
      "subscript-not-whole", "\(what) is one whole number, and this is \(shape.description)",
      hint: what == "a subscript" ? "write x[2], or x[2..4] for several" : "use a whole number")
  }

  static func subscriptNotWhole(_ value: Double, _ what: String) -> Problem {
    let isTooLarge = Int(exactly: value) != nil
    return Problem(
      "subscript-not-whole",
      isTooLarge
        ? "\(value.formatted(.arithmetic)) is too large for \(what)"
        : "\(what) is a whole number, and \(value.formatted(.arithmetic)) is none",
      hint: isTooLarge ? "type limits to see every limit" : "elements are counted 1, 2, 3")
  }

  static func subscriptUnknown(_ name: String) -> Problem {
    Problem(
      "subscript-unknown", "\(name) has no value yet, so it cannot count", hint: "try: \(name) = 3")
  }

  static func classIsVector(_ shape: Shape) -> Problem {
    Problem(
      "subscript-not-whole", "the class is one whole number, and this is \(shape.description)",
      hint: "count classes from 1; cross_entropy(y, softmax(s)) takes a vector y")
  }

  package static func noSuchClass(_ k: Double, _ count: Int) -> Problem {
    Problem(
      "index-out-of-range",
      "there are \(count) classes, and no number \(k.formatted(.arithmetic))",
      hint: "classes are counted from 1 to \(count)")
  }

  static func tooMuchPadding(_ padding: Int, _ size: Int) -> Problem {
    Problem(
      "bad-size", "a filter of \(size) never reaches all of a padding of \(padding)",
      hint: "use a padding below \(size)")
  }

  static var tooDeep: Problem {
    Problem(
      "too-deep", "a matrix has rows and columns, and nothing deeper",
      hint: "write [[1, 2], [3, 4]]")
  }

  static func undefinedVector(_ name: String) -> Problem {
    Problem(
      "missing-value", "\(name) has no elements yet", hint: "try: \(name) = [1, 2, 3]")
  }
}
