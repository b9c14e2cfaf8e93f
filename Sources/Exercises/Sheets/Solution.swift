internal import Engine
internal import Language
internal import Typesetting

/// The answers of an item with the way to them, and what wrong answers show.
struct Solution {
  let item: Item

  init(_ item: Item) { self.item = item }

  var blocks: [Paper.Block] {
    var blocks: [Paper.Block] = [answerTable]
    if item.isAboutCircuit, !item.hasLogarithms, let worked = item.worked {
      blocks += worked.steps(.worked, isForwardOnly: !item.asksGradients)
    }
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
    let given = min(fading, item.mostFading)
    blocks =
      item.isAboutCircuit && !item.hasLogarithms
      ? item.worked?.steps(
        .student, fading: given, isForwardOnly: !item.asksGradients) ?? [] : []
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

  /// Whether a gradient is needed for anything that is asked.
  var asksGradients: Bool {
    blanks.contains { blank in
      switch blank.quantity {
      case .gradient: true
      case .value, .other: false
      case .formula(_, let references):
        references.contains { if case .gradient = $0 { true } else { false } }
      }
    }
  }

  /// How much of the tables can be given without giving away what is asked.
  ///
  /// Values are given from 1 on, and gradients of gates at 3.
  var mostFading: Int {
    let graph = tape.graph
    var most = 3
    for blank in blanks {
      var references: [Blank.Reference] = []
      switch blank.quantity {
      case .value(let node): references = [.value(node)]
      case .gradient(let node): references = [.gradient(node)]
      case .formula(_, let all): references = all
      // What is no number of the graph may be anything.
      case .other: return 0
      }
      for reference in references {
        switch reference {
        case .value(let node) where graph.nodes[node].kind == .gate: most = 0
        case .gradient(let node) where graph.nodes[node].kind == .gate: most = min(most, 2)
        case .value, .gradient: break
        }
      }
    }
    return most
  }

  /// Both passes worked out; nil where the circuit is too large for paper.
  var worked: WorkedAnswer? {
    try? WorkedAnswer(
      of: tape, title: title,
      definitions: formulas.map { WorkedAnswer.Definition(name: $0.name, formula: $0.formula) },
      constant: constants)
  }
}
