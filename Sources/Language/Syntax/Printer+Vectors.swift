// Lists, loops and composites as they are typed.
extension Printer {
  /// `a, b, c`.
  func list(_ operands: [Int]) -> [Piece] {
    var pieces: [Piece] = []
    for (place, operand) in operands.enumerated() {
      if place > 0 { pieces.append(.text(spelling == .mathML ? "<mo>,</mo>" : ", ")) }
      pieces.append(.part(operand, needs: Self.loosest, isFirst: true))
    }
    return pieces
  }

  /// `w[i] * x[i] for i in 1..3`; the body is a formula of its own.
  func loop(_ index: Int) -> [Piece] {
    let loop = formula.loops[Int(formula.nodes[index].reference)]
    let bounds = formula.operands(of: index)
    return [
      .text(
        loop.body.written(spelling, numbers: numbers) + spelling.words(" for ")
          + spelling.name(loop.variable) + spelling.words(" in ")),
      .part(bounds[0], needs: Self.loosest, isFirst: true), sign(".."),
      .part(bounds[1], needs: Self.loosest, isFirst: true),
    ]
  }

  func composite(_ index: Int, needs: Int) -> [Piece] {
    let record = Composite[formula.nodes[index].reference]
    let operands = formula.operands(of: index)
    if record.name == "@" {
      let own = precedence(of: Primitive[Primitive.multiply])
      let product: [Piece] = [
        .part(operands[0], needs: own, isFirst: true),
        .text([.latex: " ", .mathML: "<mo>\u{2062}</mo>"][spelling] ?? " @ "),
        .part(operands[1], needs: own + 1, isFirst: false),
      ]
      let (open, close) = brackets
      return own < needs ? [.text(open)] + product + [.text(close)] : product
    }
    if operands.count == 1, formula.nodes[operands[0]].kind == .loop {
      let (open, close) = brackets
      return [.text(spelling.word(record.name) + open)] + loop(operands[0]) + [.text(close)]
    }
    return arguments(of: index, head: spelling.word(record.name))
  }
}
