internal import Engine
internal import Language
internal import Typesetting

extension Command {
  static let asking: [Command] = [
    Command(
      "why", ["w"], "NODE", group: .ask, argument: .node, isEssential: true,
      "every path to NODE and its product",
      examples: circuit + ["why w1"]
    ) { session, words throws(Problem) in
      let (scene, node) = try session.question("why", words)
      return Reply(.whyCard(scene, node))
    },
    Command(
      "ledger", [], "NODE", group: .ask, argument: .node,
      "contributions to a gradient, and the sum", examples: circuit + ["backward", "ledger w1"]
    ) { session, words throws(Problem) in
      try words.expect(1...1, "ledger")
      let scene = try session.scene()
      guard let word = words.first else { return Reply() }
      return Reply(.ledgerCard(scene, try session.node(word.text, in: scene.graph, at: word.span)))
    },
    Command(
      "derive", [], "NODE", group: .ask, argument: .node, "the derivative as a formula, by steps",
      examples: circuit + ["derive w3"]
    ) { session, words throws(Problem) in
      let (scene, node) = try session.question("derive", words)
      return Reply(.derivationCard(scene, node))
    },
    Command(
      "numeric", [], "[NODE]", group: .ask, argument: .node,
      "check gradients without any rule", examples: circuit + ["numeric", "numeric w1"]
    ) { session, words throws(Problem) in
      try words.expect(0...1, "numeric")
      let scene = try session.completedScene()
      guard let word = words.first else {
        return Reply(.numericCard(scene, nodes: Array(scene.graph.inputs.prefix(40))))
      }
      let node = try session.node(word.text, in: scene.graph, at: word.span)
      return Reply(.numericCard(scene, nodes: [node]))
    },
    Command(
      "jacobian", [], "O X", group: .ask, argument: .node, "derivatives of O in X as a matrix",
      details: [
        "Numerator layout: a row for each element of O, a column for each of X. One number in a matrix X is laid out as X is."
      ],
      examples: ["x = [1, 2]", "y = [x[1] * x[2], x[1]^2]", "jacobian y x"]
    ) { session, words throws(Problem) in try session.jacobian(words) },
    Command(
      "nudge", [], "NODE CHANGE", group: .ask, argument: .node,
      "foretell a small change, then see it", examples: circuit + ["nudge w1 0.5"]
    ) { session, words throws(Problem) in
      guard words.count >= 2, let word = words.first else { throw .missingArgument("nudge") }
      let scene = try session.completedScene()
      let node = try session.node(word.text, in: scene.graph, at: word.span)
      let change = words.dropping(1)
      let text = change.text.replacing("±", with: "")
      let size: Double
      do throws(Problem) {
        size = try session.number(text, in: .session)
      } catch {
        throw error.moved(by: change.span?.lowerBound ?? 0)
      }
      guard size != 0 else { throw .nudgeOfNothing(at: change.span) }
      return Reply(.nudgeCard(scene, node, by: size))
    },
    Command(
      "hunt", [], "WHAT", group: .ask, argument: .words { _, _ in huntable.map(\.word) },
      "first cause of bad, tiny or huge numbers",
      details: huntable.map { "hunt \($0.word): \($0.meaning)." },
      examples: [
        "x = 0", "f = x * ln(x)", "hunt nan", "z = -1", "h = relu(z)", "hunt dead", "s = 0.5",
        "y = sigmoid(sigmoid(sigmoid(sigmoid(s))))", "hunt vanish", "b = 7",
        "p = (b * b) ^ 2", "hunt explode",
      ]
    ) { session, words throws(Problem) in
      try words.expect(1...1, "hunt")
      guard let word = words.first else { throw .missingArgument("hunt") }
      switch word.text {
      case "nan": return Reply(.huntCard(try session.completedScene()))
      case "vanish": return Reply(.chainCard(try session.completedScene(), .smallest))
      case "explode": return Reply(.chainCard(try session.completedScene(), .largest))
      case "dead":
        let scene = try session.completedScene()
        return Reply(.deadCard(scene, unused: session.unusedInputs(of: scene.graph)))
      default: throw .extraArgument("hunt", at: word.span)
      }
    },
  ]

  /// What can be hunted, and what is found.
  private static let huntable: [(word: String, meaning: String)] = [
    ("nan", "the first cause of a nan or an infinity"),
    ("vanish", "the smallest gradient as a chain of factors, the smallest factor marked"),
    ("dead", "gates that let no gradient through, and why gradients are 0"),
    ("explode", "the largest gradient as a chain of factors, the largest factor marked"),
  ]
}

extension Session {
  fileprivate func jacobian(_ words: Words) throws(Problem) -> Reply {
    try words.expect(2...2, "jacobian")
    guard let output = words[0], let input = words[1] else { throw .missingArgument("jacobian") }
    let name = Definitions.element(output.text)?.name ?? output.text
    guard definitions.variables[name] != nil else {
      throw .unknownNode(output.text, known: definitions.order, at: output.span)
    }
    var copy = self
    copy.commitUpdates()
    let graph = try Graph(of: [name], in: copy.definitions)
    let (rows, outputs) = try nodes(output.text, in: graph, at: output.span)
    guard let (columns, inputs) = known(input.text, in: graph) else {
      throw definitions.variables[Definitions.element(input.text)?.name ?? input.text] != nil
        ? .notInGraph(input.text, output.text, at: input.span)
        : .unknownNode(
          input.text, known: graph.groups.map(\.name) + graph.labels.prefix(200), at: input.span)
    }
    let jacobian = try Jacobian(
      of: outputs, in: inputs, on: graph, conventions: settings.conventions)
    return Reply(
      .jacobianCard(
        jacobian, graph, output: (output.text, rows), input: (input.text, columns),
        style: settings.style))
  }

  /// The completed scene and the one node a question is about.
  fileprivate func question(_ command: String, _ words: Words) throws(Problem) -> (Scene, NodeID) {
    try words.expect(1...1, command)
    guard let word = words.first else { throw .missingArgument(command) }
    // A name that does not exist is the first thing to say, whatever else is missing.
    if let graph = try currentGraph() { _ = try node(word.text, in: graph, at: word.span) }
    let scene = try completedScene()
    let node = try node(word.text, in: scene.graph, at: word.span)
    if scene.graph.nodes[node].kind == .constant { throw .noGradient(word.text, at: word.span) }
    return (scene, node)
  }

  /// The names with a number that nothing in a graph uses.
  fileprivate func unusedInputs(of graph: Graph) -> [String] {
    // An element such as `W[1,2]` counts as a use of `W`.
    let used = Set(graph.labels.map { String($0.prefix { $0 != "[" }) })
    return definitions.order.filter {
      definitions.variables[$0]?.isInput == true && !used.contains($0)
        && definitions.variables[$0]?.formula.literal != nil
    }
  }
}
