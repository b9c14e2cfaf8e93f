internal import Language

/// A line of text whose parts know what they are, not how they look.
package struct Text: Hashable, Sendable, ExpressibleByStringInterpolation {
  /// What a part of a line means; writers decide on colours.
  package enum Role: Hashable, Sendable {
    case plain, value, gradient, dim, strong, good, bad
    /// The halves of a cell of a map, each in one of 16 shades; its text says it without colour.
    case shade(upper: UInt8, lower: UInt8)
    /// A sign on a cell of a map.
    case mark(on: UInt8)
  }

  /// A part of a line with one meaning.
  package struct Run: Hashable, Sendable {
    package let text: String
    package let role: Role
  }

  package private(set) var runs: [Run] = []

  package init() {}

  package init(_ text: String, _ role: Role = .plain) {
    if !text.isEmpty { runs = [Run(text: text, role: role)] }
  }

  package init(stringLiteral text: String) { self.init(text) }

  package static func + (a: Text, b: Text) -> Text {
    var sum = a
    sum.runs += b.runs
    return sum
  }

  package static func += (a: inout Text, b: Text) { a.runs += b.runs }

  /// The words alone.
  package var plain: String { runs.map(\.text).joined() }

  /// How many columns of a terminal it takes.
  package var width: Int { runs.reduce(0) { $0 + columns($1.text) } }

  package var isEmpty: Bool { runs.isEmpty }

  /// The text with blanks around it, to fill `width` columns.
  package func padded(to width: Int, _ alignment: Table.Alignment) -> Text {
    let blanks = Text(String(repeating: " ", count: max(0, width - self.width)))
    return alignment == .right ? blanks + self : self + blanks
  }

  /// A line too long for the screen in several, each as far in as the first, or less far where there is no room.
  func folded(to width: Int) -> [Text] {
    guard self.width > width else { return [self] }
    let indent = min(plain.prefix { $0 == " " }.count, max(0, width - 16))
    let margin = Text(String(repeating: " ", count: indent))
    return wrapped(to: max(1, width - indent)).map { margin + $0 }
  }

  /// The text in lines of at most `width` columns, broken at blanks where there are some.
  func wrapped(to width: Int) -> [Text] {
    guard self.width > width else { return [self] }
    // A word may be made of several runs: `-4` and the comma behind it.
    var words: [Text] = [Text()]
    for run in runs {
      for (index, piece) in run.text.split(separator: " ", omittingEmptySubsequences: false)
        .enumerated()
      {
        if index > 0 { words.append(Text()) }
        words[words.count - 1] += Text(String(piece), run.role)
      }
    }
    var lines: [Text] = [Text()]
    for word in words where !word.isEmpty {
      let isFirst = lines[lines.count - 1].isEmpty
      if !isFirst, lines[lines.count - 1].width + word.width + 1 > width { lines.append(Text()) }
      if !lines[lines.count - 1].isEmpty { lines[lines.count - 1] += Text(" ") }
      lines[lines.count - 1] += word
    }
    return lines
  }

  /// The text without blanks at its end.
  package var trimmingEnd: Text {
    var result = self
    while let last = result.runs.last {
      let kept = last.text.lastIndex { $0 != " " }.map { String(last.text[...$0]) } ?? ""
      result.runs.removeLast()
      if !kept.isEmpty {
        result.runs.append(Run(text: kept, role: last.role))
        return result
      }
    }
    return result
  }
}

extension [Text] {
  /// The texts in one line, with something between them.
  package func joined(_ separator: String) -> Text {
    var result = Text()
    for (place, text) in enumerated() {
      if place > 0 { result += Text(separator) }
      result += text
    }
    return result
  }
}
