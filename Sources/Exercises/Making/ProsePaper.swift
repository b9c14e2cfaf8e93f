internal import Language
internal import Lessons
internal import Typesetting

/// An author's Markdown as blocks of a paper.
enum ProsePaper {
  /// Reads the text, with numbers in the place of `{w1}`.
  ///
  /// `filling`: what stands for a name between braces; nil leaves it as it is.
  static func blocks(_ markdown: String, filling: (String) -> String?) -> [Paper.Block] {
    var blocks: [Paper.Block] = []
    var list: [[Paper.Inline]] = []
    var rows: [[[Paper.Inline]]] = []
    func finish() {
      if !list.isEmpty { blocks.append(.list(list)) }
      if let header = rows.first {
        let width = header.count
        let body = rows.dropFirst().map { row in
          Array((row + Array(repeating: [], count: width)).prefix(width))
        }
        blocks.append(
          .table(Paper.Table(header, Array(repeating: .left, count: width), Array(body))))
      }
      (list, rows) = ([], [])
    }
    for block in Prose(markdown.filled { filling(String($0)) }).blocks {
      let inlines = block.runs.map(inline)
      switch block.kind {
      case .item: list.append(inlines)
      case .row: rows.append(cells(block.runs))
      case .paragraph:
        finish()
        blocks.append(.paragraph(inlines))
      case .heading:
        finish()
        blocks.append(.heading(inlines, level: 2))
      case .code(let lines):
        finish()
        blocks.append(.listing(lines))
      case .rule: finish()
      }
    }
    finish()
    return blocks
  }

  private static func inline(_ run: Prose.Run) -> Paper.Inline {
    switch run.style {
    case .plain: .text(run.text)
    case .strong: .strong(run.text)
    case .emphasis: .emphasis(run.text)
    case .code: .code(run.text)
    case .math: .math(math(run.text))
    }
  }

  /// Mathematics an author wrote: a formula where it reads as one, else as it stands.
  private static func math(_ text: String) -> Math {
    if let formula = try? Formula(reading: text), !formula.isComparison {
      return Math(.formula(formula))
    }
    return Math(.word(text))
  }

  /// Cells are padded to columns by runs of blanks.
  private static func cells(_ runs: [Prose.Run]) -> [[Paper.Inline]] {
    var cells: [[Paper.Inline]] = [[]]
    for run in runs {
      let isGap = run.style == .plain && run.text.count > 1 && run.text.allSatisfy { $0 == " " }
      if isGap { cells.append([]) } else { cells[cells.count - 1].append(inline(run)) }
    }
    return cells
  }
}
