package import Language

/// The derivative of the output in one node as a formula, found gate by gate.
package struct Derivation: Sendable {
  /// What arrives at one node on the way from the output down.
  package struct Step: Sendable {
    package let node: NodeID
    /// For each use of the node: the gate above, the slope there, and ∂L/∂gate times the slope.
    package let terms: [(gate: NodeID, local: Formula, product: Formula)]
    /// The upstream gradient the node was given itself, if it was given one.
    package let seed: Double?
    /// The sum, tidied up.
    package let sum: Formula
  }

  package let steps: [Step]
  /// Where the formula holds: the branches that corners such as relu's take at these values.
  package let conditions: [Formula]
  /// The derivative in names of inputs and named nodes, or nil where it grew too long to read.
  package let result: Formula?

  /// Derives Σ upstream × output in `target`.
  package init(of target: NodeID, on tape: Tape) {
    let graph = tape.graph
    let isAbove = graph.depends(on: target)
    var seeds: [NodeID: Double] = [:]
    var adjoint = [Formula?](repeating: nil, count: graph.nodes.count)
    for (output, seed) in zip(graph.outputs, tape.upstream) where isAbove[output] {
      // One node may be two outputs under two names.
      seeds[output, default: 0] += seed
      adjoint[output] = Formula(number: seeds[output] ?? seed)
    }
    var steps: [Step] = []
    var isComplete = true
    var conditions: [Formula] = []
    let values = Snapshot(of: tape, at: tape.end).values
    for node in graph.nodes.indices.reversed() where isAbove[node] && node >= target {
      var parts = adjoint[node].map { [$0] } ?? []
      var terms: [(gate: NodeID, local: Formula, product: Formula)] = []
      // A node used hundreds of times has a derivative that fills pages.
      if graph.readers(of: node).count > Limit.derivative.bound {
        isComplete = false
        break
      }
      for reader in graph.readers(of: node) {
        guard let upstream = adjoint[reader.gate] else { continue }
        if graph.operands(of: reader.gate).count > Limit.derivative.bound {
          isComplete = false
          break
        }
        let operands = graph.operands(of: reader.gate).map { Int($0) }
        let (local, condition) = graph.rule(of: reader.gate, operand: reader.slot).written(
          operands: operands.map(graph.symbol), result: graph.symbol(reader.gate),
          convention: tape.conventions.value(for: graph.primitive(of: reader.gate)),
          operand: reader.slot, values: (operands.map { values[$0] }, values[reader.gate]))
        if let condition, !conditions.contains(condition) { conditions.append(condition) }
        let product = Formula.applying(Primitive.multiply, [upstream, local]).simplified()
        terms.append((reader.gate, local, product))
        parts.append(product)
      }
      guard isComplete else { break }
      guard !parts.isEmpty else { continue }
      let sum =
        parts.count == 1 ? parts[0] : Formula.applying(Primitive.add, parts).simplified()
      if sum.nodes.count > Limit.derivative.bound {
        isComplete = false
        break
      }
      adjoint[node] = sum
      if !terms.isEmpty || node == target {
        steps.append(Step(node: node, terms: terms, seed: seeds[node], sum: sum))
      }
    }
    self.steps = steps
    self.conditions = conditions
    result = isComplete ? adjoint[target].map { Self.unfolded($0, graph) } : nil
  }

  /// The formula with unnamed gates written out, as far as it stays readable.
  private static func unfolded(_ formula: Formula, _ graph: Graph) -> Formula {
    var result = formula
    while true {
      var changed = false
      let next = result.substituting { name in
        guard let node = graph.nodeOfLabel[result.names[name]], !graph.isNamed(node),
          graph.nodes[node].kind == .gate
        else { return nil }
        changed = true
        return graph.formula(of: node)
      }
      guard changed, next.nodes.count <= Limit.derivative.bound else { return result.simplified() }
      result = next
    }
  }
}
