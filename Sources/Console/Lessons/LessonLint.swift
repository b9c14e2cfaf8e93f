internal import Engine
package import Language
package import Lessons
internal import Typesetting

/// What a lesson says rightly and still could teach better.
///
/// `LessonCheck` finds what is wrong; this finds what is weak: numbers at which a mistake looks right,
/// feedback that can never be given, questions without help.
package struct LessonLint: Sendable {
  /// What is looked for; its name is what a lesson writes to allow a finding.
  package enum Rule: String, Sendable, CaseIterable {
    /// A known mistake gives the right answer, and only because of the numbers chosen.
    case numbers
    /// An `if` scolds the right answer.
    case answer
    /// Two `if` lines wait for the same number.
    case branches
    /// A question has no hint.
    case hint
    /// A link leads to a file that is not there.
    case link
    /// A definition is made that nothing uses.
    case unused
    /// An allowance without a reason, or one that allows nothing.
    case allowance
  }

  /// One thing to look at.
  package struct Warning: Sendable {
    package let line: Int
    package let rule: Rule
    package let problem: Problem

    /// The warning as a compiler would print it, and the hint if any.
    package func rendered(file: String) -> String {
      let hint = problem.hint.map { "\nhint: \($0)" } ?? ""
      return "\(file):\(line): warning: \(problem.message) [\(rule.rawValue)]\(hint)"
    }
  }

  /// What is left after allowances, in the order of the file.
  package private(set) var warnings: [Warning] = []
  /// How many findings the lesson allows.
  package private(set) var allowed = 0
  private var session: Session
  private var definitions = DefinitionUses()
  private let lesson: Lesson

  /// Plays the lesson without a pause and looks at what it asks.
  ///
  /// `isThere`: whether a file named in a link of the prose exists; the path is as it is written there.
  package init(of lesson: Lesson, isThere: (String) -> Bool = { _ in true }) {
    self.lesson = lesson
    session = Session(for: lesson)
    for card in lesson.cards {
      for item in card.items {
        switch item.kind {
        case .prose: break
        case .transcript(let transcript): run(transcript)
        case .question(let question): look(at: question)
        }
      }
    }
    reportUnused()
    for link in lesson.links where Self.isFile(link.address) {
      let path = link.address.prefix { $0 != "#" && $0 != "?" }
      if !isThere(String(path)) { warn(link.line, .link, .deadLink(link.address)) }
    }
    settleAllowances()
    warnings.sort { ($0.line, $0.rule.rawValue) < ($1.line, $1.rule.rawValue) }
  }

  private mutating func warn(_ line: Int, _ rule: Rule, _ problem: Problem) {
    warnings.append(Warning(line: line, rule: rule, problem: problem))
  }

  private static func isFile(_ address: String) -> Bool {
    let isElsewhere = address.contains("://") || address.hasPrefix("mailto:")
    return !isElsewhere && !address.hasPrefix("#") && !address.hasPrefix("/")
  }

  // MARK: - Transcripts

  private mutating func run(_ transcript: Transcript) {
    guard !transcript.attributes.contains(.skip) else { return }
    if transcript.attributes.contains(.new) {
      reportUnused()
      session = Session(for: lesson)
    }
    for entry in transcript.entries {
      let functions = session.definitions.argumentCounts
      _ = session.played(entry.command)
      definitions.read(
        entry.command, at: entry.line, functions: functions, outputs: session.outputs)
    }
  }

  private mutating func reportUnused() {
    for (name, line) in definitions.unused { warn(line, .unused, .unusedDefinition(name)) }
    definitions = DefinitionUses()
  }

  // MARK: - Questions

  private mutating func look(at question: Question) {
    if question.hints.isEmpty { warn(question.line, .hint, .questionWithoutHint()) }
    guard case .predict = question.kind else { return }
    for text in [question.answer] + question.feedback.map(\.condition) { definitions.use(text) }
    // Whoever asks for a gradient asks about the current formula without naming it.
    let asksOfGraph = question.answer.split(separator: " ").contains {
      ["grad", "value"].contains($0)
    }
    if asksOfGraph { definitions.use(session.outputs.joined(separator: " ")) }
    lookAtNumbers(question)
    guard let answer = try? session.answer(question.answer) else { return }
    var seen: [(condition: String, value: Double)] = []
    for feedback in question.feedback {
      guard let value = try? session.answer(feedback.condition) else { continue }
      if Answer.isRight(value, typed: feedback.condition, expected: answer) {
        warn(feedback.line, .answer, .feedbackForRightAnswer(feedback.condition, answer))
      }
      let same = seen.first {
        Answer.isRight(value, typed: feedback.condition, expected: $0.value)
      }
      if let same {
        warn(feedback.line, .branches, .equalBranches(feedback.condition, same.condition))
      }
      seen.append((feedback.condition, value))
    }
  }

  private mutating func lookAtNumbers(_ question: Question) {
    let words = question.answer.split(separator: " ").map(String.init)
    guard words.count == 2, words[0] == "grad", let scene = try? session.completedScene(),
      let node = try? session.node(words[1], in: scene.graph, at: nil)
    else { return }
    let hidden = Misconception.hidden(at: node, on: scene.tape, seed: lesson.seed ?? 1) {
      Answer.isRight($0, typed: "", expected: $1)
    }
    guard !hidden.isEmpty else { return }
    warn(question.line, .numbers, .hiddenMistakes(hidden, question.answer))
  }

  // MARK: - Allowances

  private mutating func settleAllowances() {
    let items = lesson.cards.flatMap(\.items)
    let isAt = { (line: Int) in items.firstIndex { $0.lines.upperBound > line } }
    for allowance in lesson.allowances {
      guard let rule = Rule(rawValue: allowance.rule), rule != .allowance else {
        warn(allowance.line, .allowance, .unknownAllowance(allowance.rule))
        continue
      }
      if allowance.reason.isEmpty {
        warn(allowance.line, .allowance, .allowanceWithoutReason(rule))
      }
      let item = isAt(allowance.line)
      let before = warnings.count
      warnings.removeAll { $0.rule == rule && $0.line > allowance.line && isAt($0.line) == item }
      allowed += before - warnings.count
      if warnings.count == before { warn(allowance.line, .allowance, .idleAllowance(rule)) }
    }
  }
}

extension Problem {
  static func allowanceWithoutReason(_ rule: LessonLint.Rule) -> Problem {
    Problem(
      "lint-allowance", "this allowance gives no reason",
      hint: "write <!-- lint allow: \(rule.rawValue), and why -->")
  }

  static func deadLink(_ address: String) -> Problem {
    Problem("lint-link", "there is no file \(address)")
  }

  static func equalBranches(_ one: String, _ other: String) -> Problem {
    Problem(
      "lint-branches", "if \(one) waits for the same number as if \(other), which comes first")
  }

  static func hiddenMistakes(_ mistakes: [Misconception], _ answer: String) -> Problem {
    Problem(
      "lint-numbers",
      "these numbers cannot tell \(mistakes.map(\.name).joined(separator: ", ")) from the right answer to \(answer)",
      hint: mistakes.first.map { "\($0.name) hides where \($0.blindSpot): choose other inputs" })
  }

  static func idleAllowance(_ rule: LessonLint.Rule) -> Problem {
    Problem("lint-allowance", "nothing here needs to be allowed: \(rule.rawValue) finds nothing")
  }

  static func questionWithoutHint() -> Problem {
    Problem("lint-hint", "this question has no hint", hint: "add a line hint: to its answer")
  }

  static func unknownAllowance(_ rule: String) -> Problem {
    let rules = LessonLint.Rule.allCases.filter { $0 != .allowance }.map(\.rawValue)
    return Problem(
      "lint-allowance", "there is no rule \(rule.isEmpty ? "without a name" : rule)",
      hint: "the rules are \(rules.joined(separator: ", "))")
  }

  static func unusedDefinition(_ name: String) -> Problem {
    Problem("lint-unused", "\(name) is defined here, and nothing in the lesson uses it")
  }
}
