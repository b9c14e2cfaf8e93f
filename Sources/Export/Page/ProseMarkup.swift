internal import Lessons

/// Opens and closes lists, quotes and tables around the blocks of a text.
struct ProseMarkup {
  private var lines: [String] = []
  /// The elements that are open, from the outside in: quotes, then lists, each with its item.
  private var open: [String] = []

  mutating func add(_ block: Prose.Block) {
    if block.kind != .row, open.last == "table" { close(to: open.count - 1) }
    enter(quotes: block.quotes)
    let text = block.runs.map(\.markup).joined()
    if case .item(let marker) = block.kind {
      addItem(marker, level: block.level, text)
      return
    }
    // Text that goes on inside an item stays in it.
    closeLists(deeperThan: block.level)
    switch block.kind {
    case .paragraph: lines.append("<p>\(text)</p>")
    case .heading: lines.append("<h3>\(text)</h3>")
    case .code(let code):
      lines.append("<pre class=\"code\">\(escaped(code.joined(separator: "\n")))</pre>")
    case .row: addRow(block)
    case .rule: lines.append("<hr>")
    case .item: break
    }
  }

  private var lists: Int { open.count { $0 == "ul" || $0 == "ol" } }

  private mutating func enter(quotes: Int) {
    let now = open.prefix { $0 == "blockquote" }.count
    if quotes < now { close(to: quotes) }
    guard quotes > now else { return }
    close(to: now)
    for _ in now..<quotes { start("blockquote") }
  }

  private mutating func addItem(_ marker: String, level: Int, _ text: String) {
    let number = Int(marker.prefix { $0.isNumber })
    let list = number == nil ? "ul" : "ol"
    closeLists(deeperThan: level)
    if lists == level {
      // The next item of this list, or of another kind of list.
      if open.last == "li" { close(to: open.count - 1) }
      if open.last != list { close(to: open.count - 1) }
    }
    while lists < level { start(list) }
    open.append("li")
    lines.append(number.map { "<li value=\"\($0)\">\(text)" } ?? "<li>\(text)")
  }

  private mutating func closeLists(deeperThan level: Int) {
    while lists > max(0, level) { close(to: open.count - 1) }
    if level <= 0, open.last == "li" { close(to: open.count - 1) }
  }

  private mutating func addRow(_ block: Prose.Block) {
    let isFirst = open.last != "table"
    if isFirst { start("table") }
    // Cells are padded to columns by runs of blanks.
    var cells: [String] = [""]
    for run in block.runs {
      let isGap = run.style == .plain && run.text.count > 1 && run.text.allSatisfy { $0 == " " }
      if isGap { cells.append("") } else { cells[cells.count - 1] += run.markup }
    }
    let tag = isFirst ? "th" : "td"
    lines.append("<tr>" + cells.map { "<\(tag)>\($0)</\(tag)>" }.joined() + "</tr>")
  }

  private mutating func start(_ tag: String) {
    open.append(tag)
    lines.append("<\(tag)>")
  }

  private mutating func close(to count: Int) {
    while open.count > max(0, count) { lines.append("</\(open.removeLast())>") }
  }

  mutating func finished() -> [String] {
    close(to: 0)
    return lines
  }
}
