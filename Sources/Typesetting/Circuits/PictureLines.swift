internal import Drawing
internal import Language

// A picture in the cells of a terminal.
extension Picture {
  /// The picture as lines; nil where it has no room, or could not be drawn without a fault.
  func lines(
    _ style: Style, in room: Room, _ spacing: Circuit.Spacing = .normal
  ) -> [Text]? {
    guard let layout = Layout(circuit(spacing), spacing: spacing), room.holds(layout)
    else { return nil }
    let canvas = Canvas(layout, isHeavy: isActive)
    guard !canvas.hasOverlap else { return nil }
    var cells = CellGrid(columns: layout.width, rows: layout.height)
    cells.paint(layout, canvas, isUnicode: style.unicode)
    for place in layout.places {
      let box = boxes[place.part]
      if box.kind == .cut, !box.operands.isEmpty {
        // What reads a node and is only counted leads nowhere.
        let gap = String(repeating: " ", count: place.label.count)
        cells.write(Text(gap), at: place.label.lowerBound, place.row)
      }
      let role: Text.Role =
        place.part == current ? .strong : box.kind == .cut ? .dim : .plain
      cells.write(Text(box.text, role), at: place.column, place.row)
      switch spacing {
      case .normal, .tight:
        cells.write(box.value, centredIn: place.label, place.row - 1)
        cells.write(box.gradient, centredIn: place.label, place.row + 1)
      case .inline:
        let bar = box.gradient.isEmpty ? "" : style.unicode ? "│" : "|"
        let start = place.label.lowerBound + 1
        cells.write(box.value + Text(bar) + box.gradient, at: start, place.row)
      }
      if let arrow = place.arrow, !box.result.isEmpty {
        let head = style.unicode ? "▶ " : "> "
        cells.write(Text(head) + Text(box.result, .strong), at: arrow, place.row)
      }
    }
    for (point, slot) in layout.slots {
      cells.write(Text("\(slot)"), at: point.column, point.row)
    }
    let lines = cells.lines
    return lines.count <= room.rows ? lines : nil
  }
}

/// The columns and rows there are for a drawing.
package struct Room: Hashable, Sendable {
  package let columns: Int
  package let rows: Int

  package init(columns: Int, rows: Int) {
    self.columns = columns
    self.rows = rows
  }

  /// Whether a layout may fit: the rows above its first wire and below its last may be empty.
  func holds(_ layout: Layout) -> Bool { layout.width <= columns && layout.height - 2 <= rows }
}

private let wholeWire: [Character: String] = ["╶": "─", "╴": "─", "╺": "━", "╸": "━"]

/// Cells of a terminal, each with a character and its meaning.
private struct CellGrid {
  private struct Cell {
    var text = " "
    var role = Text.Role.plain
  }

  private let columns: Int
  private var cells: [[Cell]]

  init(columns: Int, rows: Int) {
    self.columns = max(0, columns)
    cells = [[Cell]](
      repeating: [Cell](repeating: Cell(), count: self.columns), count: max(0, rows))
  }

  mutating func paint(_ layout: Layout, _ canvas: Canvas, isUnicode: Bool) {
    for row in cells.indices {
      for column in cells[row].indices {
        let point = Layout.Point(column: column, row: row)
        let isFork = layout.forks.contains(point)
        let sign = isFork ? (isUnicode ? "●" : "o") : canvas[point].glyph(isUnicode: isUnicode)
        // Where a wire ends at a box it fills its cell.
        cells[row][column].text = wholeWire[sign] ?? String(sign)
      }
    }
  }

  /// Writes a text from a column on; what lies outside is not shown.
  mutating func write(_ text: Text, at start: Int, _ row: Int) {
    guard cells.indices.contains(row) else { return }
    var column = start
    for run in text.runs {
      for character in run.text {
        let width = Language.columns(String(character))
        guard column >= 0, column + max(1, width) <= columns else { return }
        cells[row][column] = Cell(text: String(character), role: run.role)
        // The second half of a wide character.
        for next in 1..<max(1, width) { cells[row][column + next] = Cell(text: "", role: run.role) }
        column += width
      }
    }
  }

  mutating func write(_ text: Text, centredIn range: Range<Int>, _ row: Int) {
    write(text, at: range.lowerBound + max(0, (range.count - text.width + 1) / 2), row)
  }

  /// The rows from the first that is not empty to the last.
  var lines: [Text] {
    var result = cells.map { row -> Text in
      var text = Text()
      var run = Cell(text: "", role: .plain)
      for cell in row {
        if cell.role != run.role {
          text += Text(run.text, run.role)
          run = Cell(text: "", role: cell.role)
        }
        run.text += cell.text
      }
      return (text + Text(run.text, run.role)).trimmingEnd
    }
    while result.last?.isEmpty == true { result.removeLast() }
    while result.first?.isEmpty == true { result.removeFirst() }
    return result
  }
}
