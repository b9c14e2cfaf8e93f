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
struct GraphBuilder: ~Copyable {
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
  /// The primitive that `withBias` asks about for each gate.
  let addition = Primitive.add
  /// How many gates there are.
  var gateCount: Int32 = 0
  /// The results of the parts read so far.
  var stack = PartStack()
  /// Whether there may be nodes that nothing uses: all but plain scalar formulas can leave some.
  var mayHaveUnused = false

  /// A formula that is being read, and how far.
  struct Frame {
    let formula: Formula
    var cursor = 0
    /// What each name stands for, by its index in the formula.
    var bindings: Bindings
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
        readPlainParts(of: top)
        try readPart(of: top)
      } else {
        try finish(frames.removeLast())
      }
    }
    guard let value = stack.pop() else { return .scalar(0) }
    if case .undefined(let name) = value { return .scalar(try input(name, value: nil)) }
    return value
  }

  mutating func push(
    _ formula: Formula, name: String?, function: String? = nil,
    environment: [(String, Value)] = [], excerpt: String? = nil, shift: Int = 0,
    isCall: Bool = false
  ) {
    var bindings = Bindings(names: formula.names.count)
    for (parameter, value) in environment {
      if let index = formula.names.firstIndex(of: parameter) {
        bindings.bind(index, to: value, in: graph)
      }
    }
    // What is given to a function or a turn of a loop need not be used in it.
    if !environment.isEmpty || isCall { mayHaveUnused = true }
    let isInside = function != nil || excerpt == nil
    frames.append(
      Frame(
        formula: formula, bindings: bindings, environment: environment, name: name,
        function: function, isCall: isCall, excerpt: excerpt ?? frames.last?.excerpt,
        shift: excerpt == nil ? frames.last?.shift ?? 0 : shift,
        isExpanded: name.map(definitions.expanded.contains)
          ?? (isInside && frames.last?.isExpanded == true)))
  }
}
