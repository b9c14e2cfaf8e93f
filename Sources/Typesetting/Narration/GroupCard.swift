internal import Engine
internal import Language

extension Document {
  /// Several gates of one name at once: their arithmetic on the way forward; on the way back, what
  /// they were given and what stands below them now.
  package static func groupCard(_ scene: Scene, events: [Int], name: String) -> Document {
    guard let first = events.first, let last = events.last else { return .empty }
    let isForward = scene.tape.events[first].kind == .forward
    let places = (scene.place(of: first), scene.place(of: last))
    let gates = events.map { scene.tape.events[$0].node }
    let sign = gates.first.map(scene.sign) ?? ""
    let dash = scene.style.signs.dash
    var card = Document([
      .rule([
        "\(places.0.name) \(places.0.index)\(dash)\(places.1.index) of \(places.0.count)",
        "\(gates.count) gates \(sign)",
      ]), blank,
    ])
    let most = 8
    guard isForward else {
      return card + backwardPart(scene, events, gates) + conventions(scene, gates)
    }
    for gate in gates.prefix(most) { card.blocks += scene.arithmeticLines(of: gate) }
    if gates.count > most {
      card.blocks.append(.line(Text("   and \(gates.count - most) more", .dim)))
    }
    if let group = scene.graph.group(named: name) {
      card.blocks.append(blank)
      card += .numbers(
        Tensor(group.shape, group.nodes.map { scene.now.values[$0] }), scene.style,
        head: "   \(name) = ")
    }
    return card
  }

  private static func backwardPart(
    _ scene: Scene, _ events: [Int], _ gates: [NodeID]
  ) -> Document {
    var document = Document.empty
    let line = { (part: (name: String, shape: Shape, nodes: [NodeID]), lead: String) -> Document in
      let head = "   \(lead)\(scene.style.derivative(scene.objective, part.name)) = "
      let isWaiting = part.nodes.contains { scene.now.received[$0] < scene.now.due[$0] }
      let numbers = Tensor(part.shape, part.nodes.map { scene.now.gradients[$0] })
      var told = Document.numbers(numbers, scene.style, head: head, role: .gradient)
      if isWaiting { told += .line(Text("      more is to come", .dim)) }
      return told
    }
    for part in scene.named(gates.reversed()) {
      document += line(part, "upstream ")
    }
    var below: [NodeID] = []
    var seen: Set<NodeID> = []
    for gate in gates.reversed() {
      for operand in scene.graph.operands(of: gate).map({ Int($0) })
      where scene.graph.nodes[operand].kind != .constant && seen.insert(operand).inserted {
        below.append(operand)
      }
    }
    let parts = events.reversed().flatMap { event in
      scene.tape.contributions(of: event).map { (scene.tape.events[event].node, $0) }
    }
    if parts.count <= mostContributions {
      document.blocks += [blank, .table(contributions(scene, parts))]
    }
    document.blocks.append(blank)
    document += .line(Text("   handed on, so that now"))
    let named = scene.named(below.sorted())
    for part in named.prefix(12) { document += line(part, "") }
    if named.count > 12 {
      document.blocks.append(.line(Text("   and \(named.count - 12) more", .dim)))
    }
    return document
  }

  /// The choices that slopes needed at some of the gates, each once.
  private static func conventions(_ scene: Scene, _ gates: [NodeID]) -> Document {
    var used: [String] = []
    for statement in gates.flatMap(scene.conventionsUsed(at:)) where !used.contains(statement) {
      used.append(statement)
    }
    guard !used.isEmpty else { return .empty }
    return Document([blank] + used.map { .line(Text("   convention: \($0)")) })
  }

  /// More than these are told by their sums only.
  private static let mostContributions = 12

  /// Each edge of the gates in a row: slope, what arrived above, product.
  private static func contributions(
    _ scene: Scene, _ parts: [(gate: NodeID, part: Tape.Contribution)]
  ) -> Table {
    let style = scene.style
    let rows = parts.map { gate, part -> [Text] in
      let name = style.derivative(scene.label(gate), scene.label(part.operand))
      return [
        Text(scene.label(part.operand)),
        scene.shortRule(name, scene.explanation(gate, part.slot)),
        Text("\(style.signs.times) \(style.operand(part.upstream))"),
        Text("= ") + Text(style.number(part.amount), .gradient),
      ]
    }
    return Table(
      [
        .init("into"), .init("local gradient"), .init("\(style.signs.times) upstream"),
        .init("= contribution"),
      ], rows)
  }
}
