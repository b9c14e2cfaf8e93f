internal import Language

/// A number that a misconception gives in the place of a gradient, and how it comes about.
package struct WrongAnswer: Sendable {
  /// How much of the pass the mistake was made in.
  package enum Scope: Hashable, Sendable, CaseIterable {
    /// At the last step into the node, with right gradients above.
    case lastStep
    /// There, and at one of several gates that the node feeds.
    case oneGate
    /// There, and the contributions of the other gates forgotten as well.
    case oneGateAlone
    /// At every gate of the pass.
    case wholePass
  }

  package let misconception: Misconception
  package let value: Double
  /// The gate where the mistake is made; nil when it is not at one gate.
  package let gate: NodeID?
  /// The operand of that gate that the node is.
  package let slot: Int
  package let scope: Scope
}

extension Misconception {
  /// The gradient of every node with the mistake made at every gate; nil for literals.
  ///
  /// All are nil where the mistake would take too long: plain recursion walks along every path.
  package func gradients(on tape: Tape) -> [Double?] {
    let graph = tape.graph
    guard let pass = MistakenPass(self, from: BackwardNumbers(of: tape)) else {
      return [Double?](repeating: nil, count: graph.nodes.count)
    }
    return graph.nodes.indices.map {
      graph.nodes[$0].kind == .constant ? nil : pass.gradients[$0]
    }
  }

  /// Every distinct wrong answer to "what is the gradient of this node?", the most likely first.
  package static func answers(for node: NodeID, on tape: Tape) -> [WrongAnswer] {
    WrongAnswers(on: tape).answers(for: node)
  }

  /// The misconceptions that nobody could notice at this node, and only because of its numbers.
  ///
  /// `agrees`: whether an answer would be taken for the right one, given first the answer and then
  /// the right one. What agrees at other numbers too is no coincidence and is left out.
  package static func hidden(
    at node: NodeID, on tape: Tape, seed: UInt64, agrees: (Double, Double) -> Bool
  ) -> [Misconception] {
    let start = BackwardNumbers(of: tape)
    let suspects = typicalAnswers(for: node, start).filter { agrees($0.value, $0.right) }
    guard !suspects.isEmpty else { return [] }
    var revealed: Set<String> = []
    for draw in 0..<6 {
      for answer in typicalAnswers(for: node, start.moved(seed: seed &* 6 &+ UInt64(draw)))
      where answer.value.isFinite && answer.right.isFinite && !agrees(answer.value, answer.right) {
        revealed.insert(answer.misconception.name)
      }
    }
    return suspects.map(\.misconception).filter { revealed.contains($0.name) }
  }

  /// One answer for each misconception that has a place at the node, with the right one beside it.
  private static func typicalAnswers(
    for node: NodeID, _ start: BackwardNumbers
  ) -> [(misconception: Misconception, value: Double, right: Double)] {
    let right = start.rightGradients()
    let found = lastStepAnswers(for: node, start, right).filter {
      $0.scope == .lastStep && !$0.misconception.isRare
    }
    var result = found.map {
      (misconception: $0.misconception, value: $0.value, right: right[node])
    }
    for misconception in catalog where misconception.needsWholePass && !misconception.isRare {
      guard let pass = MistakenPass(misconception, from: start) else { continue }
      result.append((misconception, pass.gradients[node], right[node]))
    }
    return result
  }

  /// How many uses of one node are looked at one by one.
  private static let mostUses = 64

  static func lastStepAnswers(
    for node: NodeID, _ start: BackwardNumbers, _ right: [Double]
  ) -> [WrongAnswer] {
    let graph = start.graph
    // In the order in which contributions arrive.
    let readers = graph.readers(of: node).suffix(mostUses).sorted {
      ($1.gate, $0.slot) < ($0.gate, $1.slot)
    }
    let edges = readers.map { reader in
      start.edge(start.operands(of: reader.gate), reader.slot, upstream: right[reader.gate])
    }
    let amounts = edges.map { $0.upstream * $0.local }
    let seeds = zip(graph.outputs, start.upstream).filter { $0.0 == node }.map(\.1)
    let all = seeds + amounts
    var found: [WrongAnswer] = []
    for misconception in catalog {
      let add = { (value: Double, place: Int?, scope: WrongAnswer.Scope) in
        found.append(
          WrongAnswer(
            misconception: misconception, value: value, gate: place.map { readers[$0].gate },
            slot: place.map { readers[$0].slot } ?? 0, scope: scope))
      }
      switch misconception.slip {
      case .factor(let amount):
        let wrong = edges.map(amount)
        let places = wrong.indices.filter { wrong[$0] != nil }
        guard let first = places.first else { continue }
        let sum = zip(wrong, amounts).reduce(seeds.reduce(0, +)) { $0 + ($1.0 ?? $1.1) }
        add(sum, first, .lastStep)
        guard all.count > 1 else { continue }
        for place in places {
          guard let slipped = wrong[place] else { continue }
          add(right[node] - amounts[place] + slipped, place, .oneGate)
          add(slipped, place, .oneGateAlone)
        }
      case .meeting(let meeting):
        guard all.count > 1, let last = all.last else { continue }
        switch meeting {
        case .last: add(last, edges.indices.last, .lastStep)
        case .first:
          add(all[0], seeds.isEmpty ? 0 : nil, .lastStep)
          for place in edges.indices { add(amounts[place], place, .oneGate) }
        case .mean: add(right[node] / Double(all.count), nil, .lastStep)
        case .product: add(all.reduce(1, *), nil, .lastStep)
        }
      case .seed(let seed): add(seed(right[node]), nil, .lastStep)
      case .addingAgain:
        if graph.nodes[node].kind == .input { add(2 * right[node], nil, .lastStep) }
      case .reading(let read):
        add(read(Reading(gradient: right[node], value: start.values[node])), nil, .lastStep)
      case .resending, .moving, .seedOfValues: continue
      }
    }
    return found
  }
}
