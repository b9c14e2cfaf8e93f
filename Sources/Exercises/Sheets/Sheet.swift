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
  /// What is printed at the foot: program, seed, form code.
  package let imprint: String

  /// Puts items on a sheet, each marked with its form.
  ///
  /// `generator`: the program and its version.
  package init(title: String, form: String, items: [Item], generator: String) {
    self.title = title
    self.form = form
    self.items = items.map { item in
      var copy = item
      copy.form = form
      return copy
    }
    let seed = items.first.map { "seed \($0.seed)" } ?? ""
    let code = Self.code(form, items)
    imprint = [generator, seed, form.isEmpty ? "" : "form \(form)", "code \(code)"].filter {
      !$0.isEmpty
    }.joined(separator: ", ")
  }

  /// Four signs that are the same for the same questions only: what a student quotes.
  private static func code(_ form: String, _ items: [Item]) -> String {
    var hash: UInt64 = 0xCBF2_9CE4_8422_2325
    let text = ([form] + items.map { $0.identifier + $0.given.map(\.text).joined() }).joined()
    for byte in text.utf8 { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01B3 }
    let digits = String(Draw.mixed(hash) >> 48, radix: 16, uppercase: true)
    return String(repeating: "0", count: 4 - digits.count) + digits
  }

  /// Which of its readers a paper is for.
  package typealias Cut = WorkedAnswer.Cut

  package var points: Int { items.reduce(0) { $0 + $1.points } }

  /// The sheet in one of its cuts.
  ///
  /// `fading`: for students, how much of the worked tables is given (`WorkedAnswer`); nil for none.
  package func paper(_ cut: Cut, fading: Int? = nil) -> Paper {
    var paper = Paper(title: heading(cut), imprint: imprint)
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
    return (form.isEmpty ? title : "\(title), form \(form)") + part
  }

  private func studentBlocks(_ fading: Int?) -> [Paper.Block] {
    var blocks: [Paper.Block] = [
      .paragraph([.text("Name: "), .blank, .text("   Points: "), .blank, .text(" of \(points)")])
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
  package func paper(title: String, imprint: String) -> Paper {
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
        ? [.text("\(Self.letter(right))) "), .code(options[right])] : []
    }
  }

  /// `a` for the first option.
  static func letter(_ place: Int) -> String {
    let letters = Array("abcdefghijklmnopqrstuvwxyz")
    return letters.indices.contains(place) ? String(letters[place]) : "\(place + 1)"
  }
}
