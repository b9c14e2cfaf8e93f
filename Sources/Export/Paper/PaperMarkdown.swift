internal import Language
internal import Typesetting

/// Writes a paper as Markdown with formulas in LaTeX, as GitHub, Pandoc and Jupyter read it.
struct PaperMarkdown {
  private let style: Style

  init(_ style: Style) {
    var style = style
    style.unicode = true
    style.speech = false
    style.width = 100
    self.style = style
  }

  func text(_ paper: Paper) -> String {
    var parts = ["# " + plain(paper.title)]
    parts += paper.blocks.map(block).filter { !$0.isEmpty }
    if !paper.imprint.isEmpty { parts += ["---", "_" + plain(paper.imprint) + "_"] }
    return parts.joined(separator: "\n\n") + "\n"
  }

  private func block(_ block: Paper.Block) -> String {
    switch block {
    case .heading(let words, let level):
      return String(repeating: "#", count: min(6, max(1, level) + 1)) + " " + line(words)
    case .paragraph(let words): return paragraph(words)
    case .display(let math): return "$$" + math.latex(style, isDisplay: true) + "$$"
    case .table(let table): return self.table(table)
    case .figure(let scene, _):
      return fenced(PaperText.figureLines(scene, style))
    case .list(let items): return items.map { "- " + line($0) }.joined(separator: "\n")
    case .choices(let items):
      return items.enumerated().map { "- \(letter($0))) " + line($1) }.joined(separator: "\n")
    case .listing(let lines): return fenced(lines)
    case .pageBreak: return "---"
    }
  }

  // MARK: - Lines

  func line(_ inlines: [Paper.Inline], inTable: Bool = false) -> String {
    inlines.map { inline in
      switch inline {
      case .text(let text): plain(text)
      case .strong(let text): text.isEmpty ? "" : "**" + plain(text) + "**"
      case .emphasis(let text): text.isEmpty ? "" : "_" + plain(text) + "_"
      case .code(let text): code(text, inTable: inTable)
      case .math(let math): math.pieces.isEmpty ? "" : "$" + math.latex(style) + "$"
      case .blank: #"\_\_\_\_\_\_"#
      }
    }.joined()
  }

  /// A line that begins nothing but a paragraph.
  private func paragraph(_ words: [Paper.Inline]) -> String {
    let text = line(words)
    guard let first = text.first else { return "" }
    if "-+=".contains(first) { return "\\" + text }
    // `1.` at the beginning would start a list.
    let digits = text.prefix { $0.isNumber }
    let rest = text.dropFirst(digits.count)
    guard !digits.isEmpty, let mark = rest.first, ".)".contains(mark) else { return text }
    return digits + "\\" + rest
  }

  /// Text in which nothing acts.
  private func plain(_ text: String) -> String {
    visible(text).rewritten { scalar in
      switch scalar {
      case "\\", "`", "*", "_", "{", "}", "[", "]", "#", "|", "~", "$", "!": "\\" + String(scalar)
      case "&": "&amp;"
      case "<": "&lt;"
      case ">": "&gt;"
      case "\n", "\t": " "
      default: nil
      }
    }
  }

  /// Code between as many backticks as it needs.
  private func code(_ text: String, inTable: Bool) -> String {
    let text = visible(text).replacing("\n", with: " ")
    guard !text.isEmpty else { return "" }
    let fence = String(repeating: "`", count: longestRun(of: "`", in: text) + 1)
    let isOpen = text.hasPrefix("`") || text.hasSuffix("`")
    let inner = inTable ? text.replacing("|", with: "\\|") : text
    return isOpen ? "\(fence) \(inner) \(fence)" : fence + inner + fence
  }

  private func fenced(_ lines: [String]) -> String {
    let longest = lines.map { longestRun(of: "`", in: $0) }.max() ?? 0
    let fence = String(repeating: "`", count: max(3, longest + 1))
    // A line is one line, whatever is in it.
    let shown = lines.map { visible($0).replacing("\n", with: " ") }
    return ([fence + "text"] + shown + [fence]).joined(separator: "\n")
  }

  private func longestRun(of sign: Character, in text: String) -> Int {
    var (longest, run) = (0, 0)
    for character in text {
      run = character == sign ? run + 1 : 0
      longest = max(longest, run)
    }
    return longest
  }

  // MARK: - Tables

  private func table(_ table: Paper.Table) -> String {
    let row = { (cells: [[Paper.Inline]]) in
      "| " + cells.map { line($0, inTable: true) }.joined(separator: " | ") + " |"
    }
    let marks = table.alignments.map { alignment in
      switch alignment {
      case .left: ":---"
      case .centre: ":---:"
      case .right: "---:"
      }
    }
    let rule = "|" + marks.joined(separator: "|") + "|"
    return ([row(table.header), rule] + table.rows.map(row)).joined(separator: "\n")
  }
}
