internal import Language

// Losses, layers and sums: what each composite is laid out as.
extension GraphBuilder {
  /// Lays out the composite at the cursor, or puts its formula on top to be read first.
  mutating func composite(_ node: Formula.Node, _ top: Int) throws(Problem) {
    let record = Composite[node.reference]
    let arguments = try popped(Int(node.arity))
    try countCall(record.name)
    switch record.meaning {
    case .formula:
      guard let formula = Composite.formula(of: node.reference) else { return }
      frames[top].cursor += 1
      push(
        formula, name: nil, function: record.name,
        environment: Array(zip(record.parameters.map(\.name), arguments)), isCall: true)
    case .layer(let layer):
      put(try laidOut(layer, record, arguments))
      frames[top].cursor += 1
    }
  }

  private mutating func laidOut(
    _ layer: Composite.Layer, _ record: Composite, _ arguments: [Value]
  ) throws(Problem) -> Value {
    switch layer {
    case .product: return try product(arguments[0], arguments[1])
    case .dot:
      guard arguments[0].shape == arguments[1].shape, arguments[0].shape != .scalar else {
        throw cannotMultiply(
          arguments[0], arguments[1], "this dot product",
          hint: "both need the same number of elements")
      }
      return .scalar(try dot(arguments[0].nodes, arguments[1].nodes))
    case .sum: return .scalar(try sum(arguments[0].nodes))
    case .softmax: return try softmax(arguments[0])
    case .selection:
      let scores = try scores(arguments[0])
      let total = try applied(try function("logsumexp"), [arguments[0]])
      let own = try selected(scores, arguments[1])
      return .scalar(try gate(Primitive.subtract, total.nodes + [own]))
    case .hinges: return try hinges(arguments)
    case .convolution: return try convolution(arguments)
    case .maximumPool, .averagePool:
      return try pool(arguments, isMaximum: layer == .maximumPool)
    case .uniform, .normal: return try drawn(record, arguments)
    }
  }

  // MARK: - Products

  /// One gate for a dot product, or products and a sum where it is expanded.
  mutating func dot(_ a: [NodeID], _ b: [NodeID]) throws(Problem) -> NodeID {
    guard frames.last?.isExpanded == true else { return try gate(Primitive.dot, a + b) }
    var products: [NodeID] = []
    for (left, right) in zip(a, b) { products.append(try gate(Primitive.multiply, [left, right])) }
    return try sum(products)
  }

  private mutating func product(_ a: Value, _ b: Value) throws(Problem) -> Value {
    let (rows, inner, isRow): (Int, Int, Bool)
    switch a.shape {
    case .vector(let count): (rows, inner, isRow) = (1, count, true)
    case .matrix(let r, let c): (rows, inner, isRow) = (r, c, false)
    case .scalar: throw cannotMultiply(a, b, "the matrix product")
    }
    let (height, columns, isColumn): (Int, Int, Bool)
    switch b.shape {
    case .vector(let count): (height, columns, isColumn) = (count, 1, true)
    case .matrix(let r, let c): (height, columns, isColumn) = (r, c, false)
    case .scalar: throw cannotMultiply(a, b, "the matrix product")
    }
    guard inner == height else {
      throw cannotMultiply(a, b, "the matrix product")
    }
    let (left, right) = (a.nodes, b.nodes)
    var nodes: [NodeID] = []
    for row in 0..<rows {
      let own = Array(left[row * inner..<(row + 1) * inner])
      for column in 0..<columns {
        let other =
          columns == 1 ? right : (0..<inner).map { right[$0 * columns + column] }
        nodes.append(try dot(own, other))
      }
    }
    switch (isRow, isColumn) {
    case (true, true): return .scalar(nodes[0])
    case (false, false): return Value(.matrix(rows: rows, columns: columns), nodes)
    default: return Value(.vector(nodes.count), nodes)
    }
  }

  // MARK: - Scores

  private func scores(_ value: Value) throws(Problem) -> [NodeID] {
    guard case .vector = value.shape else {
      throw located(.needsVector(text(ofOperand: 0), value.shape))
    }
    return value.nodes
  }

  private mutating func softmax(_ value: Value) throws(Problem) -> Value {
    let scores = try scores(value)
    var nodes: [NodeID] = []
    guard frames.last?.isExpanded != true else {
      var powers: [NodeID] = []
      for score in scores { powers.append(try gate(try function("exp"), [score])) }
      let total = try sum(powers)
      for power in powers { nodes.append(try gate(Primitive.divide, [power, total])) }
      return Value(value.shape, nodes)
    }
    for place in scores.indices {
      var operands = scores
      operands.insert(operands.remove(at: place), at: 0)
      nodes.append(try gate(Primitive.softmax, operands))
    }
    return Value(value.shape, nodes)
  }

  /// The score of class `k`: chosen now where `k` is a literal, by gates where it is an input.
  ///
  /// A column of data may then say which class is the true one.
  private mutating func selected(_ scores: [NodeID], _ k: Value) throws(Problem) -> NodeID {
    guard case .scalar(let node) = k, graph.nodes[node].kind != .constant else {
      return scores[try place(of: k, among: scores.count)]
    }
    let isInput = graph.nodes[node].kind == .input
    if isInput { graph.classNames[graph.label(node)] = scores.count }
    if isInput, graph.nodes[node].hasValue,
      (1...scores.count).allSatisfy({ Double($0) != graph.nodes[node].value })
    {
      throw located(.noSuchClass(graph.nodes[node].value, scores.count))
    }
    let zero = try constant(0, nil)
    let equals = Primitive.infixes["=="] ?? 0
    var chosen: [NodeID] = []
    var matches: [NodeID] = []
    for (place, score) in scores.enumerated() {
      let number = try constant(Double(place + 1), nil)
      let isTrue = try gate(equals, [node, number])
      chosen.append(try gate(Primitive.choose, [isTrue, score, zero]))
      matches.append(isTrue)
    }
    let score = try sum(chosen)
    // A class that is computed could be none of them, and must not pass for a score of 0.
    guard !isInput else { return score }
    return try gate(Primitive.choose, [try sum(matches), score, try constant(.nan, nil)])
  }

  private mutating func place(of k: Value, among count: Int) throws(Problem) -> Int {
    guard case .scalar = k else { throw located(.classIsVector(k.shape)) }
    let number = try wholeNumber(k, as: "the class")
    guard (1...count).contains(number) else { throw located(.noSuchClass(Double(number), count)) }
    return number - 1
  }

  private mutating func hinges(_ arguments: [Value]) throws(Problem) -> Value {
    let scores = try scores(arguments[0])
    let own = try place(of: arguments[1], among: scores.count)
    let (one, zero) = (try constant(1, nil), try constant(0, nil))
    var terms: [NodeID] = []
    for (place, score) in scores.enumerated() where place != own {
      let distance = try gate(Primitive.subtract, [score, scores[own]])
      let margin = try gate(Primitive.add, [distance, one])
      terms.append(try gate(try function("max"), [zero, margin]))
    }
    return .scalar(terms.isEmpty ? zero : try sum(terms))
  }
}
