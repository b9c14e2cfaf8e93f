internal import Language
internal import Lessons
internal import Typesetting

// What the player shows besides what the engine says.
extension LessonPlayer {
  func heading(_ page: Card) -> Document {
    let count = "card \(card + 1) of \(lesson.cards.count)"
    let title = Text(style.signs.bar + " ", .dim) + Text(page.heading, .strong)
    let gap = max(2, min(style.width, 80) - title.width - columns(count))
    return Document([
      Document.blank, .line(title + Text(String(repeating: " ", count: gap) + count, .dim)),
    ])
  }

  /// Prose behind a bar, so that it is told apart from what the engine says.
  func bar(_ prose: Prose) -> Document {
    let lines = prose.lines(width: max(20, min(style.width, 80) - 2))
    let bar = Text(style.signs.bar, .dim)
    return Document(
      [.line(bar)] + lines.map { runs in .line(bar + Text(" ") + styled(runs)) } + [.line(bar)])
  }

  func styled(_ runs: [Prose.Run]) -> Text {
    runs.reduce(Text()) { text, run in
      text + Text(run.text, run.style == .plain || run.style == .math ? .plain : .strong)
    }
  }

  func asked(_ question: Question) -> Document {
    var runs = question.prompt.lines(width: max(20, min(style.width, 80) - 12))
    let bar = Text(style.signs.bar + " ", .dim)
    let label: String =
      switch question.kind {
      case .predict: "Predict   "
      case .choose: "Choose    "
      }
    let first = runs.isEmpty ? [] : runs.removeFirst()
    var blocks: [Document.Block] = [
      .line(bar + Text(label, .strong) + styled(first))
    ]
    blocks += runs.map { .line(bar + Text("          ") + styled($0)) }
    if case .choose(let choices) = question.kind {
      for choice in choices {
        for (index, line) in choice.text.lines(width: max(20, min(style.width, 80) - 16))
          .enumerated()
        {
          let head = index == 0 ? "          \(choice.letter)) " : "             "
          blocks.append(.line(bar + Text(head) + styled(line)))
        }
      }
    }
    return Document(blocks + [Document.blank])
  }

  func closing() -> Document {
    let count = isAsked.count { $0 }
    guard !isScript, count > 0 else { return .empty }
    let what = isReview ? "review" : "lesson"
    var lines = [
      "", "  End of the \(what). \(answeredAtOnce) of \(count) answered at the first try.",
    ]
    let open = count - answeredAtOnce
    if open > 0 {
      let others = answeredAtOnce == 0 ? "them" : open == 1 ? "the other" : "the others"
      lines.append("  review asks \(others) again, with new numbers.")
    }
    return Document(lines: lines)
  }
}
