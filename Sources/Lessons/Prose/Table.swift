import Language

/// The rows of a Markdown table.
struct Table {
  private var rows: [(cells: [String], index: Int)] = []

  /// Past this many columns a cell is not padded to: one long cell must not blow up every row.
  private static let widest = 40

  /// Takes the lines apart at `|` and leaves the line below the head out.
  init(_ lines: [String]) {
    for (index, line) in lines.enumerated() {
      let cells = Self.cells(line)
      let isDelimiter = cells.allSatisfy { cell in
        cell.utf8.contains(0x2D) && cell.utf8.allSatisfy { $0 == 0x2D || $0 == 0x3A }
      }
      if !isDelimiter { rows.append((cells, index)) }
    }
  }

  private static func cells(_ line: String) -> [String] {
    var cells: [[UInt8]] = [[]]
    var isEscaped = false
    for byte in line.trimmed.utf8 {
      if byte == 0x7C, !isEscaped {
        cells.append([])
      } else {
        if byte == 0x7C { cells[cells.count - 1].removeLast() }
        cells[cells.count - 1].append(byte)
      }
      isEscaped = byte == 0x5C && !isEscaped
    }
    var texts = cells.dropFirst().map { String(String(decoding: $0, as: UTF8.self).trimmed) }
    if texts.last?.isEmpty == true { texts.removeLast() }
    return texts
  }

  /// The rows with cells of one column padded to the same width.
  mutating func aligned(
    reading inline: (_ text: String, _ row: Int) -> [Prose.Run]
  ) -> [[Prose.Run]] {
    let read = rows.map { row in row.cells.map { inline($0, row.index) } }
    var widths: [Int] = []
    for row in read {
      for (column, cell) in row.enumerated() {
        let width = min(Self.widest, cell.reduce(0) { $0 + columns($1.text) })
        if column < widths.count {
          widths[column] = max(widths[column], width)
        } else {
          widths.append(width)
        }
      }
    }
    return read.map { row in
      var runs: [Prose.Run] = []
      for (column, cell) in row.enumerated() {
        runs += cell
        guard column + 1 < row.count else { break }
        let width = cell.reduce(0) { $0 + columns($1.text) }
        runs.append(Prose.Run(String(repeating: " ", count: max(0, widths[column] - width) + 2)))
      }
      return runs
    }
  }
}
