internal import Engine
internal import Export
package import Language
package import Lessons
internal import Typesetting

/// A lesson as a web page: played from beginning to end, with all that may be said to answers.
package struct LessonPage {
  private var session: Session
  let lesson: Lesson
  private(set) var sections: [Page.Section] = []
  /// The first answer that cannot be computed.
  private(set) var failure: Problem?
  /// The circuits that are on the page, and the section each of them stands in.
  private var shown: [(tape: Tape, section: Int)] = []

  /// Plays the lesson; the page needs nothing of it later.
  package init(of lesson: Lesson) {
    self.lesson = lesson
    session = Session(for: lesson)
    for (number, card) in lesson.cards.enumerated() {
      if number > 0 { sections.append(.heading(card.heading, level: 2)) }
      for item in card.items {
        switch item.kind {
        case .prose(let prose):
          sections.append(item.summary.map { .details($0, prose) } ?? .prose(prose))
        case .transcript(let transcript): add(transcript)
        case .question(let question): add(question)
        }
      }
    }
  }

  /// The page as HTML.
  ///
  /// `about`: the line below its title. `links`: to other pages.
  package func html(
    about: String, links: [(title: String, file: String)] = []
  ) throws(Problem) -> String {
    if let failure { throw failure }
    return try Page(title: lesson.title, about: about, sections: sections, links: links).html()
  }

  // MARK: - Transcripts

  private mutating func add(_ transcript: Transcript) {
    guard session.isReady(for: transcript, from: Session(for: lesson)) else {
      let entries = transcript.entries.map { ($0.command, Document(lines: $0.output)) }
      sections.append(.transcript(entries, session.settings.style))
      return
    }
    var entries: [(typed: String, answer: Document)] = []
    for entry in transcript.entries {
      let answer: Document
      do throws(Problem) {
        let reply = try session.enter(entry.command)
        if reply.effect != nil {
          throw Problem.isReservedForPrompt(Words(entry.command).first?.text ?? entry.command)
        }
        answer = reply.document
      } catch {
        answer = Document(lines: Language.lines(of: error.rendered))
      }
      if !entry.isAssertion { entries.append((entry.command, answer)) }
    }
    if !entries.isEmpty, !transcript.attributes.contains(.quiet) {
      sections.append(.transcript(entries, session.settings.style))
    }
    addCircuit()
  }

  /// The circuit that was stepped through: once, and from there on how far it has come.
  private mutating func addCircuit() {
    guard session.position.event > 0, let scene = try? session.scene() else { return }
    let (tape, events) = (scene.tape, session.position.event)
    if let place = shown.firstIndex(where: { Self.isSameRun($0.tape, tape) }) {
      if tape.events.count > shown[place].tape.events.count {
        shown[place].tape = tape
        guard case .circuit(_, let title, let first) = sections[shown[place].section] else {
          return
        }
        sections[shown[place].section] = .circuit(scene, title: title, events: first)
      }
      sections.append(.progress(circuit: place, events: events))
      return
    }
    guard tape.graph.nodes.count <= Self.mostNodes,
      tape.events.count <= Self.mostEvents,
      !tape.graph.gates.isEmpty, shown.count < Self.mostCircuits, Page.canDraw(scene)
    else { return }
    shown.append((tape, sections.count))
    sections.append(.circuit(scene, title: session.formulaTitle, events: events))
  }

  /// Whether one tape is the other, or its beginning.
  private static func isSameRun(_ a: Tape, _ b: Tape) -> Bool {
    let count = min(a.events.count, b.events.count)
    let inputs = { (tape: Tape) in tape.graph.inputs.map { tape.graph.nodes[$0].value.bitPattern } }
    return a.graph.hasSameShape(as: b.graph) && inputs(a) == inputs(b)
      && a.conventions == b.conventions && a.events.prefix(count) == b.events.prefix(count)
  }

  private static let mostNodes = 300
  private static let mostEvents = 1_000
  /// A page stays a page: a lesson that goes through many formulas shows the first ones.
  private static let mostCircuits = 8

  // MARK: - Questions

  private mutating func add(_ question: Question) {
    let hints = question.hints.map(Self.oneLine)
    let because = question.because.map(Self.oneLine) ?? ""
    switch question.kind {
    case .choose(let choices):
      var messages: [String: String] = [:]
      for feedback in question.feedback {
        messages[feedback.condition.lowercased()] = Self.oneLine(feedback.message)
      }
      sections.append(
        .question(
          PageQuestion(
            prompt: question.prompt,
            kind: .choice(
              choices.map { ($0.letter, $0.text) }, right: question.answer.lowercased(),
              messages: messages), hints: hints, because: because)))
    case .predict:
      let answer: Double
      do throws(Problem) {
        answer = try session.answer(question.answer)
      } catch {
        failure = failure ?? error
        return
      }
      var wrong: [(number: Double, message: String)] = question.feedback.compactMap { feedback in
        (try? session.answer(feedback.condition)).map { ($0, Self.oneLine(feedback.message)) }
      }
      wrong += Diagnosis.all(expression: question.answer, in: session)
      sections.append(
        .question(
          PageQuestion(
            prompt: question.prompt,
            kind: .number(answer, shown: session.settings.style.number(answer), wrong: wrong),
            hints: hints, because: because)))
    }
  }

  private static func oneLine(_ prose: Prose) -> String {
    prose.plainText.split(separator: "\n").joined(separator: " ")
  }
}
