/// A line such as `## Forward`.
struct Heading {
  /// The number of `#`.
  let level: Int
  /// The text as Markdown.
  let text: String

  init?(_ line: Substring) {
    guard line.indentation <= 3 else { return nil }
    let bytes = line.trimmed.utf8
    let behind = bytes.drop { $0 == 0x23 }
    level = bytes.count - behind.count
    guard 1...6 ~= level, behind.first?.isBlank ?? true else { return nil }
    // Closing marks, as in `## Forward ##`, are not part of the text.
    var end = behind.endIndex
    while end > behind.startIndex, behind[behind.index(before: end)] == 0x23 {
      end = behind.index(before: end)
    }
    let isClosed = end == behind.startIndex || behind[behind.index(before: end)].isBlank
    let text = isClosed ? behind[..<end] : behind[...]
    self.text = String(decoding: text, as: UTF8.self).trimmed.description
  }
}
