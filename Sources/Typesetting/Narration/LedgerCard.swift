internal import Language
package import Engine

extension Document {
  /// Every contribution that arrives at a node, in the order of the tape, and their sum so far.
  package static func ledgerCard(_ scene: Scene, _ node: NodeID) -> Document {
    let ledger = Ledger(scene, node)
    let style = scene.style
    let name = scene.label(node)
    let isLong = ledger.passes > 1
    let most = 60
    let rows = ledger.rows.prefix(most).map { isLong ? $0 : Array($0.dropLast()) }
    let columns: [Table.Column] = [
      .init("from"), .init("upstream"), .init("\(style.signs.times) local gradient"),
      .init("= contribution"), .init("sum so far", .right),
    ]
    let uses = scene.graph.readers(of: node).count
    let counted = { (count: Int, what: String) in "\(count) \(what)\(count == 1 ? "" : "s")" }
    let passes = isLong ? " in \(ledger.passes) backward passes without zero" : ""
    var card = Document([
      .line(
        Text(
          "ledger \(name): used \(counted(uses, "time"))\(passes), so \(counted(ledger.rows.count, "contribution"))"
        )),
      blank, .table(Table(columns + (isLong ? [.init("pass", .right)] : []), rows)),
    ])
    if ledger.rows.count > most {
      card.blocks.append(.line(Text("   and \(ledger.rows.count - most) more rows", .dim)))
    }
    let isUntouched = ledger.rows.count == ledger.outstanding
    let sum = isUntouched ? style.signs.unknown : style.number(ledger.sum)
    let state = ledger.outstanding > 0 ? "\(ledger.outstanding) still to come" : "complete"
    card.blocks += [
      blank,
      .line(
        Text("   \(scene.gradientName(node)) = ") + Text(sum, .gradient) + Text(", \(state)")),
    ]
    return card
  }
}

/// The rows of a node's account.
private struct Ledger {
  var rows: [[Text]] = []
  var sum = 0.0
  var passes = 0
  /// How many contributions of the present pass have not arrived yet.
  var outstanding = 0
  private let scene: Scene
  private let node: NodeID

  init(_ scene: Scene, _ node: NodeID) {
    self.scene = scene
    self.node = node
    let isInput = scene.graph.nodes[node].kind == .input
    for (index, event) in scene.tape.events.enumerated() {
      let hasBegun = index < scene.position.event
      switch event.kind {
      case .zero where hasBegun: forget()
      case .seed:
        if event.startsPass, hasBegun || passes == 0 {
          // Inputs go on adding in a new pass; gates begin anew.
          if !isInput { forget() }
          passes += 1
        }
        if event.node == node { given(event.value, hasArrived: hasBegun) }
      case .backward:
        for (place, part) in scene.tape.contributions(of: index).enumerated()
        where part.operand == node {
          let isPart = index == scene.position.event && place < scene.position.part
          arrive(part, from: event.node, hasArrived: hasBegun || isPart, in: index)
        }
      case .forward, .zero, .update: break
      }
    }
  }

  private mutating func forget() {
    (rows, sum, outstanding, passes) = ([], 0, 0, 0)
  }

  private mutating func given(_ value: Double, hasArrived: Bool) {
    if hasArrived { sum += value }
    rows.append([
      "given", Text(scene.style.number(value), .gradient), "", "",
      Text(hasArrived ? scene.style.number(sum) : scene.style.signs.unknown, .gradient),
      Text("\(passes)"),
    ])
  }

  private mutating func arrive(
    _ part: Tape.Contribution, from gate: NodeID, hasArrived: Bool, in event: Int
  ) {
    let style = scene.style
    let label = Text(scene.label(gate))
    guard hasArrived else {
      // Passes that lie ahead on the tape are none of this account's business yet.
      let lastSeed = scene.tape.events[...event].count { $0.startsPass }
      guard lastSeed <= max(1, begunPasses) else { return }
      outstanding += 1
      let unknown = Text(style.signs.unknown, .dim)
      rows.append([label, unknown, unknown, unknown, unknown, Text("\(passes)")])
      return
    }
    sum += part.amount
    // Rows beyond those shown are counted and added only.
    guard rows.count < 60 else {
      rows.append([label, "", "", "", "", ""])
      return
    }
    let explanation = scene.explanation(gate, part.slot)
    let slope = style.formula(explanation.slope)
    let value = style.number(part.local)
    // After an update the rule may be another one by now; the number is what arrived then.
    let isSame = explanation.value == part.local
    let rule = slope == value || !isSame || columns(slope) > 24 ? "" : "\(slope) = "
    rows.append([
      label, Text(style.number(part.upstream), .gradient),
      Text("\(style.signs.times) \(rule)")
        + Text(rule.isEmpty ? style.operand(part.local) : value, .gradient),
      Text("= ") + Text(style.number(part.amount), .gradient),
      Text(style.number(sum), .gradient), Text("\(passes)"),
    ])
  }

  private var begunPasses: Int {
    scene.tape.events.prefix(scene.position.event).count { $0.startsPass }
  }
}
