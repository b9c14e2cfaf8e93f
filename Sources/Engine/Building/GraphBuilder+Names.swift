internal import Language

// What names stand for, and what results are called.
extension GraphBuilder {
  /// What a name stands for; nil when its formula has been put on top, to be read first.
  mutating func lookUp(_ name: String) throws(Problem) -> Value? {
    if let known = nodeOfName[name] { return .scalar(known) }
    if let known = tensorOfName[name] { return known }
    guard let variable = definitions.variables[name] else {
      if definitions.isLoose(name), let elements = try looseElements(of: name) { return elements }
      return .scalar(try input(name, value: nil))
    }
    if variable.isInput, let value = variable.formula.literal {
      return .scalar(try input(name, value: value))
    }
    if let tensor = variable.tensor {
      var nodes: [NodeID] = []
      nodes.reserveCapacity(tensor.values.count)
      for (place, value) in tensor.values.enumerated() {
        nodes.append(
          try variable.isInput
            ? input(name + tensor.shape.index(of: place), value: value) : constant(value, nil))
      }
      return remember(name, tensor.shape, nodes)
    }
    guard inProgress.insert(name).inserted else {
      throw .cycle([name, name], at: 0..<0)
    }
    let head = "\(name) = "
    push(
      variable.formula, name: name, excerpt: head + variable.text,
      shift: head.utf8.count - variable.textStart)
    return nil
  }

  /// The vector that was given element by element, as far as they count 1, 2, 3 without a gap.
  private mutating func looseElements(of name: String) throws(Problem) -> Value? {
    let subscripts = definitions.looseSubscripts(of: name)
    if let gap = subscripts.enumerated().first(where: { $0.element != $0.offset + 1 }) {
      throw located(.elementMissing(name, gap.offset + 1))
    }
    var nodes: [NodeID] = []
    for place in subscripts {
      let label = "\(name)[\(place)]"
      nodes.append(try input(label, value: definitions.variables[label]?.formula.literal))
    }
    return nodes.isEmpty ? nil : remember(name, .vector(nodes.count), nodes)
  }

  private mutating func remember(_ name: String, _ shape: Shape, _ nodes: [NodeID]) -> Value {
    let value = Value(shape, nodes)
    tensorOfName[name] = value
    graph.groups.append(Graph.Group(name: name, shape: shape, nodes: nodes))
    return value
  }

  mutating func finish(_ frame: Frame) throws(Problem) {
    guard let name = frame.name, let result = stack.pop() else { return }
    inProgress.remove(name)
    let isInput = definitions.variables[name]?.isInput == true
    switch result {
    case .scalar(let node):
      nodeOfName[name] = named(name, try fused(node, in: name), isInput: isInput)
    case .undefined(let other): nodeOfName[name] = try input(other, value: nil)
    case .tensor(let shape, let nodes):
      // Numbers alone are inputs; beside computed elements a literal stays a literal.
      let isInput = isInput && nodes.allSatisfy { graph.nodes[$0].kind == .constant }
      var result: [NodeID] = []
      result.reserveCapacity(nodes.count)
      for (place, node) in nodes.enumerated() {
        let label = name + shape.index(of: place)
        let id = named(label, try fused(node, in: name), isInput: isInput)
        nodeOfName[label] = id
        result.append(id)
      }
      _ = remember(name, shape, result)
    case .range: break
    }
    // The frame below asks for the name again and finds it.
  }

  /// The node that a name stands for: the result itself, or an input where it is only a number.
  private mutating func named(_ label: String, _ result: NodeID, isInput: Bool) -> NodeID {
    var node = result
    if graph.nodes[result].kind == .constant, isInput {
      // A name for a number is an input, however the number was written: a = 1/2.
      let value = graph.nodes[result].value
      node = append(.input(value, gatesSoFar: gateCount))
      mayHaveUnused = true
    }
    // A second name for a node that has one, h = x, is the same node: as in h = x of any program.
    if graph.nodes[node].name < 0 {
      graph.nodes[node].name = Int32(clamping: graph.names.count)
      graph.names.append(label)
      if graph.nodes[node].kind == .gate { graph.namedGates.append(node) }
    }
    return node
  }

  /// The node, or the one gate that `fuse` asked for.
  private mutating func fused(_ node: NodeID, in name: String) throws(Problem) -> NodeID {
    guard definitions.fused.contains(name), graph.nodes[node].name < 0 else { return node }
    mayHaveUnused = true
    return try fusedGate(for: node, called: name)
  }

  mutating func input(_ name: String, value: Double?) throws(Problem) -> NodeID {
    if let known = nodeOfName[name] { return known }
    try checkSize(nil)
    let id = append(.input(value, gatesSoFar: gateCount))
    graph.nodes[id].name = Int32(clamping: graph.names.count)
    graph.names.append(name)
    nodeOfName[name] = id
    return id
  }
}
