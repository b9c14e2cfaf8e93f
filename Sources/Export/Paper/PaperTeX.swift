internal import Language
internal import Typesetting

/// Writes a paper for pdflatex: ASCII, and only packages that a small installation has.
struct PaperTeX {
  private let style: Style

  init(_ style: Style) { self.style = style }

  private static let preamble = [
    #"\documentclass[11pt]{article}"#,
    #"\usepackage[a4paper,margin=22mm]{geometry}"#,
    #"\usepackage{amsmath,amssymb,booktabs,xcolor,tikz,fancyhdr}"#,
    #"\setlength{\parindent}{0pt}\setlength{\parskip}{0.6em plus 0.2em}"#,
    #"\renewcommand{\arraystretch}{1.25}"#,
    #"\setlength{\emergencystretch}{3em}"#,
    #"\newcommand{\blank}{\rule{0pt}{1.5em}\rule[-0.3ex]{3.6em}{0.4pt}}"#,
    // A table that is wider than the page is made smaller; others stay as they are.
    #"\newsavebox{\tablebox}"#,
    #"\newcommand{\fitted}[1]{\sbox{\tablebox}{#1}\ifdim\wd\tablebox>\linewidth"#
      + #"\resizebox{\linewidth}{!}{\usebox{\tablebox}}\else\usebox{\tablebox}\fi}"#,
    // A table stays with the words before it.
    #"\makeatletter\@beginparpenalty=10000\makeatother"#,
    #"\pagestyle{fancy}\fancyhf{}\renewcommand{\headrulewidth}{0pt}"#,
  ]

  func text(_ paper: Paper) -> String {
    var lines = Self.preamble
    lines.append(#"\fancyfoot[L]{\footnotesize \#(sentence(paper.imprint))}"#)
    lines += [
      #"\fancyfoot[R]{\footnotesize \thepage}"#, #"\begin{document}"#,
      #"{\Large\bfseries \#(sentence(paper.title))\par}\medskip"#, "",
    ]
    var isDisplay = false
    for block in paper.blocks {
      let follows = isDisplay
      isDisplay = if case .display = block { true } else { false }
      if case .figure(let scene, let title) = block {
        lines += figure(scene, title)
      } else if isDisplay, follows, case .display(let math) = block {
        // Formulas one below the other are one display.
        lines.removeLast(2)
        lines += [#"\\[3pt]"# + fitted(math), #"\end{center}"#]
      } else {
        lines += markup(block)
      }
      lines.append("")
    }
    return (lines + [#"\end{document}"#]).joined(separator: "\n") + "\n"
  }

  /// A circuit, made smaller where the page is too small for it.
  private func figure(_ scene: Scene, _ title: String) -> [String] {
    guard let diagram = try? Diagram(scene, title: title) else {
      return markup(.listing(PaperText.figureLines(scene, style)))
    }
    // The room between the margins, in TeX's points; letters are a little wider than the figure.
    let scale = min(1, 455 / max(1, diagram.figure.width), 620 / max(1, diagram.figure.height))
    let picture = diagram.tikz.split(separator: "\n").map(String.init)
    return [#"\begin{center}\scalebox{\#(points(scale))}{%"#]
      + picture
      .filter { !$0.hasPrefix("%") } + [#"}\end{center}"#]
  }

  /// A formula on a line of its own, made smaller where it is longer than the line.
  private func fitted(_ math: Math) -> String {
    #"\fitted{$\displaystyle \#(math.tex(style, isDisplay: true))$}"#
  }

  private func markup(_ block: Paper.Block) -> [String] {
    switch block {
    case .heading(let words, let level):
      return [level <= 1 ? #"\section*{\#(line(words))}"# : #"\subsection*{\#(line(words))}"#]
    case .paragraph(let words): return [line(words) + #"\par"#]
    case .display(let math): return [#"\begin{center}"#, fitted(math), #"\end{center}"#]
    case .table(let table): return tables(table)
    case .figure: return []
    case .list(let items):
      return [#"\begin{itemize}"#] + items.map { #"  \item{} "# + line($0) } + [#"\end{itemize}"#]
    case .choices(let items):
      return [#"\begin{itemize}"#]
        + items.enumerated().map { #"  \item[\#(letter($0)))] "# + line($1) }
        + [#"\end{itemize}"#]
    case .listing(let lines):
      let rows = lines.map { #"\texttt{\#(texText($0).replacing(" ", with: "~"))}\\"# }
      return [#"{\small\parskip=0pt\noindent"#] + rows.map { $0.replacing("~", with: #"\ "#) }
        + [#"\par}"#]
    case .pageBreak: return [#"\newpage"#]
    }
  }

  /// Text that is a sentence: a hyphen may break a line there.
  private func sentence(_ text: String) -> String { texText(text).replacing("{-}", with: "-") }

  func line(_ inlines: [Paper.Inline]) -> String {
    inlines.map { inline in
      switch inline {
      case .text(let text): sentence(text)
      case .strong(let text): #"\textbf{\#(sentence(text))}"#
      case .emphasis(let text): #"\emph{\#(sentence(text))}"#
      case .code(let text): #"\texttt{\#(texText(text))}"#
      case .math(let math): math.pieces.isEmpty ? "" : "$" + math.tex(style) + "$"
      case .blank: #"\blank{}"#
      }
    }.joined()
  }

  // MARK: - Tables

  /// How many rows stand together: a table does not go on on the next page by itself.
  private static let mostRows = 24

  private func tables(_ table: Paper.Table) -> [String] {
    let widths = table.header.indices.map { column in
      table.rows.map { length($0[column]) }.max() ?? 0
    }
    let marks = table.alignments.enumerated().map { column, alignment in
      switch alignment {
      // Sentences are broken into lines, in what the numbers leave.
      case .left where widths[column] > 44: isWordy(widths) ? "p{0.62\\linewidth}" : "l"
      case .left: "l"
      case .centre: "c"
      case .right: "r"
      }
    }
    let row = { (cells: [[Paper.Inline]]) in
      // What ends the row above would take a bracket at the beginning for its own.
      "  {}" + cells.map(line).joined(separator: " & ") + #" \\"#
    }
    return stride(from: 0, to: max(1, table.rows.count), by: Self.mostRows).flatMap { start in
      let rows = table.rows.dropFirst(start).prefix(Self.mostRows)
      return [
        #"\begin{center}\fitted{\begin{tabular}{\#(marks.joined())}"#, #"  \toprule"#,
        row(table.header), #"  \midrule"#,
      ] + rows.map(row) + [#"  \bottomrule"#, #"\end{tabular}}\end{center}"#]
    }
  }

  /// Whether one column of sentences stands beside narrow ones.
  private func isWordy(_ widths: [Int]) -> Bool { widths.count { $0 > 44 } == 1 }

  /// About how many letters a cell takes.
  private func length(_ inlines: [Paper.Inline]) -> Int {
    inlines.reduce(0) { sum, inline in
      switch inline {
      case .text(let text), .strong(let text), .emphasis(let text), .code(let text):
        sum + text.count
      case .math(let math): sum + math.text(style).count
      case .blank: sum + 6
      }
    }
  }
}

extension Math {
  /// The line for TeX in ASCII: letters that TeX's fonts lack are spelled out.
  fileprivate func tex(_ style: Style, isDisplay: Bool = false) -> String {
    latex(style, isDisplay: isDisplay).unicodeScalars.map { scalar in
      scalar.isASCII ? String(scalar) : #"\text{\#(texText(String(scalar)))}"#
    }.joined()
  }
}
