package import Language

extension Graph {
  /// The graph of some defined names and all they depend on.
  ///
  /// Nodes stand in the order a person would compute them: operands first, from left to right.
  package init(
    of outputs: [String], in definitions: Definitions, limit: Limit = .nodes
  ) throws(Problem) {
    var builder = GraphBuilder(definitions: definitions, limit: limit)
    for output in outputs { builder.graph.outputs.append(try builder.build(named: output)) }
    self = builder.finished()
  }

  /// The graph of a formula that has no name.
  package init(
    of formula: Formula, in definitions: Definitions, limit: Limit = .nodes
  ) throws(Problem) {
    var builder = GraphBuilder(definitions: definitions, limit: limit)
    builder.graph.outputs.append(try builder.build(formula))
    self = builder.finished()
  }
}

/// Turns formulas into nodes, with a stack of half-read formulas instead of recursion.
private struct GraphBuilder {
  var graph = Graph()
  let definitions: Definitions
  let limit: Limit
  private var nodeOfName: [String: NodeID] = [:]
  private var inProgress: Set<String> = []
  private var frames: [Frame] = []
  /// How many calls of functions have been written out.
  private var calls = 0
  /// The results of the parts read so far.
  private var stack: [NodeID] = []

  /// A formula that is being read, and how far.
  private struct Frame {
    let formula: Formula
    var cursor = 0
    /// The node of each name, by its index in the formula; -1 where not met yet.
    var bindings: [Int]
    /// The name that the result will get.
    let name: String?
    /// The function this is the body of, for messages.
    let function: String?
  }

  init(definitions: Definitions, limit: Limit) {
    self.definitions = definitions
    self.limit = limit
  }

  mutating func build(named name: String) throws(Problem) -> NodeID {
    if let known = nodeOfName[name] { return known }
    try build(Formula(name: name))
    return nodeOfName[name] ?? 0
  }

  @discardableResult
  mutating func build(_ formula: Formula) throws(Problem) -> NodeID {
    push(formula, name: nil)
    while let top = frames.indices.last {
      if frames[top].cursor < frames[top].formula.nodes.count {
        try readNode(of: top)
      } else {
        finish(frames.removeLast())
      }
    }
    return stack.popLast() ?? 0
  }

  mutating func finished() -> Graph {
    dropUnusedLiterals()
    var gateNumber: Int32 = 0
    for id in graph.nodes.indices where graph.nodes[id].kind == .gate && graph.nodes[id].name < 0 {
      gateNumber += 1
      graph.nodes[id].gateNumber = gateNumber
      graph.nodeOfLabel.unnamed.append(id)
    }
    graph.nodeOfLabel.named = nodeOfName
    graph.indexReaders()
    return graph
  }

  /// Takes out the literals that went into other literals: 2 and 3 where 2*3 has become 6.
  private mutating func dropUnusedLiterals() {
    var isUsed = graph.nodes.map { $0.kind != .constant || $0.name >= 0 }
    for operand in graph.operands { isUsed[Int(operand)] = true }
    for output in graph.outputs { isUsed[output] = true }
    guard isUsed.contains(false) else { return }
    var place = [Int](repeating: 0, count: graph.nodes.count)
    var kept: [Graph.Node] = []
    for (index, node) in graph.nodes.enumerated() {
      place[index] = kept.count
      if isUsed[index] { kept.append(node) }
    }
    graph.nodes = kept
    graph.operands = graph.operands.map { Int32(clamping: place[Int($0)]) }
    graph.outputs = graph.outputs.map { place[$0] }
    nodeOfName = nodeOfName.mapValues { place[$0] }
  }

  private mutating func push(
    _ formula: Formula, name: String?, function: String? = nil, parameters: [(String, NodeID)] = []
  ) {
    var bindings = [Int](repeating: -1, count: formula.names.count)
    for (parameter, node) in parameters {
      if let index = formula.names.firstIndex(of: parameter) { bindings[index] = node }
    }
    frames.append(Frame(formula: formula, bindings: bindings, name: name, function: function))
  }

  /// Takes one node of the formula on top, or puts the definition it needs on top of it first.
  private mutating func readNode(of top: Int) throws(Problem) {
    let node = frames[top].formula.nodes[frames[top].cursor]
    switch node.kind {
    case .number:
      stack.append(try constant(node.number, frames[top].function))
    case .name:
      let known = frames[top].bindings[Int(node.reference)]
      if known >= 0 {
        stack.append(known)
        break
      }
      let name = frames[top].formula.names[Int(node.reference)]
      guard let id = try lookUp(name) else { return }
      frames[top].bindings[Int(node.reference)] = id
      stack.append(id)
    case .apply:
      let operands = Array(stack.suffix(Int(node.arity)))
      stack.removeLast(Int(node.arity))
      stack.append(try gate(node.reference, operands, frames[top].function))
    case .call:
      let name = frames[top].formula.names[Int(node.reference)]
      let arguments = Array(stack.suffix(Int(node.arity)))
      stack.removeLast(Int(node.arity))
      guard let function = definitions.functions[name], function.parameters.count == arguments.count
      else { throw .unknownNode(name, known: Array(definitions.functions.keys)) }
      frames[top].cursor += 1
      calls += 1
      try checkSize(name)
      push(
        function.formula, name: nil, function: name,
        parameters: Array(zip(function.parameters, arguments)))
      return
    }
    frames[top].cursor += 1
  }

  /// The node of a name; nil when its formula has been put on top, to be read first.
  private mutating func lookUp(_ name: String) throws(Problem) -> NodeID? {
    if let known = nodeOfName[name] { return known }
    guard let variable = definitions.variables[name] else {
      return try input(name, value: nil)
    }
    if variable.isInput, let value = variable.formula.literal {
      return try input(name, value: value)
    }
    guard inProgress.insert(name).inserted else {
      throw .cycle([name, name], at: 0..<0)
    }
    push(variable.formula, name: name)
    return nil
  }

  private mutating func finish(_ frame: Frame) {
    guard let name = frame.name, let result = stack.popLast() else { return }
    inProgress.remove(name)
    nodeOfName[name] = result
    let isConstant = graph.nodes[result].kind == .constant
    if isConstant, definitions.variables[name]?.isInput == true {
      // A name for a number is an input, however the number was written: a = 1/2.
      let value = graph.nodes[result].value
      nodeOfName[name] = append(
        Graph.Node(
          kind: .input, hasValue: true, primitive: 0, firstOperand: 0, operandCount: 0, value: value
        ))
    }
    // A second name for a node that has one, h = x, is the same node: as in h = x of any program.
    if let node = nodeOfName[name], graph.nodes[node].name < 0 {
      graph.nodes[node].name = Int32(clamping: graph.names.count)
      graph.names.append(name)
    }
    // The frame below asks for the name again and finds it.
  }

  private mutating func input(_ name: String, value: Double?) throws(Problem) -> NodeID {
    try checkSize(nil)
    let id = append(
      Graph.Node(
        kind: .input, hasValue: value != nil, primitive: 0, firstOperand: 0, operandCount: 0,
        value: value ?? .nan))
    graph.nodes[id].name = Int32(clamping: graph.names.count)
    graph.names.append(name)
    nodeOfName[name] = id
    return id
  }

  private mutating func constant(_ value: Double, _ function: String?) throws(Problem) -> NodeID {
    try checkSize(function)
    return append(
      Graph.Node(
        kind: .constant, hasValue: true, primitive: 0, firstOperand: 0, operandCount: 0,
        value: value))
  }

  /// A gate, or the literal it comes to when all its operands are literals.
  private mutating func gate(
    _ primitive: PrimitiveID, _ operands: [NodeID], _ function: String?
  ) throws(Problem) -> NodeID {
    if operands.allSatisfy({ graph.nodes[$0].kind == .constant }) {
      // The literals stay: a name or an argument may stand for one of them, and be used again.
      let value = Primitive[primitive].value(operands.map { graph.nodes[$0].value })
      return try constant(value, function)
    }
    try checkSize(function)
    return append(gateNode(primitive, operands))
  }

  private mutating func gateNode(_ primitive: PrimitiveID, _ operands: [NodeID]) -> Graph.Node {
    let first = graph.operands.count
    for operand in operands { graph.operands.append(Int32(clamping: operand)) }
    return Graph.Node(
      kind: .gate, hasValue: false, primitive: primitive, firstOperand: Int32(clamping: first),
      operandCount: Int32(clamping: operands.count), value: .nan)
  }

  private mutating func append(_ node: Graph.Node) -> NodeID {
    graph.nodes.append(node)
    return graph.nodes.count - 1
  }

  private func checkSize(_ function: String?) throws(Problem) {
    // Calls count, as they take time even where they make no node, and so do the wires.
    let work = max(graph.nodes.count + calls, graph.operands.count / 2)
    if work >= limit.bound { throw .tooManyNodes(limit, calling: function) }
  }
}
