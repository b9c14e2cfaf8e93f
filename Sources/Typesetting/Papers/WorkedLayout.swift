internal import Engine
internal import Language

/// Lays a worked answer out, section by section; what is not given is never put in.
struct WorkedLayout {
  let answer: WorkedAnswer
  let cut: WorkedAnswer.Cut
  let fading: Int

  typealias Cell = [Paper.Inline]

  init(_ answer: WorkedAnswer, _ cut: WorkedAnswer.Cut, fading: Int) {
    self.answer = answer
    self.cut = cut
    self.fading = fading
  }

  var isWorked: Bool { cut == .worked }
  /// Whether values, slopes and the way back are given.
  var givesValues: Bool { isWorked || fading >= 1 }
  var givesLocals: Bool { isWorked || fading >= 2 }
  var givesWayBack: Bool { isWorked || fading >= 3 }

  var blocks: [Paper.Block] { answer.givenBlocks + sections(areNumbered: true) }

  /// The sections alone; a paper of several answers numbers its questions and not these.
  func sections(areNumbered: Bool, isForwardOnly: Bool = false) -> [Paper.Block] {
    var blocks: [Paper.Block] = []
    var sections: [(String, [Paper.Block])] = [
      ("Graph", graphBlocks), ("Forward pass", forwardBlocks),
      ("Local derivatives", localBlocks), ("Backward pass", backwardBlocks),
    ]
    for family in answer.shared {
      for side in family.sides {
        sections.append(("Gradients of \(side.name), added up", productBlocks(family, side)))
      }
    }
    sections += [("Fan-out", sumBlocks), ("Answer", answerBlocks)]
    // A check needs numbers: it is no exercise of its own.
    if isWorked { sections.append(("Check", checkBlocks)) }
    if isWorked, !answer.slips.isEmpty {
      sections.append(("If you got something else", slipBlocks))
    }
    if isForwardOnly { sections = [("Forward pass", forwardBlocks)] }
    // A sheet asks for the answer in a table of its own.
    if !areNumbered, !isWorked { sections.removeAll { $0.0 == "Answer" } }
    for (place, section) in sections.enumerated() {
      let number = areNumbered ? "\(place + 1). " : ""
      blocks.append(.heading([.text(number + section.0)], level: 2))
      blocks += section.1
    }
    return blocks
  }

  // MARK: - Cells

  func math(_ pieces: Math.Piece...) -> Cell { [.math(Math(pieces))] }

  /// A cell that is filled in or left blank; `make` is not run where it is blank.
  func cell(_ isGiven: Bool, _ make: () -> Cell) -> Cell { isGiven ? make() : [.blank] }

  func number(_ value: Double, _ isGiven: Bool) -> Cell {
    cell(isGiven) { math(.number(value)) }
  }

  // MARK: - Sections

  private var graphBlocks: [Paper.Block] {
    let tape = answer.tape
    let events = isWorked ? tape.events.count : givesValues ? answer.graph.gates.count : 0
    // A gate at the end of the picture would be marked as the one at work.
    let scene = Scene(tape, at: Tape.Position(events), style: Style()).atRest
    var blocks: [Paper.Block] = []
    let plain = answer.shared.filter { $0.isSliding && $0.inputs.nodes.count <= 12 }
    if plain.isEmpty || answer.graph.gates.count > plain.flatMap(\.gates).count {
      blocks.append(.figure(scene, title: answer.title))
      blocks.append(
        .paragraph([
          .text(
            isWorked
              ? "On each wire: the value above, the gradient of "
              : "Write on each wire the value above and the gradient of "),
          .math(Math(.name(answer.objective))), .text(" below."),
        ]))
    }
    for family in plain { blocks += windowBlocks(family) }
    if let first = answer.unnamed.first {
      blocks.append(
        .paragraph([
          .text("A gate without a name of its own is called "), .math(Math(.name(first.symbol))),
          .text(answer.unnamed.count > 1 ? " and so on here, and " : " here, and "),
          .code(first.label), .text(" at the prompt."),
        ]))
    }
    return blocks
  }

  private var forwardBlocks: [Paper.Block] {
    let rows = answer.forward.map { row -> [Cell] in
      [
        [.text(row.step)], math(answer.name(row.node)), math(.formula(row.operation)),
        cell(givesValues) { math(.substituted(row.substitution)) },
        number(row.value, givesValues),
      ]
    }
    return [
      .paragraph([.text("From the inputs to the output; each row is a step.")]),
      .table(
        Paper.Table(
          [
            [.text("step")], [.text("node")], [.text("operation")], [.text("substitute")],
            [.text("value")],
          ],
          [.centre, .centre, .left, .left, .right], rows)),
    ]
  }

  private var localBlocks: [Paper.Block] {
    var blocks: [Paper.Block] = []
    var last = -1
    let rows = answer.locals.map { local -> [Cell] in
      let isNew = local.gate != last
      last = local.gate
      return [
        isNew
          ? math(
            answer.name(local.gate), .sign(.equals), .formula(answer.operation(of: local.gate)))
          : [],
        symbolic(local), cell(givesLocals) { numeric(local) },
      ]
    }
    if !rows.isEmpty {
      blocks += [
        .paragraph([.text("Each gate on its own: how fast it moves with each of its inputs.")]),
        .table(
          Paper.Table(
            [[.text("gate")], [.text("symbolic")], [.text("at this point")]],
            [.left, .left, .right], rows)),
      ]
    }
    for family in answer.shared { blocks += swapBlocks(family) }
    if isWorked, !answer.conventions.isEmpty {
      blocks.append(
        .paragraph([
          .text("Convention at these numbers: " + answer.conventions.joined(separator: "; ") + ".")
        ]))
    }
    return blocks
  }

  /// `∂q/∂w1 = 1`, and what decided about it.
  private func symbolic(_ local: WorkedAnswer.Local) -> Cell {
    let open = Math(
      .derivative(of: answer.symbols[local.gate], by: answer.symbols[local.operand]),
      .sign(.equals))
    guard givesLocals else { return [.math(open), .text(" "), .blank] }
    let slope = open + Math(.formula(local.slope))
    guard let condition = local.condition else { return [.math(slope)] }
    return [.math(slope), .text(" as "), .math(Math(.formula(condition)))]
  }

  private func numeric(_ local: WorkedAnswer.Local) -> Cell {
    let isPlain = local.substitution.literal != nil
    return isPlain
      ? math(.number(local.value))
      : math(.substituted(local.substitution), .sign(.equals), .number(local.value))
  }

  private var backwardBlocks: [Paper.Block] {
    let rows = answer.backward.map { row -> [Cell] in
      let isLast = !answer.isGate(row.node)
      let isGiven = givesWayBack && (isWorked || !isLast)
      let gradient = math(answer.derivative(row.node))
      guard let local = row.local else {
        return [
          [.text(row.step)], gradient,
          [.text(answer.tape.hasGivenUpstream ? "given" : "start")], [],
          number(row.amount, givesWayBack || answer.tape.hasGivenUpstream),
        ]
      }
      let from: Cell =
        row.isPart ? [.text(", from "), .math(Math(answer.name(local.gate)))] : []
      return [
        [.text(row.step)], gradient + from, number(row.upstream, givesWayBack),
        cell(givesWayBack) { factor(local) }, number(row.amount, isGiven),
      ]
    }
    var blocks: [Paper.Block] = [
      .paragraph([
        .text("From the output to the inputs: gradient = upstream × local.")
      ]),
      .table(
        Paper.Table(
          [
            [.text("step")], [.text("gradient")], [.text("upstream")], [.text("× local")],
            [.text("value")],
          ],
          [.centre, .left, .right, .right, .right], rows)),
    ]
    if !answer.shared.isEmpty {
      blocks.append(
        .paragraph([
          .text("The products that share their operands are worked below, column by column.")
        ]))
    }
    return blocks
  }

  /// `q = 3`, or the number alone where there is nothing to look up.
  private func factor(_ local: WorkedAnswer.Local) -> Cell {
    local.slope.literal != nil
      ? math(.number(local.value))
      : math(.formula(local.slope), .sign(.equals), .number(local.value))
  }
}
