internal import Engine
internal import Language

// Dot products that share their operands: windows of a filter, neurons of a layer.
extension WorkedLayout {
  /// Which weight meets which input at each output, as a listing.
  func windowBlocks(_ family: SharedProducts) -> [Paper.Block] {
    let graph = answer.graph
    let symbols = answer.symbols
    let columns = family.inputs.nodes
    let rows = family.gates.enumerated().map { place, gate -> [String] in
      let operands = graph.operands(of: gate).map { Int($0) }
      let count = operands.count / 2
      let cells = columns.map { node -> String in
        guard let slot = operands[count..<2 * count].firstIndex(of: node) else { return "." }
        return symbols[operands[slot - count]]
      }
      let upstream = Style().number(family.upstream[place])
      let isGiven = isWorked || answer.tape.hasGivenUpstream && graph.outputs.contains(gate)
      return [symbols[gate], "="] + cells + ["\(upstreamLetter) = \(isGiven ? upstream : "____")"]
    }
    let uses = columns.map { node in
      String(
        family.sides.first { $0.name == family.inputs.name }?.rows.first { $0.node == node }?
          .cells.count { $0 != nil } ?? 0)
    }
    let head = ["", ""] + columns.map { symbols[$0] } + [""]
    var lines = [head] + rows
    if isWorked, family.sides.contains(where: { $0.name == family.inputs.name }) {
      lines.append(
        ["uses", ""] + uses
          + [family.isPlain ? "each \(family.weights.name): \(family.gates.count)" : ""])
    }
    let widths = head.indices.map { column in lines.map { $0[column].count }.max() ?? 0 }
    let listing = lines.map { line in
      zip(line, widths).enumerated().map { place, cell in
        let blanks = String(repeating: " ", count: max(0, cell.1 - cell.0.count))
        return place == 0 || place == line.count - 1 ? cell.0 + blanks : blanks + cell.0
      }.joined(separator: "  ")
    }
    return [
      .paragraph([
        .text("Each output is one dot product. The filter "),
        .math(Math(.name(family.weights.name))),
        .text(" slides over "), .math(Math(.name(family.inputs.name))),
        .text(" and is not flipped on the way forward; each weight is used at every output."),
      ]),
      .listing(listing.map { Text($0).trimmingEnd.plain }),
    ]
  }

  /// What the gradient of an output is called in the head of a column.
  private var upstreamLetter: String {
    answer.symbols.contains("g") || answer.graph.group(named: "g") != nil ? "upstream" : "g"
  }

  /// The rule of a dot product, with its first pair as the example.
  func swapBlocks(_ family: SharedProducts) -> [Paper.Block] {
    guard let gate = family.gates.first else { return [] }
    let operands = answer.graph.operands(of: gate).map { Int($0) }
    let count = operands.count / 2
    var words: [Paper.Inline] = [.text("In a dot product each factor gets the other one: ")]
    let sides = family.sides.map { $0.name == family.weights.name ? 0 : count }
    for (place, side) in sides.enumerated() {
      let (own, partner) = (operands[side], operands[count - side])
      if place > 0 { words.append(.text(" and ")) }
      words.append(
        .math(
          Math(
            .derivative(of: answer.symbols[gate], by: answer.symbols[own]), .sign(.equals),
            answer.name(partner))
            + (givesLocals ? Math(.sign(.equals), .number(answer.values[partner])) : Math())))
    }
    let rest =
      family.isSliding
      ? ", and so on through the windows above; where a window does not reach, it is 0."
      : ", and so on for each product."
    return [.paragraph(words + [.text(rest)])]
  }

  /// The contributions to one vector, a column for each output.
  func productBlocks(_ family: SharedProducts, _ side: SharedProducts.Side) -> [Paper.Block] {
    let rows = side.rows.map { row -> [Cell] in
      let isLast = !answer.isGate(row.node)
      let isGiven = givesWayBack && (isWorked || !isLast)
      let cells = zip(row.cells, family.upstream).map { cell, upstream -> Cell in
        guard let cell else { return [] }
        return self.cell(isGiven) {
          math(
            .number(upstream), .sign(.times), .operand(cell.local), .sign(.equals),
            .number(cell.amount))
        }
      }
      return [math(answer.derivative(row.node))] + cells + [number(row.sum, isGiven)]
    }
    let heads = zip(family.gates, family.upstream).map { gate, upstream -> Cell in
      let isGiven =
        givesWayBack || answer.tape.hasGivenUpstream && answer.graph.outputs.contains(gate)
      let own: Cell = isGiven ? [.math(Math(.number(upstream)))] : [.blank]
      return [.text("from "), .math(Math(answer.name(gate))), .text(" (")] + own + [.text(")")]
    }
    let columns = Array(repeating: Paper.Alignment.right, count: heads.count)
    var words: [Paper.Inline] = [
      .math(Math(.name(side.name))),
      .text(
        " collects from every product that it is a part of. In brackets: the upstream gradient of each output. "
      ),
    ]
    let steps = family.gates.compactMap { gate in
      answer.backwardStep(of: gate).map { (gate, $0) }
    }
    if !steps.isEmpty {
      words.append(.text("Steps: "))
      for (place, (gate, step)) in steps.enumerated() {
        words += [
          .text(place > 0 ? ", " : ""), .math(Math(answer.name(gate))), .text(" in \(step)"),
        ]
      }
      words.append(.text("."))
    }
    var blocks: [Paper.Block] = [
      .paragraph(words),
      .table(
        Paper.Table(
          [[.text("gradient")]] + heads + [[.text("sum")]], [.left] + columns + [.right], rows)),
    ]
    if isWorked, family.isPlain { blocks.append(.paragraph(slidingWords(family, side))) }
    return blocks
  }

  /// What the table is as a sliding of its own.
  private func slidingWords(
    _ family: SharedProducts, _ side: SharedProducts.Side
  ) -> [Paper.Inline] {
    let size = family.weights.nodes.count
    guard side.name == family.inputs.name else {
      return [
        .text("This is "), .math(Math(.name(family.inputs.name))),
        .text(" with the upstream gradients slid over it, without a flip."),
      ]
    }
    let flipped = family.weights.nodes.reversed().map { answer.values[$0] }
    return [
      .text("This is the full sliding of the flipped filter "),
      .math(WorkedAnswer.vector(Array(flipped), .vector(size))),
      .text(
        " over the upstream gradients, with \(size - 1) \(size == 2 ? "zero" : "zeros") on each side."
      ),
    ]
  }

  /// Shapes, and a sum that can be had without the table.
  func sumChecks(_ family: SharedProducts) -> [Paper.Block] {
    let shapes = family.sides.filter { side in
      answer.answers.contains { $0.name == side.name }
    }
    guard !shapes.isEmpty else { return [] }
    let counts = shapes.map { "\($0.nodes.count) for \($0.name)" }.joined(separator: ", ")
    var words: [Paper.Inline] = [.text("Shapes: as many gradients as elements, \(counts).")]
    let isOnly = { (side: SharedProducts.Side) in
      side.rows.allSatisfy { WorkedAnswer.isClose($0.sum, answer.gradients[$0.node]) }
    }
    if family.isPlain, let side = shapes.first(where: { $0.name == family.inputs.name }),
      isOnly(side)
    {
      let upstream = family.upstream.reduce(0, +)
      let weights = family.weights.nodes.reduce(0) { $0 + answer.values[$1] }
      let total = side.rows.reduce(0) { $0 + $1.sum }
      words += [
        .text(" Quick sum: the gradients of "), .math(Math(.name(side.name))), .text(" add up to "),
        .math(
          Math(
            .number(total), .sign(.equals), .operand(upstream), .sign(.times), .operand(weights))),
        .text(", the sum of the upstream gradients times the sum of the weights."),
      ]
    }
    return [.paragraph(words)]
  }
}
