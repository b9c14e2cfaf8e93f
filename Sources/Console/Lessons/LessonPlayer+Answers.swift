internal import Engine
internal import Language
internal import Lessons
internal import Typesetting

// How an answer is judged, and what is said to it.
extension LessonPlayer {
  mutating func judge(_ line: String, _ question: Question) throws(Problem) -> Document {
    switch question.kind {
    case .choose(let choices): return try judgeChoice(line, question, choices)
    case .predict: break
    }
    let typed: Double
    let expected: Double
    do throws(Problem) {
      typed = try answerTyped(line)
      expected = try session.answer(question.answer)
    } catch {
      throw error.pointing(into: line)
    }
    if Answer.isRight(typed, typed: line, expected: expected) {
      return right(style.number(expected), question)
    }
    misses += 1
    note(isMissed: true)
    let authored = question.feedback.first { feedback in
      (try? session.answer(feedback.condition)).map {
        Answer.isRight(typed, typed: line, expected: $0)
      } ?? false
    }
    let words =
      authored.map { oneLine($0.message) }
      ?? Diagnosis.words(for: typed, expression: question.answer, in: session) ?? ""
    return wrong(words)
  }

  mutating func judgeChoice(
    _ line: String, _ question: Question, _ choices: [Question.Choice]
  ) throws(Problem) -> Document {
    let letter = Self.letter(line)
    guard choices.contains(where: { $0.letter == letter }) else {
      throw .noSuchChoice(line.trimmed, choices.map(\.letter))
    }
    if letter == question.answer.lowercased() { return right("\(letter))", question) }
    misses += 1
    note(isMissed: true)
    let authored = question.feedback.first { $0.condition.lowercased() == letter }
    return wrong(authored.map { oneLine($0.message) } ?? "")
  }

  /// What was typed as the letter of a choice: `b`, `B` or `b)`.
  static func letter(_ line: String) -> String {
    let text = line.trimmed.lowercased()
    return text.hasSuffix(")") ? String(text.dropLast()) : text
  }

  func oneLine(_ prose: Prose) -> String {
    prose.plainText.split(separator: "\n").joined(separator: " ")
  }

  mutating func right(_ answer: String, _ question: Question) -> Document {
    answered += 1
    if misses == 0, hintsShown == 0 {
      answeredAtOnce += 1
      note(isMissed: false)
    }
    let praise = Text("  \(style.signs.right) ", .good) + Text("yes, \(answer)")
    return .line(praise) + because(question) + proceed(isAnswered: true)
  }

  func wrong(_ words: String) -> Document {
    let prose = Prose(words).lines(width: max(20, min(style.width, 80) - 4))
    let verdict = Text("  \(style.signs.wrong) ", .bad) + Text("not yet.")
    var lines = [verdict] + prose.map { Text("    ") + styled($0) }
    if words.isEmpty { lines = [verdict + Text(" Try again, or ask for a hint.")] }
    if lines.count == 2, lines[1].width + 9 < style.width, let only = prose.first {
      lines = [verdict + Text(" ") + styled(only)]
    }
    if misses >= 3 { lines.append(Text("    show tells the answer.", .dim)) }
    return Document(lines.map { .line($0) })
  }

  func because(_ question: Question) -> Document {
    guard let reason = question.because else { return .empty }
    return Document(
      reason.lines(width: max(20, min(style.width, 80) - 4)).map {
        .line(Text("    ") + styled($0))
      })
  }

  /// The answer as the lesson gives it away.
  func given(_ question: Question) -> Document {
    let answer: String =
      switch question.kind {
      case .choose: "\(question.answer))"
      case .predict: (try? session.answer(question.answer)).map(style.number) ?? question.answer
      }
    return .line(Text("  answer    ") + Text(answer, .strong)) + because(question)
  }

  /// One hint more each time; how many are left is not said, which would invite running through them.
  mutating func hint() throws(Problem) -> Document {
    guard case .answer(let question) = waiting else { throw .noOpenQuestion("hint") }
    guard hintsShown < question.hints.count else {
      return Document(lines: [
        "  There are no more hints. show tells the answer, skip leaves it open."
      ])
    }
    let lines = question.hints[hintsShown].lines(width: max(20, min(style.width, 80) - 9))
    hintsShown += 1
    note(isMissed: true)
    return Document(
      lines.enumerated().map { .line(Text($0 == 0 ? "  hint   " : "         ") + styled($1)) })
  }

  func nudge(_ question: Question) -> Document {
    switch question.kind {
    case .choose(let choices):
      let letters = choices.map(\.letter).joined(separator: ", ")
      return Document(lines: ["  Type one of \(letters); or hint, show, skip, play, leave."])
    case .predict:
      return Document(lines: [
        "  Type a number or a formula, such as -4 or 3*2; or hint, show, skip, play, leave."
      ])
    }
  }

  /// The number an answer comes to; a name stands for its value only where that is known already.
  ///
  /// The formula that is asked for is no answer to "what is its value?".
  private func answerTyped(_ line: String) throws(Problem) -> Double {
    let formula = try Formula(
      reading: line, as: .session, functions: session.definitions.argumentCounts)
    var copy = session
    let scene = try? copy.scene()
    for name in formula.variables {
      let span =
        formula.nodes.first { $0.kind == .name && formula.names[Int($0.reference)] == name }?.span
        ?? 0..<line.utf8.count
      let isQuantity = name.contains(" ") || name.hasPrefix("@")
      let known = scene.flatMap { session.known(name, in: $0.graph) }
      let isAhead = known.map { found in
        found.nodes.contains { scene?.now.isKnown[$0] == false }
      }
      if isQuantity || isAhead == true { throw .answerIsAhead(name, at: span) }
      let isUnknown = known == nil && session.definitions.variables[name] == nil
      if isUnknown, name != "ans" { throw .answerIsUnknown(name, at: span) }
    }
    return try session.number(line, in: .session)
  }
}
