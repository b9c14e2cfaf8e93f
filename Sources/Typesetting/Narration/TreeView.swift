internal import Language
package import Engine

extension Document {
  /// A node and all below it, indented, with values and gradients; what occurs again is named only.
  ///
  /// A large graph is shown by its names, unless a part of it is asked for.
  package static func treeView(_ scene: Scene, from roots: [NodeID]) -> Document {
    let isAll = roots == scene.graph.outputs
    if isAll, scene.graph.nodes.count(where: { $0.kind != .constant }) > Outline.most {
      return outlineTree(scene)
    }
    var rows: [(stem: String, node: NodeID, isAgain: Bool)] = []
    var seen: Set<NodeID> = []
    // A stack of nodes still to be shown, with the stem their own children continue.
    var waiting = roots.reversed().map { (node: $0, stem: "", below: "", depth: 0) }
    var left = 0
    // Of a large graph the neighbourhood is shown: a few floors down, a few operands of each gate.
    let isLarge = scene.graph.nodes.count { $0.kind != .constant } > Outline.most
    let (mostFloors, mostOperands) = isLarge ? (3, 9) : (100_000, 1_000)
    while let (node, stem, below, depth) = waiting.popLast() {
      if node < 0 {
        rows.append((stem, node, false))
        continue
      }
      let isGate = scene.graph.nodes[node].kind == .gate
      let isAgain = isGate && !seen.insert(node).inserted
      if rows.count >= 200 {
        left += 1
        continue
      }
      rows.append((stem, node, isAgain))
      guard isGate, !isAgain, depth < mostFloors else { continue }
      var children = scene.graph.operands(of: node).map { Int($0) }
        .filter { scene.graph.nodes[$0].kind != .constant }
      if children.count - 1 > mostOperands {
        // A negative place stands for the operands left out, by their number.
        let leftOut = children.count - mostOperands
        children = Array(children.prefix(mostOperands - 3)) + [-leftOut] + children.suffix(3)
      }
      for (place, child) in children.enumerated().reversed() {
        let isLast = place == children.count - 1
        waiting.append(
          (
            child, below + (isLast ? scene.style.signs.lastBranch : scene.style.signs.branch),
            below + (isLast ? "   " : scene.style.signs.trunk), depth + 1
          ))
      }
    }
    if scene.style.speech {
      return spokenTree(scene, rows.filter { $0.node >= 0 }.map { ($0.node, $0.isAgain) })
    }
    var table = Table(
      [.init(""), .init("value", .right), .init("grad", .right)],
      rows.map { row in
        guard row.node >= 0 else {
          return [
            Text(row.stem, .dim) + Text("\(scene.style.signs.more) \(-row.node) more", .dim), "",
            "",
          ]
        }
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
      if text.plain == scene.style.signs.unknown { return "\(name) not known yet." }
      // `1.00+` waits for more.
      let isWaiting = text.plain.hasSuffix("+")
      return "\(name) \(isWaiting ? "\(text.plain.dropLast()) so far" : text.plain)."
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
