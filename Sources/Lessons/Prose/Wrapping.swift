import Language

extension Prose {
  /// The text in lines of at most `width` columns, items hanging behind their markers.
  ///
  /// A blank line is an empty array. Very narrow widths are not kept to: eight columns are always
  /// left for text.
  package func lines(width: Int) -> [[Run]] {
    var result: [[Run]] = []
    var quotes = 0
    for block in blocks {
      let quote = String(repeating: "│ ", count: block.quotes)
      if block.isSpaced, !result.isEmpty {
        result.append(quotes > 0 && block.quotes > 0 ? [Run("│")] : [])
      }
      quotes = block.quotes
      let indent = String(repeating: "  ", count: max(0, block.level - 1))
      var filler: LineFiller
      switch block.kind {
      case .item(let marker):
        let rest = String(repeating: " ", count: columns(marker) + 1)
        filler = LineFiller(
          width: width, first: quote + indent + marker + " ", hanging: quote + indent + rest)
      case .code(let code):
        filler = LineFiller(width: width, prefix: quote + indent + "  ")
        for line in code { filler.addWhole([Run(line, .code)]) }
      case .rule:
        filler = LineFiller(width: width, prefix: quote)
        filler.addWhole([Run(String(repeating: "─", count: min(filler.room, 20)))])
      default:
        let hanging = block.level > 0 ? indent + "  " : ""
        filler = LineFiller(width: width, prefix: quote + hanging)
      }
      if case .row = block.kind, filler.fits(block.runs) {
        filler.addWhole(block.runs)
      } else {
        filler.add(block.runs)
      }
      result += filler.finished()
    }
    return result
  }
}

/// Fills lines with words.
private struct LineFiller {
  /// The columns there are for text.
  let room: Int
  private let hanging: String
  private var prefix: String
  private var lines: [[Prose.Run]] = []
  private var line: [Prose.Run] = []
  private var used = 0
  private var word: [Prose.Run] = []
  private var wordWidth = 0

  init(width: Int, first: String, hanging: String) {
    room = max(8, width - columns(first))
    prefix = first
    self.hanging = hanging
  }

  init(width: Int, prefix: String) {
    self.init(width: width, first: prefix, hanging: prefix)
  }

  func fits(_ runs: [Prose.Run]) -> Bool {
    runs.reduce(0) { $0 + columns($1.text) } <= room
  }

  /// Adds text that is wrapped between words.
  mutating func add(_ runs: [Prose.Run]) {
    for run in runs {
      // `step 2` in code is one thing to type, and a short formula is one thing to read.
      let isWhole = (run.style == .code || run.style == .math) && columns(run.text) <= room / 2
      if isWhole {
        addToWord(run)
        continue
      }
      var isFirst = true
      for part in run.text.unicodeScalars.split(
        separator: " ", omittingEmptySubsequences: false)
      {
        if !isFirst { finishWord() }
        isFirst = false
        if !part.isEmpty { addToWord(Prose.Run(String(part), run.style)) }
      }
    }
    finishWord()
  }

  /// Adds a line whose blanks count; only one too long is broken.
  mutating func addWhole(_ runs: [Prose.Run]) {
    finishLine()
    if runs.allSatisfy(\.text.isEmpty) {
      return lines.append(hanging.isBlankText ? [] : [Prose.Run(hanging)])
    }
    for run in runs { addBroken(run) }
    finishLine()
  }

  private mutating func addToWord(_ run: Prose.Run) {
    word.append(run)
    wordWidth += columns(run.text)
  }

  private mutating func finishWord() {
    guard !word.isEmpty else { return }
    if used > 0 {
      if used + 1 + wordWidth <= room {
        let style = line.last?.style == word.first?.style ? word.first?.style : nil
        push(Prose.Run(" ", style == .strong || style == .emphasis ? style ?? .plain : .plain))
        used += 1
      } else {
        finishLine()
      }
    }
    for run in word {
      if wordWidth <= room {
        push(run)
        used += columns(run.text)
      } else {
        addBroken(run)
      }
    }
    word = []
    wordWidth = 0
  }

  /// Adds a run character by character, going on in the next line where one is full.
  private mutating func addBroken(_ run: Prose.Run) {
    var part = String.UnicodeScalarView()
    for scalar in run.text.unicodeScalars {
      let width = columns(scalar)
      if used + width > room {
        push(Prose.Run(String(part), run.style))
        part = String.UnicodeScalarView()
        finishLine()
      }
      part.append(scalar)
      used += width
    }
    push(Prose.Run(String(part), run.style))
  }

  private mutating func push(_ run: Prose.Run) {
    guard !run.text.isEmpty else { return }
    if let last = line.indices.last, line[last].style == run.style {
      line[last].text += run.text
    } else {
      line.append(run)
    }
  }

  private mutating func finishLine() {
    guard !line.isEmpty else { return }
    lines.append((prefix.isEmpty ? [] : [Prose.Run(prefix)]) + line)
    prefix = hanging
    line = []
    used = 0
  }

  /// The lines, the unfinished one included; an item without text still shows its marker.
  mutating func finished() -> [[Prose.Run]] {
    finishLine()
    return lines.isEmpty && !prefix.isBlankText ? [[Prose.Run(prefix)]] : lines
  }
}

extension String {
  fileprivate var isBlankText: Bool { trimmed.isEmpty }
}
