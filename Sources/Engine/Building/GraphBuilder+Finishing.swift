internal import Language

extension GraphBuilder {
  /// The graph without what nothing uses.
  mutating func finished() -> Graph {
    if mayHaveUnused { sweep() }
    // Names are given when a definition ends; where two end at one gate it may have been an early one.
    graph.namedGates.sort()
    graph.nodeOfName = nodeOfName
    return graph
  }

  /// Takes out what was needed on the way only: literals that went into other literals, gates that
  /// were made part of another, numbers that served as subscripts.
  private mutating func sweep() {
    var isUsed = graph.nodes.indices.map { node in
      switch graph.nodes[node].kind {
      case .input: !counters.contains(node)
      case .gate, .constant: graph.nodes[node].name >= 0
      }
    }
    for output in graph.outputs { isUsed[output] = true }
    // Elements of one vector stay together.
    for group in graph.groups { for node in group.nodes { isUsed[node] = true } }
    for node in graph.nodes.indices.reversed() where isUsed[node] && graph.nodes[node].kind == .gate
    {
      for operand in graph.operands(of: node) { isUsed[Int(operand)] = true }
    }
    guard isUsed.contains(false) else { return }
    var place = [Int](repeating: -1, count: graph.nodes.count)
    var kept: [Graph.Node] = []
    var operands: [Int32] = []
    var gatesSoFar: Int32 = 0
    kept.reserveCapacity(graph.nodes.count)
    operands.reserveCapacity(graph.operands.count)
    for (index, node) in graph.nodes.enumerated() where isUsed[index] {
      place[index] = kept.count
      var moved = node
      if node.kind == .gate {
        gatesSoFar += 1
        moved.firstOperand = Int32(clamping: operands.count)
        for operand in graph.operands(of: index) {
          operands.append(Int32(clamping: place[Int(operand)]))
        }
      }
      moved.gatesSoFar = gatesSoFar
      kept.append(moved)
    }
    graph.nodes = kept
    graph.operands = operands
    graph.outputs = graph.outputs.map { place[$0] }
    graph.namedGates = graph.namedGates.map { place[$0] }
    graph.groups = graph.groups.map { group in
      Graph.Group(name: group.name, shape: group.shape, nodes: group.nodes.map { place[$0] })
    }
    nodeOfName = nodeOfName.compactMapValues { place[$0] < 0 ? nil : place[$0] }
  }
}
