/// The opening of a `<details>` block with its summary.
struct Details {
  /// The line of the opening tag, counted from 1.
  let line: Int
  /// The text of the button, as Markdown.
  let summary: String
  /// What stands behind the summary in the line it ends in.
  let rest: String
  /// The index of the first line behind it.
  let end: Int

  /// What browsers write on the button if there is no summary.
  static let plainSummary = "Details"

  /// Whether the block opens or closes at the beginning of the line.
  static func tag(_ line: String) -> (isOpening: Bool, rest: Substring)? {
    guard line.indentation <= 3 else { return nil }
    let text = line.trimmed
    if let rest = text.behind("</details>") { return (false, rest.trimmed) }
    guard let rest = text.behind("<details"),
      let (attributes, behind) = rest.divided(at: ">"),
      attributes.isEmpty || attributes.begins(with: " ")
    else { return nil }
    return (true, behind.trimmed)
  }

  /// Reads the summary behind an opening tag at `lines[start]`.
  init(_ lines: [String], at start: Int, behind rest: Substring) throws(LessonProblem) {
    line = start + 1
    var index = start
    var text = rest
    if text.isEmpty, start + 1 < lines.count, lines[start + 1].trimmed.begins(with: "<summary>") {
      index += 1
      text = lines[index].trimmed
    }
    guard let inside = text.behind("<summary>") else {
      summary = Self.plainSummary
      self.rest = String(text)
      end = index + 1
      return
    }
    var words = ""
    text = inside
    while true {
      if let (before, behind) = text.divided(at: "</summary>") {
        words += before
        summary = words.trimmed.isEmpty ? Self.plainSummary : String(words.trimmed)
        self.rest = String(behind.trimmed)
        end = index + 1
        return
      }
      words += text + " "
      index += 1
      guard index < lines.count, !lines[index].isEmpty else {
        throw LessonProblem(start + 1, .unclosedSummary())
      }
      text = lines[index][...]
    }
  }
}
