internal import Language
package import Engine

extension Document {
  /// A node and all below it, indented, with values and gradients; what occurs again is named only.
  package static func treeView(_ scene: Scene, from roots: [NodeID]) -> Document {
    var rows: [(stem: String, node: NodeID, isAgain: Bool)] = []
    var seen: Set<NodeID> = []
    // A stack of nodes still to be shown, with the stem their own children continue.
    var waiting = roots.reversed().map { (node: $0, stem: "", below: "") }
    var left = 0
    while let (node, stem, below) = waiting.popLast() {
      let isGate = scene.graph.nodes[node].kind == .gate
      let isAgain = isGate && !seen.insert(node).inserted
      if rows.count >= 200 {
        left += 1
        continue
      }
      rows.append((stem, node, isAgain))
      guard isGate, !isAgain else { continue }
      let children = scene.graph.operands(of: node).map { Int($0) }
        .filter { scene.graph.nodes[$0].kind != .constant }
      for (place, child) in children.enumerated().reversed() {
        let isLast = place == children.count - 1
        waiting.append(
          (
            child, below + (isLast ? scene.style.signs.lastBranch : scene.style.signs.branch),
            below + (isLast ? "   " : scene.style.signs.trunk)
          ))
      }
    }
    if scene.style.speech { return spokenTree(scene, rows.map { ($0.node, $0.isAgain) }) }
    var table = Table(
      [.init(""), .init("value", .right), .init("grad", .right)],
      rows.map { row in
        let gate = scene.graph.nodes[row.node].kind == .gate ? "  \(scene.sign(row.node))" : ""
        let again = row.isAgain ? "  (above)" : ""
        return [
          Text(row.stem, .dim) + Text(scene.label(row.node) + gate) + Text(again, .dim),
          scene.wireValue(row.node), scene.wireGradient(row.node),
        ]
      }, indent: 0, underline: .none)
    if left > 0 {
      table.rows.append([Text("and more below; tree NODE shows a part", .dim), "", ""])
    }
    return Document([.table(table)])
  }

  private static func spokenTree(_ scene: Scene, _ rows: [(NodeID, Bool)]) -> Document {
    let known = { (text: Text, name: String) -> String in
      text.plain == scene.style.signs.unknown ? "\(name) not known yet." : "\(name) \(text.plain)."
    }
    return Document(
      lines: rows.filter { !$0.1 }.map { node, _ in
        let isGate = scene.graph.nodes[node].kind == .gate
        let what = isGate ? scene.style.formula(scene.graph.formula(of: node)) : "an input"
        return "\(scene.label(node)) is \(what). \(known(scene.wireValue(node), "Value")) "
          + known(scene.wireGradient(node), "Gradient")
      })
  }
}
