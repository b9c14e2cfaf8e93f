internal import Engine
internal import Language

// Pictures by name: a vector, or a name with the unnamed gates that serve it, is one box.
extension Picture {
  /// One box for each name; nil where the graph has nothing to be drawn together.
  ///
  /// `hasNumbers`: whether values and gradients stand on the wires, which makes them longer.
  package init?(byNames scene: Scene, hasNumbers: Bool = true) {
    let units = NamedUnits(scene.graph)
    guard units.isShorter, units.order.count <= Self.most else { return nil }
    var boxOfUnit: [Int: Int] = [:]
    for unit in units.order {
      let nodes = units.nodes[unit]
      guard let last = nodes.last else { continue }
      var operands: [Int] = []
      for operand in units.operands[unit] {
        guard let box = boxOfUnit[operand] else { continue }
        operands.append(box)
      }
      boxOfUnit[unit] = boxes.count
      let named = units.group[unit].map { scene.graph.groups[$0] }
      // All elements, also those that nothing reads.
      let shownNodes = named?.nodes ?? [last]
      let isGate = nodes.contains { scene.graph.nodes[$0].kind == .gate }
      boxes.append(
        Box(
          kind: nodes.count > 1 ? .names : isGate ? .gate : .input,
          text: scene.shown(
            Self.text(
              scene, nodes: nodes, named, isGate: isGate,
              readsWhole: units.readsWhole(unit, in: scene.graph))),
          nodes: nodes,
          value: hasNumbers ? scene.values(shownNodes) : Text(),
          gradient: hasNumbers ? scene.gradientsBelow(shownNodes) : Text(),
          operands: operands, isOrdered: nodes.count == 1 && isGate && scene.isOrdered(last)))
    }
    nodeCount = boxes.reduce(0) { $0 + $1.nodes.count }
    nameResults { nodes in
      guard let last = nodes.last else { return nil }
      let results = nodes.filter { scene.graph.outputs.contains($0) }
      let group = scene.graph.groups.first { $0.nodes.contains(last) }
      // One element as the result is told from the whole vector.
      let name = results.count == 1 ? scene.label(results[0]) : group?.name ?? scene.label(last)
      return scene.shown(name)
    }
  }

  /// `x [5]`, `[h [16]: dot, tanh]`, `[L: 7 gates]`, or the box of a single gate.
  private static func text(
    _ scene: Scene, nodes: [NodeID], _ group: Graph.Group?, isGate: Bool, readsWhole: Bool
  ) -> String {
    guard let last = nodes.last else { return "" }
    guard isGate else { return group.map { "\($0.name) \($0.shape.mark)" } ?? scene.label(last) }
    if nodes.count == 1, group == nil {
      let (text, hasLiterals) = scene.gateBox(last)
      // Where the wires alone would not say what is computed, the formula does.
      if hasLiterals || readsWhole { return text }
      let formula = scene.style.formula(scene.graph.formula(of: last)).filter { $0 != " " }
      if columns(formula) <= 24 { return "[\(formula)]" }
    }
    let gates = nodes.filter { scene.graph.nodes[$0].kind == .gate }
    var signs: [String] = []
    for gate in gates where signs.count <= 2 {
      let sign = scene.sign(gate)
      if !signs.contains(sign) { signs.append(sign) }
    }
    // The last gate alone would tell of another formula.
    let what = signs.count > 2 ? "\(gates.count) gates" : signs.joined(separator: ", ")
    let name = group.map { "\($0.name) \($0.shape.mark)" } ?? scene.label(last)
    return "[\(name): \(what)]"
  }

  /// Some nodes, and the unnamed gates that serve them.
  static func nodes(behind some: [NodeID], in scene: Scene) -> [NodeID] {
    let asked = Set(some)
    let units = NamedUnits(scene.graph)
    return units.nodes.filter { $0.contains(where: asked.contains) }.flatMap(\.self).sorted()
  }
}

extension Scene {
  /// A value, or from where to where the values of some nodes reach.
  func values(_ nodes: [NodeID]) -> Text {
    if nodes.count == 1, let node = nodes.first { return wireValue(node) }
    return range(
      nodes.filter { now.isKnown[$0] }.map { now.values[$0] }, of: nodes.count, .value)
  }

  /// The gradients below a wire; nothing before one comes.
  fileprivate func gradientsBelow(_ nodes: [NodeID]) -> Text {
    if nodes.count == 1, let node = nodes.first { return gradientBelow(node) }
    let known = nodes.compactMap { now.gradient(of: $0) }
    return known.isEmpty ? Text() : range(known, of: nodes.count, .gradient)
  }
}
