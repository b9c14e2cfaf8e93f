internal import Engine
internal import Language
internal import Typesetting

extension Command {
  static let looking: [Command] = [
    Command(
      "graph", ["g"], "[WHAT]", group: .look,
      argument: .words { session, _ in Session.graphWords + session.nodeWords }, isEssential: true,
      "draw the circuit, or a part of it",
      details: [
        "graph: all of it, a vector as one box; what has no room is drawn by name or in part",
        "graph all: every node of every vector",
        "graph NAME: what is in a vector, or a node with its neighbours",
        "graph split: an input that is used twice twice, each use with its own contribution",
        "graph inline: a tree on few lines, value and gradient in the wire",
        "graph names: each gate with the name that tables use; goes with the others",
        "graph ascii: without special signs, to be pasted anywhere; goes with the others",
        "Signs: ● one wire that forks, ┼ two that cross. Heavy wires belong to the gate at work. A gradient that still waits for more has a +. Small 1 and 2 before a gate tell its operands apart. 0.00 … 2.00: the least and the largest element.",
      ],
      examples: circuit + ["graph", "step 4", "graph split", "graph w1"]
    ) { session, words throws(Problem) in Reply(try session.drawGraph(words)) },
    Command(
      "tree", [], "[NODE]", group: .look, argument: .node,
      "the graph, indented",
      examples: circuit + ["tree", "tree q"]
    ) { session, words throws(Problem) in
      try words.expect(0...1, "tree")
      let scene = try session.scene()
      var roots = scene.graph.outputs
      if let word = words.first {
        roots = try session.nodes(word.text, in: scene.graph, at: word.span).nodes
      }
      return Reply(.treeView(scene, from: roots))
    },
    Command(
      "table", ["t"], "[NAME|all]", group: .look,
      argument: .words { session, _ in ["all"] + session.nodeWords }, isEssential: true,
      "one row for each node",
      details: [
        "A graph of more than 60 nodes is shown by its names, a vector in one row; all shows each node."
      ],
      examples: circuit + ["table", "backward", "table"]
    ) { session, words throws(Problem) in
      try words.expect(0...1, "table")
      let scene = try session.scene()
      guard let word = words.first, word.text != "all" else {
        return Reply(.tableView(scene, isWhole: words.count == 1))
      }
      let nodes = try session.nodes(word.text, in: scene.graph, at: word.span).nodes
      return Reply(.tableView(scene, isWhole: false, only: nodes))
    },
    Command(
      "tape", [], group: .look, "all events, with > at the present one",
      examples: circuit + ["step", "tape"]
    ) { session, words throws(Problem) in
      try words.expect(0...0, "tape")
      return Reply(.tapeView(try session.scene()))
    },
    Command(
      "plot", [], "WHAT", group: .look, argument: .expression,
      "draw a curve, the loss or a boundary",
      details: [
        "plot FORMULA, … [for NAME in A..B]  up to three curves; slope FORMULA is its derivative",
        "plot loss  the loss in every epoch of the last training",
        "plot boundary [NODE]  where NODE takes an example for class 1, over two inputs",
      ],
      examples: ["plot sigmoid(z), slope sigmoid(z) for z in -6..6"]
    ) { session, words throws(Problem) in try session.plot(words) },
    Command(
      "value", [], "NODE", group: .look, argument: .node, "just the number",
      examples: circuit + ["value q"]
    ) { session, words throws(Problem) in
      try words.expect(1...1, "value")
      guard let word = words.first else { return Reply() }
      let value = try session.value(word.text, word.span)
      session.answer = value
      return Reply(session.bare(value, .value))
    },
    Command(
      "grad", [], "NODE", group: .look, argument: .node,
      "just the gradient",
      examples: circuit + ["grad w1"]
    ) { session, words throws(Problem) in
      try words.expect(1...1, "grad")
      guard let word = words.first else { return Reply() }
      session.keepLargeValues()
      let gradient = try session.gradient(word.text, word.span)
      session.answer = gradient
      return Reply(
        session.bare(Tensor(gradient.shape, gradient.values.map { $0 + 0 }), .gradient))
    },
    Command(
      "conventions", [], group: .look, "choices where a slope is undefined",
      examples: ["conventions"]
    ) { session, words throws(Problem) in
      try words.expect(0...0, "conventions")
      let rows = Primitive.conventions.map { entry -> [Text] in
        let setting = entry.convention.setting.map { "set \($0)" } ?? ""
        return [
          Text(entry.owner.name),
          Text(session.settings.conventions.statement(of: entry.convention)), Text(setting, .dim),
        ]
      }
      return Reply(
        Document([
          .table(
            Table(
              [.init("at"), .init("convention"), .init("")], rows, indent: 0, underline: .whole))
        ])
          + Document(lines: [
            "", "nan and inf are shown as they come, and never replaced: hunt nan explains them.",
          ]))
    },
    Command(
      "limits", [], group: .look, "how large things may be", examples: ["limits"]
    ) { _, words throws(Problem) in
      try words.expect(0...0, "limits")
      let rows = Limit.all.map { [Text($0.subject), Text("\($0.bound)"), Text($0.unit)] }
      return Reply(
        Document([
          .table(
            Table(
              [.init("what"), .init("at most", .right), .init("")], rows, indent: 0,
              underline: .whole))
        ]))
    },
  ]
}

extension Session {
  /// Just the numbers: one to the last digit, for scripts; many as a learner reads them.
  fileprivate func bare(_ tensor: Tensor, _ role: Text.Role) -> Document {
    tensor.shape == .scalar
      ? .line(Text(tensor.formatted(.data), role)) : .numbers(tensor, settings.style, role: role)
  }
}
