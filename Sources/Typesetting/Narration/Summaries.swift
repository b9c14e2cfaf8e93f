internal import Engine
internal import Language

extension Document {
  /// What a finished forward pass leaves: `f = -12`.
  package static func forwardSummary(_ scene: Scene) -> Document {
    // Two names for one node are two outputs and one line.
    var seen: Set<NodeID> = []
    let outputs = scene.graph.outputs.filter { seen.insert($0).inserted }
    var document = Document.empty
    for part in scene.named(outputs).prefix(20) {
      let tensor = Tensor(part.shape, part.nodes.map { scene.now.values[$0] })
      document += .numbers(tensor, scene.style, head: "\(part.name) = ")
    }
    let isFinite = scene.graph.outputs.allSatisfy { scene.now.values[$0].isFinite }
    if !isFinite { document += Document(lines: ["hunt nan tells where that began."]) }
    return document
  }

  /// What a finished backward pass leaves: one line for each input.
  package static func backwardSummary(_ scene: Scene) -> Document {
    let inputs = scene.graph.inputs
    let parts = scene.named(inputs)
    var document = Document.empty
    for part in parts.prefix(40) { document += scene.gradientLine(part) }
    var lines: [Text] = []
    if parts.count > 40 {
      lines.append(Text("and \(parts.count - 40) more inputs; see table", .dim))
    }
    lines += scene.conventionsUsed.map { Text("convention: \($0)") }
    if scene.now.passes > 1 {
      lines.append(
        Text("These are sums over \(scene.now.passes) backward passes; zero sets them back."))
    }
    let faults = inputs.filter { !scene.now.gradients[$0].isFinite }
    if !faults.isEmpty { lines.append("hunt nan tells where the first of these came from.") }
    return document + Document(lines.map { .line($0) })
  }

  /// The inputs before and after a step of gradient descent.
  package static func updateCard(_ scene: Scene, event: Int) -> Document {
    let style = scene.style
    let rate = style.operand(scene.tape.events[event].value)
    let rows = scene.tape.changes(of: event).prefix(40).map { change -> [Text] in
      [
        Text(scene.label(change.node)), Text(style.number(change.before), .value),
        Text("- \(rate) \(style.signs.times) \(style.operand(change.gradient))"),
        Text("= ") + Text(style.number(change.after), .value),
      ]
    }
    let left = scene.tape.changes(of: event).count - rows.count
    return Document([
      .rule(["update"]), blank,
      .table(
        Table(
          [
            .init("input"), .init("before"), .init("- rate \(style.signs.times) gradient"),
            .init("= after"),
          ],
          rows + (left > 0 ? [["", "", Text("and \(left) more", .dim), ""]] : []))),
      blank, .line("   Values of gates are out of date now: forward computes them again."),
    ])
  }

  /// The event list, with `>` behind the number of the one that happened last.
  package static func tapeView(_ scene: Scene) -> Document {
    let tape = scene.tape
    let here = scene.position.event
    let isPart = scene.position.part > 0
    var rows: [[Text]] = []
    let inputs = scene.graph.inputs.prefix(6).map {
      "\(scene.label($0)) = \(scene.style.number(tape.graph.nodes[$0].value))"
    }
    let more = scene.graph.inputs.count > 6 ? ", \(scene.style.signs.more)" : ""
    rows.append([
      "0", Text(here == 0 && !isPart ? ">" : ""), "inputs",
      Text(inputs.joined(separator: ", ") + more),
    ])
    let window = max(0, here - 30)..<min(tape.events.count, max(here + 30, 60))
    if window.lowerBound > 0 { rows.append([Text(scene.style.signs.more, .dim), "", "", ""]) }
    for index in window {
      let isHere = isPart ? index == here : index + 1 == here
      rows.append([
        Text("\(index + 1)"), Text(isHere ? ">" : ""), Text(scene.kind(index)),
        scene.summary(of: index),
      ])
    }
    if window.upperBound < tape.events.count {
      rows.append([
        Text(scene.style.signs.more, .dim), "", "", Text("\(tape.events.count) events in all"),
      ])
    }
    return Document([
      .table(
        Table(
          [.init("#", .right), .init(""), .init("event"), .init("")], rows, indent: 0,
          underline: .whole))
    ])
  }
}

extension Scene {
  /// The choices that the present pass needed where a slope is not defined.
  var conventionsUsed: [String] {
    var result: [String] = []
    for gate in graph.gates {
      for statement in conventionsUsed(at: gate) where !result.contains(statement) {
        result.append(statement)
      }
    }
    return result
  }

  /// The choices that one gate needs at the values it has now.
  func conventionsUsed(at gate: NodeID) -> [String] {
    tape.conventions.used(
      at: gate, in: graph,
      operands: graph.operands(of: gate).map { now.values[Int($0)] }, result: now.values[gate])
  }

  fileprivate func kind(_ event: Int) -> String {
    switch tape.events[event].kind {
    case .forward: "forward"
    case .seed: "seed"
    case .backward: "backward"
    case .zero: "zero"
    case .update: "update"
    }
  }

  /// One event in one line; what has not happened yet is not given away.
  fileprivate func summary(of index: Int) -> Text {
    let event = tape.events[index]
    let hasHappened = index < position.event
    let unknown = Text(style.signs.unknown, .dim)
    switch event.kind {
    case .forward:
      return Text("\(label(event.node)) = ")
        + (hasHappened ? Text(style.number(event.value), .value) : unknown)
    case .seed:
      return Text("\(gradientName(event.node)) = ") + Text(style.number(event.value), .gradient)
    case .backward:
      let parts = tape.contributions(of: index)
      let shown = parts.prefix(4).map { part in
        "\(label(part.operand)) " + (hasHappened ? style.number(part.amount) : style.signs.unknown)
      }
      let more = parts.count > 4 ? ", \(style.signs.more)" : ""
      return Text(
        "\(label(event.node)) \(style.signs.arrow) " + shown.joined(separator: ", ") + more)
    case .zero: return ""
    case .update: return Text("rate \(style.number(event.value))")
    }
  }
}
