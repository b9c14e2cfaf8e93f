internal import Engine
internal import Language
internal import Lessons
internal import Typesetting

/// Missed questions to be asked again: a card for each, with a session of its own.
struct Review {
  let lesson: Lesson
  /// The session each card begins with.
  let starts: [Session]
  /// The question each card asks, with the round it will have been asked in.
  let keys: [MissedQuestion]
  /// Those that cannot be asked: no numbers tell their answer from a mistake.
  let impossible: [MissedQuestion]

  /// Makes the questions; those that their lessons do not ask any more are left out.
  init(of missed: [MissedQuestion], in lessons: [String: Lesson], settings: Settings) {
    var places: [String: [(question: Question, session: Session)]] = [:]
    var cards: [Card] = []
    var starts: [Session] = []
    var keys: [MissedQuestion] = []
    var impossible: [MissedQuestion] = []
    for key in missed {
      guard let lesson = lessons[key.lesson] else { continue }
      let questions = places[key.lesson] ?? lesson.questionsInPlace(settings)
      places[key.lesson] = questions
      guard let asked = Self.found(key, in: questions, of: lesson, settings) else { continue }
      guard let page = Page(asked.question, asked.session, seed: key.seed) else {
        impossible.append(key)
        continue
      }
      let given = page.given.isEmpty ? [] : [Item(.prose(Prose(lines: page.given)))]
      cards.append(Card(lesson.title, given + [Item(.question(page.question))]))
      starts.append(page.session)
      keys.append(key.askedAgain)
    }
    lesson = Lesson("Review", cards)
    self.starts = starts
    self.keys = keys
    self.impossible = impossible
  }

  private static func found(
    _ key: MissedQuestion, in questions: [(question: Question, session: Session)],
    of lesson: Lesson, _ settings: Settings
  ) -> (question: Question, session: Session)? {
    guard key.number > 0 else {
      guard let bare = try? BareFormula(of: lesson, settings: settings),
        let question = bare.lesson.questions.first(where: { $0.answer == key.answer })
      else { return nil }
      return (question, bare.start)
    }
    if questions.indices.contains(key.number - 1),
      questions[key.number - 1].question.answer == key.answer
    {
      return questions[key.number - 1]
    }
    // The letter of a choice says nothing about which choice it was.
    guard let moved = questions.first(where: { $0.question.answer == key.answer }),
      case .predict = moved.question.kind
    else { return nil }
    return moved
  }

  /// One question with all it presupposes.
  private struct Page {
    var question: Question
    var session: Session
    var given: [String]

    /// With new numbers; nil where none are found, or the question needs its lesson.
    init?(_ question: Question, _ place: Session, seed: UInt64) {
      self.question = question
      session = place
      given = []
      if case .choose = question.kind { return }
      let place = place.leading(to: question)
      guard let numbers = NewNumbers(for: question, in: place.unstepped, seed: seed),
        let made = MadeQuestion(for: question.answer, in: numbers.session)
      else { return nil }
      self.question = made.question
      session = numbers.session
      guard let scene = try? session.completedScene() else { return nil }
      let end = question.subject?.quantity == "value" ? numbers.node : nil
      let name = end.flatMap { scene.graph.isNamed($0) ? scene.graph.label($0) : nil }
      let definitions = GivenDefinitions(
        of: session, name: name.map { Definitions.element($0)?.name ?? $0 })
      given = definitions.lines
      guard !numbers.isExact else { return }
      // Nobody knows tanh by heart: what the pass forward brings is given, and can be used.
      let forward = definitions.forward(scene, before: end)
      if !forward.isEmpty { given += [""] + forward }
      session.goForward(before: end)
    }
  }
}

extension Session {
  /// The session with a formula current that has the question's node in it.
  fileprivate func leading(to question: Question) -> Session {
    guard let subject = question.subject, subject.quantity == "value",
      (try? currentGraph()).flatMap({ $0 }).flatMap({ known(subject.node, in: $0) }) == nil
    else { return self }
    let name = Definitions.element(subject.node)?.name ?? subject.node
    guard definitions.variables[name] != nil else { return self }
    var copy = self
    copy.commitUpdates()
    (copy.outputs, copy.upstream, copy.formerOutput) = ([name], [], nil)
    copy.graph = nil
    copy.restartTape()
    return copy
  }

  /// Runs the pass forward to its end, or up to a node.
  fileprivate mutating func goForward(before node: NodeID?) {
    guard let tape = try? preparedTape() else { return }
    let end = tape.events.firstIndex { $0.kind != .forward || $0.node == node }
    position = Tape.Position(end ?? tape.events.count)
  }
}
