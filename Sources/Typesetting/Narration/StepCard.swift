internal import Engine
internal import Language

extension Document {
  /// The card of one event: what happened, as rule, numbers and result.
  ///
  /// `event`: the event that has just happened at the scene's position, whole or in part.
  /// `parts`: which contributions of it to tell, all where nil.
  /// `tellsAll`: whether each of very many operands has a row.
  package static func stepCard(
    _ scene: Scene, event: Int, parts: Range<Int>? = nil, tellsAll: Bool = false
  ) -> Document {
    let card: Document
    switch scene.tape.events[event].kind {
    case .forward: card = forwardCard(scene, event)
    case .seed: card = seedCard(scene, event)
    case .backward: card = backwardCard(scene, event, parts, tellsAll ? .max : Scene.mostTold)
    case .zero:
      card = Document([
        .rule(["zero"]), blank,
        .line("   All gradients are set back: the next backward pass starts afresh."),
      ])
    case .update: card = .updateCard(scene, event: event)
    }
    return card
  }

  private static func header(_ scene: Scene, _ event: Int, _ rest: [String]) -> Block {
    let place = scene.place(of: event)
    let isBackward = scene.tape.events[event].kind != .forward
    let pass = isBackward && scene.now.passes > 1 ? ["pass \(scene.now.passes)"] : []
    return .rule(["\(place.name) \(place.index) of \(place.count)"] + rest + pass)
  }

  /// The header of a card and the circuit below it.
  private static func head(_ scene: Scene, _ event: Int, _ titles: [String]) -> [Block] {
    let drawing = scene.stepDrawing()
    let note = scene.note(on: drawing).map { [$0] } ?? []
    return [header(scene, event, titles + note), blank] + scene.blocks(drawing)
  }

  // MARK: - Forward

  private static func forwardCard(_ scene: Scene, _ event: Int) -> Document {
    let gate = scene.tape.events[event].node
    if scene.style.speech { return spokenForward(scene, event) }
    return Document(
      head(scene, event, ["gate \(scene.sign(gate))"]) + scene.arithmeticLines(of: gate))
      + scene.remarks(on: gate)
  }

  private static func spokenForward(_ scene: Scene, _ event: Int) -> Document {
    let gate = scene.tape.events[event].node
    let place = scene.place(of: event)
    let primitive = scene.graph.primitive(of: gate)
    return Document([
      .line(
        "Forward, step \(place.index) of \(place.count). Gate \(primitive.spoken), node \(scene.label(gate))."
      ),
      .line(scene.arithmetic(of: gate)),
    ]) + scene.remarks(on: gate)
  }

  // MARK: - Backward

  private static func seedCard(_ scene: Scene, _ event: Int) -> Document {
    let node = scene.tape.events[event].node
    let value = scene.style.number(scene.tape.events[event].value)
    let name = scene.gradientName(node)
    let isGiven = scene.tape.hasGivenUpstream
    var lines = head(scene, event, ["seed"])
    lines.append(
      .line(
        isGiven
          ? Text("   Upstream given: \(name) = ") + Text(value, .gradient)
          : Text("   Backward starts at the output: \(name) = ") + Text(value, .gradient)))
    if scene.tape.events[event].startsPass, !isGiven, scene.graph.outputs.count > 1 {
      let name = scene.graph.outputNames.joined(separator: ", ")
      lines += [
        blank,
        .line(
          "   \(name) is many numbers: the pass starts with 1 at each of them, as for sum(\(name))."
        ),
        .line("   upstream \(name) = [1, 0, …] starts otherwise."),
      ]
    }
    if scene.tape.events[event].startsPass, scene.now.passes > 1 {
      lines.append(
        .line("   This is pass \(scene.now.passes) without zero: inputs add to what they have."))
    }
    return Document(lines)
  }

  private static func backwardCard(
    _ scene: Scene, _ event: Int, _ parts: Range<Int>?, _ most: Int
  ) -> Document {
    let gate = scene.tape.events[event].node
    let all = Array(scene.tape.contributions(of: event))
    let told = Array(all[parts ?? 0..<all.count])
    if scene.style.speech { return spokenBackward(scene, event, told) }
    var titles = ["gate \(scene.sign(gate))"]
    if let parts, parts.count < all.count {
      titles.append("input \(parts.lowerBound + 1) of \(all.count)")
    }
    var card = Document(head(scene, event, titles))
    let (table, saysRules) = contributionTable(scene, gate, told, most)
    let upstream = told.first?.upstream ?? 0
    card.blocks += [
      .line(
        Text("   upstream \(scene.gradientName(gate)) = ")
          + Text(scene.style.number(upstream), .gradient)),
      blank, .table(table),
    ]
    return card + scene.footnotes(gate, told, event: event, saysNames: !saysRules)
  }

  /// The contributions in columns, each rule written out where 80 columns allow it.
  private static func contributionTable(
    _ scene: Scene, _ gate: Int, _ told: [Tape.Contribution], _ most: Int
  ) -> (table: Table, saysRules: Bool) {
    let full = contributionTable(scene, gate, told, most, saysRules: true)
    if full.width <= scene.style.width { return (full, true) }
    let plain = contributionTable(scene, gate, told, most, saysRules: false)
    if plain.width <= scene.style.width { return (plain, false) }
    return (
      contributionTable(scene, gate, told, most, saysRules: false, saysNames: false), false
    )
  }

  private static func contributionTable(
    _ scene: Scene, _ gate: Int, _ told: [Tape.Contribution], _ most: Int, saysRules: Bool,
    saysNames: Bool = true
  ) -> Table {
    let style = scene.style
    var rows = told.prefix(most).enumerated().map { index, part -> [Text] in
      let explanation = scene.explanation(gate, part.slot)
      let name = style.derivative(scene.label(gate), scene.label(part.operand))
      let rule =
        saysRules
        ? scene.shortRule(name, explanation)
        : Text(saysNames ? "\(name) = " : "") + Text(style.number(explanation.value), .gradient)
      return [
        Text(scene.label(part.operand)), rule,
        Text("\(style.signs.times) \(style.operand(part.upstream))"),
        Text("= ") + Text(style.number(part.amount), .gradient),
        Text(saysNames ? "\(scene.gradientName(part.operand)) = " : "")
          + Text(scene.gradientSoFar(part.operand, before: told[(index + 1)...]), .gradient),
      ]
    }
    if told.count > most {
      rows.append(["", Text("and \(told.count - most) more inputs", .dim), "", "", ""])
    }
    return Table(
      [
        .init("into"), .init("local gradient"), .init("\(style.signs.times) upstream"),
        .init("= contribution"), .init("gradient so far"),
      ], rows)
  }

  private static func spokenBackward(
    _ scene: Scene, _ event: Int, _ told: [Tape.Contribution]
  ) -> Document {
    let gate = scene.tape.events[event].node
    let place = scene.place(of: event)
    let primitive = scene.graph.primitive(of: gate)
    let upstream = scene.style.number(told.first?.upstream ?? 0)
    var lines = [
      "Backward, step \(place.index) of \(place.count). Gate \(primitive.spoken), node \(scene.label(gate)).",
      "Upstream gradient of \(scene.label(gate)) is \(upstream).",
    ]
    for part in told.prefix(Scene.mostTold) {
      let explanation = scene.explanation(gate, part.slot)
      let slope = scene.style.formula(explanation.slope)
      let value = scene.style.number(explanation.value)
      lines.append(
        "Into \(scene.label(part.operand)): local gradient is \(slope == value ? value : "\(slope), \(value)"). "
          + "Times upstream \(upstream) gives \(scene.style.number(part.amount)). "
          + "Gradient of \(scene.label(part.operand)) is now \(scene.gradientSoFar(part.operand)).")
    }
    if told.count > Scene.mostTold {
      lines.append("And \(told.count - Scene.mostTold) more inputs.")
    }
    return Document(lines: lines) + scene.footnotes(gate, told, event: event)
  }
}

extension Scene {
  /// More operands of one gate than anyone reads at once are counted instead.
  fileprivate static let mostTold = 24

  /// `a = w1 + w2 = -2 + 5 = 3`, for a sentence of its own.
  func arithmetic(of gate: NodeID) -> Text {
    let sides = sides(of: gate)
    return sides.dropFirst().reduce(sides[0]) { $0 + " = " + $1 }
  }

  /// The same in a card: each side begins a line of its own where one line cannot hold them all.
  func arithmeticLines(of gate: NodeID) -> [Document.Block] {
    let whole = Text("   ") + arithmetic(of: gate)
    guard columns(whole.plain) > style.width else { return [.line(whole)] }
    let sides = sides(of: gate)
    let margin = String(repeating: " ", count: min(20, sides[0].width))
    return [.line(Text("   ") + sides[0] + " = " + sides[1])]
      + sides.dropFirst(2).map { .line(Text("   \(margin) = ") + $0) }
  }

  /// The gate, what it computes in names and in numbers, and its value: two sides at least.
  private func sides(of gate: NodeID) -> [Text] {
    let value = Text(style.number(now.values[gate]), .value)
    let name = Text(label(gate))
    let count = graph.operands(of: gate).count
    guard count <= Self.mostTold else {
      return [name, Text("\(sign(gate)) of \(count) inputs"), value]
    }
    let symbols = style.formula(graph.formula(of: gate))
    let numbers = style.formula(graph.substituted(gate, values: now.values))
    let isNew = numbers != symbols && numbers != value.plain
    return [name, Text(symbols)] + (isNew ? [Text(numbers)] : []) + [value]
  }

  /// `∂f/∂a = w3 = -4`, shortened where the rule is long: it then stands in full below the table.
  func shortRule(_ name: String, _ explanation: Explanation) -> Text {
    let slope = style.formula(explanation.slope)
    let value = style.number(explanation.value)
    let isShort = slope == value || columns(slope) > 16
    return Text("\(name) = " + (isShort ? "" : "\(slope) = ")) + Text(value, .gradient)
  }

  /// The gradient so far, without contributions of the same event that come later.
  func gradientSoFar(_ node: NodeID, before later: ArraySlice<Tape.Contribution>) -> String {
    let rest = later.filter { $0.operand == node }
    guard !rest.isEmpty else { return gradientSoFar(node) }
    return style.number(now.gradients[node] - rest.map(\.amount).reduce(0, +)) + "+"
  }

  /// The gradient that has arrived so far, marked when more is to come.
  func gradientSoFar(_ node: NodeID) -> String {
    switch now.state(of: node) {
    case .notReached: style.signs.unknown
    case .waiting(let sum, _, _): style.number(sum) + "+"
    case .blocked: "0"
    case .complete(let sum): style.number(sum)
    }
  }
}
