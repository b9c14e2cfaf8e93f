internal import Engine
internal import Language
internal import Lessons

extension Session {
  /// What every lesson begins with: the learner's signs and width, and the lesson's own conventions,
  /// on which its numbers depend.
  static func beginning(_ settings: Settings, lesson: Lesson? = nil) -> Session {
    var session = lesson.map { Session(for: $0) } ?? Session()
    session.settings = settings
    session.settings.conventions = Conventions()
    return session
  }

  /// The same names and the same formula, with nothing stepped yet.
  var unstepped: Session {
    var copy = self
    copy.commitUpdates()
    copy.restartTape()
    (copy.graph, copy.answer) = (nil, nil)
    (copy.stops, copy.displays, copy.log) = ([], [], [])
    return copy
  }
}

extension Lesson {
  /// Every question with the session as it is when the question is asked.
  func questionsInPlace(_ settings: Settings) -> [(question: Question, session: Session)] {
    let beginning = Session.beginning(settings, lesson: self)
    var session = beginning
    var result: [(question: Question, session: Session)] = []
    for item in cards.flatMap(\.items) {
      switch item.kind {
      case .prose: break
      case .question(let question): result.append((question, session))
      case .transcript(let transcript):
        guard session.isReady(for: transcript, from: beginning) else { continue }
        for entry in transcript.entries { _ = session.played(entry.command) }
      }
    }
    return result
  }
}
