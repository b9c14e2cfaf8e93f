internal import Engine
package import Export
internal import Language
package import Lessons
internal import Typesetting

/// A lesson as a script of a framework: the circuit that each transcript ends up with, block by block.
package struct LessonScript {
  /// What the transcripts end up with, in the order of the lesson, each circuit once.
  package private(set) var circuits: [(computation: Computation, about: [String])] = []
  private var session: Session
  private let lesson: Lesson

  /// Plays the lesson; the script needs nothing of it later.
  package init(of lesson: Lesson) {
    self.lesson = lesson
    session = Session(for: lesson)
    for card in lesson.cards {
      for item in card.items {
        guard case .transcript(let transcript) = item.kind else { continue }
        play(transcript)
        addCircuit(card.heading)
      }
    }
  }

  /// The script as text.
  package func text(for framework: Framework) -> String {
    Script.of(circuits, for: framework)
  }

  private mutating func play(_ transcript: Transcript) {
    guard session.isReady(for: transcript, from: Session(for: lesson)) else { return }
    // What a line wishes of the world is left undone, as wherever a lesson is played.
    for entry in transcript.entries { _ = try? session.enter(entry.command) }
  }

  /// The circuit as it stands, unless it stood there before.
  private mutating func addCircuit(_ heading: String) {
    guard var computation = try? session.computation() else { return }
    guard !circuits.contains(where: { $0.computation.computesTheSame(as: computation) }) else {
      return
    }
    computation.title = heading
    circuits.append((computation, session.formulasAsTyped))
  }
}
