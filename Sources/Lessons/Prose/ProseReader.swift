/// Takes Markdown lines apart into blocks.
///
/// Only what lessons need: no underlined headings, no link definitions, no HTML blocks.
struct ProseReader {
  private(set) var warnings: [Remark] = []
  private(set) var links: [LessonLink] = []
  private var blocks: [Prose.Block] = []
  private var open: (kind: Prose.Block.Kind, line: Int, text: String)?
  private var code: [String] = []
  private var rows: [NumberedLine] = []
  private var nested: Fence?
  /// Where the text of each list item around the current line begins.
  private var lists: [Int] = []
  private var quotes = 0
  private var isAfterBlank = false
  private var isSpaced = false
  private var lastVerbatim: Int?

  /// Reads lines that stand together.
  mutating func read(_ lines: [NumberedLine]) -> Prose {
    (blocks, lists, quotes, isAfterBlank, nested, lastVerbatim) = ([], [], 0, false, nil, nil)
    for line in lines { take(line) }
    finish()
    return Prose(blocks: blocks)
  }

  /// Reads one line, in which nothing but inline marks has a meaning.
  mutating func read(line: NumberedLine) -> Prose {
    let runs = inline(line.text, line.number)
    return Prose(
      blocks: [
        Prose.Block(kind: .paragraph, quotes: 0, level: 0, isSpaced: false, runs: runs)
      ])
  }

  private mutating func take(_ line: NumberedLine) {
    if let last = lastVerbatim, !line.isVerbatim || line.number != last + 1 { finish() }
    lastVerbatim = line.isVerbatim ? line.number : nil
    guard !line.isVerbatim else { return takeCode(line.text) }
    let (depth, rest) = Self.unquoted(line.text)
    if depth != quotes {
      finish()
      (quotes, lists, nested, isAfterBlank) = (depth, [], nil, true)
    }
    let text = rest.trimmed
    if let fence = nested {
      if fence.isClosed(by: String(text)) {
        finish()
        nested = nil
      } else {
        takeCode(String(rest))
      }
    } else if text.isEmpty {
      if !code.isEmpty, lists.isEmpty { code.append("") } else { finish() }
      isAfterBlank = true
    } else {
      takeText(text, indent: rest.indentation, line: line.number, whole: rest)
    }
  }

  private mutating func takeText(
    _ text: Substring, indent: Int, line: Int, whole: Substring
  ) {
    let isContinued = open != nil && !isAfterBlank
    if let fence = Fence(text) {
      finish()
      leaveLists(indent)
      nested = fence
    } else if Self.isRule(text) {
      if isContinued, text.begins(with: "-") { warn(line, .underlinedHeading) }
      finish()
      leaveLists(indent)
      add(.rule, [])
    } else if text.begins(with: "==="), isContinued, text.utf8.allSatisfy({ $0 == 0x3D }) {
      warn(line, .underlinedHeading)
      append(text)
    } else if let heading = Heading(text), indent <= 3 || !lists.isEmpty {
      finish()
      leaveLists(indent)
      add(.heading, inline(heading.text, line))
    } else if text.begins(with: "|") {
      if rows.isEmpty {
        finish()
        leaveLists(indent)
      }
      rows.append(NumberedLine(number: line, text: String(text)))
    } else if let item = ListItem(text), canBegin(item, indent: indent, isContinued: isContinued) {
      finish()
      leaveLists(indent)
      lists.append(indent + item.width)
      begin(.item(marker: item.marker), line, item.text)
    } else if isContinued {
      append(text)
    } else {
      leaveLists(indent)
      if lists.isEmpty, indent >= 4 { return takeCode(String(whole.outdented(by: 4))) }
      if text.begins(with: "#") { warn(line, .blankAfterMarks) }
      begin(.paragraph, line, text)
    }
  }

  /// Leaves the items whose text begins further right.
  private mutating func leaveLists(_ indent: Int) {
    while let last = lists.last, indent < last { lists.removeLast() }
  }

  /// Whether a marker begins an item here; deep inside a paragraph it is text that wraps.
  private func canBegin(_ item: ListItem, indent: Int, isContinued: Bool) -> Bool {
    guard lists.isEmpty else { return true }
    return indent <= 3 && (!isContinued || item.canInterrupt)
  }

  // MARK: Blocks

  private mutating func begin(_ kind: Prose.Block.Kind, _ line: Int, _ text: Substring) {
    finish()
    isSpaced = isAfterBlank || kind == .paragraph
    open = (kind, line, String(text))
    isAfterBlank = false
  }

  private mutating func append(_ text: Substring) {
    open?.text += "\n" + text
  }

  private mutating func takeCode(_ text: String) {
    if code.isEmpty { finish() }
    code.append(text)
  }

  private mutating func add(_ kind: Prose.Block.Kind, _ runs: [Prose.Run]) {
    isSpaced = true
    push(kind, runs)
    isAfterBlank = true
  }

  private mutating func push(_ kind: Prose.Block.Kind, _ runs: [Prose.Run]) {
    blocks.append(
      Prose.Block(
        kind: kind, quotes: min(quotes, 4), level: min(lists.count, 6),
        isSpaced: isSpaced && !blocks.isEmpty, runs: runs))
  }

  /// Ends whatever block is open.
  private mutating func finish() {
    if let (kind, line, text) = open {
      open = nil
      push(kind, inline(text, line))
    }
    if !code.isEmpty {
      while code.last?.trimmed.isEmpty == true { code.removeLast() }
      isSpaced = true
      if !code.isEmpty { push(.code(code), []) }
      code = []
      isAfterBlank = true
    }
    if !rows.isEmpty {
      var table = Table(rows.map(\.text))
      let lines = rows.map(\.number)
      rows = []
      isSpaced = true
      for row in table.aligned(reading: { inline($0, lines[$1]) }) {
        push(.row, row)
        isSpaced = false
      }
      isAfterBlank = true
    }
  }

  private mutating func inline(_ text: String, _ line: Int) -> [Prose.Run] {
    var reader = InlineReader(text, line: line)
    let runs = reader.read()
    warnings += reader.warnings
    links += reader.addresses
    return runs
  }

  private mutating func warn(_ line: Int, _ message: String) {
    warnings.append(Remark(line: line, message: message))
  }

  // MARK: Lines

  /// The line without the `>` of block quotes, and how many there were.
  private static func unquoted(_ line: String) -> (depth: Int, rest: Substring) {
    var rest = line[...]
    var depth = 0
    while rest.indentation <= 3, let inside = rest.trimmed.behind(">") {
      depth += 1
      rest = inside.outdented(by: 1)
    }
    return (depth, rest)
  }

  private static func isRule(_ text: Substring) -> Bool {
    guard let first = text.utf8.first, first == 0x2D || first == 0x2A || first == 0x5F else {
      return false
    }
    return text.utf8.allSatisfy { $0 == first || $0.isBlank }
      && text.utf8.count(where: { $0 == first }) >= 3
  }
}

/// The beginning of a list item.
struct ListItem {
  /// What is shown before the item: a bullet, or the number as written.
  let marker: String
  /// The text behind the marker.
  let text: Substring
  /// How far the text is from the marker.
  let width: Int
  /// Whether the item may follow a line of a paragraph: `1986. That year` may not.
  let canInterrupt: Bool

  init?(_ line: Substring) {
    let bytes = line.utf8
    let digits = bytes.prefix { $0.isDigit }
    let sign = bytes[digits.endIndex...].first
    let isBullet = digits.isEmpty && (sign == 0x2D || sign == 0x2A || sign == 0x2B)
    let isNumber = 1...9 ~= digits.count && (sign == 0x2E || sign == 0x29)
    guard isBullet || isNumber else { return nil }
    let end = bytes.index(after: digits.endIndex)
    guard end == bytes.endIndex || bytes[end].isBlank else { return nil }
    marker = isBullet ? "•" : String(line[..<end])
    width = digits.count + 2
    text = line[end...].trimmed
    canInterrupt = isBullet || digits.elementsEqual("1".utf8)
  }
}
