internal import Engine
internal import Language
internal import Typesetting

/// What a wrong answer shows about its thinking, in words that do not give the right one away.
struct Diagnosis {
  private let scene: Scene
  private let node: NodeID
  private let right: Double
  private let typed: Double
  private var isTemplate = false

  /// What a wrong answer to a question about one node shows, or nil where it fits no known mistake.
  ///
  /// `expression`: `grad NODE` or `value NODE`; about others nothing is known.
  static func words(
    for typed: Double, expression: String, in session: Session, isTemplate: Bool = false
  ) -> String? {
    let words = expression.split(separator: " ").map(String.init)
    guard words.count == 2, let scene = try? session.completedScene(),
      let node = try? session.node(words[1], in: scene.graph, at: nil)
    else { return nil }
    switch words[0] {
    case "grad":
      return Diagnosis(
        scene: scene, node: node, right: scene.now.gradients[node], typed: typed,
        isTemplate: isTemplate
      ).ofGradient()
    case "value" where scene.now.isKnown[node]:
      return Diagnosis(
        scene: scene, node: node, right: scene.now.values[node], typed: typed,
        isTemplate: isTemplate
      ).ofValue()
    default: return nil
    }
  }

  /// Every wrong answer that shows something, with what it shows; the most likely first.
  ///
  /// `{number}` stands for what is typed.
  ///
  /// For a page, which cannot ask the engine while somebody reads it.
  static func all(
    expression: String, in session: Session
  ) -> [(number: Double, message: String)] {
    let words = expression.split(separator: " ").map(String.init)
    guard words.count == 2, let scene = try? session.completedScene(),
      let node = try? session.node(words[1], in: scene.graph, at: nil)
    else { return [] }
    let numbers: [Double] =
      switch words[0] {
      case "grad": Misconception.answers(for: node, on: scene.tape).map(\.value)
      case "value" where scene.now.isKnown[node]:
        WrongValue.values(of: node, in: scene.graph, at: scene.now.values).map(\.value)
      default: []
      }
    return numbers.prefix(24).compactMap { number in
      Self.words(for: number, expression: expression, in: session, isTemplate: true).map {
        (number, $0)
      }
    }
  }

  /// Whether the typed number is this wrong one; a wrong one that passes for right explains nothing.
  private func isNear(_ value: Double) -> Bool {
    !Answer.isRight(value, typed: "", expected: right)
      && Answer.isRight(typed, typed: "", expected: value)
  }

  /// How the typed number is told; on a page it is filled in later.
  private var number: String { isTemplate ? "{number}" : scene.style.number(typed) }
  private var name: String { scene.graph.label(node) }

  // MARK: - Gradients

  private func ofGradient() -> String? {
    // They come with the most likely first.
    Misconception.answers(for: node, on: scene.tape).first { isNear($0.value) }.map(sentence)
  }

  private func sentence(about answer: WrongAnswer) -> String {
    let misconception = answer.misconception
    let uses = scene.graph.readers(of: node).count
    // Where several contributions are added, the number is no longer the one slip by itself.
    let isBuried = uses > 1 && answer.gate != nil && misconception.working == .sum
    switch answer.scope {
    case .oneGateAlone:
      return filled(misconception.finding, answer)
        + " And \(name) is used \(uses) times: the products add."
    case .lastStep where isBuried, .oneGate where isBuried:
      let gate = answer.gate.map(scene.graph.label) ?? ""
      return
        "\(number) comes out where \(misconception.belief), here at \(gate). \(misconception.correction)"
    case .lastStep, .oneGate: return filled(misconception.finding, answer)
    case .wholePass:
      return
        "\(number) comes out where \(misconception.belief), all the way down to \(name). \(misconception.correction)"
    }
  }

  private func filled(_ text: String, _ answer: WrongAnswer) -> String {
    let (graph, style) = (scene.graph, scene.style)
    let gate = answer.gate.map(graph.label) ?? "the gate above"
    let operands = answer.gate.map { Array(graph.operands(of: $0)) } ?? []
    let partner =
      operands.isEmpty ? nil : operands[(answer.slot + max(1, operands.count / 2)) % operands.count]
    return [
      ("{number}", number), ("{node}", name), ("{gate}", gate),
      ("{other}", partner.map { graph.label(Int($0)) } ?? "the other input"),
      ("{uses}", "\(graph.readers(of: node).count)"),
      ("{upstream}", style.derivative(scene.objective, gate)),
      ("{local}", style.derivative(gate, name)),
    ].reduce(text) { $0.replacing($1.0, with: $1.1) }
  }

  // MARK: - Values

  private func ofValue() -> String? {
    let graph = scene.graph
    let wrong = WrongValue.values(of: node, in: graph, at: scene.now.values)
    guard let found = wrong.first(where: { isNear($0.value) }) else { return nil }
    let own = graph.primitive(of: node)
    let style = scene.style
    let shown = { (primitive: Primitive) in style.unicode ? primitive.sign : primitive.name }
    switch found.slip {
    case .sign: return "Right size, wrong sign."
    case .operandSign(let operand): return "Mind the sign of \(graph.label(operand))."
    case .operand(let operand):
      return
        "\(number) is the value of \(graph.label(operand)), which goes into \(name). What does the \(shown(own)) gate make of it?"
    case .other(let id):
      let other = style.formula(
        Formula.applying(id, graph.operands(of: node).map { graph.symbol(Int($0)) }))
      return
        "\(number) is \(other). The gate of \(name) computes \(style.formula(graph.formula(of: node)))."
    }
  }
}
