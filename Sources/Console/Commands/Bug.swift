internal import Engine
internal import Language
internal import Typesetting

extension Command {
  static let mistaking: [Command] = [
    Command(
      "bug", [], "[NAME]", group: .ask,
      argument: .words { _, _ in Misconception.catalog.map(\.name) },
      "see a mistaken pass beside the right one",
      details: Misconception.catalog.map { "  \($0.name)  \($0.belief)" },
      examples: circuit + ["bug", "bug no-swap"]
    ) { session, words throws(Problem) in
      try words.expect(0...1, "bug")
      guard let word = words.first else { return Reply(.bugList(session.settings.style)) }
      guard let misconception = Misconception.named(word.text) else {
        throw .unknownMistake(word.text, at: word.span)
      }
      return Reply(.bugCard(try session.completedScene(), misconception))
    }
  ]
}

extension Problem {
  static func unknownMistake(_ name: String, at span: SourceSpan) -> Problem {
    Problem(
      "unknown-mistake", "there is no mistake called \(name)", at: span,
      hint: closest(to: name, among: Misconception.catalog.map(\.name)).map {
        "did you mean \($0)?"
      }
        ?? "bug lists them")
  }
}
