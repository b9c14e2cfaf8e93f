internal import Language
package import Typesetting

/// What one student gets: questions with numbers, under a form code.
///
/// Student sheet, key and worked answers are three cuts of it. The student cut is made of `Question`s,
/// which hold no answers, so that it cannot show one.
package struct Sheet: Sendable {
  package let title: String
  /// `A`, a student's name, or empty.
  package let form: String
  package let items: [Item]
  /// Eight signs that are the same for the same questions only: what a student quotes.
  package let code: String
  private let generator: String
  /// Whether the form is a student's name.
  private let isStudent: Bool

  /// Puts items on a sheet, each marked with its form.
  ///
  /// `generator`: the program and its version. `isStudent`: whether the form is a student's name.
  package init(
    title: String, form: String, items: [Item], generator: String, isStudent: Bool = false
  ) {
    self.title = title
    self.form = form
    self.generator = generator
    self.isStudent = isStudent
    self.items = items.map { item in
      var copy = item
      copy.form = form
      return copy
    }
    var hash = Draw.hash("")
    for item in items {
      hash = Draw.hash(item.identifier + "\u{1F}", from: hash)
      for given in item.given { hash = Draw.hash(given.text + "\u{1F}", from: hash) }
    }
    let digits = String(Draw.mixed(hash) >> 32, radix: 16, uppercase: true)
    code = String(repeating: "0", count: 8 - digits.count) + digits
  }

  /// What stands at the foot of every page of a cut.
  ///
  /// Students see no seed: with it, the program would print them the key.
  private func imprint(_ cut: Cut) -> String {
    var parts = [generator]
    if cut != .student { parts.append(seed) }
    if !form.isEmpty, !isStudent { parts.append("form \(form)") }
    return (parts + ["code \(code)"]).filter { !$0.isEmpty }.joined(separator: ", ")
  }

  private var seed: String { items.first.map { "seed \($0.seed)" } ?? "" }

  /// Which of its readers a paper is for.
  package typealias Cut = WorkedAnswer.Cut

  fileprivate var keyImprint: String { imprint(.key) }
  fileprivate var commonImprint: String { "\(generator), \(seed)" }

  package var points: Int { items.reduce(0) { $0 + $1.points } }

  /// The sheet in one of its cuts.
  ///
  /// `fading`: for students, how much of the worked tables is given (`WorkedAnswer`); nil for none.
  package func paper(_ cut: Cut, fading: Int? = nil) -> Paper {
    var paper = Paper(title: heading(cut), imprint: imprint(cut))
    switch cut {
    case .student: paper.blocks = studentBlocks(fading)
    case .key: paper.blocks = keyBlocks
    case .worked: paper.blocks = workedBlocks
    }
    return paper
  }

  private func heading(_ cut: Cut) -> String {
    let part =
      switch cut {
      case .student: ""
      case .key: ": key"
      case .worked: ": worked answers"
      }
    let own = form.isEmpty ? title : isStudent ? "\(title), for \(form)" : "\(title), form \(form)"
    return own + part
  }

  private func studentBlocks(_ fading: Int?) -> [Paper.Block] {
    var blocks: [Paper.Block] = [
      .paragraph(
        [.text("Name: "), isStudent ? .text(form) : .blank, .text("   Points: "), .blank]
          + [.text(" of \(points)")])
    ]
    for (place, item) in items.enumerated() {
      let question = Question(item)
      blocks += question.blocks(
        number: items.count > 1 ? place + 1 : nil,
        showsCircuit: fading == nil || !item.isAboutCircuit)
      if let fading { blocks += FadedTables(item, fading).blocks }
      blocks += question.blankBlocks
    }
    return blocks
  }

  private var keyBlocks: [Paper.Block] {
    [.table(Key([self]).table)]
  }

  private var workedBlocks: [Paper.Block] {
    var blocks: [Paper.Block] = []
    for (place, item) in items.enumerated() {
      if place > 0 { blocks.append(.pageBreak) }
      blocks += Question(item).blocks(
        number: items.count > 1 ? place + 1 : nil, showsCircuit: !item.isAboutCircuit)
      blocks += Solution(item).blocks
    }
    return blocks
  }
}

/// The answers of several forms side by side.
package struct Key: Sendable {
  private let sheets: [Sheet]

  package init(_ sheets: [Sheet]) { self.sheets = sheets }

  /// All answers on one paper.
  package func paper(title: String) -> Paper {
    // Side by side while forms ask the same in the same order and a page is wide enough.
    let isAlike = sheets.allSatisfy { Self.questions($0) == sheets.first.map(Self.questions) }
    let parts =
      isAlike && sheets.count <= Self.mostColumns
      ? [self] : sheets.map { Key([$0]) }
    var blocks: [Paper.Block] = []
    for part in parts {
      if parts.count > 1, let form = part.sheets.first?.form, !form.isEmpty {
        blocks.append(.heading([.text("Form \(form)")], level: 2))
      }
      blocks.append(.table(part.table))
    }
    let imprint = sheets.count == 1 ? sheets[0].keyImprint : sheets.first?.commonImprint ?? ""
    return Paper(title: "\(title): key", imprint: imprint, blocks: blocks)
  }

  private static let mostColumns = 6

  private static func questions(_ sheet: Sheet) -> [String] {
    sheet.items.flatMap { item in item.blanks.map { "\(item.problem)/\($0.id)" } }
  }

  var table: Paper.Table {
    let first = sheets.first?.items ?? []
    var rows: [[[Paper.Inline]]] = []
    for (place, item) in first.enumerated() {
      for (index, blank) in item.blanks.enumerated() {
        let answers = sheets.map { sheet -> [Paper.Inline] in
          guard sheet.items.indices.contains(place),
            sheet.items[place].blanks.indices.contains(index)
          else { return [] }
          return sheet.items[place].blanks[index].shownAnswer
        }
        rows.append(
          [[.text(index == 0 ? "\(place + 1)" : "")], [.math(blank.label)]] + answers
            + [[.text("\(blank.points)")]])
      }
    }
    let forms = sheets.map { [Paper.Inline.text($0.form.isEmpty ? "answer" : $0.form)] }
    return Paper.Table(
      [[.text("")], [.text("asked")]] + forms + [[.text("points")]],
      [.right, .left] + forms.map { _ in .right } + [.right], rows)
  }
}

extension Blank {
  /// The right answer as it is printed: a number, or a letter with its text.
  var shownAnswer: [Paper.Inline] {
    switch answer {
    case .number(let number, _): [.math(Math(.digits(number.text)))]
    case .choice(let options, let right):
      options.indices.contains(right)
        ? [.text("\(letter(right))) "), .code(options[right])] : []
    }
  }

}
