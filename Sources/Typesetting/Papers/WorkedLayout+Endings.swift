internal import Engine
internal import Language

extension WorkedAnswer {
  func isGate(_ node: NodeID) -> Bool { graph.nodes[node].kind == .gate }
}

// What comes after the tables: sums, the answer, its check, and other answers.
extension WorkedLayout {
  var sumBlocks: [Paper.Block] {
    guard !answer.sums.isEmpty else {
      let nodes = answer.asked.count == answer.graph.inputs.count ? "node" : "node that is no data"
      let words =
        answer.shared.isEmpty
        ? "Every \(nodes) feeds exactly one gate, so there is nothing to add up."
        : "All sums stand in the tables above; nothing else has to be added up."
      return [.paragraph([.text(words)])]
    }
    let rows = answer.sums.map { sum -> [Cell] in
      let isLast = !answer.isGate(sum.node)
      let isGiven = givesWayBack && (isWorked || !isLast)
      let steps = sum.steps.map { $0.isEmpty ? "table" : $0 }.joined(separator: " + ")
      return [
        math(answer.derivative(sum.node)), [.text(steps)],
        cell(isGiven) { [.math(Math(Self.sum(sum.parts)))] }, number(sum.total, isGiven),
      ]
    }
    return [
      .paragraph([
        .text("A node that feeds several gates gets a contribution from each; they are added.")
      ]),
      .table(
        Paper.Table(
          [[.text("gradient")], [.text("steps")], [.text("sum")], [.text("value")]],
          [.left, .left, .left, .right], rows)),
    ]
  }

  /// `1 + (-3)`.
  static func sum(_ parts: [Double]) -> [Math.Piece] {
    Array(
      parts.enumerated().map { place, part -> [Math.Piece] in
        [place == 0 ? .number(part) : .operand(part)]
      }.joined(separator: [.sign(.plus)]))
  }

  var answerBlocks: [Paper.Block] {
    var blocks: [Paper.Block] =
      isWorked
      ? answer.answerLines.map { .display($0) }
      : answer.openAnswerLines.map { .paragraph([.math($0), .text(" "), .blank]) }
    if isWorked, let chain = answer.chain {
      blocks += [.paragraph([.text("In one line:")]), .display(line(chain))]
    }
    return blocks
  }

  /// `∂f/∂w1 = ∂f/∂q × ∂q/∂w1 = w3 × 1 = -4`.
  private func line(_ chain: WorkedAnswer.Chain) -> Math {
    let isSeeded = answer.tape.hasGivenUpstream
    var names: [Math.Piece] = []
    var slopes: [Formula] = []
    if isSeeded, let output = chain.factors.first?.gate {
      names.append(answer.derivative(output))
      slopes.append(Formula(number: chain.seed))
    }
    for factor in chain.factors {
      names.append(
        .derivative(of: answer.symbols[factor.gate], by: answer.symbols[factor.operand]))
      slopes.append(factor.slope)
    }
    var math = Math(answer.derivative(chain.input))
    if names.count > 1 {
      math = math + Math([.sign(.equals)] + names.map { [$0] }.joined(separator: [.sign(.times)]))
    }
    let product = slopes.dropFirst().reduce(slopes.first ?? Formula(number: 1)) {
      Formula.applying(Primitive.multiply, [$0, $1])
    }
    math = math + Math(.sign(.equals), .substituted(product))
    let numbers = (isSeeded ? [chain.seed] : []) + chain.factors.map(\.value)
    if numbers.count > 1, product.nodes.contains(where: { $0.kind == .name }) {
      let parts = numbers.map { [Math.Piece.operand($0)] }.joined(separator: [.sign(.times)])
      math = math + Math([.sign(.equals)] + parts)
    }
    return math + Math(.sign(.equals), .number(chain.gradient))
  }

  // MARK: - Checks

  var checkBlocks: [Paper.Block] {
    let objective = Math.Piece.name(answer.objective)
    var blocks: [Paper.Block] = [
      .paragraph([
        .text("By central difference: each input moves up and down by "),
        .math(Math(.name("h"), .sign(.equals), .digits("0.001"))),
        .text(", and the difference of the two values is divided by 0.002."),
      ])
    ]
    if let total = totalLine { blocks.append(.display(total)) }
    let rows = answer.checks.map { check -> [Cell] in
      [
        math(answer.name(check.node)),
        cell(isWorked) { math(.digits(Self.long(check.above))) },
        cell(isWorked) { math(.digits(Self.long(check.below))) },
        cell(isWorked) { math(.digits(check.quotient.formatted(.significant(6)))) },
        number(check.gradient, isWorked),
      ]
    }
    blocks.append(
      .table(
        Paper.Table(
          [
            [.text("nudge")], [.math(Math(objective, .sign(.open), .digits("+h"), .sign(.close)))],
            [.math(Math(objective, .sign(.open), .digits("-h"), .sign(.close)))],
            [.text("difference / 0.002")], [.text("backprop")],
          ], [.centre, .right, .right, .right, .right], rows)))
    if isWorked { blocks += remarks }
    return blocks
  }

  /// A number of which the small difference from another one matters.
  private static func long(_ value: Double) -> String { value.formatted(.significant(9)) }

  /// `L = 1 × (-3) + (-2) × 14 + 3 × 1 = -28`: what is nudged where it is no single output.
  private var totalLine: Math? {
    let outputs = answer.graph.outputs
    guard outputs.count > 1 || answer.tape.hasGivenUpstream, outputs.count <= 8 else { return nil }
    var math = Math(.name(answer.objective), .sign(.equals))
    for (place, (output, upstream)) in zip(outputs, answer.tape.upstream).enumerated() {
      if place > 0 { math = math + Math(.sign(.plus)) }
      math = math + Math(.operand(upstream), .sign(.times))
      // The values of the outputs are what students find.
      math = math + (isWorked ? Math(.operand(answer.values[output])) : Math(answer.name(output)))
    }
    return isWorked
      ? math + Math(.sign(.equals), .number(answer.total(answer.values))) : math
  }

  private var remarks: [Paper.Block] {
    var blocks: [Paper.Block] = []
    let apart = answer.checks.filter { !$0.agrees }
    if !apart.isEmpty {
      let names = apart.map { answer.symbols[$0.node] }.joined(separator: ", ")
      blocks.append(
        .paragraph([
          .text("The two slopes differ for "), .code(names),
          .text(
            ": a corner, a jump or the end of what is defined lies within h, or the numbers are too large or too small for a difference."
          ),
        ]))
    }
    for family in answer.shared { blocks += sumChecks(family) }
    return blocks
  }

  // MARK: - Other answers

  /// A table for each vector that is asked for, or one for all single numbers.
  var slipBlocks: [Paper.Block] {
    answer.answers.compactMap { part in
      let slips = answer.slips.filter { $0.name == part.name }
      guard !slips.isEmpty else { return nil }
      let rows = slips.map { slip -> [Cell] in
        let isWhole = slip.values.count == part.nodes.count
        let number =
          isWhole
          ? answer.result(part, slip.values)
          : WorkedAnswer.vector(slip.values, .vector(slip.values.count))
        return [[.math(number)], [.text(slip.happened)]]
      }
      let isShort = part.nodes.count <= 4
      let subject =
        part.name == nil && part.nodes.count > 1
        ? Math.vector(part.nodes.map(isShort ? answer.derivative : answer.name))
        : answer.subject(part)
      return .table(
        Paper.Table(
          [[.text("your "), .math(subject)], [.text("what happened")]], [.left, .left], rows))
    }
  }
}
