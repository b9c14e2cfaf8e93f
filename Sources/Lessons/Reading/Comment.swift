/// An HTML comment that begins its line.
struct Comment {
  /// The lines from the one it begins in to behind the one it ends in, counted from 1.
  let lines: Range<Int>
  /// The text between `<!--` and `-->`, trimmed, without blank lines.
  let body: [NumberedLine]
  /// What stands behind `-->`.
  let rest: String

  /// Whether the comment is the answer to a question.
  var isAnswer: Bool { body.first?.text.begins(with: "answer:") ?? false }

  /// Whether a comment begins the line.
  static func begins(_ line: String) -> Bool {
    line.indentation <= 3 && line.trimmed.begins(with: "<!--")
  }

  /// Reads the comment that begins at `lines[start]`.
  init(_ lines: [String], at start: Int) throws(LessonProblem) {
    var body: [NumberedLine] = []
    func add(_ text: Substring, _ index: Int) {
      let text = text.trimmed
      if !text.isEmpty { body.append(NumberedLine(number: index + 1, text: String(text))) }
    }
    for index in lines.indices[start...] {
      let line =
        index == start ? lines[index].trimmed.behind("<!--") ?? "" : lines[index][...]
      // Without its end a comment would swallow the lesson up to the end of the next one.
      if index > start, Comment.begins(lines[index]) { break }
      guard let (before, behind) = line.divided(at: "-->") else {
        add(line, index)
        continue
      }
      add(before, index)
      self.lines = start + 1..<index + 2
      self.body = body
      rest = String(behind.trimmed)
      return
    }
    throw LessonProblem(start + 1, .unclosedComment())
  }

  /// The line without the comments inside it, or nil if one of them does not end there.
  ///
  /// `<!--` in inline code is text.
  static func removed(from line: String) -> String? {
    guard line.divided(at: "<!--") != nil else { return line }
    var result = ""
    var rest = line[...]
    var ticks = 0
    while let (before, behind) = rest.divided(at: "<!--") {
      result += before
      ticks += before.utf8.count { $0 == 0x60 }
      if ticks.isMultiple(of: 2) {
        guard let (_, after) = behind.divided(at: "-->") else { return nil }
        rest = after
      } else {
        guard let tick = behind.utf8.firstIndex(of: 0x60) else { return result + "<!--" + behind }
        result += "<!--" + behind[...tick]
        ticks += 1
        rest = behind[behind.utf8.index(after: tick)...]
      }
    }
    return result + rest
  }
}

/// A line with its number, counted from 1.
struct NumberedLine: Hashable, Sendable {
  let number: Int
  var text: String
  /// Whether the line belongs to a block of code and is to be shown as it is.
  var isVerbatim = false
}
