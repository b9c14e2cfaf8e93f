internal import Language
internal import Typesetting

/// Writes a paper as one web page without script: MathML for formulas, SVG for circuits.
struct PaperHTML {
  private let style: Style

  init(_ style: Style) { self.style = style }

  /// Only this very style counts; nothing is loaded, nothing is sent.
  static let policy =
    "default-src 'none'; style-src 'sha256-\(styleHash)'; img-src 'none'; base-uri 'none'; "
    + "form-action 'none'"

  /// The SHA-256 of `paper.css`; `make page-hashes` renews it and a test computes it anew.
  static let styleHash = "2UoA/mVf98VofqGiJm33OK4UdsYK9rZtv0PQ+5Wblk8="
  static let css = String(decoding: PackageResources.paper_css, as: UTF8.self)

  func text(_ paper: Paper) -> String {
    let title = escaped(paper.title.replacing("\n", with: " "))
    var lines = [
      "<!DOCTYPE html>", "<html lang=\"en\" xmlns=\"http://www.w3.org/1999/xhtml\">", "<head>",
      "<meta charset=\"utf-8\"/>",
      "<meta http-equiv=\"Content-Security-Policy\" content=\"\(Self.policy)\"/>",
      "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\"/>",
      "<meta name=\"generator\" content=\"backstep\"/>", "<title>\(title)</title>",
      "<style>\(Self.css)</style>", "</head>", "<body>", "<main>", "<h1>\(title)</h1>",
    ]
    var figures = 0
    for block in paper.blocks {
      if case .figure(let scene, let title) = block {
        figures += 1
        lines += figure(scene, title, number: figures)
      } else {
        lines += markup(block)
      }
    }
    lines.append("</main>")
    if !paper.imprint.isEmpty { lines.append("<footer>\(escaped(paper.imprint))</footer>") }
    return (lines + ["</body>", "</html>"]).joined(separator: "\n") + "\n"
  }

  /// The circuit as a picture, or in letters where it is too large for one.
  private func figure(_ scene: Scene, _ title: String, number: Int) -> [String] {
    guard let diagram = try? Diagram(scene, title: title) else {
      return markup(.listing(PaperText.figureLines(scene, style)))
    }
    let svg = diagram.figure.svg(
      title: diagram.title, description: diagram.description, id: "figure-\(number)")
    return ["<figure>\n\(svg)</figure>"]
  }

  private func markup(_ block: Paper.Block) -> [String] {
    switch block {
    case .heading(let words, let level):
      let tag = "h\(min(6, max(1, level) + 1))"
      return ["<\(tag)>\(line(words))</\(tag)>"]
    case .paragraph(let words): return ["<p>\(line(words))</p>"]
    case .display(let math):
      return ["<div class=\"display\">\(math.mathML(style, isDisplay: true))</div>"]
    case .table(let table): return self.table(table)
    case .figure: return []
    case .list(let items): return ["<ul>"] + items.map { "<li>\(line($0))</li>" } + ["</ul>"]
    case .choices(let items):
      return ["<ol class=\"choices\" type=\"a\">"] + items.map { "<li>\(line($0))</li>" } + [
        "</ol>"
      ]
    case .listing(let lines):
      return ["<pre>\(escaped(lines.joined(separator: "\n")))</pre>"]
    case .pageBreak: return ["<div class=\"break\"></div>"]
    }
  }

  func line(_ inlines: [Paper.Inline]) -> String {
    inlines.map { inline in
      switch inline {
      case .text(let text): escaped(text)
      case .strong(let text): "<strong>\(escaped(text))</strong>"
      case .emphasis(let text): "<em>\(escaped(text))</em>"
      case .code(let text): "<code>\(escaped(text))</code>"
      case .math(let math): math.mathML(style)
      case .blank: "<span class=\"blank\" role=\"img\" aria-label=\"blank\">\u{A0}</span>"
      }
    }.joined()
  }

  private func table(_ table: Paper.Table) -> [String] {
    let classes = table.alignments.map { alignment in
      switch alignment {
      case .left: "l"
      case .centre: "c"
      case .right: "r"
      }
    }
    let row = { (tag: String, cells: [[Paper.Inline]]) in
      let scope = tag == "th" ? " scope=\"col\"" : ""
      return "<tr>"
        + zip(cells, classes).map { "<\(tag)\(scope) class=\"\($1)\">\(line($0))</\(tag)>" }
        .joined()
        + "</tr>"
    }
    // What is longer than half a page has to break somewhere.
    let isLong = table.rows.count > 20
    return ["<div class=\"\(isLong ? "scroll long" : "scroll")\">", "<table>", "<thead>"]
      + [row("th", table.header), "</thead>", "<tbody>"]
      + table.rows.map { row("td", $0) } + ["</tbody>", "</table>", "</div>"]
  }
}
