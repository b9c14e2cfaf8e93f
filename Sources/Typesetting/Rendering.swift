internal import Language

extension Document {
  /// The document as lines of ASCII, whatever the terminal could show.
  package func inASCII(_ style: Style) -> Document {
    Document(
      lines(style).map { line in
        .line(line.runs.reduce(Text()) { $0 + Text(asciiOnly(visible($1.text)), $1.role) })
      })
  }

  /// The document as lines of a width, for writers that show roles in their own way.
  package func lines(_ style: Style) -> [Text] { blocks.flatMap { $0.lines(style) } }

  /// The document as lines for a terminal or a file, each ending in a newline.
  ///
  /// Every part passes `visible`, so that nothing a learner or a lesson wrote can act on a terminal;
  /// the only escape sequences are the ones put in here.
  package func rendered(_ style: Style, colour: Bool = false) -> String {
    let lines = style.speech ? spokenLines() : self.lines(style)
    return lines.map { $0.trimmingEnd.written(colour: colour, unicode: style.unicode) + "\n" }
      .joined()
  }
}

extension Document.Block {
  func lines(_ style: Style) -> [Text] {
    switch self {
    case .line(let text): text.folded(to: style.width)
    case .rule(let titles): [Self.rule(titles, style)]
    case .table(let table): table.lines(style)
    }
  }

  private static func rule(_ titles: [String], _ style: Style) -> Text {
    let sign = style.signs.rule
    var text = Text(sign + sign + " ", .dim)
    for (place, title) in titles.enumerated() {
      let more = Text(title, .strong) + Text(" " + sign + sign + " ", .dim)
      // A heading is one line; what comes last in it matters least.
      if place > 0, text.width + more.width > style.width { break }
      text += more
    }
    if text.width > style.width, let first = titles.first {
      return Text(sign + sign + " ", .dim) + Text(first, .strong)
    }
    let rest = max(0, style.width - text.width)
    return text.trimmingEnd + Text(String(repeating: sign, count: rest + 1), .dim)
  }
}

extension Table {
  func lines(_ style: Style) -> [Text] {
    let widths = columns.indices.map { index in
      rows.reduce(Language.columns(columns[index].title)) { max($0, $1[index].width) }
    }
    let margin = Text(String(repeating: " ", count: indent))
    let least = indent + widths.dropLast().reduce(0) { $0 + $1 + 2 } + min(widths.last ?? 0, 24)
    if least > style.width { return stacked(style) }
    let lines = { (cells: [Text]) -> [Text] in
      var cells = cells
      let before = indent + widths.dropLast().reduce(0) { $0 + $1 + 2 }
      // A last column of words that does not fit goes on below itself.
      let last = cells.removeLast().padded(
        to: widths[widths.count - 1], columns[widths.count - 1].alignment)
      let wrapped = last.trimmingEnd.wrapped(to: max(24, style.width - before))
      let head = cells.indices.map { cells[$0].padded(to: widths[$0], columns[$0].alignment) }
      let gap = Text(String(repeating: " ", count: before))
      return [margin + (head + [wrapped[0]]).joined("  ").trimmingEnd]
        + wrapped.dropFirst().map { gap + $0 }
    }
    let row = { (cells: [Text]) in lines(cells)[0] }
    var result: [Text] = []
    if columns.contains(where: { !$0.title.isEmpty }) {
      result.append(row(columns.map { Text($0.title, .dim) }))
    }
    let sign = style.signs.rule
    switch underline {
    case .none: break
    case .each:
      let before = indent + widths.dropLast().reduce(0) { $0 + $1 + 2 }
      result.append(
        row(
          widths.enumerated().map { place, width in
            // What is wrapped is no wider than its lines.
            let most = max(24, style.width - (place == widths.count - 1 ? before : indent))
            return Text(String(repeating: sign, count: min(width, most)), .dim)
          }))
    case .whole:
      let body = rows.flatMap { lines($0).map { $0.width - indent } }.max() ?? 0
      let full = max(body, result.first.map { $0.width - indent } ?? 0)
      result.append(margin + Text(String(repeating: sign, count: min(full, style.width)), .dim))
    }
    return result + rows.flatMap(lines)
  }
}

extension Table {
  /// Each row as a small list, for screens that are too narrow for columns.
  private func stacked(_ style: Style) -> [Text] {
    let margin = String(repeating: " ", count: min(indent, 2))
    let room = columns.dropFirst().map { Language.columns($0.title) }.max() ?? 0
    return rows.flatMap { row -> [Text] in
      let rest = zip(columns, row).dropFirst().filter { !$0.1.plain.isEmpty }
      let head = row.first ?? Text()
      // A row without a name goes on with the one above it.
      return (head.isEmpty ? [] : [Text(margin) + head]).flatMap { $0.folded(to: style.width) }
        + rest.flatMap { column, cell -> [Text] in
          let title = Text(margin + "  ") + Text(column.title, .dim).padded(to: room, .left)
          return (title + Text("  ") + cell).folded(to: style.width)
        }
    }
  }
}

extension Text {
  /// The text with or without colours, and safe either way.
  func written(colour: Bool, unicode: Bool) -> String {
    var result = ""
    for run in runs {
      let text = unicode ? visible(run.text) : asciiOnly(visible(run.text))
      if colour, case .shade(let upper, let lower) = run.role {
        // With colours, both halves of the cell are told by them, and ASCII has whole cells only.
        let sign = unicode ? "▀" : " "
        let code = Shades.halves(upper: upper, lower: lower)
        result += "\u{1B}[\(code)m\(String(repeating: sign, count: text.count))\u{1B}[0m"
      } else if colour, let code = run.role.code, !text.allSatisfy({ $0 == " " }) {
        result += "\u{1B}[\(code)m\(text)\u{1B}[0m"
      } else {
        result += text
      }
    }
    return result
  }
}

extension Text.Role {
  /// The 16-colour code, so that the terminal's own theme applies.
  fileprivate var code: String? {
    switch self {
    case .plain: nil
    case .value: "36"
    case .gradient: "35"
    case .dim: "2"
    case .strong: "1"
    case .good: "32"
    case .bad: "31"
    case .shade(let upper, let lower): Shades.halves(upper: upper, lower: lower)
    case .mark(let shade): Shades.mark(on: shade)
    }
  }
}

/// What our own words use outside ASCII, for terminals that cannot show it.
private let plainForms: [Unicode.Scalar: String] = [
  "∂": "d", "×": "*", "→": "->", "─": "-", "·": ".", "✓": "ok", "✗": "x", "▌": "|", "–": "-",
  "…": "...", "•": "*", "½": "1/2", "²": "^2", "³": "^3", "σ": "sigma", "≤": "<=", "≥": ">=",
  "≠": "!=", "±": "+-", "′": "'", "−": "-", "Σ": "sum", "“": "\"", "”": "\"", "’": "'",
  "≈": "~", "∞": "inf", "Δ": "delta ", "│": "|", "├": "|", "└": "`", "∑": "sum", "—": "-",
  "●": "o", "▶": ">", "━": "=", "┃": "#",
]

/// The plain form of a sign, by itself or for its family.
private func plainForm(_ scalar: Unicode.Scalar) -> String? {
  if let known = plainForms[scalar] { return known }
  switch scalar.value {
  case 0x2500...0x257F: return "+"  // Corners and joints.
  case 0x2580...0x259F: return "#"  // Blocks.
  case 0x2800...0x28FF: return "*"  // Braille dots.
  default: return nil
  }
}

/// The text in ASCII; what has no plain form is named by its code point.
package func asciiOnly(_ text: String) -> String {
  guard text.utf8.contains(where: { $0 >= 0x80 }) else { return text }
  return text.unicodeScalars.map { scalar in
    scalar.isASCII ? String(scalar) : plainForm(scalar) ?? spelled(scalar)
  }.joined()
}
