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
      let own = Set(nodes)
      let shownNodes = named.map { $0.nodes.filter(own.contains) } ?? [last]
      let isGate = !operands.isEmpty
      boxes.append(
        Box(
          kind: nodes.count > 1 ? .names : isGate ? .gate : .input,
          text: scene.shown(Self.text(scene, nodes: nodes, named, isGate: isGate)), nodes: nodes,
          value: hasNumbers ? scene.values(shownNodes) : Text(),
          gradient: hasNumbers ? scene.gradientsBelow(shownNodes) : Text(),
          operands: operands, isOrdered: nodes.count == 1 && isGate && scene.isOrdered(last)))
    }
    nodeCount = boxes.reduce(0) { $0 + $1.nodes.count }
    var isRead = [Bool](repeating: false, count: boxes.count)
    for box in boxes { for operand in box.operands { isRead[operand] = true } }
    for place in boxes.indices where !isRead[place] {
      guard let last = boxes[place].nodes.last else { continue }
      let group = scene.graph.groups.first { $0.nodes.contains(last) }
      boxes[place].result = scene.shown(group?.name ?? scene.label(last))
    }
  }

  /// `x [5]`, `[h [16] tanh]`, `[y]`, or the box of a single gate.
  private static func text(
    _ scene: Scene, nodes: [NodeID], _ group: Graph.Group?, isGate: Bool
  ) -> String {
    guard let last = nodes.last else { return "" }
    guard isGate else { return group.map { "\($0.name) \($0.shape.mark)" } ?? scene.label(last) }
    if nodes.count == 1, group == nil { return scene.gateBox(last).text }
    let sign = scene.sign(group?.nodes.last ?? last)
    return "[\(group.map { "\($0.name) \($0.shape.mark)" } ?? scene.label(last)) \(sign)]"
  }

  /// The nodes behind a name: its own, and the unnamed gates that serve it.
  static func nodes(of name: String, in scene: Scene) -> [NodeID] {
    let units = NamedUnits(scene.graph)
    return units.nodes.first { nodes in
      nodes.contains { node in
        scene.label(node) == name
          || scene.graph.group(named: name)?.nodes.contains(node) == true
      }
    } ?? []
  }
}

/// The nodes of a graph by the name they serve, without a circle among the names.
private struct NamedUnits {
  /// The nodes of each unit, in forward order, literals left out.
  private(set) var nodes: [[NodeID]] = []
  /// The group a unit is made of, by its place in the graph.
  private(set) var group: [Int?] = []
  /// The units each one reads, in the order of its operands.
  private(set) var operands: [[Int]] = []
  /// The units, each after those it reads.
  private(set) var order: [Int] = []

  /// Whether any unit is more than a node.
  var isShorter: Bool { nodes.contains { $0.count > 1 } }

  init(_ graph: Graph) {
    // A vector may have elements that depend on each other by way of other names; such a one is
    // drawn element by element.
    var whole = Array(graph.groups.indices)
    while true {
      build(graph, whole)
      if order.count == nodes.count { return }
      let placed = Set(order)
      let stuck = Set(nodes.indices.filter { !placed.contains($0) }.compactMap { group[$0] })
      guard !stuck.isEmpty else { return }
      whole.removeAll { stuck.contains($0) }
    }
  }

  private mutating func build(_ graph: Graph, _ whole: [Int]) {
    (nodes, group, operands, order) = ([], [], [], [])
    var unit = [Int](repeating: -1, count: graph.nodes.count)
    var groupOfNode = [Int](repeating: -1, count: graph.nodes.count)
    for place in whole {
      for node in graph.groups[place].nodes where groupOfNode[node] < 0 {
        groupOfNode[node] = place
      }
    }
    var unitOfGroup: [Int: Int] = [:]
    // From the results to the inputs: an unnamed gate serves whoever reads it, if that is one.
    for node in graph.nodes.indices.reversed() where graph.nodes[node].kind != .constant {
      if graph.nodes[node].kind == .input, graph.readers(of: node).isEmpty,
        !graph.outputs.contains(node)
      {
        continue
      }
      var own: Int?
      if groupOfNode[node] >= 0 {
        own = unitOfGroup[groupOfNode[node]]
      } else if graph.nodes[node].kind == .gate, !graph.isNamed(node),
        !graph.outputs.contains(node)
      {
        let readers = Set(graph.readers(of: node).map { unit[$0.gate] })
        if readers.count == 1 { own = readers.first }
      }
      if own == nil {
        own = nodes.count
        nodes.append([])
        group.append(groupOfNode[node] >= 0 ? groupOfNode[node] : nil)
        if groupOfNode[node] >= 0 { unitOfGroup[groupOfNode[node]] = nodes.count - 1 }
      }
      guard let own, own >= 0 else { continue }
      unit[node] = own
      nodes[own].append(node)
    }
    for index in nodes.indices { nodes[index].reverse() }
    connect(graph, unit)
  }

  private mutating func connect(_ graph: Graph, _ unit: [Int]) {
    var missing = [Int](repeating: 0, count: nodes.count)
    var readers = [[Int]](repeating: [], count: nodes.count)
    operands = nodes.indices.map { own in
      var found: [Int] = []
      var seen: Set<Int> = [own]
      for node in nodes[own] where graph.nodes[node].kind == .gate {
        for operand in graph.operands(of: node) {
          let other = unit[Int(operand)]
          if other >= 0, seen.insert(other).inserted { found.append(other) }
        }
      }
      return found
    }
    for own in nodes.indices {
      missing[own] = operands[own].count
      for operand in operands[own] { readers[operand].append(own) }
    }
    var ready = nodes.indices.filter { missing[$0] == 0 }
    while !ready.isEmpty {
      order += ready
      var next: [Int] = []
      for own in ready {
        for reader in readers[own] {
          missing[reader] -= 1
          if missing[reader] == 0 { next.append(reader) }
        }
      }
      ready = next
    }
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
