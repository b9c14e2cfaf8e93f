internal import Engine
internal import Language
package import Typesetting

// What a student gets back: each row with what was wrong and what was right about it.
extension MarkedClass {
  /// The feedback on all that a student handed in; nil for a stranger.
  package func feedbackSheet(for student: String) -> Paper? {
    let own = sheets.filter { $0.student == student }
    guard !own.isEmpty else { return nil }
    var paper = Paper(title: "Feedback for \(student)")
    for sheet in own {
      let item = keys[sheet.item].item
      paper.blocks.append(.heading([.text("\(item.title) (\(item.identifier))")], level: 1))
      paper.blocks.append(
        .paragraph([
          .text("Points: "), .strong(Self.points(sheet.hundredths)),
          .text(" of \(Self.points(sheet.outOf))."),
        ]))
      paper.blocks.append(.table(table(sheet)))
    }
    paper.blocks.append(.paragraph([.text(scheme.statement)]))
    // No seed: it would print the keys of later sheets.
    paper.imprint = own.map { keys[$0.item].item.identifier }.joined(separator: "; ")
    return paper
  }

  private func table(_ sheet: MarkedSheet) -> Paper.Table {
    let key = keys[sheet.item]
    let rows = sheet.rows.map { row -> [[Paper.Inline]] in
      let blank = key.item.blanks[row.blank]
      return [
        [.math(blank.label)], Self.shown(row.entry, blank), Self.right(blank),
        [.text("\(Self.points(row.hundredths)) of \(blank.points)")],
        key.sentence(on: row, of: sheet.rows),
      ]
    }
    return Paper.Table(
      [
        [.text("asked")], [.text("your answer")], [.text("right")], [.text("points")],
        [.text("why")],
      ],
      [.left, .right, .right, .right, .left], rows)
  }

  private static func shown(_ entry: Entry, _ blank: Blank) -> [Paper.Inline] {
    switch entry {
    case .number(let number): [.math(Math(.digits(number.text)))]
    case .choice(let place): option(place, blank)
    case .blank: [.text("none")]
    case .unreadable: [.text("not readable")]
    }
  }

  private static func right(_ blank: Blank) -> [Paper.Inline] {
    switch blank.answer {
    case .number(let number, _): [.math(Math(.digits(number.text)))]
    case .choice(_, let place): option(place, blank)
    }
  }

  private static func option(_ place: Int, _ blank: Blank) -> [Paper.Inline] {
    guard case .choice(let options, _) = blank.answer, options.indices.contains(place) else {
      return [.text("option \(place + 1)")]
    }
    return [.text("\(letter(place))) \(options[place])")]
  }
}

extension AnswerKey {
  /// What is said about a row, with the student's own numbers.
  ///
  /// `rows`: all of the sheet, to say where a slip was made.
  func sentence(on row: MarkedRow, of rows: [MarkedRow]) -> [Paper.Inline] {
    let made = madeOf(row)
    switch row.verdict {
    case .right: return [.text("Right.")]
    case .unsupported:
      return [.text("Right, but it does not follow from your own lines")] + made + [.text(".")]
    case .carried:
      let names = slips(behind: row, in: rows).map { Paper.Inline.math(item.blanks[$0].label) }
      let slip: [Paper.Inline] =
        names.isEmpty
        ? [.text(". The slip was upstream.")]
        : [.text(". The slip was upstream, in ")] + Self.listed(names) + [.text(".")]
      return [.text("It follows from your line above")] + made + slip
    case .notCredited(.zero):
      return [.text("It follows, but only from a 0 that should not be one")] + made
        + [.text(". That earns no marks.")]
    case .notCredited(.runaway):
      return [
        .text("It follows only because your numbers are so large that nothing added to them shows.")
      ]
    case .notCredited(.uniform):
      return [.text("Every line holds the same number, so it shows nothing that this one follows.")]
    case .onePath: return onePath(row) + should(made)
    case .mistake: return mistake(row) + should(made)
    case .wrong:
      return made.isEmpty
        ? [.text("Wrong.")]
        : [.text("From your own lines it should be ")] + made.dropFirst() + [.text(".")]
    case .blank: return [.text("No answer. What lies below was marked with the right number.")]
    case .unreadable(let reason):
      return [.text("\(reason). What lies below was marked with the right number.")]
    }
  }

  /// The rows in which the slips were made that a row was carried forward from.
  ///
  /// A row that was itself carried forward holds no slip: what it was made of does.
  private func slips(behind row: MarkedRow, in rows: [MarkedRow]) -> [Int] {
    var open = row.sources
    var seen = Set(open)
    var found: [Int] = []
    while let next = open.popLast() {
      guard rows.indices.contains(next) else { continue }
      if rows[next].sources.isEmpty { found.append(next) }
      for source in rows[next].sources where seen.insert(source).inserted { open.append(source) }
    }
    return found.sorted()
  }

  private func should(_ made: [Paper.Inline]) -> [Paper.Inline] {
    made.isEmpty
      ? [] : [.text(" With your numbers it should be ")] + made.dropFirst() + [.text(".")]
  }

  private static func listed(_ parts: [Paper.Inline]) -> [Paper.Inline] {
    var result: [Paper.Inline] = []
    for (place, part) in parts.prefix(4).enumerated() {
      if place > 0 { result.append(.text(place == parts.count - 1 ? " and " : ", ")) }
      result.append(part)
    }
    return parts.count > 4 ? result + [.text(" and others")] : result
  }

  private func onePath(_ row: MarkedRow) -> [Paper.Inline] {
    let blank = item.blanks[row.blank]
    guard case .products(let products, let seed) = row.working,
      case .gradient(let node) = blank.quantity
    else { return [.text("This is one of several contributions: add them all.")] }
    let count = products.count + (seed == 0 ? 0 : 1)
    return [
      .text("This is what arrives one way. "), .code(graph.label(node)),
      .text(
        seed == 0
          ? " is used in \(products.count) places: add all contributions."
          : " gets \(count) contributions: add them all."),
    ]
  }

  /// The belief behind the number, told as what gives it: nobody can know what the student thought.
  private func mistake(_ row: MarkedRow) -> [Paper.Inline] {
    var parts: [Paper.Inline] = []
    for (place, name) in row.mistakes.prefix(1).enumerated() {
      if let known = KnownMistake.named(name) {
        parts.append(.text((place == 0 ? "" : " ") + "\(known.happened) \(known.correction)"))
      } else if let wrong = item.blanks[row.blank].wrong.first(where: { $0.misconception == name })
      {
        parts.append(.text(parts.isEmpty ? wrong.feedback : " " + wrong.feedback))
      }
    }
    return parts
  }

  /// `: -3 × 2 = -6`, from the student's own numbers; nothing where there is no such line.
  private func madeOf(_ row: MarkedRow) -> [Paper.Inline] {
    guard let expected = row.expected, expected.isFinite else { return [] }
    let blank = item.blanks[row.blank]
    var pieces: [Math.Piece] = []
    switch (row.working, blank.quantity) {
    case (.products(let products, let seed), _):
      let most = 6
      if seed != 0 || products.isEmpty { pieces.append(.number(seed)) }
      for product in products.prefix(most) {
        if !pieces.isEmpty { pieces.append(.sign(.plus)) }
        pieces.append(pieces.isEmpty ? .number(product.upstream) : .operand(product.upstream))
        pieces += [.sign(.times), .operand(product.local)]
      }
      if products.count > most { pieces += [.sign(.plus), .sign(.dots)] }
    case (.operands(let operands), .value(let node)):
      var values = values
      for (operand, value) in zip(graph.operands(of: node), operands) {
        values[Int(operand)] = value
      }
      pieces = [.formula(graph.substituted(node, values: values))]
    case (.names(let numbers), .formula(let formula, _)):
      pieces = [
        .formula(
          formula.substituting {
            numbers.indices.contains($0) ? Formula(number: numbers[$0]) : nil
          })
      ]
    default: return [.text(": "), .math(Math(.number(expected)))]
    }
    return [.text(": "), .math(Math(pieces + [.sign(.equals), .number(expected)]))]
  }
}
