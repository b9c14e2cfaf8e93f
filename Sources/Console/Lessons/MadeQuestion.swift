internal import Engine
internal import Language
internal import Lessons
internal import Typesetting

/// A question that the engine makes of a formula, with hints that rise from a nudge to the numbers.
struct MadeQuestion {
  let question: Question

  /// A question for `grad NODE` or `value NODE`; nil where the current formula has no such node, or
  /// its answer is no number that anyone could type.
  init?(for answer: String, in session: Session) {
    guard
      let subject = Question(predicting: answer, Prose(paragraph: []), hints: [], because: nil)
        .subject, let scene = try? session.completedScene(),
      let node = try? session.node(subject.node, in: scene.graph, at: nil),
      scene.graph.nodes[node].kind != .constant
    else { return nil }
    let maker = Maker(scene: scene, node: node)
    let isGradient = subject.quantity == "grad"
    let number = isGradient ? scene.now.gradients[node] : scene.now.values[node]
    guard number.isFinite, isGradient || scene.graph.nodes[node].kind == .gate else { return nil }
    question = Question(
      predicting: answer, isGradient ? maker.gradientPrompt : maker.valuePrompt,
      hints: isGradient ? maker.gradientHints : maker.valueHints,
      because: isGradient ? maker.gradientReason : maker.valueReason)
  }
}

/// Words about one node.
private struct Maker {
  let scene: Scene
  let node: NodeID
  private var graph: Graph { scene.graph }
  private var style: Style { scene.style }
  private var name: String { graph.label(node) }

  /// How many uses of a node are spelled out.
  private static let mostUses = 4

  private func prose(_ text: String) -> Prose { Prose(paragraph: [Prose.Run(text)]) }

  /// A gate by its name, or by what it computes.
  private func called(_ gate: NodeID) -> String {
    graph.isNamed(gate)
      ? "\(graph.label(gate)), a \(sign(gate)) gate"
      : "\(graph.label(gate)), which is \(style.formula(graph.formula(of: gate)))"
  }

  private func sign(_ gate: NodeID) -> String {
    let primitive = graph.primitive(of: gate)
    return style.unicode ? primitive.sign : primitive.name
  }

  // MARK: - Gradients

  var gradientPrompt: Prose {
    Prose(paragraph: [
      Prose.Run("What is "), Prose.Run(style.derivative(scene.objective, name), .math),
      Prose.Run("?"),
    ])
  }

  /// Every use of the node with the two numbers that are multiplied there, the last gate first.
  private var uses: [Use] {
    graph.readers(of: node).suffix(64).reversed().map { reader in
      let explanation = graph.explanation(
        of: reader.gate, slot: reader.slot, values: scene.now.values,
        conventions: scene.tape.conventions)
      return Use(
        gate: reader.gate, upstream: scene.now.gradients[reader.gate], local: explanation.value,
        slope: style.formula(explanation.slope))
    }
  }

  private struct Use {
    let gate: NodeID
    let upstream: Double
    let local: Double
    let slope: String
  }

  /// What arrives at the node before any gate sends something: 1 at the output, or what was given.
  private var seed: Double? {
    graph.outputs.firstIndex(of: node).map { scene.tape.upstream[$0] }
  }

  private func upstreamName(_ gate: NodeID) -> String {
    style.derivative(scene.objective, graph.label(gate))
  }

  private func localName(_ gate: NodeID) -> String { style.derivative(graph.label(gate), name) }

  private func product(_ use: Use) -> String {
    "\(style.operand(use.upstream)) \(style.signs.times) \(style.operand(use.local))"
  }

  var gradientHints: [Prose] {
    let uses = uses
    guard let first = uses.first else {
      return [
        prose("The backward pass starts at \(name). Which number does it start with?"),
        prose(
          scene.tape.hasGivenUpstream
            ? "It starts with the upstream gradient that is given."
            : "If \(name) grows by 0.01, by how much does \(name) grow?"),
      ]
    }
    if uses.count == 1, seed == nil {
      return [
        prose(
          "\(name) goes into one gate only: \(called(first.gate)). What does it do with the gradient it is given?"
        ),
        Prose(paragraph: [
          Prose.Run("Multiply the upstream "),
          Prose.Run(upstreamName(first.gate), .math),
          Prose.Run(" by the local "),
          Prose.Run("\(localName(first.gate)) = \(first.slope)", .math), Prose.Run("."),
        ]),
        prose(
          "The upstream gradient is \(style.number(first.upstream)), the local gradient \(style.number(first.local))."
        ),
      ]
    }
    let shown = uses.prefix(Self.mostUses)
    let more = uses.count > shown.count ? ", and \(uses.count - shown.count) more" : ""
    let given = seed.map { ", to the \(style.number($0)) that the pass starts with" } ?? ""
    let nudge =
      seed == nil
      ? "\(name) is used \(uses.count) times. What arrives through each of the gates it goes into?"
      : "\(name) is an output and goes into another gate as well. What arrives along each way?"
    let rules = shown.map { "\(upstreamName($0.gate)) \(style.signs.times) \(localName($0.gate))" }
    let numbers = shown.map { "\(product($0)) through \(graph.label($0.gate))" }
    return [
      prose(nudge), prose("Add \(rules.joined(separator: " and "))\(more)\(given)."),
      prose("Add \(numbers.joined(separator: " and "))\(more)\(given)."),
    ]
  }

  var gradientReason: Prose? {
    let uses = uses
    guard !uses.isEmpty, uses.count <= Self.mostUses else { return nil }
    let terms = (seed.map { [style.number($0)] } ?? []) + uses.map(product)
    return prose(
      "\(style.derivative(scene.objective, name)) = \(terms.joined(separator: " + ")) = \(style.number(scene.now.gradients[node]))."
    )
  }

  // MARK: - Values

  var valuePrompt: Prose {
    Prose(paragraph: [
      Prose.Run("What is the value of "), Prose.Run(name, .math), Prose.Run("?"),
    ])
  }

  var valueHints: [Prose] {
    [
      prose("\(name) comes out of a \(sign(node)) gate. What goes into it?"),
      prose("The gate computes \(style.formula(graph.formula(of: node)))."),
      prose("With numbers: \(style.formula(graph.substituted(node, values: scene.now.values)))."),
    ]
  }

  var valueReason: Prose? {
    prose(
      "\(name) = \(style.formula(graph.substituted(node, values: scene.now.values))) = \(style.number(scene.now.values[node]))."
    )
  }
}
