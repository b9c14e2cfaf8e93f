extension Formula {
  /// A way of writing formulas.
  package enum Spelling: Hashable, Sendable {
    /// As it could be typed: `a * b^2`.
    case source
    /// As it stands in an arithmetic line: `a × b²`.
    case display
    /// For TeX: `a \cdot {b}^{2}`.
    case latex
    /// For web pages: the elements inside `<math>`.
    case mathML
  }

  /// The formula with the fewest brackets that still read back as the same gates.
  ///
  /// `numbers`: how its literals are rounded. `bracketsSigns`: whether a negative number has brackets
  /// where it comes first as well, `(-2) + 5`.
  package func written(
    _ spelling: Spelling, numbers: NumberStyle = .data, bracketsSigns: Bool = false
  ) -> String {
    var printer = Printer(formula: self, spelling: spelling, numbers: numbers)
    printer.bracketsSigns = bracketsSigns
    return printer.text()
  }
}

extension Formula: CustomStringConvertible {
  package var description: String { written(.source) }
}

/// Writes a formula from the left to the right, with a stack of what is still to come.
struct Printer {
  let formula: Formula
  let spelling: Formula.Spelling
  let numbers: NumberStyle
  var bracketsSigns = false
  /// What stands around a part in brackets.
  let brackets: (open: String, close: String)
  let argumentBrackets: (open: String, close: String)
  private var pending: [Piece] = []
  private var output = ""

  enum Piece {
    case text(String)
    /// A part of the formula, and how tightly it must bind to go without brackets.
    case part(Int, needs: Int, isFirst: Bool)
  }

  // Comparisons bind least; a single number or name binds tightest.
  static let loosest = 0
  private static let comparisonPrecedence = 1
  static let atom = 9

  init(formula: Formula, spelling: Formula.Spelling, numbers: NumberStyle) {
    self.formula = formula
    self.spelling = spelling
    self.numbers = numbers
    let isFlat = formula.isFlat
    brackets = isFlat ? spelling.flatBrackets : spelling.brackets
    // TeX sets brackets that grow apart from the function before them.
    argumentBrackets = isFlat && spelling == .latex ? ("(", ")") : brackets
  }

  mutating func text() -> String {
    guard !formula.nodes.isEmpty else { return "" }
    pending = [.part(formula.nodes.count - 1, needs: Self.loosest, isFirst: true)]
    while let piece = pending.popLast() {
      switch piece {
      case .text(let text): output += text
      case .part(let index, let needs, let isFirst): write(index, needs: needs, isFirst: isFirst)
      }
    }
    return output
  }

  private mutating func write(_ index: Int, needs: Int, isFirst: Bool) {
    let node = formula.nodes[index]
    switch node.kind {
    case .number: writeNumber(node.number, needs: needs, isFirst: isFirst)
    case .name: output += spelling.name(formula.names[Int(node.reference)])
    case .call:
      push(arguments(of: index, head: spelling.name(formula.names[Int(node.reference)])))
    case .composite: push(composite(index, needs: needs))
    case .vector:
      push([sign("[")] + list(formula.operands(of: index)) + [sign("]")])
    case .index:
      let operands = formula.operands(of: index)
      push(
        [.part(operands[0], needs: Self.atom, isFirst: true), sign("[")]
          + list(Array(operands.dropFirst())) + [sign("]")])
    case .range:
      let bounds = formula.operands(of: index)
      push([
        .part(bounds[0], needs: Self.loosest, isFirst: true), sign(".."),
        .part(bounds[1], needs: Self.loosest, isFirst: true),
      ])
    case .loop: push([sign("[")] + loop(index) + [sign("]")])
    case .apply:
      let primitive = Primitive[node.reference]
      let precedence = precedence(of: primitive)
      // `a - -b` can be read, but not by people: a sign after an operator gets brackets.
      let isSigned = primitive.isPrefix && !isFirst && spelling != .source
      let brackets = precedence < needs || isSigned
      let (open, close) = self.brackets
      let pieces = self.pieces(
        of: index, primitive, precedence,
        isFirst: isFirst || brackets || spelling == .source)
      push(brackets ? [.text(open)] + pieces + [.text(close)] : pieces)
    }
  }

  func sign(_ sign: String) -> Piece { .text(spelling.sign(sign)) }

  private mutating func push(_ pieces: [Piece]) { pending += pieces.reversed() }

  private mutating func writeNumber(_ number: Double, needs: Int, isFirst: Bool) {
    // A literal over the largest double is infinite; `inf` would read back as a name.
    let isOverflow = number == .infinity && spelling == .source
    let text = isOverflow ? "1e999" : number.formatted(numbers)
    let isSigned = text.hasPrefix("-")
    let negation = precedence(of: Primitive[Primitive.negate])
    // A power of ten is a product, and binds like one.
    let isProduct = needs > Self.loosest + 1 && text.contains("e") && spelling != .source
    let brackets =
      isSigned && (!isFirst || needs > negation || bracketsSigns && needs > Self.loosest)
      || isProduct && needs == Self.atom && spelling != .display
    let written = spelling.number(text)
    let (open, close) = isSigned ? ("(", ")") : self.brackets
    output +=
      !brackets
      ? written : spelling == .mathML ? Formula.Spelling.bracketed(written) : open + written + close
  }

  func precedence(of primitive: Primitive) -> Int {
    switch primitive.notation {
    case .function, .gate: Self.atom
    case .prefix(let precedence): precedence
    case .infix(let precedence, _): precedence
    case .comparison: Self.comparisonPrecedence
    }
  }

  private func pieces(
    of index: Int, _ primitive: Primitive, _ precedence: Int, isFirst: Bool
  ) -> [Piece] {
    let operands = formula.operands(of: index)
    if operands.count <= 2, let template = spelling.template(primitive) {
      return self.template(template, primitive, operands, precedence)
    }
    switch primitive.notation {
    case .function, .gate:
      return arguments(of: index, head: spelling.head(primitive))
    case .prefix:
      if let number = number(negating: operands[0]) { return [.text(number)] }
      return [sign("-"), .part(operands[0], needs: precedence, isFirst: spelling == .source)]
    case .infix(_, let isRightAssociative):
      if spelling == .display, let raised = superscript(primitive, operands) { return raised }
      return infix(primitive, operands, precedence, isRightAssociative, isFirst)
    case .comparison: return infix(primitive, operands, precedence, false, isFirst)
    }
  }

  /// `b²`: what people write where the exponent is a literal 2 or 3.
  private func superscript(_ primitive: Primitive, _ operands: [Int]) -> [Piece]? {
    guard primitive.name == Primitive[Primitive.raise].name, operands.count == 2,
      formula.nodes[operands[1]].kind == .number
    else { return nil }
    let exponent = formula.nodes[operands[1]].number
    guard let sign = [2.0: "²", 3.0: "³"][exponent] else { return nil }
    return [.part(operands[0], needs: Self.atom, isFirst: true), .text(sign)]
  }

  private func infix(
    _ primitive: Primitive, _ operands: [Int], _ precedence: Int, _ isRightAssociative: Bool,
    _ isFirst: Bool
  ) -> [Piece] {
    let sign = spelling == .source ? primitive.name : primitive.sign
    let isPower = isRightAssociative
    let joint = isPower ? sign : spelling.between(sign)
    var pieces: [Piece] = []
    for (place, operand) in operands.enumerated() {
      if place > 0, spelling != .source, primitive.isSum, let inner = negated(operand) {
        // `a + (-b)` is read as a - b.
        pieces += [
          .text(spelling.between("-")), .part(inner, needs: precedence + 1, isFirst: false),
        ]
        continue
      }
      if place > 0 { pieces.append(.text(joint)) }
      pieces.append(
        .part(
          operand,
          needs: needs(operand, at: place, of: primitive, precedence, isRightAssociative),
          isFirst: place == 0 && isFirst))
    }
    return pieces
  }

  /// What a part that is a negation negates.
  private func negated(_ index: Int) -> Int? {
    let node = formula.nodes[index]
    return node.kind == .apply && node.reference == Primitive.negate ? index - 1 : nil
  }

  /// How tightly an operand must bind to stand without brackets.
  private func needs(
    _ operand: Int, at place: Int, of primitive: Primitive, _ precedence: Int,
    _ isRightAssociative: Bool
  ) -> Int {
    let node = formula.nodes[operand]
    let isSame = node.kind == .apply && Primitive[node.reference].name == primitive.name
    if case .variadic = primitive.operands, isSame, node.arity > 1 { return precedence + 1 }
    if isRightAssociative {
      // 2^-x may do without; its left side may not.
      return place == 0 ? Self.atom : self.precedence(of: Primitive[Primitive.negate])
    }
    return place == 0 ? precedence : precedence + 1
  }

  func arguments(of index: Int, head: String) -> [Piece] {
    let (open, close) = argumentBrackets
    return [.text(head + open)] + list(formula.operands(of: index)) + [.text(close)]
  }

  private func template(
    _ text: String, _ primitive: Primitive, _ operands: [Int], _ precedence: Int
  ) -> [Piece] {
    let isFraction = primitive.latex.hasPrefix(#"\"#) && primitive.latex.contains("{#1}")
    var pieces: [Piece] = []
    var rest = text[...]
    while let mark = rest.firstIndex(of: "#") {
      pieces.append(.text(String(rest[..<mark])))
      rest = rest[mark...].dropFirst()
      let place = rest.first == "1" ? 0 : 1
      rest = rest.dropFirst()
      guard operands.indices.contains(place) else { continue }
      let isRight: Bool = if case .infix(_, true) = primitive.notation { true } else { false }
      let bare = isFraction || primitive.notation == .function || isRight && place == 1
      pieces.append(
        .part(
          operands[place],
          needs: bare
            ? Self.loosest : needs(operands[place], at: place, of: primitive, precedence, isRight),
          isFirst: bare || place == 0))
    }
    return pieces + [.text(String(rest))]
  }
}
