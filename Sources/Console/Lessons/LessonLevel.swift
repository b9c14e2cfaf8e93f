package import Language
internal import Lessons

/// How much of a lesson the learner does, and how much is given: the same example, faded.
///
/// Help, the command line, completion, the reference and the messages all read these records.
package struct LessonLevel: Sendable, Hashable {
  /// What a learner answers.
  enum Part: Hashable, Sendable {
    case nothing
    case lastGradient
    case gradients
    /// Questions the engine makes from the formula, in the place of the lesson's own.
    case everyInput
  }

  package let number: Int
  package let name: String
  /// What is asked, in one clause.
  package let summary: String
  let part: Part

  /// Every level, from the one that gives most to the one that gives least.
  package static let all: [LessonLevel] = [
    LessonLevel(
      number: 0, name: "watch", summary: "nothing is asked, every answer is given", part: .nothing),
    LessonLevel(
      number: 1, name: "last", summary: "the last gradient is asked, all else is given",
      part: .lastGradient),
    LessonLevel(
      number: 2, name: "backward", summary: "all gradients are asked, all else is given",
      part: .gradients),
    LessonLevel(
      number: 3, name: "formula",
      summary: "only the formula is given, each input's gradient is asked", part: .everyInput),
  ]

  /// `0 watch, 1 last, …`, for messages.
  package static var list: String {
    all.map { "\($0.number) \($0.name)" }.joined(separator: ", ")
  }

  /// `0-3`, as it is written in usages.
  package static var range: String { "\(all.first?.number ?? 0)-\(all.last?.number ?? 0)" }

  /// The level a word stands for: its number or its name.
  package init(_ word: String, at span: SourceSpan? = nil) throws(Problem) {
    guard let found = Self.all.first(where: { "\($0.number)" == word || $0.name == word }) else {
      throw .noSuchLevel(word, at: span)
    }
    self = found
  }

  private init(number: Int, name: String, summary: String, part: Part) {
    self.number = number
    self.name = name
    self.summary = summary
    self.part = part
  }

  /// For each question of a lesson, in order, whether it is asked at this level.
  func asks(_ questions: [Question]) throws(Problem) -> [Bool] {
    let gradients = questions.map { $0.subject?.quantity == "grad" }
    switch part {
    case .nothing: return questions.map { _ in false }
    case .everyInput: return questions.map { _ in true }
    case .gradients, .lastGradient:
      guard let last = gradients.lastIndex(of: true) else { throw .asksNoGradient }
      return part == .gradients ? gradients : questions.indices.map { $0 == last }
    }
  }
}

extension LessonRequest {
  /// Reads what stands behind `lesson`: a number, a name or a file, and perhaps `level N`.
  static func opening(_ words: Words) throws(Problem) -> LessonRequest {
    guard let place = words.all.lastIndex(where: { $0.text == "level" }), place >= words.count - 2
    else { return .open(words.isEmpty ? nil : words.text, level: nil) }
    guard let word = words[place + 1] else { throw .missingLevel(at: words[place]?.span) }
    let level = try LessonLevel(word.text, at: word.span)
    guard place > 0 else { throw .levelOfNoLesson(level, at: words[place]?.span) }
    return .open(words.keeping(place).text, level: level)
  }
}

extension Problem {
  static var asksNoGradient: Problem {
    Problem(
      "no-such-level", "this lesson asks for no gradient, so it has no such level",
      hint: "play it without a level")
  }

  static func levelOfNoLesson(_ level: LessonLevel, at span: SourceSpan?) -> Problem {
    Problem(
      "missing-argument", "a level is a level of a lesson", at: span,
      hint: "for example: lesson 5 level \(level.number)")
  }

  static func missingLevel(at span: SourceSpan?) -> Problem {
    Problem(
      "missing-argument", "level needs a number behind it", at: span,
      hint: "the levels are \(LessonLevel.list)")
  }

  static func noSuchLevel(_ word: String, at span: SourceSpan?) -> Problem {
    Problem(
      "no-such-level", "there is no level \(word)", at: span,
      hint: "the levels are \(LessonLevel.list)")
  }
}
