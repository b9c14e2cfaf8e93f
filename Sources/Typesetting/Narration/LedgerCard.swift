internal import Language
package import Engine

extension Document {
  /// Every contribution that arrives at a node, in the order of the tape, and their sum so far.
  package static func ledgerCard(_ scene: Scene, _ node: NodeID) -> Document {
    let style = scene.style
    let tape = scene.tape
    let name = scene.label(node)
    var rows: [[Text]] = []
    var sum = 0.0
    var pass = 0
    var outstanding = 0
    let isInput = scene.graph.nodes[node].kind == .input
    // A zero starts the account anew, and so does a new pass for a gate.
    for (index, event) in tape.events.enumerated() {
      let parts = Array(tape.contributions(of: index))
      let happened =
        index < scene.position.event
        ? parts.count : index == scene.position.event ? scene.position.part : 0
      if event.kind == .zero, index < scene.position.event { (rows, sum, pass) = ([], 0, 0) }
      if event.startsPass, index < scene.position.event || pass == 0 {
        pass += 1
        if !isInput { (rows, sum) = ([], 0) }
      }
      if event.kind == .seed, event.node == node {
        if index < scene.position.event { sum += event.value }
        rows.append([
          Text("given"), Text("upstream"), Text(style.number(event.value), .gradient),
          Text(index < scene.position.event ? style.number(sum) : style.signs.unknown, .gradient),
          Text("\(pass)"),
        ])
      }
      for (place, part) in parts.enumerated() where part.operand == node {
        let label = scene.label(event.node)
        guard place < happened else {
          if pass > 1, index > scene.position.event { continue }
          outstanding += 1
          rows.append([
            Text(label), Text(style.signs.unknown, .dim), Text(style.signs.unknown, .dim),
            Text(style.signs.unknown, .dim), Text("\(pass)"),
          ])
          continue
        }
        sum += part.amount
        let local = scene.shortRule(
          style.derivative(label, name), scene.explanation(event.node, part.slot))
        rows.append([
          Text(label), Text("\(style.number(part.upstream)) \(style.signs.times) ") + local,
          Text(style.number(part.amount), .gradient), Text(style.number(sum), .gradient),
          Text("\(pass)"),
        ])
      }
    }
    let most = 60
    let cut = rows.count > most
    let passes = pass > 1 && isInput
    if !passes { rows = rows.map { Array($0.dropLast()) } }
    var columns: [Table.Column] = [
      .init("from"), .init("upstream \(style.signs.times) local"), .init("contribution", .right),
      .init("sum so far", .right),
    ]
    if passes { columns.append(.init("pass", .right)) }
    let count = rows.count
    if cut { rows = Array(rows.prefix(most)) }
    let uses = scene.graph.readers(of: node).count
    let head =
      "ledger \(name): used \(uses) time\(uses == 1 ? "" : "s"), so \(count) contribution\(count == 1 ? "" : "s")"
    var card = Document([.line(Text(head)), blank, .table(Table(columns, rows))])
    if cut { card.blocks.append(.line(Text("   and \(count - most) more rows", .dim))) }
    let state =
      outstanding > 0
      ? "\(outstanding) still to come" : "complete"
    card.blocks += [
      blank,
      .line(
        Text("   \(scene.gradientName(node)) = ")
          + Text(
            rows.isEmpty || count == outstanding ? style.signs.unknown : style.number(sum),
            .gradient)
          + Text(", \(state)")),
    ]
    return card
  }
}
