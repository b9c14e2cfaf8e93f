internal import Engine
package import Language
internal import Lessons
internal import Typesetting

extension LessonPlayer {
  /// Takes a line the learner typed.
  ///
  /// Throws what is wrong with it; the lesson then stands where it stood.
  package mutating func enter(_ line: String) throws(Problem) -> Reply {
    let words = Words(line)
    if sandbox != nil { return try enterSandbox(line, words) }
    // The letter of a choice is an answer, whatever command it is short for elsewhere.
    if case .answer(let question) = waiting, case .choose(let choices) = question.kind,
      choices.contains(where: { $0.letter == Self.letter(line) })
        || Self.letter(line).utf8.count == 1 && !isLessonWord(line)
    {
      return Reply(try judge(line, question))
    }
    if let request = request(words) { return try move(request) }
    switch waiting {
    case .card:
      if line.trimmed.isEmpty { return Reply(proceed()) }
      return try lookedUp(line)
    case .answer(let question):
      if line.trimmed.isEmpty { return Reply(nudge(question)) }
      if let first = words.first?.text, let command = Command.named(first),
        !session.isHidden(first),
        command.name != "value", command.name != "grad"
      {
        // Looking is allowed; running ahead is what play is for.
        guard [.look, .other, .lesson].contains(command.group) else {
          throw .answerFirst(command.name)
        }
        return try lookedUp(line)
      }
      return Reply(try judge(line, question))
    case .typing(let transcript, let entry):
      return Reply(try type(line, transcript, entry))
    case .sandbox, .nothing: return Reply(proceed())
    }
  }

  /// Whether a line is a lesson's own command, whatever a lesson's variables are called.
  private func isLessonWord(_ line: String) -> Bool {
    Command.named(line.trimmed)?.group == .lesson
  }

  /// The lesson command a line is, by name or alias.
  private func request(_ words: Words) -> LessonRequest? {
    guard words.count == 1, let first = words.first, let command = Command.named(first.text),
      command.group == .lesson
    else { return nil }
    var copy = session
    guard case .lesson(let request) = try? command.run(&copy, words.dropping(1)).effect else {
      return nil
    }
    switch request {
    case .open, .review: return nil
    default: return request
    }
  }

  private mutating func move(_ request: LessonRequest) throws(Problem) -> Reply {
    switch request {
    case .open, .review: return Reply(effect: .lesson(request))
    case .leave: return Reply(effect: .lesson(.leave))
    case .play:
      sandbox = session
      resumed = waiting
      waiting = .sandbox
      return Reply(
        Document(lines: ["Try what you like: the lesson is kept as it is. resume goes back to it."])
      )
    case .resume: throw .notPlaying
    case .next:
      if case .card = waiting { return Reply(proceed()) }
      throw .questionIsOpen
    case .hint: return Reply(try hint())
    case .show:
      guard case .answer(let question) = waiting else { throw .noOpenQuestion("show") }
      note(isMissed: true)
      return Reply(given(question) + proceed(isAnswered: true))
    case .skip:
      switch waiting {
      case .answer:
        note(isMissed: true)
        return Reply(Document(lines: ["  Left open."]) + proceed(isAnswered: true))
      case .typing(let transcript, let entry):
        var document = Document.empty
        for entry in transcript.entries[entry...] { document += played(entry.command) }
        return Reply(document + proceed())
      default: throw .noOpenQuestion("skip")
      }
    }
  }

  /// A command in the middle of a lesson looks at a copy, so that the lesson goes on as written.
  private func lookedUp(_ line: String) throws(Problem) -> Reply {
    var copy = session
    let reply = try copy.enter(line)
    if let effect = reply.effect, effect != .quit {
      throw .leaveFirst(Words(line).first?.text ?? line)
    }
    // What would be forgotten at once must not look as if it were kept.
    guard copy.definitions.meansTheSame(as: session.definitions) else { throw .playFirst }
    return reply
  }

  private mutating func enterSandbox(_ line: String, _ words: Words) throws(Problem) -> Reply {
    switch request(words) {
    case .resume, .next:
      sandbox = nil
      waiting = resumed
      return Reply(Document(lines: ["Back in the lesson, as it was."]))
    case .leave: return Reply(effect: .lesson(.leave))
    case .play: return Reply(Document(lines: ["You are playing already; resume goes back."]))
    case .hint, .show, .skip: throw .resumeFirst
    case .open, .review, nil: break
    }
    guard var free = sandbox else { return Reply() }
    let reply = try free.enter(line)
    if let effect = reply.effect, effect != .quit {
      throw .leaveFirst(words.first?.text ?? line)
    }
    sandbox = free
    return reply
  }

  // MARK: - Typing along

  func invitation(_ transcript: Transcript, _ entry: Int) -> Document {
    .line(Text("  type this:  ") + Text(transcript.entries[entry].command, .strong))
  }

  private mutating func type(
    _ line: String, _ transcript: Transcript, _ entry: Int
  ) throws(Problem) -> Document {
    let wanted = transcript.entries[entry].command
    if line.trimmed.isEmpty { return invitation(transcript, entry) }
    var typed = session
    let reply = try typed.enter(line)
    if let effect = reply.effect, effect != .quit {
      throw .leaveFirst(Words(line).first?.text ?? line)
    }
    var expected = session
    _ = expected.played(wanted)
    guard typed.leads(to: expected) else {
      return Document(lines: ["  That leads somewhere else, so it was not kept."])
        + invitation(transcript, entry)
    }
    session = typed
    if entry + 1 < transcript.entries.count {
      waiting = .typing(transcript, entry: entry + 1)
      return reply.document + invitation(transcript, entry + 1)
    }
    return reply.document + proceed()
  }
}

extension Problem {
  static func leaveFirst(_ command: String) -> Problem {
    Problem("leave-first", "\(command) is for the prompt", hint: "leave the lesson first: leave")
  }

  static var playFirst: Problem {
    Problem(
      "play-first", "the lesson goes on as it is written, so a definition would be lost here",
      hint: "type play to try things freely, and resume to come back")
  }

  static func answerFirst(_ command: String) -> Problem {
    Problem(
      "answer-first", "\(command) would run ahead of the question",
      hint: "answer it, skip it, or play to try things freely")
  }

  static func answerIsAhead(_ name: String, at span: SourceSpan) -> Problem {
    Problem(
      "answer-is-ahead", "\(name) is not known at this place of the lesson", at: span,
      hint: "work the number out, or ask for a hint")
  }

  static func answerIsUnknown(_ name: String, at span: SourceSpan) -> Problem {
    Problem(
      "answer-is-unknown", "\(name) means nothing here", at: span,
      hint: "type a number or a formula; hint, show and skip help on")
  }

  static func noOpenQuestion(_ command: String) -> Problem {
    Problem("no-open-question", "there is no question to \(command) now", hint: "Enter goes on")
  }

  static func noSuchChoice(_ text: String, _ letters: [String]) -> Problem {
    Problem(
      "no-such-choice", "\(text) is not one of the choices",
      hint: "type one of \(letters.joined(separator: ", "))")
  }

  static var notPlaying: Problem {
    Problem("not-playing", "this is the lesson already", hint: "play lets you try things")
  }

  static var questionIsOpen: Problem {
    Problem(
      "question-is-open", "the question above waits for an answer",
      hint: "hint, show or skip help on")
  }

  static var resumeFirst: Problem {
    Problem(
      "resume-first", "you are playing; the question is in the lesson",
      hint: "resume goes back to it")
  }
}
