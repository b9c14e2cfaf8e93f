/// A document for people to print, hand out or upload, by its meaning: the writers of `Export` know formats.
package struct Paper: Sendable {
  /// A part of a line.
  package enum Inline: Hashable, Sendable {
    case text(String)
    case strong(String)
    case emphasis(String)
    case code(String)
    case math(Math)
    /// Room to write a number into.
    case blank
  }

  /// How the cells of a column stand.
  package enum Alignment: Hashable, Sendable { case left, centre, right }

  /// Rows below a header.
  package struct Table: Hashable, Sendable {
    package let header: [[Inline]]
    package let alignments: [Alignment]
    package let rows: [[[Inline]]]

    /// Each row has as many cells as the header.
    package init(_ header: [[Inline]], _ alignments: [Alignment], _ rows: [[[Inline]]]) {
      self.header = header
      self.alignments = alignments
      self.rows = rows
    }
  }

  /// A part of the document.
  package enum Block: Sendable {
    /// A heading; level 1 is a part of the document, level 2 a section in it.
    case heading([Inline], level: Int)
    case paragraph([Inline])
    /// Mathematics on a line of its own.
    case display(Math)
    case table(Table)
    /// The circuit of a scene, with the numbers it shows.
    case figure(Scene, title: String)
    case list([[Inline]])
    /// Things to choose from: a), b), c).
    case choices([[Inline]])
    /// Lines shown as they are.
    case listing([String])
    /// What follows begins a new page.
    case pageBreak
  }

  package var title: String
  /// What stands at the foot of each page and in each file: form, seed, version.
  package var imprint: String
  package var blocks: [Block]

  package init(title: String, imprint: String = "", blocks: [Block] = []) {
    self.title = title
    self.imprint = imprint
    self.blocks = blocks
  }
}

/// `a`, `b` … `z`, `aa`: what a choice or a part of a step is called, counted from 0.
package func letter(_ place: Int) -> String {
  let letters = Array("abcdefghijklmnopqrstuvwxyz")
  let (round, rest) = max(0, place).quotientAndRemainder(dividingBy: letters.count)
  return String(repeating: letters[rest], count: round + 1)
}
