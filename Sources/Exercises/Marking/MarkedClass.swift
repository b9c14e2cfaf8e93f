internal import Language

/// One sheet with its marks.
package struct MarkedSheet: Sendable {
  package let student: String
  /// Which item it answers, by its place in the key.
  package let item: Int
  /// One for each blank, in the item's order.
  package let rows: [MarkedRow]
  /// What it earned, and what there was to earn, in hundredths of a point.
  package let hundredths: Int
  package let outOf: Int
}

/// The marks of a whole class.
///
/// A sheet's marks are a function of the sheet, the item and the scheme, and of nobody else's sheet.
package struct MarkedClass: Sendable {
  package let scheme: Scheme
  package let keys: [AnswerKey]
  /// In the order they were handed in.
  package let sheets: [MarkedSheet]

  /// Marks all sheets; `items` is what their items count into.
  package init(_ sheets: [AnswerSheet], items: [Item], scheme: Scheme = Scheme()) {
    let keys = items.map { AnswerKey($0) }
    self.keys = keys
    self.scheme = scheme
    self.sheets = sheets.filter { keys.indices.contains($0.item) }.map { sheet in
      let rows = keys[sheet.item].mark(sheet.entries, scheme)
      return MarkedSheet(
        student: sheet.student, item: sheet.item, rows: rows,
        hundredths: rows.reduce(0) { $0 + $1.hundredths }, outOf: keys[sheet.item].outOf)
    }
  }

  /// Everybody who handed in a sheet, each once, in the order of the sheets.
  package var students: [String] {
    var seen: Set<String> = []
    return sheets.map(\.student).filter { seen.insert($0).inserted }
  }

  /// Points as they are printed: `2.5`.
  static func points(_ hundredths: Int) -> String {
    Rational(hundredths, 100)?.text ?? "\(hundredths / 100)"
  }

  // MARK: - Results

  /// A table for a spreadsheet: points, then for each row its verdict and the known mistakes.
  package var results: String {
    var columns: [String] = []
    var place: [String: Int] = [:]
    for blank in keys.flatMap(\.item.blanks) where place[blank.id] == nil {
      place[blank.id] = columns.count
      columns.append(blank.id)
    }
    var text = Self.line(
      ["student", "item", "points", "out-of"] + columns.flatMap { [$0, $0 + " mistake"] })
    for sheet in sheets {
      var cells = [String](repeating: "", count: 2 * columns.count)
      for row in sheet.rows {
        guard let column = place[keys[sheet.item].item.blanks[row.blank].id] else { continue }
        cells[2 * column] = row.verdict.word
        cells[2 * column + 1] = row.mistakes.joined(separator: " ")
      }
      text += Self.line(
        [
          SpreadsheetCell.harmless(sheet.student), keys[sheet.item].item.identifier,
          Self.points(sheet.hundredths), Self.points(sheet.outOf),
        ] + cells)
    }
    return text
  }

  private static func line(_ cells: [String]) -> String {
    cells.map { cell in
      let needsQuotes = cell.unicodeScalars.contains {
        [",", ";", "\"", "\n", "\r", "\t"].contains($0)
      }
      return needsQuotes ? SpreadsheetCell.quoted(cell) : cell
    }.joined(separator: ",") + "\n"
  }
}
