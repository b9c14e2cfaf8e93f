package import Language

/// The answers of a class: one row for each student and item, one column for each blank.
package struct ClassTable: Sendable {
  /// In the order of the rows.
  package let sheets: [AnswerSheet]

  /// Reads a table with commas, semicolons or tabs, and a line of names above it.
  ///
  /// The columns are `student`, `item` where there are several, `problem` where a form has several
  /// items, and one for each blank by its id or as it is asked for.
  package init(
    _ text: String, file: String, items: [Item], decimalComma: Bool = false
  ) throws(Problem) {
    try Limit.answers.check(text.utf8.count)
    let names = KeyNames(items)
    let rows = try DelimitedText(text, file: file).rows.filter { !$0.isBlank }
    guard let header = rows.first else { throw .emptyClass(file) }
    try Limit.sheets.check(rows.count - 1)
    var reader = RowReader(
      file: file, names: names, columns: try Columns(header, file, names),
      decimalComma: decimalComma)
    var sheets: [AnswerSheet] = []
    for row in rows.dropFirst() { sheets.append(try reader.sheet(row)) }
    guard !sheets.isEmpty else { throw .classWithoutRows(file) }
    self.sheets = sheets
  }

  /// An empty table for a key, to be filled in by a class: the line of names.
  package static func header(for items: [Item]) -> String {
    var seen: Set<String> = []
    let blanks = items.flatMap { $0.blanks.map(\.id) }.filter { seen.insert($0).inserted }
    return (["student", "item"] + blanks).joined(separator: ",") + "\n"
  }
}

/// What the first line of a class table says.
private struct Columns {
  var student = -1
  var item: Int?
  var problem: Int?
  let line: Int
  /// The names, as written.
  var names: [String] = []

  private static let itemNames = ["item", "variant", "form"]

  init(_ row: DelimitedText.Row, _ file: String, _ key: KeyNames) throws(Problem) {
    try Limit.columns.check(row.cells.count)
    line = row.line
    var seen: Set<String> = []
    for (place, cell) in row.cells.enumerated() {
      let name = KeyNames.folded(cell)
      names.append(name)
      let word = name.lowercased()
      if name.isEmpty {
        // A separator at the end of every line is a habit of some programs.
        guard place == row.cells.count - 1 else {
          throw .namelessColumn(file, line: row.line, place + 1)
        }
        continue
      }
      guard seen.insert(key.knows(name) ? name : word).inserted else {
        throw .columnTwice(file, line: row.line, name)
      }
      if key.knows(name) { continue }
      if Roster.names.contains(word) {
        if student >= 0 { throw .columnTwice(file, line: row.line, name) }
        student = place
      } else if Self.itemNames.contains(word) {
        if item != nil { throw .columnTwice(file, line: row.line, name) }
        item = place
      } else if word == "problem" {
        problem = place
      } else {
        throw .unknownColumn(file, line: row.line, name, known: ["student", "item"] + key.asked)
      }
    }
    guard student >= 0 else { throw .missingColumn(file, line: row.line, "student") }
  }
}

/// Turns rows into sheets.
private struct RowReader {
  let file: String
  let names: KeyNames
  let columns: Columns
  let decimalComma: Bool
  /// The column of each blank, for the items that have been met.
  private var places: [Int: [Int]] = [:]
  /// Where a student's answers to a problem stand.
  private var lines: [String: Int] = [:]

  init(file: String, names: KeyNames, columns: Columns, decimalComma: Bool) {
    self.file = file
    self.names = names
    self.columns = columns
    self.decimalComma = decimalComma
  }

  mutating func sheet(_ row: DelimitedText.Row) throws(Problem) -> AnswerSheet {
    var cells = row.cells
    // Programs leave out empty cells at the end of a row, or write some more.
    while cells.count > columns.names.count, cells.last?.trimmed.isEmpty == true {
      cells.removeLast()
    }
    guard cells.count == columns.names.count else {
      throw .raggedRow(file, line: row.line, cells.count, columns.names.count, decimalComma)
    }
    let student = TypedNumber.plain(cells[columns.student])
    if student.isEmpty { throw .namelessStudent(file, line: row.line) }
    let item = try item(cells, row.line)
    let problem = names.items[item].problem
    if let before = lines.updateValue(row.line, forKey: student + "\n" + problem) {
      throw .studentTwice(file, line: row.line, student, before)
    }
    let blanks = names.items[item].blanks
    let entries = try places(of: item, row.line).enumerated().map { blank, place in
      Entry(cells[place], for: blanks[blank].answer, decimalComma: decimalComma)
    }
    return AnswerSheet(student: student, item: item, entries: entries)
  }

  private func item(_ cells: [String], _ line: Int) throws(Problem) -> Int {
    guard let column = columns.item else {
      if names.items.count == 1 { return 0 }
      // Where each student has a sheet of their own, the name says which.
      let problem = columns.problem.map { cells[$0].trimmed }
      let own = names.items(called: cells[columns.student].trimmed, problem: problem)
      guard own.count == 1 else { throw .missingColumn(file, line: columns.line, "item") }
      return own[0]
    }
    let word = cells[column].trimmed
    let problem = columns.problem.map { cells[$0].trimmed }
    let found = names.items(called: word, problem: problem)
    guard let only = found.first else {
      throw .unknownItem(file, line: line, word, known: names.itemNames)
    }
    guard found.count == 1 else {
      throw .severalItems(file, line: line, word, found.map { names.items[$0].identifier })
    }
    return only
  }

  /// The column of each blank of an item.
  private mutating func places(of item: Int, _ line: Int) throws(Problem) -> [Int] {
    if let known = places[item] { return known }
    let blanks = names.items[item].blanks
    var found = [Int?](repeating: nil, count: blanks.count)
    for (place, name) in columns.names.enumerated() {
      guard place != columns.student, let blank = names.blank(name, of: item) else { continue }
      if found[blank] != nil { throw .columnTwice(file, line: columns.line, name) }
      found[blank] = place
    }
    var result: [Int] = []
    for (blank, place) in found.enumerated() {
      guard let place else {
        throw .missingBlank(
          file, line: line, blanks[blank].asked, of: names.items[item].identifier)
      }
      result.append(place)
    }
    places[item] = result
    return result
  }
}
