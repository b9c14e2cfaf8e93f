package import Language

extension Graph {
  /// The graph of some defined names and all they depend on.
  ///
  /// Nodes stand in the order a person would compute them: operands first, from left to right.
  package init(
    of outputs: [String], in definitions: Definitions, limit: Limit = .nodes
  ) throws(Problem) {
    var builder = GraphBuilder(definitions: definitions, limit: limit)
    for output in outputs {
      let value = try builder.build(Formula(name: output))
      builder.graph.outputs += value.nodes
      builder.graph.outputNames.append(output)
      builder.graph.outputShapes.append(value.shape)
    }
    self = builder.finished()
  }

  /// The graph of a name, with others computed beside it that no gradient starts from.
  package init(
    of output: String, beside others: [String], in definitions: Definitions, limit: Limit = .nodes
  ) throws(Problem) {
    var builder = GraphBuilder(definitions: definitions, limit: limit)
    let value = try builder.build(Formula(name: output))
    builder.graph.outputs = value.nodes
    builder.graph.outputNames = [output]
    builder.graph.outputShapes = [value.shape]
    for other in others { _ = try builder.build(Formula(name: other)) }
    self = builder.finished()
  }

  /// The graph of a formula that has no name.
  ///
  /// `random`: where `uniform` and `normal` draw their numbers from; without it they are refused.
  package init(
    of formula: Formula, in definitions: Definitions, limit: Limit = .nodes,
    random: inout RandomNumbers?
  ) throws(Problem) {
    var builder = GraphBuilder(definitions: definitions, limit: limit)
    builder.random = random
    let value = try builder.build(formula)
    random = builder.random
    builder.graph.outputs = value.nodes
    builder.graph.outputShapes = [value.shape]
    self = builder.finished()
  }

  /// The graph of a formula that has no name and draws no numbers.
  package init(
    of formula: Formula, in definitions: Definitions, limit: Limit = .nodes
  ) throws(Problem) {
    var none: RandomNumbers?
    try self.init(of: formula, in: definitions, limit: limit, random: &none)
  }
}

/// Turns formulas into nodes, with a stack of half-read formulas instead of recursion.
struct GraphBuilder {
  var graph = Graph()
  let definitions: Definitions
  let limit: Limit
  var random: RandomNumbers?
  var nodeOfName: [String: NodeID] = [:]
  var tensorOfName: [String: Value] = [:]
  var inProgress: Set<String> = []
  var frames: [Frame] = []
  /// How many calls of functions and turns of loops have been written out.
  var calls = 0
  /// How many operands went into literals that were worked out on the way.
  var folded = 0
  /// Inputs that served as subscripts, and are dropped if they serve for nothing else.
  var counters: Set<NodeID> = []
  /// The fused gates there are, by what they compute.
  var fusedIDs: [Formula: PrimitiveID] = [:]
  /// The results of the parts read so far.
  var stack: [Value] = []

  /// A formula that is being read, and how far.
  struct Frame {
    let formula: Formula
    var cursor = 0
    /// What each name stands for, by its index in the formula; nil where not met yet.
    var bindings: [Value?]
    /// Parameters and loop variables that are known here and in the loops below.
    var environment: [(String, Value)]
    /// The name that the result will get.
    let name: String?
    /// The function this is the body of, for messages.
    let function: String?
    /// Whether it is the body of a function, written somewhere else than its call.
    var isCall = false
    /// The text the formula's spans point into; nil for what was typed just now.
    var excerpt: String?
    /// How far spans have to be moved to point into the excerpt.
    var shift = 0
    /// Whether composite gates are opened into their parts here.
    var isExpanded = false
    /// The loop whose turns this frame counts, rather than a formula of its own.
    var turns: (next: Int, last: Int, results: Int)?
    /// The loop variable of a frame that counts turns.
    var variable = ""
  }

  init(definitions: Definitions, limit: Limit) {
    self.definitions = definitions
    self.limit = limit
  }

  mutating func build(_ formula: Formula) throws(Problem) -> Value {
    push(formula, name: nil)
    while let top = frames.indices.last {
      if frames[top].turns != nil {
        try turn(top)
      } else if frames[top].cursor < frames[top].formula.nodes.count {
        try readNode(of: top)
      } else {
        try finish(frames.removeLast())
      }
    }
    guard let value = stack.popLast() else { return .scalar(0) }
    if case .undefined(let name) = value { return .scalar(try input(name, value: nil)) }
    return value
  }

  mutating func push(
    _ formula: Formula, name: String?, function: String? = nil,
    environment: [(String, Value)] = [], excerpt: String? = nil, shift: Int = 0,
    isCall: Bool = false
  ) {
    var bindings = [Value?](repeating: nil, count: formula.names.count)
    for (parameter, value) in environment {
      if let index = formula.names.firstIndex(of: parameter) { bindings[index] = value }
    }
    let isInside = function != nil || excerpt == nil
    frames.append(
      Frame(
        formula: formula, bindings: bindings, environment: environment, name: name,
        function: function, isCall: isCall, excerpt: excerpt ?? frames.last?.excerpt,
        shift: excerpt == nil ? frames.last?.shift ?? 0 : shift,
        isExpanded: name.map(definitions.expanded.contains)
          ?? (isInside && frames.last?.isExpanded == true)))
  }

  /// Takes one node of the formula on top, or puts the definition it needs on top of it first.
  private mutating func readNode(of top: Int) throws(Problem) {
    let node = frames[top].formula.nodes[frames[top].cursor]
    switch node.kind {
    case .number:
      stack.append(.scalar(try constant(node.number, frames[top].function)))
    case .name:
      if let known = frames[top].bindings[Int(node.reference)] {
        stack.append(known)
        break
      }
      let name = frames[top].formula.names[Int(node.reference)]
      if node.isIndexed, definitions.variables[name] == nil {
        stack.append(.undefined(name))
        break
      }
      guard let value = try lookUp(name) else { return }
      frames[top].bindings[Int(node.reference)] = value
      stack.append(value)
    case .apply:
      let operands = try popped(Int(node.arity))
      if frames[top].isExpanded, let parts = Primitive.parts(of: node.reference) {
        frames[top].cursor += 1
        try countCall(nil)
        let name = Primitive[node.reference].name
        push(
          parts, name: nil, function: name, environment: [("x", operands[0])], isCall: true)
        return
      }
      stack.append(try applied(node.reference, operands))
    case .composite:
      try composite(node, top)
      return
    case .vector: stack.append(try vector(try popped(Int(node.arity))))
    case .range:
      let bounds = try popped(2)
      stack.append(.range(try wholeNumber(bounds[0]), try wholeNumber(bounds[1])))
    case .index:
      let operands = Array(stack.suffix(Int(node.arity)))
      stack.removeLast(Int(node.arity))
      stack.append(try indexed(operands))
    case .loop:
      try beginLoop(node, top)
      return
    case .call:
      let name = frames[top].formula.names[Int(node.reference)]
      let arguments = try popped(Int(node.arity))
      guard let function = definitions.functions[name], function.parameters.count == arguments.count
      else { throw .unknownNode(name, known: Array(definitions.functions.keys)) }
      frames[top].cursor += 1
      try countCall(name)
      push(
        function.formula, name: nil, function: name,
        environment: Array(zip(function.parameters, arguments)), isCall: true)
      return
    }
    frames[top].cursor += 1
  }

  /// The last values of the stack, each of them nodes.
  mutating func popped(_ count: Int) throws(Problem) -> [Value] {
    var values = Array(stack.suffix(count))
    stack.removeLast(min(count, stack.count))
    for (place, value) in values.enumerated() {
      if case .undefined(let name) = value {
        values[place] = .scalar(try input(name, value: nil))
      }
    }
    return values
  }

  // MARK: - Nodes

  mutating func constant(_ value: Double, _ function: String?) throws(Problem) -> NodeID {
    try checkSize(function)
    return append(
      Graph.Node(
        kind: .constant, hasValue: true, primitive: 0, firstOperand: 0, operandCount: 0,
        value: value))
  }

  /// A gate, or the literal it comes to when all its operands are literals.
  mutating func gate(_ primitive: PrimitiveID, _ operands: [NodeID]) throws(Problem) -> NodeID {
    let function = frames.last?.function
    if operands.allSatisfy({ graph.nodes[$0].kind == .constant }) {
      // The literals stay: a name or an argument may stand for one of them, and be used again.
      let value = Primitive[primitive].value(operands.map { graph.nodes[$0].value })
      folded += operands.count
      return try constant(value, function)
    }
    try checkSize(function)
    let first = graph.operands.count
    for operand in operands { graph.operands.append(Int32(clamping: operand)) }
    return append(
      Graph.Node(
        kind: .gate, hasValue: false, primitive: primitive, firstOperand: Int32(clamping: first),
        operandCount: Int32(clamping: operands.count), value: .nan))
  }

  mutating func append(_ node: Graph.Node) -> NodeID {
    graph.nodes.append(node)
    return graph.nodes.count - 1
  }
}
