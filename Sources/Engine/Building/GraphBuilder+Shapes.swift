internal import Language

// What vectors and matrices come to: gates for their elements.
extension GraphBuilder {
  /// A primitive applied element by element; a number spreads over a vector.
  mutating func applied(_ id: PrimitiveID, _ operands: [Value]) throws(Problem) -> Value {
    if isReduction(id), operands.contains(where: { $0.shape != .scalar }) {
      try countWork(operands.reduce(0) { $0 + $1.shape.count })
      return .scalar(try whole(id, operands.flatMap(\.nodes)))
    }
    if id == Primitive.add, operands.count == 2, let joined = try withBias(operands) {
      return joined
    }
    guard let tensor = operands.first(where: { $0.shape != .scalar }) else {
      let nodes = operands.map { $0.nodes.first ?? 0 }
      if isReduction(id) { return .scalar(try whole(id, nodes)) }
      return .scalar(try gate(id, nodes))
    }
    if let other = operands.first(where: { $0.shape != .scalar && $0.shape != tensor.shape }) {
      throw shapesDiffer(id, operands, tensor, other)
    }
    let columns = operands.map(\.nodes)
    var nodes: [NodeID] = []
    nodes.reserveCapacity(tensor.shape.count)
    for place in 0..<tensor.shape.count {
      nodes.append(try gate(id, columns.map { $0.count == 1 ? $0[0] : $0[place] }))
    }
    return Value(tensor.shape, nodes)
  }

  /// Whether a function takes all elements together.
  private func isReduction(_ id: PrimitiveID) -> Bool {
    let primitive = Primitive[id]
    if case .variadic = primitive.operands { return primitive.notation == .function }
    return false
  }

  /// A gate over all elements, or its parts where it is expanded.
  private mutating func whole(_ id: PrimitiveID, _ nodes: [NodeID]) throws(Problem) -> NodeID {
    guard frames.last?.isExpanded == true else { return try gate(id, nodes) }
    switch Primitive[id].name {
    case "mean":
      let count = try constant(Double(nodes.count), nil)
      return try gate(Primitive.divide, [try sum(nodes), count])
    case "norm":
      let two = try constant(2, nil)
      var squares: [NodeID] = []
      for node in nodes { squares.append(try gate(Primitive.raise, [node, two])) }
      return try gate(try function("sqrt"), [try sum(squares)])
    case "logsumexp":
      var powers: [NodeID] = []
      for node in nodes { powers.append(try gate(try function("exp"), [node])) }
      return try gate(try function("ln"), [try sum(powers)])
    default: return try gate(id, nodes)
    }
  }

  func function(_ name: String) throws(Problem) -> PrimitiveID {
    guard let id = Primitive.functions[name] else { throw .unknownNode(name, known: []) }
    return id
  }

  mutating func sum(_ nodes: [NodeID]) throws(Problem) -> NodeID {
    nodes.count == 1 ? nodes[0] : try gate(Primitive.add, nodes)
  }

  /// `W @ x + b` as one gate for each element: a dot product with a bias.
  ///
  /// Only where the product stands in the sum itself, so that no one else reads it.
  private mutating func withBias(_ operands: [Value]) throws(Problem) -> Value? {
    guard let frame = frames.last, !frame.isExpanded else { return nil }
    let parts = frame.formula.operands(of: frame.cursor)
    let products = parts.indices.filter { place in
      let node = frame.formula.nodes[parts[place]]
      return node.kind == .composite
        && [Composite.product, Composite.dot].contains(node.reference)
    }
    guard products.count == 1, let product = products.first else { return nil }
    let dots = operands[product].nodes
    let biases = operands[1 - product].nodes
    guard operands.allSatisfy({ $0.shape == .scalar || $0.shape == operands[product].shape }) else {
      return nil
    }
    let isPlain = dots.allSatisfy {
      graph.nodes[$0].primitive == Primitive.dot && graph.nodes[$0].kind == .gate
        && graph.nodes[$0].operandCount.isMultiple(of: 2) && graph.nodes[$0].name < 0
    }
    guard isPlain, biases.count == 1 || biases.count == dots.count else { return nil }
    var nodes: [NodeID] = []
    for (place, dot) in dots.enumerated() {
      let bias = biases.count == 1 ? biases[0] : biases[place]
      nodes.append(
        try gate(Primitive.dot, graph.operands(of: dot).map { Int($0) } + [bias]))
    }
    return Value(operands[product].shape, nodes)
  }

  // MARK: - Literals and subscripts

  mutating func vector(_ elements: [Value]) throws(Problem) -> Value {
    guard let first = elements.first else { throw located(.emptyVector(at: 0..<0)) }
    if let other = elements.first(where: { $0.shape != first.shape }) {
      throw located(.raggedRows(first.shape, other.shape))
    }
    let count = elements.reduce(0) { $0 + $1.shape.count }
    try Limit.vector.check(elements.count)
    try countWork(count)
    let nodes = try distinct(elements.flatMap(\.nodes))
    switch first.shape {
    case .scalar:
      return Value(.vector(elements.count), nodes)
    case .vector(let columns): return Value(.matrix(rows: elements.count, columns: columns), nodes)
    case .matrix: throw located(.tooDeep)
    }
  }

  /// One node for each place: a name that stands twice in a vector is two elements, as `v[1]` may
  /// count for something else than `v[2]`.
  private mutating func distinct(_ nodes: [NodeID]) throws(Problem) -> [NodeID] {
    var counts: [NodeID: Int] = [:]
    for node in nodes where graph.nodes[node].kind != .constant { counts[node, default: 0] += 1 }
    guard counts.values.contains(where: { $0 > 1 }) else { return nodes }
    var result: [NodeID] = []
    for node in nodes {
      result.append(counts[node, default: 0] > 1 ? try gate(Primitive.copy, [node]) : node)
    }
    return result
  }

  mutating func indexed(_ operands: [Value]) throws(Problem) -> Value {
    // Subscripts, and elements that are not chosen, may serve for nothing else.
    mayHaveUnused = true
    let subscripts = operands.dropFirst()
    guard let base = operands.first else { throw located(.tooDeep) }
    if case .undefined(let name) = base {
      var index: [Int] = []
      for part in subscripts {
        guard case .scalar = part else { throw located(.undefinedVector(name)) }
        index.append(try wholeNumber(part))
      }
      guard index.allSatisfy({ $0 >= 1 }) else {
        throw located(.outOfRange(index.map(String.init).joined(separator: ", "), name, nil))
      }
      let label = "\(name)[\(index.map(String.init).joined(separator: ","))]"
      return .scalar(try input(label, value: definitions.variables[label]?.formula.literal))
    }
    var spans: [ClosedRange<Int>] = []
    var isPoint: [Bool] = []
    let extents: [Int] =
      switch base.shape {
      case .scalar: []
      case .vector(let count): [count]
      case .matrix(let rows, let columns): [rows, columns]
      }
    guard !extents.isEmpty, subscripts.count <= extents.count else {
      throw located(.notIndexable(nameOfBase(), base.shape, subscripts.count))
    }
    for (axis, part) in subscripts.enumerated() {
      let (first, last): (Int, Int)
      if case .range(let low, let high) = part {
        (first, last) = (low, high)
        guard low <= high else { throw located(.emptyRange(low, high)) }
      } else {
        first = try wholeNumber(part)
        last = first
      }
      guard first >= 1, last <= extents[axis] else {
        let bad = first < 1 ? first : last
        throw located(.outOfRange("\(bad)", nameOfBase(), extents[axis], axis, extents.count))
      }
      spans.append(first...last)
      if case .range = part { isPoint.append(false) } else { isPoint.append(true) }
    }
    if spans.count < extents.count {
      spans.append(1...max(1, extents[1]))
      isPoint.append(false)
    }
    try countWork(spans.reduce(1) { $0 * $1.count })
    guard extents.count == 2 else {
      let nodes = spans[0].map { base.nodes[$0 - 1] }
      return isPoint[0] ? .scalar(nodes[0]) : Value(.vector(nodes.count), nodes)
    }
    let nodes = spans[0].flatMap { row in
      spans[1].map { base.nodes[(row - 1) * extents[1] + $0 - 1] }
    }
    switch (isPoint[0], isPoint[1]) {
    case (true, true): return .scalar(nodes[0])
    case (false, false):
      return Value(.matrix(rows: spans[0].count, columns: spans[1].count), nodes)
    default: return Value(.vector(nodes.count), nodes)
    }
  }

  /// A number that is known before anything is computed: a literal, a loop variable, an input.
  ///
  /// `what`: what it is for, in a message.
  mutating func wholeNumber(
    _ value: Value, as what: String = "a subscript"
  ) throws(Problem) -> Int {
    guard case .scalar(let node) = value else {
      throw located(.subscriptIsVector(value.shape, what))
    }
    guard graph.nodes[node].kind != .gate else { throw located(.subscriptIsComputed(what)) }
    guard graph.nodes[node].hasValue else {
      throw located(.subscriptUnknown(graph.label(node)))
    }
    if graph.nodes[node].kind == .input {
      counters.insert(node)
      graph.countingNames.insert(graph.label(node))
    }
    let number = graph.nodes[node].value
    guard let whole = Int(exactly: number), whole.magnitude <= Limit.nodes.bound else {
      throw located(.subscriptNotWhole(number, what))
    }
    return whole
  }

  // MARK: - Loops

  mutating func beginLoop(_ node: Formula.Node, _ top: Int) throws(Problem) {
    let bounds = try popped(2)
    let (first, last) = (try wholeNumber(bounds[0]), try wholeNumber(bounds[1]))
    guard first <= last else { throw located(.emptyRange(first, last)) }
    try Limit.vector.check(last - first + 1)
    let loop = frames[top].formula.loops[Int(node.reference)]
    frames[top].cursor += 1
    var counter = Frame(
      formula: loop.body, bindings: Bindings(names: 0), environment: frames[top].environment,
      name: nil,
      function: frames[top].function, excerpt: frames[top].excerpt, shift: frames[top].shift)
    counter.isExpanded = frames[top].isExpanded
    counter.turns = (next: first, last: last, results: stack.count)
    counter.variable = loop.variable
    frames.append(counter)
  }

  /// One more turn of a loop, or its end: the results become a vector.
  mutating func turn(_ top: Int) throws(Problem) {
    guard let turns = frames[top].turns else { return }
    guard turns.next <= turns.last else {
      let values = try popped(stack.count - turns.results)
      let result = try vector(values)
      frames.removeLast()
      put(result)
      return
    }
    frames[top].turns?.next += 1
    let frame = frames[top]
    try countCall(frame.function)
    let number = Value.scalar(try constant(Double(turns.next), frame.function))
    let known = frame.environment.filter { $0.0 != frame.variable }
    push(
      frame.formula, name: nil, function: frame.function,
      environment: known + [(frame.variable, number)])
  }
}
