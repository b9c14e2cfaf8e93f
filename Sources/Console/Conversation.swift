package import Language
package import Lessons
package import Typesetting

/// All that is said between a learner and the program: a session, and a lesson when one is played.
package struct Conversation: Sendable {
  package var session = Session()
  package private(set) var player: LessonPlayer?
  /// The lessons that were played so far, by name.
  package private(set) var lessons: [String: Lesson] = [:]
  /// The questions that were missed so far.
  package var missed = MissedQuestions()

  package init() {}

  /// What stands before the cursor.
  ///
  /// Read aloud, it says where the tape stands; otherwise the head of each step does.
  package var prompt: String {
    if let player { return player.prompt }
    let place = session.settings.style.speech ? session.place : nil
    return (place.map { "\($0), " } ?? "") + "backstep> "
  }

  /// The session whose names and settings count at the moment.
  package var present: Session { player?.presentSession ?? session }

  /// Whether lines are statements, which may go on over several, and not answers.
  package var takesStatements: Bool { player == nil || player?.sandbox != nil }

  /// Whether the next line is an answer, which does not belong into the history.
  package var isQuestion: Bool {
    if case .answer = player?.waiting { true } else { false }
  }

  /// Lets what follows fill a screen of this size.
  package mutating func fit(columns: Int, rows: Int) {
    session.settings.style.fit(columns: columns, rows: rows)
    player?.fit(columns: columns, rows: rows)
  }

  /// Takes a line.
  ///
  /// `isTyped`: whether a person typed it, for whom an empty line repeats the last step.
  package mutating func enter(_ line: String, isTyped: Bool) throws(Problem) -> Reply {
    guard var playing = player else { return try enterSession(line, isTyped) }
    let reply: Reply
    do throws(Problem) {
      reply = try playing.enter(line)
    } catch {
      throw error.pointing(into: line)
    }
    player = playing
    if reply.effect == .lesson(.leave) { return Reply(leave()) }
    return reply
  }

  private mutating func enterSession(_ line: String, _ isTyped: Bool) throws(Problem) -> Reply {
    var line = line
    if isTyped, line.trimmed.isEmpty, let repeated = session.repeatable { line = repeated }
    let reply = try session.enter(line)
    switch reply.effect {
    case .lesson(.open), .lesson(.review), nil: return reply
    case .lesson: throw .notInLesson(Words(line).first?.text ?? line)
    default: return reply
    }
  }

  /// Begins to play a lesson, faded to a level where one is given.
  package mutating func play(
    _ lesson: Lesson, name: String, level: LessonLevel? = nil, isScript: Bool = false
  ) throws(Problem) -> Document {
    var player = try LessonPlayer(
      lesson, name: name, settings: session.settings, level: level, isScript: isScript)
    player.attend(session.attention)
    let document = player.proceed()
    self.player = player
    lessons[name] = lesson
    return document
  }

  /// Begins to ask missed questions again, or returns nil where there is nothing left to ask.
  ///
  /// `lessons`: those the questions are from, by name.
  package mutating func review(
    _ missed: [MissedQuestion], of lessons: [String: Lesson]
  ) -> Document? {
    let review = Review(of: missed, in: lessons, settings: session.settings)
    self.missed.forget(review.impossible)
    guard !review.keys.isEmpty else { return nil }
    var player = LessonPlayer(review, settings: session.settings)
    let document = player.proceed()
    self.player = player
    return document
  }

  /// Leaves the lesson; the session is as it was before.
  package mutating func leave() -> Document {
    guard let player else { return .empty }
    self.player = nil
    return Document(lines: [
      player.isOver ? "" : player.farewell
    ])
  }

  /// Ends a lesson that has nothing left to play.
  package mutating func leaveIfOver() {
    if player?.isOver == true, player?.sandbox == nil { player = nil }
  }

  /// Whether more has to be typed before the line means something.
  ///
  /// That is so while a bracket is open, and after an operator or a backslash at the end.
  package static func needsMore(_ line: String) -> Bool {
    let code = line.withoutComment.trimmed
    guard let last = code.utf8.last else { return false }
    if last == UInt8(ascii: "\\") { return true }
    // A line with a control character is refused as it stands.
    if code.utf8.contains(where: { $0 < 0x20 && $0 != 0x09 }) { return false }
    var open = 0
    for byte in code.utf8 {
      if byte == UInt8(ascii: "(") || byte == UInt8(ascii: "[") { open += 1 }
      if byte == UInt8(ascii: ")") || byte == UInt8(ascii: "]") { open -= 1 }
    }
    if open > 0 { return true }
    let words = Words(code)
    let isDefinition = words[1]?.text.hasPrefix("=") ?? false
    let isCommand = !isDefinition && Command.named(words.first?.text ?? "") != nil
    guard code.utf8.count > 1, !isCommand else { return false }
    return "+*/^=,".utf8.contains(last) || last == UInt8(ascii: "-") && code.utf8.count > 1
  }

  /// A line and the one that goes on with it.
  package static func joining(_ first: String, _ second: String) -> String {
    let trimmed = first.trimmed
    return (trimmed.hasSuffix("\\") ? String(trimmed.dropLast()) : first) + " " + second.trimmed
  }
}
