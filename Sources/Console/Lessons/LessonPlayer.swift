internal import Engine
package import Language
package import Lessons
package import Typesetting

/// A lesson being played: where it stands, what it waits for, and how it goes.
///
/// A value like the session: the program shows what it says and hands it the lines that are typed.
package struct LessonPlayer: Sendable {
  /// What the player waits for.
  enum Waiting: Hashable, Sendable {
    /// Enter, at the end of a card.
    case card
    /// An answer.
    case answer(Question)
    /// The learner is to type a command of a transcript.
    case typing(Transcript, entry: Int)
    /// The learner plays freely; the lesson's own session is kept.
    case sandbox
    case nothing
  }

  /// How far the learner came, for the progress file.
  package struct Progress: Hashable, Sendable {
    package let cards: Int
    package let cardCount: Int
    package let answered: Int
    package let answeredAtOnce: Int
    package let questionCount: Int
  }

  package let lesson: Lesson
  /// Which lesson it is, as in `05-backpropagation`.
  package let name: String
  /// Whether right answers are given instead of asked for.
  let isScript: Bool
  package internal(set) var session: Session
  /// How much of the lesson is given; nil where all of its questions are asked.
  let level: LessonLevel?
  /// For each question of the lesson, in order, whether it is asked.
  let isAsked: [Bool]
  /// For each question, under what it is kept when it is missed.
  let keys: [MissedQuestion]
  /// Which of the questions that were begun are missed; those without help at the first try are not.
  package internal(set) var isMissed: [MissedQuestion: Bool] = [:]
  /// What a lesson, or a part of it that starts anew, begins with.
  private var beginning: Session
  /// The session each card begins with, where the cards have nothing to do with each other.
  private let starts: [Session]
  /// The session in which the learner plays freely.
  var sandbox: Session?
  var resumed: Waiting = .nothing
  var waiting: Waiting = .nothing
  var card = 0
  var item = 0
  /// How many questions have been reached.
  var reached = 0
  var misses = 0
  var hintsShown = 0
  var answered = 0
  var answeredAtOnce = 0

  /// Starts a lesson, faded to a level where one is given.
  package init(
    _ lesson: Lesson, name: String, settings: Settings, level: LessonLevel? = nil,
    isScript: Bool = false
  ) throws(Problem) {
    let isMade = level?.part == .everyInput
    let made = isMade ? try BareFormula(of: lesson, settings: settings) : nil
    self.lesson = made?.lesson ?? lesson
    starts = made.map { [$0.start] } ?? []
    self.name = name
    self.level = level
    self.isScript = isScript
    let questions = self.lesson.questions
    isAsked = try level?.asks(questions) ?? questions.map { _ in true }
    keys = questions.indices.map {
      MissedQuestion(lesson: name, number: isMade ? 0 : $0 + 1, answer: questions[$0].answer)
    }
    beginning = .beginning(settings, lesson: lesson)
    session = beginning
  }

  /// Starts a review.
  init(_ review: Review, settings: Settings) {
    lesson = review.lesson
    name = "review"
    level = nil
    isScript = false
    isAsked = review.keys.map { _ in true }
    keys = review.keys
    starts = review.starts
    beginning = .beginning(settings)
    session = beginning
  }

  /// Lets ^C reach a training in the lesson.
  mutating func attend(_ attention: Attention) {
    beginning.attention = attention
    session.attention = attention
  }

  /// Lets what follows fill a screen of this size.
  mutating func fit(columns: Int, rows: Int) {
    session.settings.style.fit(columns: columns, rows: rows)
    sandbox?.settings.style.fit(columns: columns, rows: rows)
  }

  /// Whether there is nothing left to play.
  package var isOver: Bool { card >= lesson.cards.count }

  ///
  /// Nil for a review and for a level: who watched a lesson has not played it.
  package var progress: Progress? {
    guard level == nil, !isReview else { return nil }
    return Progress(
      cards: min(card, lesson.cards.count), cardCount: lesson.cards.count, answered: answered,
      answeredAtOnce: answeredAtOnce, questionCount: lesson.questions.count)
  }

  var isReview: Bool { !starts.isEmpty && level == nil }

  /// What is said when someone leaves before the end.
  var farewell: String {
    isReview
      ? "Left the review. review goes on with what is still open."
      : "Left \(name). lesson plays one again."
  }

  /// Keeps whether the question that waits was missed; what was missed once stays so.
  mutating func note(isMissed missed: Bool) {
    guard keys.indices.contains(reached - 1) else { return }
    let key = keys[reached - 1]
    if isMissed[key] != true { isMissed[key] = missed }
  }

  /// What stands before the cursor.
  package var prompt: String {
    switch waiting {
    case .card: "  [Enter for the next card] "
    case .answer: "your answer> "
    case .sandbox: "playing> "
    case .typing, .nothing: "backstep> "
    }
  }

  /// The session whose names complete.
  package var presentSession: Session { sandbox ?? session }

  var style: Style { session.settings.style }

  // MARK: - Showing

  /// Plays until something has to be typed, or to the end.
  ///
  /// `isAnswered`: whether the verdict on an answer stands above, from which a blank line parts us.
  package mutating func proceed(isAnswered: Bool = false) -> Document {
    var document = Document.empty
    waiting = .nothing
    var isAfterTranscript = isAnswered
    while !isOver {
      let page = lesson.cards[card]
      if item == 0 {
        if starts.indices.contains(card) { session = starts[card] }
        document += heading(page)
      }
      guard item < page.items.count else {
        isAfterTranscript = false
        card += 1
        item = 0
        if isOver { break }
        if isScript { continue }
        waiting = .card
        return document
      }
      let next = page.items[item]
      item += 1
      // What is run and not shown needs no room.
      if isAfterTranscript, next.isQuiet {
        if case .transcript(let transcript) = next.kind { _ = run(transcript) }
        continue
      }
      if isAfterTranscript { document.blocks.append(Document.blank) }
      isAfterTranscript = false
      switch next.kind {
      case .prose(let prose): document += bar(prose)
      case .transcript(let transcript):
        if transcript.attributes.contains(.new) { session = beginning }
        if transcript.attributes.contains(.type), !isScript, level == nil {
          waiting = .typing(transcript, entry: 0)
          return document + invitation(transcript, 0)
        }
        document += run(transcript)
        isAfterTranscript = !document.blocks.isEmpty && item < page.items.count
      case .question(let question):
        (misses, hintsShown) = (0, 0)
        reached += 1
        document += asked(question)
        if isScript || !(isAsked.indices.contains(reached - 1) && isAsked[reached - 1]) {
          document += given(question)
          isAfterTranscript = true
          continue
        }
        waiting = .answer(question)
        return document
      }
    }
    return document + closing()
  }

  mutating func run(_ transcript: Transcript) -> Document {
    var document = Document.empty
    if transcript.attributes.contains(.skip) {
      return Document(
        lines: transcript.entries.flatMap { ["backstep> \($0.command)"] + $0.output })
    }
    for entry in transcript.entries {
      if transcript.attributes.contains(.quiet) || entry.isAssertion {
        _ = session.played(entry.command)
        continue
      }
      document += played(entry.command)
    }
    return document
  }

  /// A command as if it had been typed, and what the engine says to it.
  mutating func played(_ command: String) -> Document {
    var document = Document([.line(Text("backstep> ", .dim) + Text(command, .strong))])
    do throws(Problem) {
      let reply = try session.enter(command)
      if reply.effect != nil { throw .isReservedForPrompt(Words(command).first?.text ?? command) }
      document += reply.document
    } catch {
      document += Document(lines: lines(of: error.rendered))
    }
    return document
  }
}

extension Item {
  /// Whether the learner sees nothing of it.
  fileprivate var isQuiet: Bool {
    guard case .transcript(let transcript) = kind else { return false }
    return transcript.attributes == [.quiet]
  }
}
