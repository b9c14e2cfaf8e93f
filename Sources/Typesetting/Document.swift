/// What a screen says, independent of colours and of whether it is read or heard.
package struct Document: Hashable, Sendable {
  /// One line or group of lines.
  package enum Block: Hashable, Sendable {
    case line(Text)
    /// The rule with a title that heads a step: `── forward 1 of 2 ── gate + ───`.
    case rule([String])
    case table(Table)
  }

  package var blocks: [Block]

  package init(_ blocks: [Block] = []) { self.blocks = blocks }

  /// A document of plain lines.
  package init(lines: [String]) { blocks = lines.map { .line(Text($0)) } }

  /// A document of one line.
  package static func line(_ text: Text) -> Document { Document([.line(text)]) }

  package static var empty: Document { Document() }
  package static let blank = Block.line(Text())

  package static func + (a: Document, b: Document) -> Document { Document(a.blocks + b.blocks) }
  package static func += (a: inout Document, b: Document) { a.blocks += b.blocks }
}

/// Rows of cells in columns.
package struct Table: Hashable, Sendable {
  /// Which side of its column a cell keeps to.
  package enum Alignment: Hashable, Sendable { case left, right }

  /// What stands under the titles.
  package enum Underline: Hashable, Sendable { case none, each, whole }

  /// A column: its title and the side its cells keep to.
  package struct Column: Hashable, Sendable {
    package let title: String
    package let alignment: Alignment

    package init(_ title: String, _ alignment: Alignment = .left) {
      self.title = title
      self.alignment = alignment
    }
  }

  package let columns: [Column]
  package var rows: [[Text]]
  package let indent: Int
  package let underline: Underline

  package init(_ columns: [Column], _ rows: [[Text]], indent: Int = 3, underline: Underline = .each)
  {
    self.columns = columns
    self.rows = rows
    self.indent = indent
    self.underline = underline
  }

  /// How many columns of a terminal it takes.
  var width: Int {
    let widths = columns.indices.map { index in
      rows.map { $0[index].width }.max() ?? 0
    }
    return indent + zip(widths, columns).map { max($0, Text($1.title).width) }.reduce(0, +)
      + 2 * max(0, columns.count - 1)
  }
}
