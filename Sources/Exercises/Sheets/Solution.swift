internal import Engine
internal import Language
internal import Typesetting

/// The answers of an item with the way to them, and what wrong answers show.
struct Solution {
  let item: Item

  init(_ item: Item) { self.item = item }

  var blocks: [Paper.Block] {
    var blocks: [Paper.Block] = [answerTable]
    blocks += wrongBlocks
    return blocks
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

  private var wrongBlocks: [Paper.Block] {
    let rows = item.blanks.flatMap { blank in
      blank.wrong.prefix(4).map { wrong -> [[Paper.Inline]] in
        [
          [.math(blank.label)], [.math(Math(.digits(wrong.text)))], [.text(wrong.feedback)],
        ]
      }
    }
    guard !rows.isEmpty else { return [] }
    return [
      .heading([.text("If you got something else")], level: 2),
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
    blocks = []
  }
}
