/// Reads the blocks of a lesson and deals them out to cards.
struct LessonReader {
  private let lines: [String]
  private var index = 0
  private var cards: [Card] = []
  private var title: String?
  private var details: (summary: String, line: Int)?
  private var pending: [NumberedLine] = []
  private var pendingLines: Range<Int>?
  private var prose = ProseReader()
  private var warnings: [Remark] = []
  private var links: [LessonLink] = []
  private var allowances: [Allowance] = []
  /// Where comments stand, answers included.
  private(set) var comments: [Range<Int>] = []

  /// Prepares to read a file.
  init(_ text: SourceText) {
    lines = text.lines
  }

  /// Reads the whole lesson.
  mutating func read() throws(LessonProblem) -> Lesson {
    let matter = try FrontMatter(lines)
    title = matter.title
    index = matter.length
    while index < lines.count { try readBlock() }
    try finishProse()
    if let details { throw LessonProblem(details.line, .unclosedDetails()) }
    guard let title else { throw LessonProblem(1, .missingTitle()) }
    guard !cards.isEmpty else { throw LessonProblem(1, .emptyLesson()) }
    let remarks = (warnings + prose.warnings).sorted { $0.line < $1.line }
    let links = (links + prose.links).sorted { $0.line < $1.line }
    return Lesson(
      matter, title: title, cards: cards, warnings: remarks, links: links, allowances: allowances)
  }

  private mutating func readBlock() throws(LessonProblem) {
    let line = lines[index]
    if let fence = Fence(line) {
      try fence.opensTranscript ? readTranscript(fence) : readListing(fence)
    } else if var question = QuestionReader(lines, at: index) {
      try readQuestion(&question)
    } else if Comment.begins(line) {
      try readComment()
    } else if let (isOpening, rest) = Details.tag(line) {
      try isOpening ? openDetails(rest) : closeDetails(rest)
    } else if let heading = Heading(line[...]), heading.level <= 2 {
      try begin(heading)
    } else {
      try addProse(line)
      index += 1
    }
  }

  // MARK: Blocks

  private mutating func readTranscript(_ fence: Fence) throws(LessonProblem) {
    try finishProse()
    var reader = TranscriptReader(lines, fence, at: index)
    let transcript = try reader.read()
    try demandBlanks(around: transcript.lines)
    try add(.transcript(transcript), transcript.lines)
    index = transcript.lines.upperBound - 1
  }

  /// Reads a block of code in another language, which is text to show.
  private mutating func readListing(_ fence: Fence) throws(LessonProblem) {
    if let word = fence.words.first, word.lowercased().begins(with: Fence.transcriptWord) {
      warnings.append(Remark(line: index + 1, message: .almostTranscript(word)))
    }
    let start = index
    index += 1
    while index < lines.count, !fence.isClosed(by: lines[index]) {
      if let inner = Fence(lines[index]), inner.opensTranscript, inner.mark == fence.mark,
        inner.length >= fence.length
      {
        throw LessonProblem(index + 1, .transcriptInListing(opened: start + 1))
      }
      let text = String(lines[index].outdented(by: fence.indent))
      pending.append(NumberedLine(number: index + 1, text: text, isVerbatim: true))
      index += 1
    }
    guard index < lines.count else { throw LessonProblem(start + 1, .unclosedFence()) }
    index += 1
    extendPending(start + 1..<index + 1)
    try demandBlanks(around: start + 1..<index + 1)
  }

  private mutating func readQuestion(_ reader: inout QuestionReader) throws(LessonProblem) {
    try finishProse()
    let (question, comment) = try reader.read()
    warnings += reader.warnings
    links += reader.links
    try add(.question(question), question.lines.lowerBound..<comment.lines.upperBound)
    try pass(comment)
  }

  private mutating func readComment() throws(LessonProblem) {
    let comment = try Comment(lines, at: index)
    guard !comment.isAnswer else { throw LessonProblem(index + 1, .strayAnswer()) }
    try pass(comment)
  }

  private mutating func pass(_ comment: Comment) throws(LessonProblem) {
    comments.append(comment.lines)
    if let allowance = Allowance(comment) { allowances.append(allowance) }
    index = comment.lines.upperBound - 2
    if !comment.rest.isEmpty { try addProse(comment.rest) }
    index += 1
  }

  private mutating func openDetails(_ rest: Substring) throws(LessonProblem) {
    try finishProse()
    if let details { throw LessonProblem(index + 1, .nestedDetails(opened: details.line)) }
    let opening = try Details(lines, at: index, behind: rest)
    let summary = prose.read(line: NumberedLine(number: opening.line, text: opening.summary))
    details = (summary.plainText, opening.line)
    index = opening.end - 1
    if let (inside, behind) = opening.rest.divided(at: "</details>") {
      if !inside.isEmpty { try addProse(String(inside)) }
      try closeDetails(behind.trimmed)
    } else {
      if !opening.rest.isEmpty { try addProse(opening.rest) }
      index += 1
    }
  }

  private mutating func closeDetails(_ rest: Substring) throws(LessonProblem) {
    try finishProse()
    guard details != nil else { throw LessonProblem(index + 1, .strayDetailsEnd()) }
    details = nil
    if !rest.isEmpty { try addProse(String(rest)) }
    index += 1
  }

  private mutating func begin(_ heading: Heading) throws(LessonProblem) {
    try finishProse()
    if let details { throw LessonProblem(details.line, .unclosedDetails()) }
    guard let shown = Comment.removed(from: heading.text) else {
      throw LessonProblem(index + 1, .commentInsideLine())
    }
    let line = NumberedLine(number: index + 1, text: String(shown.trimmed))
    let text = prose.read(line: line).plainText
    guard !text.isEmpty else { throw LessonProblem(index + 1, .emptyHeading()) }
    if heading.level == 1 {
      guard cards.isEmpty else { throw LessonProblem(index + 1, .lateTitle()) }
      title = title ?? text
    }
    cards.append(Card(heading: text, line: index + 1, items: []))
    index += 1
  }

  // MARK: Items

  /// GitHub shows a block inside `<details>` as running text unless blank lines set it apart.
  private func demandBlanks(around block: Range<Int>) throws(LessonProblem) {
    guard details != nil else { return }
    let before = block.lowerBound - 2
    let behind = block.upperBound - 1
    guard before < 0 || lines[before].isEmpty else {
      throw LessonProblem(block.lowerBound, .crowdedFence())
    }
    guard behind >= lines.count || lines[behind].isEmpty else {
      throw LessonProblem(block.upperBound - 1, .crowdedFence())
    }
  }

  private mutating func addProse(_ line: String) throws(LessonProblem) {
    guard let text = Comment.removed(from: line) else {
      throw LessonProblem(index + 1, .commentInsideLine())
    }
    // A comment alone would leave a blank line behind, which ends a paragraph.
    if text.isEmpty, !line.isEmpty { return }
    let bare = text.utf8.drop { $0.isBlank || $0 == 0x3E }
    if let fence = Fence(String(decoding: bare, as: UTF8.self)), fence.opensTranscript {
      throw LessonProblem(index + 1, .indentedTranscript())
    }
    pending.append(NumberedLine(number: index + 1, text: text))
    if !text.isEmpty { extendPending(index + 1..<index + 2) }
  }

  private mutating func extendPending(_ lines: Range<Int>) {
    pendingLines = (pendingLines?.lowerBound ?? lines.lowerBound)..<lines.upperBound
  }

  private mutating func finishProse() throws(LessonProblem) {
    guard let lines = pendingLines else {
      pending = []
      return
    }
    let text = prose.read(pending)
    pending = []
    pendingLines = nil
    try add(.prose(text), lines)
  }

  private mutating func add(_ kind: Item.Kind, _ lines: Range<Int>) throws(LessonProblem) {
    if cards.isEmpty {
      guard let title else { throw LessonProblem(lines.lowerBound, .missingTitle()) }
      cards.append(Card(heading: title, line: lines.lowerBound, items: []))
    }
    cards[cards.count - 1].items.append(
      Item(kind: kind, summary: details?.summary, lines: lines))
  }
}
