internal import Engine
internal import Language
internal import Typesetting

/// The answers of an item with the way to them, and what wrong answers show.
struct Solution {
  let item: Item

  init(_ item: Item) { self.item = item }

  var blocks: [Paper.Block] {
    var blocks: [Paper.Block] = [answerTable]
    if item.isAboutCircuit, let worked = item.worked { blocks += worked.steps(.worked) }
    return blocks + wrongBlocks
  }

  private var answerTable: Paper.Block {
    let rows = item.blanks.map { blank -> [[Paper.Inline]] in
      [
        [.math(blank.label)], blank.shownAnswer, blank.reason,
        [.text(blank.step.map { "\($0)" } ?? "")],
      ]
    }
    return .table(
      Paper.Table(
        [[.text("asked")], [.text("answer")], [.text("because")], [.text("step")]],
        [.left, .right, .left, .right], rows))
  }

  /// What wrong answers show; those about gradients of inputs have a section of their own.
  private var wrongBlocks: [Paper.Block] {
    let rows = item.blanks.flatMap { blank -> [[[Paper.Inline]]] in
      if case .gradient = blank.quantity, item.isAboutCircuit { return [] }
      return blank.wrong.prefix(4).map { wrong in
        [[.math(blank.label)], [.math(Math(.digits(wrong.text)))], [.text(wrong.feedback)]]
      }
    }
    guard !rows.isEmpty else { return [] }
    return [
      .heading([.text("What other answers show")], level: 2),
      .table(
        Paper.Table(
          [[.text("asked")], [.text("your answer")], [.text("what it shows")]],
          [.left, .right, .left], rows)),
    ]
  }
}

/// The tables of the worked answer with part of them given.
struct FadedTables {
  let blocks: [Paper.Block]

  init(_ item: Item, _ fading: Int) {
    blocks = item.isAboutCircuit ? item.worked?.steps(.student, fading: fading) ?? [] : []
  }
}

extension Item {
  /// Whether values and gradients of a circuit are asked for, and not a choice or a count.
  var isAboutCircuit: Bool {
    exhibit.isEmpty && !hidesFormulas
      && blanks.contains { blank in
        switch blank.quantity {
        case .gradient, .formula: true
        case .value: tape.graph.gates.count > 1
        case .other: false
        }
      }
  }

  /// Both passes worked out; nil where the circuit is too large for paper.
  var worked: WorkedAnswer? {
    try? WorkedAnswer(
      of: tape, title: title,
      definitions: formulas.map { WorkedAnswer.Definition(name: $0.name, formula: $0.formula) },
      constant: constants)
  }
}
