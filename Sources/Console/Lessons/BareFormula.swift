internal import Engine
internal import Language
internal import Lessons
internal import Typesetting

/// A lesson without its words: the formula, its numbers, and a question for each input.
struct BareFormula {
  let lesson: Lesson
  /// The session with the formula in it and nothing stepped.
  let start: Session

  /// How many inputs are asked one by one; of larger formulas each vector is asked one element.
  private static let mostQuestions = 12

  /// Takes the formula that the first question about a gradient is about.
  init(of lesson: Lesson, settings: Settings) throws(Problem) {
    let places = lesson.questionsInPlace(settings)
    guard
      let start = places.first(where: { $0.question.subject?.quantity == "grad" })?.session
        .unstepped
    else { throw .asksNoGradient }
    let scene = try start.completedScene()
    let questions = Self.asked(scene.graph).compactMap {
      MadeQuestion(for: "grad \(scene.graph.label($0))", in: start)?.question
    }
    guard !questions.isEmpty else { throw .asksNoGradient }
    self.start = start
    let given = Prose(lines: GivenDefinitions(of: start).lines)
    self.lesson = Lesson(
      lesson.title,
      [
        Card(
          lesson.title,
          [Item(.prose(given))] + questions.map { Item(.question($0)) } + [
            Item(.transcript(Transcript(commands: ["backward"], [.quiet]))),
            Item(.transcript(Transcript(commands: ["table"]))),
          ])
      ])
  }

  /// The inputs in the order in which a backward pass completes their gradients.
  private static func asked(_ graph: Graph) -> [NodeID] {
    // The first reader in forward order is the last to send.
    let last = { (node: NodeID) in
      graph.readers(of: node).first.map { ($0.gate, -$0.slot) } ?? (-1, 0)
    }
    let inputs = graph.inputs.filter { !graph.readers(of: $0).isEmpty }.sorted {
      let (a, b) = (last($0), last($1))
      return (b.0, b.1, $0) < (a.0, a.1, $1)
    }
    guard inputs.count > mostQuestions else { return inputs }
    var seen: Set<String> = []
    return inputs.filter { input in
      let label = graph.label(input)
      return seen.insert(Definitions.element(label)?.name ?? label).inserted
    }
  }
}
