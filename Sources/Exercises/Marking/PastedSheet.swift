package import Language

/// One student's sheet, filled in and pasted back: `| grad w1 | -4 |` or `grad w1 = -4`.
///
/// A sheet as the program prints it names each item in the heading of its question; a sheet of one's own
/// says `item: …`, and needs to say nothing where there is one item only.
package struct PastedSheet: Sendable {
  /// One for each item that was answered.
  package let sheets: [AnswerSheet]

  /// Reads a sheet; other text around the answers means nothing.
  ///
  /// `student`: whose it is where no line says so, `student: Ada`.
  package init(
    _ text: String, file: String, student: String, items: [Item], decimalComma: Bool = false
  ) throws(Problem) {
    try Limit.answers.check(text.utf8.count)
    let names = KeyNames(items)
    let lines = text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline)
      .map { TypedNumber.plain(String($0).replacing("\u{FEFF}", with: "")) }
    var owner = student
    var isNamed = false
    // The item that answers belong to, from a line on.
    var sections: [(item: Int, first: Int)] = []
    for (place, line) in lines.enumerated() {
      if let item = Self.heading(line, items) {
        sections.append((item, place))
        continue
      }
      guard let (name, value) = Self.setting(line) else { continue }
      switch name {
      case "student":
        if isNamed, value != owner { throw .rowTwice(file, line: place + 1, name) }
        (owner, isNamed) = (value, true)
      case "item", "variant", "form":
        let found = try Self.item((value, place + 1), file, names)
        if let last = sections.last, last.item != found {
          throw .rowTwice(file, line: place + 1, name)
        }
        if sections.isEmpty { sections.append((found, 0)) }
      default: break
      }
    }
    if owner.isEmpty { throw .namelessSheet(file) }
    if sections.isEmpty { sections.append((try Self.item(nil, file, names), 0)) }
    var sheets: [AnswerSheet] = []
    for (place, section) in sections.enumerated() {
      let end = place + 1 < sections.count ? sections[place + 1].first : lines.count
      let entries = try Self.entries(
        lines, section.first..<end, names, section.item, file, decimalComma)
      if sheets.contains(where: { $0.item == section.item }) {
        throw .rowTwice(file, line: section.first + 1, items[section.item].identifier)
      }
      sheets.append(AnswerSheet(student: owner, item: section.item, entries: entries))
    }
    self.sheets = sheets
  }

  /// The item that a heading of a printed sheet names: `1. Gradients  (4 points, gradients-0007)`.
  private static func heading(_ line: String, _ items: [Item]) -> Int? {
    guard line.contains("point"), !line.hasPrefix("|") else { return nil }
    return items.indices.first { place in
      let own = items[place].identifier
      return line.hasSuffix(own + ")") || line.hasSuffix(own + "\\)")
    }
  }

  private static func entries(
    _ lines: [String], _ range: Range<Int>, _ names: KeyNames, _ item: Int, _ file: String,
    _ decimalComma: Bool
  ) throws(Problem) -> [Entry] {
    let blanks = names.items[item].blanks
    var entries = [Entry?](repeating: nil, count: blanks.count)
    var column: Int?
    for place in range {
      let line = lines[place]
      if let found = Self.answerColumn(line) { column = found }
      guard let (name, answer) = Self.answer(line, names, item, column) else { continue }
      guard let blank = names.blank(name, of: item) else {
        guard Self.looksLikeOne(name, names) else { continue }
        throw .unknownRow(file, line: place + 1, name, known: blanks.map(\.asked))
      }
      if entries[blank] != nil { throw .rowTwice(file, line: place + 1, name) }
      // The lines of a blank that nobody has written on.
      let bare = answer.replacing("\\_", with: "_")
      let isEmpty = !bare.isEmpty && bare.allSatisfy { $0 == "_" }
      entries[blank] = Entry(
        isEmpty ? "" : answer, for: blanks[blank].answer, decimalComma: decimalComma)
    }
    guard entries.contains(where: { $0 != nil }) else {
      throw .sheetWithoutAnswers(file, blanks.map(\.asked))
    }
    return entries.map { $0 ?? .blank }
  }

  /// Which column of a table holds answers: the one that is called so.
  private static func answerColumn(_ line: String) -> Int? {
    cells(line)?.firstIndex { KeyNames.folded($0).lowercased() == "answer" }
  }

  private static func cells(_ line: String) -> [String]? {
    if !line.hasPrefix("|") {
      // As plain text a table's columns stand apart by two blanks or more.
      let parts = line.split(separator: "  ").map { String($0).trimmed }.filter { !$0.isEmpty }
      return parts.count >= 2 && !line.contains(":") && !line.contains(" = ") ? parts : nil
    }
    var cells = line.dropFirst().split(separator: "|", omittingEmptySubsequences: false)
      .map { String($0).trimmed }
    if line.hasSuffix("|"), !cells.isEmpty { cells.removeLast() }
    return cells.count >= 2 ? cells : nil
  }

  private static func item(
    _ word: (text: String, line: Int)?, _ file: String, _ names: KeyNames
  ) throws(Problem) -> Int {
    guard let word else {
      guard names.items.count == 1 else { throw .sheetWithoutItem(file, names.itemNames) }
      return 0
    }
    let found = names.items(called: word.text, problem: nil)
    guard let only = found.first else {
      throw .unknownItem(file, line: word.line, word.text, known: names.itemNames)
    }
    guard found.count == 1 else {
      throw .severalItems(
        file, line: word.line, word.text, found.map { names.items[$0].identifier })
    }
    return only
  }

  /// `student: Ada` as a name and what it is set to; nil for other lines.
  private static func setting(_ line: String) -> (String, String)? {
    guard let sign = line.firstIndex(where: { $0 == ":" || $0 == "=" }) else { return nil }
    let name = KeyNames.folded(String(line[..<sign])).lowercased()
    let value = KeyNames.folded(String(line[line.index(after: sign)...]))
    return value.isEmpty ? nil : (name, value)
  }

  /// The row's name and what was typed into it; nil for a line that is neither row nor definition.
  private static func answer(
    _ line: String, _ names: KeyNames, _ item: Int, _ column: Int?
  ) -> (name: String, text: String)? {
    // Of plain text only what stands below a column for answers is a table.
    if let cells = cells(line), let last = cells.last, line.hasPrefix("|") || column != nil {
      let text = column.flatMap { cells.indices.contains($0) ? cells[$0] : nil } ?? last
      // Columns before the row's name, such as its number, say nothing.
      let own = cells.dropLast().first { names.blank($0, of: item) != nil }
      let asked = own ?? cells.dropLast().first { looksLikeOne($0, names) }
      return asked.map { ($0, bare(text)) }
    }
    guard let sign = line.firstIndex(where: { $0 == "=" || $0 == ":" }) else { return nil }
    var name = String(line[..<sign])
    for bullet in ["- ", "* ", "+ "] where name.hasPrefix(bullet) {
      name = String(name.dropFirst(2))
    }
    return (name, bare(String(line[line.index(after: sign)...])))
  }

  /// An answer without the marks of Markdown around it.
  private static func bare(_ text: String) -> String {
    text.contains { ["`", "*", "$"].contains($0) } ? KeyNames.folded(text) : text.trimmed
  }

  /// Whether a name that is no row's was meant for one: a slip of the keys must not be a gap.
  private static func looksLikeOne(_ name: String, _ names: KeyNames) -> Bool {
    let name = KeyNames.folded(name)
    if names.knows(name) { return true }
    let words = name.split(separator: " ")
    if words.count == 2, ["grad", "value"].contains(words[0].lowercased()) { return true }
    return closest(to: name, among: names.asked) != nil
  }
}
