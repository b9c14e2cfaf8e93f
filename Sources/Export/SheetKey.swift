package import Exercises
internal import Language

/// The record of what was handed out: everything that `grade` needs, and nothing that is drawn again.
///
/// It holds the problem files themselves and the realised numbers, so that a changed file or seed changes
/// no key; `grade` compares the answers, so that a changed program is noticed.
package struct SheetKey: Sendable {
  /// What such a file calls itself.
  package static let format = "backstep key 1"

  private let sheets: [Sheet]
  private let sources: [(id: String, text: String)]
  private let generator: String
  private let findsErrors: Bool
  private let fixes: [String]

  /// A record of some sheets.
  ///
  /// `sources`: the text of each problem file by the id of its problem. `findsErrors`: whether tables
  /// with an error were made of them. `fixes`: the numbers that were fixed, `w3=-4`.
  package init(
    _ sheets: [Sheet], sources: [(id: String, text: String)], generator: String, findsErrors: Bool,
    fixes: [String]
  ) {
    self.fixes = fixes
    self.sheets = sheets
    self.sources = sources
    self.generator = generator
    self.findsErrors = findsErrors
  }

  /// The record as JSON; described in `docs/problems.md`.
  package var json: String {
    let record = JSON.object([
      ("format", .text(Self.format)), ("generator", .text(generator)),
      ("findsErrors", .count(findsErrors ? 1 : 0)),
      ("fixes", .list(fixes.map { .text($0) })),
      ("problems", .list(sources.map { [.text($0.id), .text($0.text)] })),
      ("items", .list(sheets.flatMap { $0.items.map(Self.record) })),
    ])
    return record.written + "\n"
  }

  private static func record(_ item: Item) -> JSON {
    .object([
      ("id", .text(item.identifier)), ("problem", .text(item.problem)),
      ("form", .text(item.form)), ("number", .count(item.number)),
      ("count", .count(item.count ?? 0)),
      // As text, since a reader of JSON may hold numbers as doubles.
      ("seed", .text("\(item.seed)")), ("stratum", .text(item.stratum)),
      ("numbers", .list(item.recipe.numbers.map { .list($0.map { .text($0) }) })),
      ("option", .count(item.recipe.option)), ("bits", .text("\(item.recipe.bits)")),
      ("answers", .list(item.blanks.map { [.text($0.id), .text($0.answerText)] })),
    ])
  }
}

extension Blank {
  /// The right answer as text: a number, or the option.
  package var answerText: String {
    switch answer {
    case .number(let number, _): number.text
    case .choice(let options, let right): options.indices.contains(right) ? options[right] : ""
    }
  }
}
