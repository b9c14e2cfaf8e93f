internal import Language
package import Engine

extension Document {
  /// Backpropagation's gradient beside two found without any rule, and a verdict in words.
  ///
  /// The scene must stand where the backward pass is over.
  package static func numericCard(_ scene: Scene, nodes: [NodeID]) -> Document {
    let digits = NumberStyle.significant(10)
    var rows: [[Text]] = []
    var notes: [String] = []
    var steps: [Double] = []
    for node in nodes {
      let check = NumericCheck(of: node, on: scene.tape, values: scene.now.values)
      let ours = scene.now.gradients[node]
      rows.append([
        Text(scene.label(node)), Text(ours.formatted(digits), .gradient),
        Text(check.central.formatted(digits)), Text(check.complexStep.formatted(digits)),
        Text(verdict(ours, check)),
      ])
      steps.append(check.step)
      if let note = scene.note(on: node, ours, check) { notes.append(note) }
    }
    let columns: [Table.Column] = [
      .init("node"), .init("backprop", .right), .init("central difference", .right),
      .init("complex step", .right), .init("verdict"),
    ]
    var card = Document([.table(Table(columns, rows, indent: 0))])
    if !notes.isEmpty { card += Document(lines: [""] + notes) }
    let step = steps.count == 1 ? steps[0].formatted(.significant(2)) : "6.1e-6 or so"
    card += Document(lines: [
      "", "Central difference: the node moved by h both ways, h = \(step); good to 5 digits.",
      "Complex step: the node moved by an imaginary 1e-200; exact where all is smooth.",
    ])
    return card
  }

  private static func verdict(_ ours: Double, _ check: NumericCheck) -> String {
    if !check.kinks.isEmpty { return "kink" }
    if ours.isNaN || check.complexStep.isNaN { return "not a number" }
    let error = NumericCheck.relativeError(ours, check.complexStep)
    let rough = NumericCheck.relativeError(ours, check.central)
    if error < 1e-7 || (ours - check.complexStep).magnitude < 1e-12 { return "agree" }
    return min(error, rough) < 1e-4 ? "close" : "differ"
  }

  /// What was foretold for a small change, and what came of it.
  package static func nudgeCard(_ scene: Scene, _ node: NodeID, by change: Double) -> Document {
    let style = scene.style
    let graph = scene.graph
    let values = scene.now.values
    let objective = { (values: [Double]) in
      zip(graph.outputs, scene.tape.upstream).reduce(0) { $0 + values[$1.0] * $1.1 }
    }
    let here = graph.values(holding: [node: values[node]], from: values)
    let there = graph.values(holding: [node: values[node] + change], from: values)
    let gradient = scene.now.gradients[node]
    let foretold = gradient * change
    let real = objective(there) - objective(here)
    let name = scene.label(node)
    let output = scene.objective
    let half = graph.values(holding: [node: values[node] + 0.5 * change], from: values)
    let words = Self.verdict(
      on: foretold, seen: real, halfway: objective(half) - objective(here), name,
      style.number(values[node]))
    let delta = style.unicode ? "Δ" : "change of "
    return Document(lines: [
      "nudge \(name) from \(style.number(values[node])) to \(style.number(values[node] + change))",
      "   foretold: \(delta)\(output) = \(scene.gradientName(node)) \(style.signs.times) \(style.operand(change)) = \(style.operand(gradient)) \(style.signs.times) \(style.operand(change)) = \(style.number(foretold))",
      "   seen:     \(output) goes from \(style.number(objective(here))) to \(style.number(objective(there))), a change of \(style.number(real))",
      "   \(words)",
      "   Nothing was changed.",
    ])
  }

  private static func verdict(
    on foretold: Double, seen real: Double, halfway: Double, _ name: String, _ place: String
  ) -> String {
    let gap = (real - foretold).magnitude
    if gap.isNaN { return "One of these is not a number: hunt nan tells where that began." }
    if real == 0, foretold == 0 { return "Nothing moves: the slope in \(name) is 0 here." }
    if gap <= 1e-9 * max(real.magnitude, 1e-300) {
      return "Exactly as foretold: along \(name) this is a straight line."
    }
    // Half the nudge makes a quarter of the change where there is curvature, and half of it at a bend.
    let isCurved = (halfway - 0.25 * real).magnitude <= 0.05 * real.magnitude
    if foretold == 0, isCurved {
      return "Slope 0: all of it is curvature, and shrinks with the square of the nudge."
    }
    if foretold == 0 {
      return "The slope is 0 here, and yet it moved: the nudge goes over a bend or a jump."
    }
    if gap <= 0.1 * max(real.magnitude, foretold.magnitude) {
      return "Almost: the rest is curvature, and shrinks with the square of the nudge."
    }
    return "Not close: the slope holds only near \(name) = \(place). Try a smaller nudge."
  }

  /// Where the first nan or infinity came from.
  package static func huntCard(_ scene: Scene) -> Document {
    let style = scene.style
    switch scene.tape.firstFault() {
    case nil:
      return Document(lines: ["All values and gradients of \(scene.objective) are finite numbers."])
    case .given(let node):
      return Document(lines: [
        "The first is an input: \(scene.label(node)) was given \(style.number(scene.tape.graph.nodes[node].value))."
      ])
    case .value(let gate, let event):
      let at = Scene(scene.tape, at: Tape.Position(event + 1), style: style)
      return Document(
        [
          .line(
            Text(
              "The first is the value of \(scene.label(gate)), forward \(at.place(of: event).index) of \(at.place(of: event).count)."
            )),
          blank,
        ] + at.arithmeticLines(of: gate)) + at.remarks(on: gate)
        + Document(lines: ["", "goto \(event + 1) goes there."])
    case .contribution(let part, let gate, let event):
      return faultyContribution(scene, part, gate, event)
    }
  }

  private static func faultyContribution(
    _ scene: Scene, _ part: Tape.Contribution, _ gate: NodeID, _ event: Int
  ) -> Document {
    let style = scene.style
    let at = Scene(scene.tape, at: Tape.Position(event + 1), style: style)
    let explanation = at.explanation(gate, part.slot)
    let name = style.derivative(scene.label(gate), scene.label(part.operand))
    var lines = [
      "All values are finite; the first is a gradient, what \(scene.label(gate)) sends to \(scene.label(part.operand)).",
      "",
      "   \(name) = \(style.formula(explanation.slope)) = \(style.formula(explanation.substituted)) = \(style.number(part.local))",
      "   \(style.number(part.upstream)) \(style.signs.times) \(style.operand(part.local)) = \(style.number(part.amount))",
    ]
    if part.upstream == 0 {
      lines.append(
        "   The upstream is 0, but 0 \(style.signs.times) \(style.number(part.local)) is not 0: it is nan."
      )
    }
    return Document(lines: lines + ["", "goto \(event + 1) goes there."])
  }
}

extension Scene {
  /// What the numbers of a check mean when they are not simply equal.
  fileprivate func note(on node: NodeID, _ ours: Double, _ check: NumericCheck) -> String? {
    guard let kink = check.kinks.first else { return nil }
    let why = conventionsUsed(at: kink).first.map { " (\($0))" } ?? ""
    return
      "\(label(node)): \(sign(kink)) at \(label(kink)) has a corner or a jump here. Left slope \(style.number(check.left)), right slope \(style.number(check.right)), backprop uses \(style.number(ours))\(why)."
  }
}
