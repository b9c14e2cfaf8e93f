/// Reads a `> **Predict.**` or `> **Choose.**` quote and the answer comment behind it.
struct QuestionReader {
  private let lines: [String]
  private let start: Int
  private let word: Word
  private var prompt: [NumberedLine] = []
  private var choices: [(letter: String, line: NumberedLine)] = []
  private(set) var warnings: [Remark] = []
  private(set) var links: [LessonLink] = []

  /// The word in bold a question begins with.
  enum Word: String, CaseIterable {
    case predict = "**Predict.**"
    case choose = "**Choose.**"

    /// The word the text begins with.
    init?(beginning text: Substring) {
      guard let word = Self.allCases.first(where: { text.begins(with: $0.rawValue) }) else {
        return nil
      }
      self = word
    }
  }

  /// Prepares to read if a question begins at `lines[start]`.
  init?(_ lines: [String], at start: Int) {
    guard let text = Self.quoted(lines[start]), let word = Word(beginning: text) else { return nil }
    self.lines = lines
    self.start = start
    self.word = word
  }

  /// The text of a line of a block quote.
  static func quoted(_ line: String) -> Substring? {
    guard line.indentation <= 3 else { return nil }
    return line.trimmed.behind(">").map(\.trimmed)
  }

  /// Reads up to and including the answer comment.
  mutating func read() throws(LessonProblem) -> (Question, Comment) {
    let end = try readQuote()
    let comment = try readAnswerComment(from: end)
    guard comment.isAnswer else { throw LessonProblem(start + 1, .missingAnswer()) }
    if word == .choose {
      guard choices.count >= 2 else { throw LessonProblem(start + 1, .tooFewChoices()) }
    }
    var answer = AnswerReader(choices: word == .choose ? choices.map(\.letter) : nil)
    try answer.read(comment)
    var prose = ProseReader()
    let prompt = prose.read(self.prompt)
    guard !prompt.blocks.isEmpty else { throw LessonProblem(start + 1, .emptyQuestion()) }
    let choices = self.choices.map {
      Question.Choice(letter: $0.letter, text: prose.read(line: $0.line))
    }
    let question = answer.question(
      kind: word == .choose ? .choose(choices) : .predict, prompt: prompt,
      lines: start + 1..<end + 1, prose: &prose)
    warnings = prose.warnings
    links = prose.links
    return (question, comment)
  }

  /// Reads the quote and, for a choice, the list behind it; returns the index behind both.
  private mutating func readQuote() throws(LessonProblem) -> Int {
    var index = start
    while index < lines.count, let text = Self.quoted(lines[index]) {
      if index == start {
        let rest = text.behind(word.rawValue)?.trimmed ?? ""
        prompt.append(NumberedLine(number: index + 1, text: String(rest)))
      } else {
        guard Word(beginning: text) == nil else {
          throw LessonProblem(start + 1, .missingAnswer())
        }
        try take(text, index)
      }
      index += 1
    }
    guard word == .choose else { return index }
    // The list may also stand behind the quote, where GitHub shows it as a list.
    var end = index
    while index < lines.count, !Comment.begins(lines[index]) {
      let text = lines[index].trimmed
      if !text.isEmpty {
        let isContinued = lines[index].indentation >= 2 && end == index
        guard isContinued || Self.choice(text) != nil else { break }
        try take(text, index)
        end = index + 1
      }
      index += 1
    }
    return end
  }

  private mutating func take(_ text: Substring, _ index: Int) throws(LessonProblem) {
    if word == .choose, let (letter, rest) = Self.choice(text) {
      guard choices.count < 26, letter.utf8.first == UInt8(0x61 + choices.count) else {
        throw LessonProblem(index + 1, .choiceOutOfOrder(letter))
      }
      guard !rest.isEmpty else { throw LessonProblem(index + 1, .emptyChoice(letter)) }
      choices.append((letter, NumberedLine(number: index + 1, text: String(rest))))
    } else if let last = choices.indices.last {
      if !text.isEmpty { choices[last].line.text += "\n" + text }
    } else {
      prompt.append(NumberedLine(number: index + 1, text: String(text)))
    }
  }

  /// Reads `a) text`, with or without a bullet before it.
  private static func choice(_ text: Substring) -> (letter: String, text: Substring)? {
    var text = text
    for bullet in ["- ", "* ", "+ "] {
      if let rest = text.behind(bullet) {
        text = rest.trimmed
        break
      }
    }
    guard let first = text.utf8.first, 0x61...0x7A ~= first else { return nil }
    let letter = String(decoding: [first], as: UTF8.self)
    if text.trimmed == letter + ")" { return (letter, text[text.endIndex...]) }
    return text.behind(letter + ") ").map { (letter, $0.trimmed) }
  }

  private func readAnswerComment(from end: Int) throws(LessonProblem) -> Comment {
    let index = lines.indices[end...].first { !lines[$0].isEmpty }
    guard let index, Comment.begins(lines[index]) else {
      throw LessonProblem(start + 1, .missingAnswer())
    }
    return try Comment(lines, at: index)
  }
}
