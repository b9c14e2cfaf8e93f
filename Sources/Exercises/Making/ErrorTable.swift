internal import Engine
internal import Language
internal import Typesetting

/// A backward table with one wrong row, from which the rows below follow rightly.
struct ErrorTable {
  let block: Paper.Block
  let blanks: [Blank]

  /// How many explanations there are to choose from.
  private static let explanations = 4

  /// Makes the mistake that the numbers' place says; refuses where none shows.
  init(_ making: ItemMaking) throws(Problem) {
    let scene = making.scene
    let nodes = making.own.asks.compactMap { ask -> NodeID? in
      if case .gradient(let node)? = ask.query.single { node } else { nil }
    }.sorted(by: >)
    // Drawn from the numbers: each mistake that shows has the same chance, and then each of its rows,
    // so that no belief is the right one more often than it is offered.
    let numbers = making.trials.inputs(making.trial.place).sorted { $0.key < $1.key }
    var draw = Draw(seed: 0, stream: numbers.map(\.value.text).joined(separator: ","))
    let all = Self.slips(nodes, making)
    var names: [String] = []
    for slip in all where !names.contains(slip.answer.misconception.name) {
      names.append(slip.answer.misconception.name)
    }
    let slips = draw.shuffled(names).compactMap { name in
      draw.shuffled(all.filter { $0.answer.misconception.name == name }).first
    }
    guard slips.indices.contains(making.trial.place.slip) else { throw .noErrorToMake() }
    let chosen = slips[making.trial.place.slip]
    let right = scene.now.gradients
    let delta = chosen.answer.value - right[chosen.node]
    let below = scene.graph.adjoints(
      at: scene.now.values, conventions: scene.tape.conventions, from: chosen.node)
    var rows: [[[Paper.Inline]]] = []
    for (place, node) in nodes.enumerated() {
      let number = node == chosen.node ? chosen.answer.value : right[node] + delta * below[node]
      rows.append([
        [.text("\(place + 1)")], [.math(Math(making.derivative(node)))],
        [.math(Math(.digits(ItemMaking.text(number) ?? "?")))],
      ])
    }
    block = .table(
      Paper.Table(
        [[.text("row")], [.text("gradient")], [.text("value")]], [.centre, .centre, .right], rows))
    blanks = Self.blanks(making, nodes, chosen, slips)
  }

  /// A mistake at one row.
  private struct Slip {
    let node: NodeID
    let answer: WrongAnswer
  }

  private static func slips(_ nodes: [NodeID], _ making: ItemMaking) -> [Slip] {
    let known = WrongAnswers(on: making.scene.tape)
    let apart = 2 * making.exercise.tolerance
    return nodes.flatMap { node in
      known.answers(for: node).filter { answer in
        answer.scope == .lastStep && answer.misconception.isTold
          // A sign that is lost at one gate has a mistake of its own.
          && answer.misconception.name != "reversed"
          && (making.exercise.mistakes?.contains(answer.misconception.name) ?? true)
          && (answer.value - making.scene.now.gradients[node]).magnitude > apart
          && answer.value.magnitude <= making.exercise.cap.double
          && answer.value == answer.value.rounded()
      }.map { Slip(node: node, answer: $0) }
    }
  }

  private static func blanks(
    _ making: ItemMaking, _ nodes: [NodeID], _ chosen: Slip, _ slips: [Slip]
  ) -> [Blank] {
    let scene = making.scene
    let row = (nodes.firstIndex(of: chosen.node) ?? 0) + 1
    let right = making.trial.exact.gradients[chosen.node]?.rational ?? .zero
    let because = scene.words(
      about: chosen.answer, at: chosen.node,
      number: ItemMaking.text(chosen.answer.value) ?? "It")
    var draw = making.draw
    // A belief that explains the same number would be right as well.
    let sameNumber = WrongAnswers(on: scene.tape).all(for: chosen.node).filter {
      ($0.value - chosen.answer.value).magnitude <= 1e-9
    }.map(\.misconception.belief)
    var seen = Set(sameNumber + [chosen.answer.misconception.belief])
    let distinct = slips.map(\.answer.misconception).filter { seen.insert($0.belief).inserted }
    let wrong = draw.shuffled(distinct).prefix(explanations - 1).map(\.belief)
    let options = draw.shuffled([chosen.answer.misconception.belief] + wrong)
    let tolerance = making.exercise.tolerance
    var blanks = [
      Blank(
        id: "row", asked: "row", label: Math(.word("the wrong row")), quantity: .other,
        answer: .number(Rational(row), tolerance: tolerance), points: 1, step: nil,
        reason: [.math(Math(making.derivative(chosen.node))), .text(" does not follow.")],
        wrong: []),
      Blank(
        id: "corrected", asked: "corrected", label: Math(.word("what it should be")),
        quantity: .gradient(chosen.node), answer: .number(right, tolerance: tolerance), points: 1,
        step: nil,
        reason: [.math(Math(making.derivative(chosen.node), .sign(.equals), .digits(right.text)))],
        wrong: []),
    ]
    if options.count > 1 {
      blanks.append(
        Blank(
          id: "why", asked: "why", label: Math(.word("what its author believes")),
          quantity: .other,
          answer: .choice(
            options, right: options.firstIndex(of: chosen.answer.misconception.belief) ?? 0),
          points: 1, step: nil, reason: [.text(because)], wrong: []))
    }
    return blanks
  }
}

extension Problem {
  static func noErrorToMake() -> Problem {
    Problem(
      "problem-error", "no known mistake shows in a row of this table",
      hint: "ask for more gradients, or widen the ranges")
  }
}
