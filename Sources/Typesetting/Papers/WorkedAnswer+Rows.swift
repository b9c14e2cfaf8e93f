internal import Engine
internal import Language

// The rows of both passes, each with the number of its event.
extension WorkedAnswer {
  mutating func addInputs() {
    let inputs = graph.inputs
    var seen: Set<NodeID> = []
    for input in inputs where !seen.contains(input) {
      if let group = graph.groups.first(where: { $0.nodes.contains(input) }),
        group.nodes.allSatisfy({ graph.nodes[$0].kind == .input }),
        seen.isDisjoint(with: group.nodes)
      {
        seen.formUnion(group.nodes)
        given.append(
          Given(
            name: group.name, values: group.nodes.map { values[$0] }, shape: group.shape,
            isAsked: asked.contains(input)))
        if asked.contains(input) {
          answers.append(
            Answer(
              name: group.name, nodes: group.nodes, shape: group.shape,
              gradients: group.nodes.map { gradients[$0] }))
        }
      } else {
        seen.insert(input)
        given.append(
          Given(
            name: symbols[input], values: [values[input]], shape: .scalar,
            isAsked: asked.contains(input)))
      }
    }
    let grouped = Set(answers.flatMap(\.nodes))
    let single = inputs.filter { asked.contains($0) && !grouped.contains($0) }
    if !single.isEmpty {
      answers.append(
        Answer(
          name: nil, nodes: single, shape: .vector(single.count),
          gradients: single.map { gradients[$0] }))
    }
  }

  mutating func addRows() {
    let tabled = Set(shared.flatMap(\.edges))
    var arrivals = [Int](repeating: 0, count: graph.nodes.count)
    for index in tape.events.indices {
      if tape.events[index].kind == .seed { arrivals[tape.events[index].node] += 1 }
      for part in tape.contributions(of: index) { arrivals[part.operand] += 1 }
    }
    for (index, event) in tape.events.enumerated() {
      let step = "\(index + 1)"
      switch event.kind {
      case .forward:
        forward.append(
          Forward(
            step: step, node: event.node, operation: operation(of: event.node),
            substitution: graph.substituted(event.node, values: values), value: event.value))
      case .seed:
        backward.append(
          Backward(
            step: step, node: event.node, local: nil, upstream: event.value, amount: event.value,
            isPart: arrivals[event.node] > 1))
      case .backward:
        let parts = Array(tape.contributions(of: index))
        for (place, part) in parts.enumerated() where isFollowed(part.operand) {
          let local = self.local(event.node, part)
          let edge = SharedProducts.Edge(gate: event.node, slot: part.slot)
          guard !tabled.contains(edge) else { continue }
          locals.append(local)
          backward.append(
            Backward(
              step: parts.count > 1 ? step + letter(place) : step, node: part.operand,
              local: local, upstream: part.upstream, amount: part.amount,
              isPart: arrivals[part.operand] > 1))
        }
      case .zero, .update: break
      }
    }
    // Gate by gate as they were computed, which is how one writes them down.
    locals = locals.enumerated().sorted {
      ($0.element.gate, $0.offset) < ($1.element.gate, $1.offset)
    }.map(\.element)
  }

  /// Whether a gradient goes on to what is asked for.
  func isFollowed(_ node: NodeID) -> Bool {
    graph.nodes[node].kind == .gate || asked.contains(node)
  }

  /// The step of the event in which a gate sends back.
  func backwardStep(of gate: NodeID) -> String? {
    tape.events.firstIndex { $0.kind == .backward && $0.node == gate }.map { "\($0 + 1)" }
  }

  private mutating func local(_ gate: NodeID, _ part: Tape.Contribution) -> Local {
    let explanation = graph.explanation(
      of: gate, slot: part.slot, values: values, conventions: tape.conventions)
    for convention in explanation.conventions where !conventions.contains(convention) {
      conventions.append(convention)
    }
    return Local(
      gate: gate, operand: part.operand, slope: named(explanation.slope),
      substitution: explanation.substituted, condition: explanation.condition.map(named),
      value: part.local)
  }

  mutating func addSums() {
    var rows: [NodeID: [Backward]] = [:]
    var order: [NodeID] = []
    for row in backward where row.isPart {
      if rows[row.node] == nil { order.append(row.node) }
      rows[row.node, default: []].append(row)
    }
    // What a table of products adds up comes to the sum as one number.
    for node in order {
      let own = rows[node] ?? []
      let tables = shared.flatMap(\.rows).filter { $0.node == node }
      guard own.count + tables.count > 1 else { continue }
      sums.append(
        Sum(
          node: node, steps: own.map(\.step) + tables.map { _ in "" },
          parts: own.map(\.amount) + tables.map(\.sum), total: gradients[node]))
    }
  }

  /// The product of slopes along the only way from an input: the first that is not 0, if there is one.
  func firstChain() -> Chain? {
    var zero: Chain?
    for input in graph.inputs where asked.contains(input) {
      var factors: [Local] = []
      var node = input
      while factors.count <= 6 {
        let readers = graph.readers(of: node)
        let isOutput = graph.outputs.contains(node)
        if isOutput, readers.isEmpty, let place = graph.outputs.firstIndex(of: node) {
          let chain = Chain(
            input: input, factors: factors.reversed(), seed: tape.upstream[place],
            gradient: gradients[input])
          if chain.gradient != 0 { return chain }
          zero = zero ?? chain
          break
        }
        guard !isOutput, readers.count == 1, let reader = readers.first else { break }
        let explanation = graph.explanation(
          of: reader.gate, slot: reader.slot, values: values, conventions: tape.conventions)
        factors.append(
          Local(
            gate: reader.gate, operand: node, slope: named(explanation.slope),
            substitution: explanation.substituted, condition: nil, value: explanation.value))
        node = reader.gate
      }
    }
    return zero
  }
}
