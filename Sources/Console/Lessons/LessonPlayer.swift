internal import Engine
internal import Language
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
  /// What a lesson, or a part of it that starts anew, begins with.
  private var beginning: Session
  /// The session in which the learner plays freely.
  var sandbox: Session?
  var resumed: Waiting = .nothing
  var waiting: Waiting = .nothing
  var card = 0
  var item = 0
  var misses = 0
  var hintsShown = 0
  var answered = 0
  var answeredAtOnce = 0

  /// Starts a lesson.
  package init(_ lesson: Lesson, name: String, settings: Settings, isScript: Bool = false) {
    self.lesson = lesson
    self.name = name
    self.isScript = isScript
    // The learner's signs and width, the lesson's own conventions: its numbers depend on them.
    beginning = Session(for: lesson)
    beginning.settings = settings
    beginning.settings.conventions = Conventions()
    session = beginning
  }

  /// Whether there is nothing left to play.
  package var isOver: Bool { card >= lesson.cards.count }

  package var progress: Progress {
    Progress(
      cards: min(card, lesson.cards.count), cardCount: lesson.cards.count, answered: answered,
      answeredAtOnce: answeredAtOnce, questionCount: lesson.questions.count)
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
      if item == 0 { document += heading(page) }
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
      if isAfterTranscript { document.blocks.append(Document.blank) }
      isAfterTranscript = false
      switch next.kind {
      case .prose(let prose): document += bar(prose)
      case .transcript(let transcript):
        if transcript.attributes.contains(.new) { session = beginning }
        if transcript.attributes.contains(.type), !isScript {
          waiting = .typing(transcript, entry: 0)
          return document + invitation(transcript, 0)
        }
        document += run(transcript)
        isAfterTranscript = !document.blocks.isEmpty && item < page.items.count
      case .question(let question):
        (misses, hintsShown) = (0, 0)
        document += asked(question)
        if isScript {
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

  private func heading(_ page: Card) -> Document {
    let count = "card \(card + 1) of \(lesson.cards.count)"
    let title = Text(style.signs.bar + " ", .dim) + Text(page.heading, .strong)
    let gap = max(2, min(style.width, 80) - title.width - columns(count))
    return Document([
      Document.blank, .line(title + Text(String(repeating: " ", count: gap) + count, .dim)),
    ])
  }

  /// Prose behind a bar, so that it is told apart from what the engine says.
  func bar(_ prose: Prose) -> Document {
    let lines = prose.lines(width: max(20, min(style.width, 80) - 2))
    let bar = Text(style.signs.bar, .dim)
    return Document(
      [.line(bar)] + lines.map { runs in .line(bar + Text(" ") + styled(runs)) } + [.line(bar)])
  }

  func styled(_ runs: [Prose.Run]) -> Text {
    runs.reduce(Text()) { text, run in
      text + Text(run.text, run.style == .plain || run.style == .math ? .plain : .strong)
    }
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

  private func asked(_ question: Question) -> Document {
    var runs = question.prompt.lines(width: max(20, min(style.width, 80) - 12))
    let bar = Text(style.signs.bar + " ", .dim)
    let label: String =
      switch question.kind {
      case .predict: "Predict   "
      case .choose: "Choose    "
      }
    let first = runs.isEmpty ? [] : runs.removeFirst()
    var blocks: [Document.Block] = [
      .line(bar + Text(label, .strong) + styled(first))
    ]
    blocks += runs.map { .line(bar + Text("          ") + styled($0)) }
    if case .choose(let choices) = question.kind {
      for choice in choices {
        for (index, line) in choice.text.lines(width: max(20, min(style.width, 80) - 16))
          .enumerated()
        {
          let head = index == 0 ? "          \(choice.letter)) " : "             "
          blocks.append(.line(bar + Text(head) + styled(line)))
        }
      }
    }
    return Document(blocks + [Document.blank])
  }

  private func closing() -> Document {
    guard !isScript, !lesson.questions.isEmpty else { return .empty }
    return Document(lines: [
      "",
      "  End of the lesson. \(answeredAtOnce) of \(lesson.questions.count) answered at the first try.",
    ])
  }
}

extension Session {
  /// What a lesson begins with: nothing but its seed.
  init(for lesson: Lesson) {
    self.init()
    if let seed = lesson.seed { random = RandomNumbers(seed: seed) }
  }
}
