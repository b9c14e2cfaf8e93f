internal import Language
internal import Engine

extension WorkedAnswer {
  /// Which of its readers a paper is for.
  package enum Cut: String, CaseIterable, Hashable, Sendable {
    /// The tables with blanks, made without any answer.
    case student
    /// The answers alone.
    case key
    /// Everything.
    case worked

    /// What stands before the title.
    package var heading: String {
      switch self {
      case .student: "Backpropagation: "
      case .key: "Answers: "
      case .worked: "Worked answer: "
      }
    }
  }

  /// How much of the student's tables can be given: 0 nothing … 3 all but the last gradients.
  package static let fadings = 0...3

  /// The answer as a document.
  ///
  /// `fading`: how much is given to students; 0 leaves all blank, 1 gives the values, 2 the local
  /// derivatives as well, 3 all but the gradients that are asked for.
  package func paper(_ cut: Cut = .worked, fading: Int = 0, imprint: String = "") -> Paper {
    Paper(title: cut.heading + title, imprint: imprint, blocks: blocks(cut, fading: fading))
  }

  /// The same as parts of another document, with headings of level 2.
  package func blocks(_ cut: Cut = .worked, fading: Int = 0) -> [Paper.Block] {
    cut == .key ? keyBlocks : WorkedLayout(self, cut, fading: fading).blocks
  }

  /// The way to the answer alone, for a paper that has said what is given.
  ///
  /// `isForwardOnly`: where only values are asked for.
  package func steps(
    _ cut: Cut = .worked, fading: Int = 0, isForwardOnly: Bool = false
  ) -> [Paper.Block] {
    WorkedLayout(self, cut, fading: fading)
      .sections(areNumbered: false, isForwardOnly: isForwardOnly)
  }

  // MARK: - Words that several parts share

  /// A name as mathematics.
  func name(_ node: NodeID) -> Math.Piece { .name(symbols[node]) }

  /// `∂f/∂w1`.
  func derivative(_ node: NodeID) -> Math.Piece {
    .derivative(of: objective, by: symbols[node])
  }

  /// `(-4, -4, 3)`; a matrix as rows in brackets.
  static func vector(_ values: [Double], _ shape: Shape) -> Math {
    guard case .matrix(let rows, let columns) = shape, rows * columns == values.count else {
      return .vector(values.map { .number($0) })
    }
    let parts = (0..<rows).map { row in
      Math.vector(values[row * columns..<(row + 1) * columns].map { .number($0) }).pieces
    }
    return Math(
      [.sign(.open)] + parts.joined(separator: [.sign(.comma)]) + [.sign(.close)])
  }

  /// The left side of an answer: `∇f = (∂f/∂w1, …)`, `∂L/∂w`, or `∂f/∂x` where it is a single number.
  func subject(_ answer: Answer) -> Math {
    if let name = answer.name { return Math(.derivative(of: objective, by: name)) }
    if answer.nodes.count == 1 { return Math(derivative(answer.nodes[0])) }
    let isAll = answers.count == 1 && asked.count == graph.inputs.count
    let own = Math.vector(answer.nodes.map(derivative))
    return isAll ? Math(.nabla(objective), .sign(.equals)) + own : own
  }

  /// More derivatives than this in a row are told in several lines.
  private static let mostInLine = 6

  /// `∇f = (∂f/∂w1, …) = (-4, …)`: a line for each answer, or several where it is long.
  var answerLines: [Math] { lines { Math(.sign(.equals)) + result($0, $1) } }

  /// What the answers are of, without them: `∇f = (∂f/∂w1, …) =`.
  var openAnswerLines: [Math] { lines { _, _ in Math(.sign(.equals)) } }

  private func lines(_ rest: (Answer, [Double]) -> Math) -> [Math] {
    answers.flatMap { answer -> [Math] in
      guard answer.name == nil, answer.nodes.count > Self.mostInLine else {
        return [subject(answer) + rest(answer, answer.gradients)]
      }
      return stride(from: 0, to: answer.nodes.count, by: Self.mostInLine).map { start in
        let nodes = answer.nodes.dropFirst(start).prefix(Self.mostInLine)
        let own = answer.gradients.dropFirst(start).prefix(Self.mostInLine)
        return Math.vector(nodes.map(derivative)) + rest(answer, Array(own))
      }
    }
  }

  /// What an answer is, after its subject.
  func result(_ answer: Answer, _ values: [Double]) -> Math {
    answer.name == nil && answer.nodes.count == 1
      ? Math(.number(values[0])) : Self.vector(values, answer.shape)
  }

  private var keyBlocks: [Paper.Block] {
    let nodes = graph.gates + answers.flatMap(\.nodes).sorted()
    let rows = nodes.map { node -> [[Paper.Inline]] in
      [
        [.math(Math(name(node)))], [.math(Math(.number(values[node])))],
        [.math(Math(.number(gradients[node])))],
      ]
    }
    let lines = answerLines.map { Paper.Block.display($0) }
    return givenBlocks + lines + [
      .table(
        Paper.Table(
          [
            [.text("node")], [.text("value")],
            [.text("gradient of "), .math(Math(.name(objective)))],
          ],
          [.centre, .right, .right], rows))
    ]
  }

  // MARK: - What is given

  /// What is computed, at which numbers, and what is asked.
  var givenBlocks: [Paper.Block] {
    var blocks: [Paper.Block] = definitionLines.map { .display($0) }
    var line: [Paper.Inline] = [.strong("Given. ")]
    for (place, item) in given.filter(\.isAsked).enumerated() {
      if place > 0 { line.append(.text(", ")) }
      line.append(.math(value(of: item)))
    }
    line.append(.text(". "))
    if tape.hasGivenUpstream { line += upstreamWords }
    line.append(.text("Find "))
    for (place, answer) in answers.enumerated() {
      if place > 0 { line.append(.text(place == answers.count - 1 ? " and " : ", ")) }
      if answer.name != nil {
        line.append(.math(subject(answer)))
      } else {
        let parts = answer.nodes.map { Math(derivative($0)) }
        for (own, part) in parts.enumerated() {
          if own > 0 { line.append(.text(own == parts.count - 1 ? " and " : ", ")) }
          line.append(.math(part))
        }
      }
    }
    line.append(.text("."))
    blocks.append(.paragraph(line))
    let data = given.filter { !$0.isAsked }
    if !data.isEmpty {
      var words: [Paper.Inline] = []
      for (place, item) in data.enumerated() {
        if place > 0 { words.append(.text(", ")) }
        words.append(.math(value(of: item)))
      }
      blocks.append(.paragraph(words + [.text(": constant, no gradient asked.")]))
    }
    return blocks
  }

  private func value(of item: Given) -> Math {
    let number =
      item.shape == .scalar && item.values.count == 1
      ? Math(.number(item.values[0])) : Self.vector(item.values, item.shape)
    return Math(.name(item.name), .sign(.equals)) + number
  }

  /// `f = q × w3`: as it was typed, or gate by gate where nothing was.
  private var definitionLines: [Math] {
    if !definitions.isEmpty {
      return definitions.map { Math(.name($0.name), .sign(.equals), .formula($0.formula)) }
    }
    return graph.gates.prefix(12).map {
      Math(name($0), .sign(.equals), .formula(operation(of: $0)))
    }
  }

  /// What the pass starts with, as words: `Upstream ∂L/∂o = (1, -2, 3)`.
  private var upstreamWords: [Paper.Inline] {
    var words: [Paper.Inline] = [.text("Upstream ")]
    var first = 0
    for (place, (name, shape)) in zip(graph.outputNames, graph.outputShapes).enumerated() {
      let own = Array(tape.upstream.dropFirst(first).prefix(max(1, shape.count)))
      first += own.count
      if place > 0 { words.append(.text(", ")) }
      let number = shape == .scalar ? Math(.number(own.first ?? 1)) : Self.vector(own, shape)
      words.append(
        .math(Math(.derivative(of: objective, by: name), .sign(.equals)) + number))
    }
    return words + [.text(". ")]
  }
}
