internal import Engine
internal import Language
internal import Lessons

// What is asked of a graph, once it is there.
extension ExerciseReader {
  /// What one part of an `ask` line says: `zero grad w1`, `w1 - grad w1 as new w1 points 2`.
  func queryText(_ text: String) -> (formula: String, name: String, isZero: Bool, points: String) {
    var formula = text
    var points = ""
    var name = ""
    if let (before, behind) = formula.parted(by: " points ") {
      (formula, points) = (before, behind.trimmed)
    }
    if let (before, behind) = formula.parted(by: " as ") {
      (formula, name) = (before, behind.trimmed)
    }
    formula = formula.trimmed
    let isZero = formula.hasPrefix("zero ")
    if isZero { formula = String(formula.dropFirst(5)).trimmed }
    return (formula, name, isZero, points)
  }

  /// Finds the nodes behind every name, in every graph.
  mutating func resolve() throws(LessonProblem) {
    for place in exercise.cases.indices {
      let graph = exercise.cases[place].graph
      var asked: [Exercise.Ask] = []
      for ask in asks {
        try located(ask.line) { () throws(Problem) in asked += try resolved(ask, in: graph) }
      }
      try located(asks.last?.line ?? lastLine) { () throws(Problem) in
        if asked.isEmpty, exercise.task == .fill { throw .nothingAsked() }
      }
      exercise.cases[place].asks = Self.numbered(asked)
      for condition in conditions {
        try located(condition.line) { () throws(Problem) in
          exercise.cases[place].conditions.append(
            try self.condition(condition.text, condition.line, graph))
        }
      }
      for stratum in strata {
        try located(stratum.line) { () throws(Problem) in
          exercise.cases[place].strata.append(
            Exercise.Stratum(
              name: stratum.name,
              condition: try self.condition(stratum.text, stratum.line, graph)))
        }
      }
      for wrong in wrongs {
        try located(wrong.line) { () throws(Problem) in
          let all = exercise.cases[place].asks
          let ask = all.firstIndex { wrong.ask == $0.query.text || wrong.ask == $0.name }
          guard let ask = ask ?? (wrong.ask.isEmpty && all.count == 1 ? 0 : nil) else {
            throw .wrongForUnasked(wrong.ask.isEmpty ? wrong.name : wrong.ask)
          }
          guard let query = try queries(wrong.text, wrong.line, in: graph).first else { return }
          exercise.cases[place].ownMistakes.append(
            Exercise.OwnMistake(
              name: wrong.name, ask: ask, query: query, feedback: wrong.feedback,
              credit: wrong.credit))
        }
      }
    }
  }

  /// Says in which line something went wrong.
  private func located(
    _ line: Int, _ work: () throws(Problem) -> Void
  ) throws(LessonProblem) {
    do throws(Problem) {
      try work()
    } catch {
      throw LessonProblem(line, error)
    }
  }

  private func resolved(
    _ ask: (text: String, line: Int), in graph: Graph
  ) throws(Problem) -> [Exercise.Ask] {
    let (formula, name, isZero, pointsText) = queryText(ask.text)
    var points = 1
    if !pointsText.isEmpty {
      guard let number = Int(pointsText), (1...100).contains(number) else {
        throw .badPoints(pointsText)
      }
      points = number
    }
    let queries = try queries(formula, ask.line, in: graph)
    return queries.map { query in
      let suffix = queries.count > 1 ? query.suffix : ""
      return Exercise.Ask(
        query: query, id: "", name: name.isEmpty ? "" : name + suffix, isZeroQuestion: isZero,
        points: points)
    }
  }

  /// Gives each ask an id that no other has.
  private static func numbered(_ asks: [Exercise.Ask]) -> [Exercise.Ask] {
    var used: [String: Int] = [:]
    return asks.map { ask in
      let text =
        (ask.isZeroQuestion ? "zero " : "") + (ask.name.isEmpty ? ask.query.text : ask.name)
      let id = Exercise.identifier(text)
      used[id, default: 0] += 1
      let count = used[id] ?? 1
      return Exercise.Ask(
        query: ask.query, id: count > 1 ? "\(id)-again-\(count)" : id, name: ask.name,
        isZeroQuestion: ask.isZeroQuestion, points: ask.points)
    }
  }

  private func condition(
    _ text: String, _ line: Int, _ graph: Graph
  ) throws(Problem) -> Exercise.Query {
    let queries = try queries(text, line, in: graph)
    guard queries.count == 1, let query = queries.first, query.formula.isComparison else {
      throw .notACondition(text)
    }
    return query
  }

  // MARK: - Names

  /// A formula as queries: one, or one for each element where it names vectors.
  private func queries(
    _ text: String, _ line: Int, in graph: Graph
  ) throws(Problem) -> [Exercise.Query] {
    let formula = try Formula(
      reading: text, as: .condition, functions: definitions.argumentCounts
    ).withElementsNamed
    guard formula.nodes.allSatisfy({ [.number, .name, .apply].contains($0.kind) }) else {
      throw .notSimple(text)
    }
    var found: [[Exercise.Reference]] = []
    var shape = Shape.scalar
    for name in formula.names {
      let (own, references) = try self.references(name, in: graph)
      if own != .scalar {
        guard shape == .scalar || shape == own else { throw .unlikeShapes(text) }
        shape = own
      }
      found.append(references)
    }
    return (0..<shape.count).map { place in
      let renamed = formula.replacingNames { name in
        let index = formula.names.firstIndex(of: name) ?? 0
        return found[index].count > 1 ? Formula(name: name + shape.index(of: place)) : nil
      }
      // Names keep their order, as each is replaced by one.
      let references = formula.names.indices.map { index in
        found[index].count > 1 ? found[index][place] : found[index][0]
      }
      let isWhole = shape == .scalar
      return Exercise.Query(
        text: isWhole ? text.trimmed : renamed.description, formula: renamed,
        references: references, line: line)
    }
  }

  /// What a name such as `w1`, `grad W`, `value q` or `dead` stands for.
  private func references(
    _ name: String, in graph: Graph
  ) throws(Problem) -> (shape: Shape, references: [Exercise.Reference]) {
    let words = name.split(separator: " ", maxSplits: 1).map(String.init)
    let isGradient = words.count == 2 && words[0] == "grad"
    let node = String((words.last ?? name).filter { $0 != " " })
    let found: (shape: Shape, nodes: [NodeID])
    if let id = graph.nodeOfLabel[node] ?? graph.nodeOfLabel[definitions.resolved(node)] {
      found = (.scalar, [id])
    } else if let group = graph.group(named: node) {
      found = (group.shape, group.nodes)
    } else if node == "dead", !isGradient {
      return (.scalar, [.deadUnits])
    } else {
      throw .unknownQuantity(node, known: graph.labels)
    }
    if isGradient {
      let reached = graph.reaching
      guard found.nodes.allSatisfy({ reached[$0] && graph.nodes[$0].kind != .constant }) else {
        throw .noGradientOf(node)
      }
      return (found.shape, found.nodes.map { .gradient($0) })
    }
    return (found.shape, found.nodes.map { .value($0) })
  }
}

extension Exercise.Query {
  /// `[1,2]` of the element it is about.
  fileprivate var suffix: String {
    guard let name = formula.names.first(where: { $0.hasSuffix("]") }),
      let open = name.lastIndex(of: "[")
    else { return "" }
    return String(name[open...])
  }
}

extension Graph {
  /// For each node, whether an output is computed from it, or is it.
  fileprivate var reaching: [Bool] {
    var reaching = [Bool](repeating: false, count: nodes.count)
    for output in outputs { reaching[output] = true }
    for gate in nodes.indices.reversed() where reaching[gate] && nodes[gate].kind == .gate {
      for operand in operands(of: gate) { reaching[Int(operand)] = true }
    }
    return reaching
  }
}

extension Formula {
  /// The formula with `W[1,2]` as one name, so that only values are left.
  fileprivate var withElementsNamed: Formula {
    var isPart = [Bool](repeating: false, count: nodes.count)
    var labels: [Int: String] = [:]
    for (place, node) in nodes.enumerated() where node.kind == .index {
      let operands = operands(of: place)
      guard let stem = operands.first, nodes[stem].kind == .name else { continue }
      let subscripts = operands.dropFirst().compactMap {
        nodes[$0].kind == .number ? Int(exactly: nodes[$0].number) : nil
      }
      guard subscripts.count == operands.count - 1 else { continue }
      let index = subscripts.map(String.init).joined(separator: ",")
      labels[place] = "\(names[Int(nodes[stem].reference)])[\(index)]"
      for operand in operands { isPart[operand] = true }
    }
    if labels.isEmpty { return self }
    var builder = FormulaBuilder()
    for (place, node) in nodes.enumerated() where !isPart[place] {
      if let label = labels[place] { builder.name(label) } else { builder.keep(node, of: self) }
    }
    return builder.formula
  }
}
