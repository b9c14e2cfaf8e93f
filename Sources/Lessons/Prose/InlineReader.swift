/// Takes the text of one block apart into styled runs.
///
/// Two passes: this one finds what cannot contain marks (code, formulas, addresses), `Emphasis`
/// then pairs the `*` and `_` between them. Both are linear: whatever would need a search ahead for
/// its end is looked up in `InlineEnds`, built beforehand.
struct InlineReader {
  private(set) var warnings: [Remark] = []
  /// Where links and pictures lead, in order.
  private(set) var addresses: [LessonLink] = []
  private let text: [Unicode.Scalar]
  private let ends: InlineEnds
  private var line: Int
  private var index = 0
  private var emphasis = Emphasis()
  /// What follows the text of a link, by the place where its bracket closes.
  private var links: [Int: Link] = [:]

  /// The place of an address, and where the text goes on behind it.
  private struct Link {
    let address: Range<Int>
    let next: Int
  }

  /// Prepares to read a text whose first line has this number.
  init(_ text: String, line: Int) {
    self.text = Array(text.unicodeScalars)
    self.line = line
    ends = InlineEnds(self.text)
  }

  /// Reads the whole text.
  mutating func read() -> [Prose.Run] {
    while index < text.count { readNext() }
    return emphasis.runs()
  }

  private mutating func readNext() {
    switch text[index] {
    case "\n":
      line += 1
      add(" ")
      index += 1
    case "\\": readEscape()
    case "`": readCode()
    case "$": readMath()
    case "*", "_": readMark()
    case "!" where index + 1 < text.count && text[index + 1] == "[": readImage()
    case "[": readLink()
    case "]": finishLink()
    case "<": readTag()
    case "&": readEntity()
    default:
      add(text[index])
      index += 1
    }
  }

  private mutating func add(_ scalar: Unicode.Scalar) { emphasis.add(scalar) }

  private mutating func addText(_ range: Range<Int>) {
    for scalar in text[range] { add(scalar == "\n" ? " " : scalar) }
  }

  /// The scalars as a text, with newlines as blanks; counts the lines passed.
  private mutating func string(_ range: Range<Int>) -> String {
    var result = String.UnicodeScalarView()
    for scalar in text[range] {
      if scalar == "\n" { line += 1 }
      result.append(scalar == "\n" ? " " : scalar)
    }
    return String(result)
  }

  private mutating func readEscape() {
    let isEscape = index + 1 < text.count && Self.isPunctuation(text[index + 1])
    if isEscape { index += 1 }
    add(text[index])
    index += 1
  }

  private static func isPunctuation(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar {
    case "!"..."/", ":"..."@", "["..."`", "{"..."~": true
    default: false
    }
  }

  private mutating func readCode() {
    let length = text[index...].prefix { $0 == "`" }.count
    guard let end = ends.code[index] else {
      addText(index..<index + length)
      index += length
      return
    }
    var code = string(index + length..<end)
    // One blank at either end is there so that the code may begin with a backtick.
    if code.utf8.count > 2, code.begins(with: " "), code.utf8.last == 0x20 {
      code = String(code.dropFirst().dropLast())
    }
    emphasis.add(Prose.Run(code, .code))
    index = end + length
  }

  private mutating func readMath() {
    let length = index + 1 < text.count && text[index + 1] == "$" ? 2 : 1
    guard let end = ends.math[index] else {
      addText(index..<index + length)
      index += length
      return
    }
    let start = line
    let source = string(index + length..<end)
    var formula = MathReader(source)
    if let shown = formula.read() {
      emphasis.add(Prose.Run(shown, .math))
    } else {
      for name in formula.unknown {
        warnings.append(Remark(line: start, message: .rawMath(name)))
      }
      let marks = String(repeating: "$", count: length)
      emphasis.add(Prose.Run(marks + source + marks, .math))
    }
    index = end + length
  }

  private mutating func readMark() {
    let mark = text[index]
    let count = text[index...].prefix { $0 == mark }.count
    let before = index > 0 ? text[index - 1] : " "
    let after = index + count < text.count ? text[index + count] : " "
    emphasis.add(mark, count: count, before: before, after: after)
    index += count
  }

  private mutating func readImage() {
    index += 1
    guard let link = link(at: index), let end = ends.brackets[index] else {
      add("!")
      return
    }
    emphasis.add(Prose.Run(string(index + 1..<end)))
    _ = address(of: link)
    index = link.next
  }

  private mutating func readLink() {
    if let link = link(at: index), let end = ends.brackets[index] {
      links[end] = link
    } else {
      add("[")
    }
    index += 1
  }

  private mutating func finishLink() {
    guard let link = links[index] else {
      add("]")
      index += 1
      return
    }
    let address = address(of: link)
    if !address.isEmpty {
      for scalar in [" ", "("] + address + [")"] { add(scalar) }
    }
    index = link.next
  }

  /// The address without a title or angle brackets; it is written down for who looks for dead links.
  private mutating func address(of link: Link) -> [Unicode.Scalar] {
    let bare = text[link.address].prefix { $0 != " " && $0 != "\n" }.filter {
      $0 != "<" && $0 != ">"
    }
    if !bare.isEmpty {
      let address = String(String.UnicodeScalarView(bare))
      addresses.append(LessonLink(line: line, address: address))
    }
    return Array(bare)
  }

  /// What follows the bracket that opens at `start`, if that makes it a link.
  private func link(at start: Int) -> Link? {
    guard let end = ends.brackets[start], end + 1 < text.count, text[end + 1] == "(",
      let close = ends.parentheses[end + 1]
    else { return nil }
    return Link(address: end + 2..<close, next: close + 1)
  }

  private mutating func readTag() {
    guard let end = ends.tags[index] else {
      add("<")
      index += 1
      return
    }
    let inside = string(index + 1..<end)
    let name = inside.utf8.drop { $0 == 0x2F }.prefix { $0 | 0x20 >= 0x61 && $0 | 0x20 <= 0x7A }
    let tag = String(decoding: name, as: UTF8.self).lowercased()
    if inside.begins(with: "http://") || inside.begins(with: "https://") {
      emphasis.add(Prose.Run(inside))
    } else if tag == "br" {
      add(" ")
    } else if !["b", "i", "em", "strong", "code", "kbd", "sub", "u"].contains(tag) {
      warnings.append(Remark(line: line, message: .rawTag("<\(inside)>")))
      emphasis.add(Prose.Run("<\(inside)>"))
    }
    index = end + 1
  }

  private mutating func readEntity() {
    let entities: [(name: String, scalar: Unicode.Scalar)] = [
      ("&lt;", "<"), ("&gt;", ">"), ("&amp;", "&"), ("&quot;", "\""), ("&nbsp;", "\u{A0}"),
    ]
    for (name, scalar) in entities where text[index...].starts(with: name.unicodeScalars) {
      add(scalar)
      index += name.unicodeScalars.count
      return
    }
    add("&")
    index += 1
  }
}
