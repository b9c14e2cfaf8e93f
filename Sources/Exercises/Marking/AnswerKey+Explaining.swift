internal import Engine
internal import Language

// What a wrong number shows, looked for with the student's own numbers above it.
extension AnswerKey {
  /// The verdict on a number that is neither right nor follows, and the mistakes that give it.
  func explanation(of typed: Double, _ place: Int, _ flow: Flow) -> (Verdict, [String]) {
    let blank = item.blanks[place]
    var names: [String] = []
    var isOnePath = false
    switch blank.quantity {
    case .gradient(let node):
      if let expected = flow.expected[place], expected.isFinite {
        var gradients = flow.gradients
        gradients[node] = expected
        names = steps.answers(for: node, values: flow.values, gradients: gradients)
          .filter { agrees(typed, $0.value, blank) }.map(\.misconception.name)
      }
      let amounts = amounts(of: blank.quantity, flow)
      isOnePath = amounts.count > 1 && amounts.contains { agrees(typed, $0, blank) }
      if isOnePath {
        // One of several contributions is what everybody can see; the rest is a second opinion.
        names = names.filter(Self.pathMistakes.contains) + names
        if names.isEmpty { names = ["one-path"] }
      }
    case .value(let node):
      if graph.nodes[node].kind == .gate, let expected = flow.expected[place], expected.isFinite {
        var values = flow.values
        values[node] = expected
        names = WrongValue.values(of: node, in: graph, at: values)
          .filter { agrees(typed, $0.value, blank) }.map { KnownMistake.of($0.slip).name }
      }
    case .formula(let formula, let references):
      let turned = formula.evaluated { name in
        guard references.indices.contains(name) else { return .nan }
        let number = flow.number(references[name])
        if case .gradient = references[name] { return -number }
        return number
      }
      let hasGradient = references.contains { if case .gradient = $0 { true } else { false } }
      if hasGradient, agrees(typed, turned, blank) { names = [KnownMistake.turnedGradient.name] }
    case .other: break
    }
    names += blank.wrong.filter { agrees(typed, $0.value, blank) }.map(\.misconception)
    var distinct: [String] = []
    for name in names where !distinct.contains(name) { distinct.append(name) }
    if isOnePath { return (.onePath, distinct) }
    return distinct.isEmpty ? (.wrong, []) : (.mistake, distinct)
  }

  /// The mistakes that take one contribution for all of them.
  private static let pathMistakes = ["overwrite", "one-path"]

  /// What arrives at a node, with the student's numbers; nothing for what is no gradient.
  func amounts(of quantity: Blank.Quantity, _ flow: Flow) -> [Double] {
    guard case .gradient(let node) = quantity else { return [] }
    let seeds = graph.outputs.contains(node) ? [seeds[node]] : []
    return seeds
      + graph.readers(of: node).map {
        flow.gradients[$0.gate] * flow.locals[firstLocal[$0.gate] + $0.slot]
      }
  }

  /// The numbers that a row should have been made of.
  func working(of blank: Blank, _ flow: Flow) -> Working {
    switch blank.quantity {
    case .value(let node):
      guard graph.nodes[node].kind == .gate else { return .none }
      return .operands(graph.operands(of: node).map { flow.values[Int($0)] })
    case .gradient(let node):
      return .products(
        graph.readers(of: node).map {
          Working.Product(
            upstream: flow.gradients[$0.gate], local: flow.locals[firstLocal[$0.gate] + $0.slot])
        }, seed: seeds[node])
    case .formula(_, let references): return .names(references.map(flow.number))
    case .other: return .none
    }
  }

  /// The blanks whose wrong numbers a row was made of, in the item's order.
  func sources(of quantity: Blank.Quantity, _ flow: Flow) -> [Int] {
    var open = parents(of: quantity)
    var seen = Set(open)
    var found: Set<Int> = []
    while let next = open.popLast() {
      guard flow.isOff(next) else { continue }
      let blank = blank(asking: next)
      if blank >= 0 {
        found.insert(blank)
        continue
      }
      for reference in parents(of: next.quantity) where seen.insert(reference).inserted {
        open.append(reference)
      }
    }
    return found.sorted()
  }

  func blank(asking reference: Blank.Reference) -> Int {
    switch reference {
    case .value(let node): valueBlank[node]
    case .gradient(let node): gradientBlank[node]
    }
  }

  /// What a quantity is made of in one step.
  func parents(of quantity: Blank.Quantity) -> [Blank.Reference] {
    switch quantity {
    case .value(let node): operands(of: node).map { .value($0) }
    case .gradient(let node):
      graph.readers(of: node).flatMap { [.gradient($0.gate)] + factors(of: $0) }
    case .formula(_, let references): references
    case .other: []
    }
  }

  /// The values that the local derivative of a gate is made of.
  private func factors(of reader: Graph.Reader) -> [Blank.Reference] {
    let names = graph.rule(of: reader.gate, operand: reader.slot).formula.names
    let operands = operands(of: reader.gate)
    guard case .fixed(let places) = graph.primitive(of: reader.gate).operands else {
      return (operands + [reader.gate]).map { .value($0) }
    }
    let own = zip(places, operands).filter { names.contains($0.0) }.map(\.1)
    return (names.contains("y") ? own + [reader.gate] : own).map { .value($0) }
  }

  private func operands(of node: NodeID) -> [NodeID] {
    graph.nodes[node].kind == .gate ? graph.operands(of: node).map { Int($0) } : []
  }
}

extension Blank.Reference {
  /// What it would be as a row of its own.
  var quantity: Blank.Quantity {
    switch self {
    case .value(let node): .value(node)
    case .gradient(let node): .gradient(node)
    }
  }
}
