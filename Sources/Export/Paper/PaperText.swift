internal import Language
internal import Typesetting

/// Writes a paper for a screen or a printer of lines.
struct PaperText {
  private let style: Style

  init(_ style: Style) {
    var style = style
    style.speech = false
    self.style = style
  }

  func text(_ paper: Paper) -> String {
    var document = Document([
      .line(Text(paper.title)),
      .line(Text(String(repeating: "=", count: min(columns(paper.title), style.width)))),
    ])
    for block in paper.blocks {
      document.blocks.append(Document.blank)
      document += self.document(block)
    }
    if !paper.imprint.isEmpty {
      document += Document([Document.blank, .line(Text(paper.imprint))])
    }
    return document.rendered(style)
  }

  /// A line of inlines; what stands in the place of a blank is as wide as a number.
  func line(_ inlines: [Paper.Inline]) -> String {
    inlines.map { inline in
      switch inline {
      case .text(let text), .strong(let text), .emphasis(let text), .code(let text):
        text.replacing("\n", with: " ")
      case .math(let math): math.text(style)
      case .blank: "______"
      }
    }.joined()
  }

  private func document(_ block: Paper.Block) -> Document {
    switch block {
    case .heading(let words, let level):
      return level <= 1
        ? Document([.rule([line(words)])])
        : Document([.line(Text(line(words))), .line(Text(underline(line(words))))])
    case .paragraph(let words): return .line(Text(line(words)))
    case .display(let math): return .line(Text("   " + math.text(style)))
    case .table(let table): return Document([.table(self.table(table))])
    case .figure(let scene, _): return Self.figure(scene, style)
    case .list(let items):
      return Document(items.flatMap { item(style.signs.bullet, $0) })
    case .choices(let items):
      return Document(items.enumerated().flatMap { item(letter($0) + ")", $1) })
    case .listing(let lines): return Document(lines.map { .line(Text("   " + $0)) })
    case .pageBreak:
      return .line(Text(String(repeating: style.signs.rule, count: style.width)))
    }
  }

  private func underline(_ text: String) -> String {
    String(repeating: "-", count: min(columns(text), style.width))
  }

  private func item(_ mark: String, _ words: [Paper.Inline]) -> [Document.Block] {
    let margin = "   " + mark + " "
    let room = max(20, style.width - columns(margin))
    var narrow = style
    narrow.width = room
    let lines = Document.line(Text(line(words))).lines(narrow)
    return lines.enumerated().map { place, line in
      .line(Text(place == 0 ? margin : String(repeating: " ", count: columns(margin))) + line)
    }
  }

  private func table(_ table: Paper.Table) -> Typesetting.Table {
    let columns = zip(table.header, table.alignments).map { title, alignment in
      Typesetting.Table.Column(line(title), alignment == .right ? .right : .left)
    }
    return Typesetting.Table(columns, table.rows.map { $0.map { Text(line($0)) } })
  }

  /// The circuit in letters, for writers that have no picture of it.
  static func figureLines(_ scene: Scene, _ style: Style) -> [String] {
    var plain = style
    plain.speech = false
    return figure(scene, plain).lines(plain).map { $0.trimmingEnd.plain }
  }

  /// The circuit as far as it can be drawn, without what the prompt has to say about it.
  static func figure(_ scene: Scene, _ style: Style) -> Document {
    var document = Document.graphView(scene.styled(style), .whole)
    while case .line(let text)? = document.blocks.last,
      text.runs.allSatisfy({ $0.role == .dim })
    {
      document.blocks.removeLast()
    }
    return document
  }
}
