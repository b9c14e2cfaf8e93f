extension Lesson {
  /// The lesson with the answers taken out: a sheet to fill in.
  ///
  /// Outputs, comments, `assert` commands, transcripts that are not shown and the text inside
  /// `<details>` go; each question gets a line to write on. The rest stays as it is.
  package static func handout(_ text: String) throws(LessonProblem) -> String {
    var reader = LessonReader(try SourceText(Array(text.utf8)))
    let lesson = try reader.read()
    let file = TextLines(text)
    var sheet = Sheet(count: file.count)
    for comment in reader.comments { sheet.cut(comment) }
    for item in lesson.cards.flatMap(\.items) {
      switch item.kind {
      case .prose:
        if item.summary != nil { sheet.cut(item.lines) }
      case .transcript(let transcript): sheet.cutOutputs(of: transcript)
      case .question(let question): sheet.ask(behind: question.lines.upperBound - 1)
      }
    }
    return sheet.written(from: file)
  }
}

/// Which lines of a lesson stay on the handout.
private struct Sheet {
  private var isCut: [Bool]
  private var isAsked: [Bool]
  private var isCode: [Bool]

  init(count: Int) {
    isCut = Array(repeating: false, count: count + 1)
    isAsked = isCut
    isCode = isCut
  }

  mutating func cut(_ lines: Range<Int>) {
    for number in lines.clamped(to: 1..<isCut.count) { isCut[number] = true }
  }

  mutating func ask(behind line: Int) {
    if isAsked.indices.contains(line) { isAsked[line] = true }
  }

  mutating func cutOutputs(of transcript: Transcript) {
    let shown = transcript.entries.filter { !$0.isAssertion }
    guard !shown.isEmpty, !transcript.attributes.contains(.quiet) else {
      return cut(transcript.lines)
    }
    cut(transcript.lines.lowerBound + 1..<transcript.lines.upperBound - 1)
    for entry in shown { isCut[entry.line] = false }
    for number in transcript.lines { isCode[number] = true }
  }

  func written(from file: TextLines) -> String {
    let newline = file.newline
    var result = ""
    var isAfterBlank = true
    for number in 1..<isCut.count where !isCut[number] {
      let raw = file.raw(number)
      let line = isCode[number] ? raw : Comment.removed(from: raw) ?? raw
      let isBlank = file.line(number).trimmed.isEmpty
      // Where something was cut, blank lines come together; one is enough.
      if isBlank, isAfterBlank, number > 1, isCut[number - 1] { continue }
      result += line
      isAfterBlank = isBlank
      if isAsked[number] {
        result += newline + "Answer: ______" + newline
        isAfterBlank = false
      }
    }
    return result
  }
}
