internal import Language
internal import Typesetting

/// Writes the text of an item into a platform's kind of document.
struct PlatformText {
  /// The language of the document, and what it knows of formulas.
  enum Language {
    /// HTML that is XML as well, formulas for MathJax between `\(` and `\)`, and drawings.
    case htmlWithTeX
    /// HTML that is XML as well, formulas as text.
    case html
    /// Markdown, formulas between `$`.
    case markdown
  }

  let language: Language
  /// What the names of parts of drawings begin with.
  var id = "figure"

  /// Text in which nothing acts.
  func text(_ text: String) -> String {
    var previous: Unicode.Scalar = " "
    // The first word of Markdown may be the mark of a list; nobody asks for a later one.
    var word = String.UnicodeScalarView()
    var isFirstWord = language == .markdown
    return oneLine(text).rewritten { scalar in
      defer { previous = scalar }
      if scalar == " ", !word.isEmpty { isFirstWord = false }
      let isMarkup =
        acts(scalar) || isFirstWord && begins(scalar, word) || repeats(scalar, previous)
      if isFirstWord, scalar != " " { word.append(scalar) }
      let written = isMarkup ? "&#\(scalar.value);" : nil
      guard language == .htmlWithTeX, isPair(previous, scalar) else { return written }
      return "<span>\(written ?? String(scalar))</span>"
    }
  }

  /// Whether a sign of the first word could make a list or an answer of a line of Markdown: `1.`, `a)`, `- `, `= 3`.
  private func begins(_ scalar: Unicode.Scalar, _ word: String.UnicodeScalarView) -> Bool {
    switch scalar {
    case ".", ")": true
    case "-", "+", "=": word.allSatisfy { $0 == scalar }
    default: false
    }
  }

  /// Whether two signs would become one of print: `--` a dash, `..` an ellipsis.
  private func repeats(_ scalar: Unicode.Scalar, _ previous: Unicode.Scalar) -> Bool {
    language == .markdown && scalar == previous && (scalar == "-" || scalar == ".")
  }

  /// Whether MathJax, which looks at what a page shows, would take two characters for the edge of a formula.
  private func isPair(_ first: Unicode.Scalar, _ second: Unicode.Scalar) -> Bool {
    first == "$" && second == "$" || first == "\\" && "([])".unicodeScalars.contains(second)
  }

  /// Whether a character could be taken for markup, by this language or by what carries it.
  private func acts(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar {
    case "&", "<", ">", "\"", "'", "{", "}", "\\", "~", "[", "]": true
    case "*", "_", "`", "$", "#", "|", "^", "!", "@", ":", "%": language == .markdown
    default: false
    }
  }

  /// Formulas.
  func math(_ math: Math) -> String {
    switch language {
    case .html: return text(math.plain)
    case .markdown: return math.latex.isEmpty ? "" : "$\(math.latex)$"
    case .htmlWithTeX:
      return "\\(" + escaped(Self.apart(math.latex)).swapping("&amp;", for: "&#38;") + "\\)"
    }
  }

  /// TeX in which no brace begins what Moodle takes for a place to fill in: `{#1}`, `{1:`.
  static func apart(_ latex: String) -> String {
    var result = ""
    var rest = latex.unicodeScalars[...]
    while let sign = rest.popFirst() {
      result.unicodeScalars.append(sign)
      let behind = rest.drop { ("0"..."9").contains($0) }.first
      if sign == "{", behind == ":" || behind == "#" { result += " " }
    }
    return result
  }

  /// A line.
  func inline(_ parts: [Paper.Inline]) -> String {
    parts.map { part in
      switch part {
      case .text(let words): text(words)
      case .strong(let words):
        language == .markdown ? text(words) : "<strong>\(text(words))</strong>"
      case .emphasis(let words): language == .markdown ? text(words) : "<em>\(text(words))</em>"
      // Between backticks some readers of Markdown run what they find.
      case .code(let words): language == .markdown ? text(words) : "<code>\(text(words))</code>"
      case .math(let math): self.math(math)
      case .blank: text("_____")
      }
    }.joined()
  }

  /// The blocks, each a paragraph of its own.
  func blocks(_ blocks: [Paper.Block]) -> [String] {
    var figures = 0
    return blocks.flatMap { block -> [String] in
      if case .figure(let scene, let title) = block {
        figures += 1
        return [figure(scene, title: title, id: "\(id)-\(figures)")]
      }
      return language == .markdown ? markdown(block) : html(block)
    }.filter { !$0.isEmpty }
  }

  private func figure(_ scene: Scene, title: String, id: String) -> String {
    if language == .htmlWithTeX, let diagram = try? Diagram(scene, title: title) {
      return diagram.figure.svg(title: title, description: diagram.description, id: id)
        .swapping("\n", for: " ").swapping("&amp;", for: "&#38;").swapping("{", for: "&#123;")
        .swapping("}", for: "&#125;")
    }
    let words = "\(title): \(Diagram.description(of: scene))"
    return language == .markdown ? text(words) : "<p>\(text(words))</p>"
  }

  private func html(_ block: Paper.Block) -> [String] {
    switch block {
    case .heading(let parts, _): ["<h3>\(inline(parts))</h3>"]
    case .paragraph(let parts): ["<p>\(inline(parts))</p>"]
    case .display(let math): ["<p>\(self.math(math))</p>"]
    case .table(let table):
      [htmlTable(header: table.header.map(inline), table.rows.map { $0.map(inline) })]
    case .list(let rows): [htmlList("ul", rows)]
    case .choices(let rows): [htmlList("ol", rows)]
    case .listing(let lines):
      ["<p>\(lines.map { "<code>\(listingLine($0))</code>" }.joined(separator: "<br/>"))</p>"]
    case .figure, .pageBreak: []
    }
  }

  private func listingLine(_ line: String) -> String {
    text(line).swapping(" ", for: "\u{A0}")
  }

  private func htmlList(_ element: String, _ rows: [[Paper.Inline]]) -> String {
    guard !rows.isEmpty else { return "" }
    return "<\(element)>" + rows.map { "<li>\(inline($0))</li>" }.joined() + "</\(element)>"
  }

  /// A table of cells that are markup already.
  func htmlTable(header: [String], _ rows: [[String]]) -> String {
    guard !header.isEmpty, !rows.isEmpty else { return "" }
    let row = { (cells: [String], element: String) -> String in
      "<tr>" + cells.map { "<\(element)>\($0)</\(element)>" }.joined() + "</tr>"
    }
    return "<table><thead>" + row(header, "th") + "</thead><tbody>"
      + rows.map { row($0, "td") }.joined() + "</tbody></table>"
  }

  private func markdown(_ block: Paper.Block) -> [String] {
    switch block {
    case .heading(let parts, _), .paragraph(let parts): [inline(parts).trimmed]
    case .display(let math): [self.math(math)]
    case .table(let table): [markdownTable(table)]
    case .list(let rows): [rows.map { "-   " + inline($0) }.joined(separator: "\n")]
    case .choices(let rows):
      [rows.enumerated().map { "\($0 + 1).  " + inline($1) }.joined(separator: "\n")]
    case .listing(let lines): lines.map(listingLine)
    case .figure, .pageBreak: []
    }
  }

  private func markdownTable(_ table: Paper.Table) -> String {
    let row = { (cells: [String]) in "| " + cells.joined(separator: " | ") + " |" }
    let rule = "|" + String(repeating: " --- |", count: table.header.count)
    return ([row(table.header.map(inline)), rule] + table.rows.map { row($0.map(inline)) })
      .joined(separator: "\n")
  }
}
