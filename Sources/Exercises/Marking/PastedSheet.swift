package import Language

/// One student's sheet, filled in and pasted back: `| grad w1 | -4 |` or `grad w1 = -4`.
package struct PastedSheet: Sendable {
  package let sheet: AnswerSheet

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
    var word: (text: String, line: Int)?
    for (place, line) in lines.enumerated() {
      guard let (name, value) = Self.setting(line) else { continue }
      switch name {
      case "student", "name": owner = value
      case "item", "variant", "form": word = (value, place + 1)
      default: break
      }
    }
    if owner.isEmpty { throw .namelessSheet(file) }
    let item = try Self.item(word, file, names)
    var entries = [Entry?](repeating: nil, count: items[item].blanks.count)
    var answersBegan = false
    for (place, line) in lines.enumerated() {
      guard let (name, answer) = Self.answer(line, names, item) else { continue }
      guard let blank = names.blank(name, of: item) else {
        guard Self.looksLikeOne(name, names) else { continue }
        throw .unknownRow(file, line: place + 1, name, known: items[item].blanks.map(\.asked))
      }
      if entries[blank] != nil { throw .rowTwice(file, line: place + 1, name) }
      entries[blank] = Entry(
        answer, for: items[item].blanks[blank].answer, decimalComma: decimalComma)
      answersBegan = true
    }
    guard answersBegan else { throw .sheetWithoutAnswers(file, items[item].blanks.map(\.asked)) }
    sheet = AnswerSheet(student: owner, item: item, entries: entries.map { $0 ?? .blank })
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
    _ line: String, _ names: KeyNames, _ item: Int
  ) -> (name: String, text: String)? {
    if line.hasPrefix("|") {
      var cells = line.dropFirst().split(separator: "|", omittingEmptySubsequences: false)
        .map { String($0).trimmed }
      if line.hasSuffix("|"), !cells.isEmpty { cells.removeLast() }
      guard cells.count >= 2, let last = cells.last else { return nil }
      // Columns before the row's name, such as its number, say nothing.
      let own = cells.dropLast().first { names.blank($0, of: item) != nil }
      let asked = own ?? cells.dropLast().first { looksLikeOne($0, names) }
      return asked.map { ($0, bare(last)) }
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
