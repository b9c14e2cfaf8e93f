/// Reads the lines of an answer comment: `answer:`, `hint:`, `if …:` and `because:`.
struct AnswerReader {
  private let choices: [String]?
  private var answer: NumberedLine?
  private var hints: [NumberedLine] = []
  private var feedback: [(condition: String, message: NumberedLine)] = []
  private var because: NumberedLine?

  /// Prepares to read; `choices` are the letters there are, or nil if a number is asked for.
  init(choices: [String]?) {
    self.choices = choices
  }

  /// Reads all lines of the comment.
  mutating func read(_ comment: Comment) throws(LessonProblem) {
    for line in comment.body {
      guard let (key, value) = line.text.divided(at: ":") else {
        throw LessonProblem(line.number, .unreadableAnswerLine(line.text))
      }
      let text = NumberedLine(number: line.number, text: String(value.trimmed))
      try take(String(key.trimmed), text, of: line)
    }
    guard let answer else { throw LessonProblem(comment.lines.lowerBound, .missingAnswer()) }
    if let choices, !choices.contains(answer.text) {
      throw LessonProblem(answer.number, .unknownChoice(answer.text, choices))
    }
    for (condition, message) in feedback where condition == answer.text {
      throw LessonProblem(message.number, .feedbackForAnswer(condition))
    }
  }

  private mutating func take(
    _ key: String, _ text: NumberedLine, of line: NumberedLine
  ) throws(LessonProblem) {
    let condition = key.behind("if ").map { String($0.trimmed) }
    guard condition != nil || ["answer", "hint", "because"].contains(key) else {
      throw LessonProblem(line.number, .unreadableAnswerLine(line.text))
    }
    guard !text.text.isEmpty else { throw LessonProblem(line.number, .emptyAnswerLine(key)) }
    if let condition {
      try takeFeedback(condition, text)
    } else if key == "hint" {
      hints.append(text)
    } else if key == "answer" {
      guard answer == nil else { throw LessonProblem(line.number, .repeatedAnswerLine(key)) }
      answer = text
    } else {
      guard because == nil else { throw LessonProblem(line.number, .repeatedAnswerLine(key)) }
      because = text
    }
  }

  private mutating func takeFeedback(
    _ condition: String, _ message: NumberedLine
  ) throws(LessonProblem) {
    if let choices, !choices.contains(condition) {
      throw LessonProblem(message.number, .unknownChoice(condition, choices))
    }
    // There are as many as an author writes by hand; asking each of them is cheap enough up to a
    // bound that also keeps a hostile file from taking quadratic time.
    guard feedback.count < Self.mostFeedback else {
      throw LessonProblem(message.number, .tooMuchFeedback(Self.mostFeedback))
    }
    guard !feedback.contains(where: { $0.condition == condition }) else {
      throw LessonProblem(message.number, .repeatedAnswerLine("if \(condition)"))
    }
    feedback.append((condition, message))
  }

  private static let mostFeedback = 50

  /// The question with what was read.
  func question(
    kind: Question.Kind, prompt: Prose, lines: Range<Int>, prose: inout ProseReader
  ) -> Question {
    Question(
      kind: kind, prompt: prompt, answer: answer?.text ?? "",
      answerLine: answer?.number ?? lines.lowerBound,
      hints: hints.map { prose.read(line: $0) },
      feedback: feedback.map {
        Question.Feedback(
          condition: $0.condition, message: prose.read(line: $0.message), line: $0.message.number)
      },
      because: because.map { prose.read(line: $0) }, lines: lines)
  }
}
