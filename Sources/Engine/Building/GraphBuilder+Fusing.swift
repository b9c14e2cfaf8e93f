internal import Language

// `fuse NAME`: all unnamed gates below a node become one gate with it.
extension GraphBuilder {
  /// The gate that computes `node` from the named nodes below it.
  mutating func fusedGate(for node: NodeID, called name: String) throws(Problem) -> NodeID {
    guard graph.nodes[node].kind == .gate else { return node }
    let (cone, operands) = try cone(of: node, name)
    guard cone.count > 1, !operands.isEmpty else { return node }
    if let other = cone.first(where: { !Primitive.canBeFused(graph.nodes[$0].primitive) }) {
      throw .cannotBeFused(name, Primitive[graph.nodes[other].primitive].name)
    }
    let places = Dictionary(uniqueKeysWithValues: operands.enumerated().map { ($1, $0) })
    // What each part computes, in placeholders.
    var formulas: [NodeID: Formula] = [:]
    for (operand, name) in zip(operands, FusedPrimitive.placeholders(operands.count)) {
      formulas[operand] = Formula(name: name)
    }
    for gate in cone {
      let parts = labels(of: gate, formulas)
      guard parts.reduce(0, { $0 + $1.nodes.count }) <= Limit.derivative.bound else {
        throw .tooLargeToFuse(name)
      }
      let formula = graph.written(gate, parts)
      guard formula.nodes.count <= Limit.derivative.bound else { throw .tooLargeToFuse(name) }
      formulas[gate] = formula
    }
    guard let formula = formulas[node] else { return node }
    let id: PrimitiveID
    if let known = fusedIDs[formula] {
      id = known
    } else {
      let slopes = try slopes(of: node, cone, places, formulas, name)
      let outer = Primitive[graph.nodes[node].primitive]
      graph.fusedPrimitives.append(
        FusedPrimitive(
          formula, operands: operands.count,
          sign: outer.notation == .function ? "\(outer.name)(…)" : "fused \(outer.sign)",
          slopes: slopes, conventions: conventions(of: cone, formulas, node)))
      id = Graph.firstFused + PrimitiveID(graph.fusedPrimitives.count - 1)
      fusedIDs[formula] = id
    }
    return try gate(id, operands)
  }

  /// The operands of a gate as formulas; literals are numbers.
  private func labels(of gate: NodeID, _ formulas: [NodeID: Formula]) -> [Formula] {
    graph.operands(of: gate).map {
      formulas[Int($0)] ?? Formula(number: graph.nodes[Int($0)].value)
    }
  }

  /// The unnamed gates below a node, operands first, and what they are computed from.
  private func cone(
    of node: NodeID, _ name: String
  ) throws(Problem) -> (gates: [NodeID], operands: [NodeID]) {
    var inside: Set<NodeID> = [node]
    var operands: Set<NodeID> = []
    var waiting = [node]
    while let gate = waiting.popLast() {
      guard graph.operands(of: gate).count <= Limit.derivative.bound else {
        throw .tooLargeToFuse(name)
      }
      for operand in graph.operands(of: gate).map({ Int($0) }) {
        let isInner = graph.nodes[operand].kind == .gate && graph.nodes[operand].name < 0
        if isInner {
          if inside.insert(operand).inserted { waiting.append(operand) }
        } else if graph.nodes[operand].kind != .constant {
          operands.insert(operand)
        }
      }
      guard inside.count + operands.count <= Limit.derivative.bound else {
        throw .tooLargeToFuse(name)
      }
    }
    return (inside.sorted(), operands.sorted())
  }

  /// The conventions that parts of a fused gate have, each statement once.
  private func conventions(
    of cone: [NodeID], _ formulas: [NodeID: Formula], _ node: NodeID
  ) -> [(convention: Primitive.Convention, condition: Formula?)] {
    cone.flatMap { gate in
      Primitive.conventions(
        of: graph.nodes[gate].primitive, operands: labels(of: gate, formulas),
        result: gate == node ? Formula(name: "y") : formulas[gate] ?? Formula(name: "y"))
    }
  }

  /// The derivatives of the whole in its operands, by the chain rule in symbols.
  private func slopes(
    of node: NodeID, _ cone: [NodeID], _ places: [NodeID: Int], _ formulas: [NodeID: Formula],
    _ name: String
  ) throws(Problem) -> [Formula] {
    var adjoint: [NodeID: Formula] = [node: Formula(number: 1)]
    for gate in cone.reversed() {
      guard let upstream = adjoint[gate] else { continue }
      let operands = graph.operands(of: gate).map { Int($0) }
      let labels = labels(of: gate, formulas)
      let result = gate == node ? Formula(name: "y") : formulas[gate] ?? Formula(name: "y")
      for (slot, operand) in operands.enumerated() where graph.nodes[operand].kind != .constant {
        let id = graph.nodes[gate].primitive
        let local = Primitive.rule(of: id, operand: slot).written(
          operands: labels, result: result, convention: Formula(name: "c"), operand: slot)
        let part = Formula.applying(Primitive.multiply, [upstream, local]).simplified()
        let sum =
          adjoint[operand].map {
            Formula.applying(Primitive.add, [$0, part]).simplified()
          } ?? part
        guard sum.nodes.count <= Limit.derivative.bound else { throw .tooLargeToFuse(name) }
        adjoint[operand] = sum
      }
    }
    var result = [Formula](repeating: Formula(number: 0), count: places.count)
    for (operand, place) in places { result[place] = adjoint[operand] ?? Formula(number: 0) }
    return result
  }
}

extension Problem {
  static func cannotBeFused(_ name: String, _ part: String) -> Problem {
    Problem(
      "cannot-be-fused", "\(name) has a \(part) in it, which is one gate by itself",
      hint: "give the \(part) a name of its own, and fuse what is around it")
  }

  static func tooLargeToFuse(_ name: String) -> Problem {
    Problem(
      "too-large-to-fuse", "\(name) has too many parts to be written as one gate",
      hint: "give some of its parts names of their own, and fuse those")
  }
}
