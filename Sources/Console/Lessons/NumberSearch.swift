internal import Engine
internal import Language
internal import Typesetting

/// Draws numbers for the inputs of a graph and keeps those that make the best question.
struct NumberSearch {
  private let tape: Tape
  private let graph: Graph
  private let node: NodeID
  private let isGradient: Bool
  /// The gates that have a part in the answer.
  private let gates: [NodeID]
  /// The inputs that get new numbers.
  private let inputs: [NodeID]
  private let start: [Double]
  private let answer: Double
  let isExact: Bool

  /// How many of the best draws are looked at closely.
  private static let closeLooks = 24
  private static let whole: [Double] = [2, 3, 4, 5, 6, -2, -3, -4, -5, -6]
  private static let halves: [Double] = [0.5, 1.5, 2.5, -0.5, -1.5, -2.5]
  /// Where a gate bends, large numbers would only find its flat ends.
  private static let mild: [Double] = [
    0.5, 1.5, 2, 0.2, 0.25, 0.4, 0.75, -0.5, -1.5, -2, -0.2, -0.25, -0.4, -0.75,
  ]

  /// `fixed`: the names whose numbers are to stay.
  init(_ tape: Tape, _ node: NodeID, isGradient: Bool, fixed: Set<String>) {
    self.tape = tape
    graph = tape.graph
    self.node = node
    self.isGradient = isGradient
    let graph = tape.graph
    inputs = graph.inputs.filter { input in
      let label = graph.label(input)
      return !fixed.contains(label) && !fixed.contains(Definitions.element(label)?.name ?? label)
    }
    start = graph.values()
    answer = isGradient ? tape.gradients(at: start)[node] : start[node]
    let isBelow = graph.isNeeded(by: isGradient ? graph.outputs : [node])
    gates = graph.gates.filter { isBelow[$0] }
    isExact = gates.allSatisfy { graph.isExact($0) }
  }

  /// The session with the best numbers found, or nil where none will do.
  func best(seed: UInt64, in session: Session) -> Session? {
    guard !inputs.isEmpty, isGradient || graph.nodes[node].kind == .gate else { return nil }
    var random = RandomNumbers(seed: seed)
    var found: [(cost: Int, held: [NodeID: Double])] = []
    for draw in 0..<max(8, min(400, 400_000 / (graph.nodes.count + 1))) {
      let held = drawn(&random, keepsSigns: draw % 2 == 1)
      let values = graph.values(holding: held)
      if let cost = cost(of: values) { found.append((cost, held)) }
    }
    // The order of equal ones is that of the draws, so that other seeds find other numbers.
    let ranked = found.enumerated().sorted {
      ($0.element.cost, $0.offset) < ($1.element.cost, $1.offset)
    }
    var best: (hidden: Int, session: Session)?
    for (_, candidate) in ranked.prefix(Self.closeLooks) {
      var moved = session
      moved.definitions.set(inputs.map { (graph.label($0), candidate.held[$0] ?? start[$0]) })
      guard let hidden = moved.hiddenMistakes(at: node, isGradient: isGradient) else { continue }
      if hidden == 0 { return moved }
      if best.map({ hidden < $0.hidden }) ?? true { best = (hidden, moved) }
    }
    return best?.session
  }

  private func drawn(_ random: inout RandomNumbers, keepsSigns: Bool) -> [NodeID: Double] {
    var held: [NodeID: Double] = [:]
    for input in inputs {
      let isWhole = start[input] == start[input].rounded()
      let pool =
        !isExact ? Self.mild : random.below(isWhole ? 10 : 2) == 0 ? Self.halves : Self.whole
      let number = pool[random.below(pool.count)]
      // Roots and logarithms stay where they are defined.
      held[input] = keepsSigns ? (start[input] < 0 ? -number.magnitude : number.magnitude) : number
    }
    return held
  }

  // MARK: - How good numbers are

  /// What is against these numbers, less being better; nil where the question cannot be asked.
  private func cost(of values: [Double]) -> Int? {
    guard values.allSatisfy(\.isFinite) else { return nil }
    let gradients = tape.gradients(at: values)
    let new = isGradient ? gradients[node] : values[node]
    guard new.isFinite, !Answer.isRight(new, typed: "", expected: answer),
      !Answer.isRight(answer, typed: "", expected: new), new != 0 || answer == 0
    else { return nil }
    let size = new.magnitude
    if isExact {
      guard let places = Self.places(new), size < 1_000, size * pow10(places) < 10_000 else {
        return nil
      }
    } else {
      guard size < 100, size >= min(0.05, answer.magnitude / 2) else { return nil }
    }
    var cost = 2 * max(0, (Self.places(new) ?? 1) - 1)
    for gate in gates {
      let operands = graph.operands(of: gate).map { Int($0) }
      let inputs = operands.map { values[$0] }
      // On a kink the slope is a convention: another question, unless it was the question before.
      guard !isOnKink(gate, values) || isOnKink(gate, start) else { return nil }
      if operands.count <= 3, Set(inputs).count < Set(operands).count { cost += 5 }
      guard isExact else {
        // A gate that bends is worth a question where it is not flat.
        let slopes = graph.locals(of: gate, values: values, conventions: tape.conventions)
        if !graph.isExact(gate), slopes.contains(where: { $0.magnitude < 0.05 }) { cost += 4 }
        continue
      }
      switch Self.places(values[gate]) {
      case nil: cost += 6
      case let places?: cost += 2 * max(0, places - 1)
      }
      if values[gate].magnitude > 100 { cost += 3 }
      if isGradient, Self.places(gradients[gate]) == nil { cost += 3 }
    }
    let isMixed = self.inputs.contains { values[$0] < 0 } && self.inputs.contains { values[$0] > 0 }
    if self.inputs.count > 1, !isMixed { cost += 4 }
    cost += 2 * self.inputs.count { values[$0] == start[$0] }
    // Of a few inputs each has a size of its own, so that no number can come from two of them.
    let sizes = Set(self.inputs.map { values[$0].magnitude })
    if self.inputs.count <= 8 { cost += 2 * (self.inputs.count - sizes.count) }
    if !isGradient { cost += 4 * WrongValue.hiddenCount(of: node, in: graph, at: values) }
    return cost
  }

  private func isOnKink(_ gate: NodeID, _ values: [Double]) -> Bool {
    !tape.conventions.used(
      at: gate, in: graph, operands: graph.operands(of: gate).map { values[Int($0)] },
      result: values[gate]
    ).isEmpty
  }

  private func pow10(_ places: Int) -> Double { Real.power(10, Double(places)) }

  /// How many decimals a number has, up to three; nil for more.
  private static func places(_ value: Double) -> Int? {
    for (places, scale) in [1.0, 10, 100, 1_000].enumerated() {
      let scaled = value * scale
      if (scaled - scaled.rounded()).magnitude <= 1e-9 * max(1, scaled.magnitude) { return places }
    }
    return nil
  }
}

extension Tape {
  /// The gradients of one pass at other values of the nodes.
  fileprivate func gradients(at values: [Double]) -> [Double] {
    graph.adjoints(at: values, conventions: conventions, seeds: upstream)
  }
}

extension Graph {
  /// For each node, whether one of `ends` is computed from it, or is it.
  fileprivate func isNeeded(by ends: [NodeID]) -> [Bool] {
    var isNeeded = [Bool](repeating: false, count: nodes.count)
    for end in ends { isNeeded[end] = true }
    for gate in nodes.indices.reversed() where isNeeded[gate] && nodes[gate].kind == .gate {
      for operand in operands(of: gate) { isNeeded[Int(operand)] = true }
    }
    return isNeeded
  }

  /// Whether a gate turns fractions into fractions, found out by trying it.
  fileprivate func isExact(_ gate: NodeID) -> Bool {
    let trial: [Double] = [3, 5, 2, 7]
    let inputs = operands(of: gate).indices.map { trial[$0 % trial.count] }
    let result = inputs.withUnsafeBufferPointer { value(of: gate, $0) }
    // All denominators that come of adding and dividing a few small numbers.
    let scaled = result * 5_040
    return (scaled - scaled.rounded()).magnitude <= 1e-9 * max(1, scaled.magnitude)
  }
}

extension Session {
  /// How many known mistakes would pass for the right answer here; nil where there is no answer.
  fileprivate func hiddenMistakes(at node: NodeID, isGradient: Bool) -> Int? {
    guard let tape = try? completedScene().tape else { return nil }
    let values = tape.graph.values()
    guard isGradient else { return WrongValue.hiddenCount(of: node, in: tape.graph, at: values) }
    let right = tape.gradients(at: values)[node]
    let hidden = Misconception.hidden(at: node, on: tape, seed: 1) {
      Answer.isRight($0, typed: "", expected: $1)
    }
    let near = Misconception.answers(for: node, on: tape).count {
      Answer.isRight($0.value, typed: "", expected: right)
    }
    return hidden.count + near
  }
}
