internal import Language

/// What a backward pass starts from: a graph, the values of its nodes and the gradients given.
///
/// Mistaken passes and the right one are made from it in the same way, so that they differ in the
/// mistake and in nothing else.
struct BackwardNumbers {
  let graph: Graph
  var values: [Double]
  var upstream: [Double]
  /// The filters that slide in the graph.
  let filters: SlidingFilters
  /// What `c` stands for in the rules of every primitive.
  let choices: [Double]
  let conventions: Conventions
  /// What an update that comes too early moves by.
  let rate: Double

  /// The operands of every gate with their slopes, where many passes share them.
  private var prepared: [GateOperands] = []

  static let standardRate = 0.5

  /// The numbers at the last gate that sent something back.
  init(of tape: Tape) {
    graph = tape.graph
    upstream = tape.upstream
    filters = SlidingFilters(in: tape.graph)
    choices = tape.conventions.values
    conventions = tape.conventions
    let last = tape.events.lastIndex { $0.kind == .backward }
    values = Snapshot(of: tape, at: Tape.Position(last ?? tape.events.count)).values
    rate = tape.events.last { $0.kind == .update }?.value ?? Self.standardRate
  }

  /// The numbers of a pass that nobody steps through, at the graph's own values.
  init(graph: Graph, conventions: Conventions) {
    self.graph = graph
    self.conventions = conventions
    values = graph.nodes.map(\.value)
    filters = SlidingFilters(in: graph)
    upstream = [Double](repeating: 1, count: graph.outputs.count)
    choices = conventions.values
    rate = Self.standardRate
  }

  /// The operands of a gate, read once for all contributions it makes.
  func operands(of gate: NodeID) -> GateOperands {
    prepared.isEmpty ? gathered(gate) : prepared[gate]
  }

  private func gathered(_ gate: NodeID) -> GateOperands {
    let operands = graph.operands(of: gate)
    return GateOperands(
      gate: gate, operands: operands, inputs: operands.map { values[Int($0)] },
      literals: operands.map { graph.nodes[Int($0)].kind == .constant })
  }

  /// Reads all operands and works out all slopes, for many passes at the same values.
  mutating func prepare() {
    prepared = graph.nodes.indices.map { node in
      var gate = gathered(node)
      gate.locals = gate.inputs.indices.map { slope(gate, $0) }
      return gate
    }
  }

  /// Gives a node another value, so that nothing that was prepared holds.
  mutating func move(_ node: NodeID, to value: Double) {
    values[node] = value
    prepared = []
  }

  private func slope(_ gate: GateOperands, _ slot: Int) -> Double {
    let own = graph.nodes[gate.gate].primitive
    let convention =
      own < Graph.firstFused
      ? choices[Int(own)] : conventions.value(for: graph.primitive(of: gate.gate))
    return gate.inputs.withUnsafeBufferPointer {
      graph.slope(
        of: gate.gate, operand: slot, operands: $0, result: values[gate.gate],
        convention: convention)
    }
  }

  /// All that a slip about one operand can mix up.
  func edge(_ gate: GateOperands, _ slot: Int, upstream: Double) -> Misconception.Edge {
    // Slips are known for primitives; a fused gate is one that only passes on, times its slope.
    let own = graph.nodes[gate.gate].primitive
    let id = own < Graph.firstFused ? own : Primitive.copy
    let result = values[gate.gate]
    let convention =
      own < Graph.firstFused
      ? choices[Int(id)] : conventions.value(for: graph.primitive(of: gate.gate))
    let local = gate.locals.isEmpty ? slope(gate, slot) : gate.locals[slot]
    return Misconception.Edge(
      id: id, slot: slot, operands: gate.operands, inputs: gate.inputs,
      literals: gate.literals, result: result, upstream: upstream, local: local,
      convention: convention, isWindow: filters.isWindow(gate.gate),
      firstPartner: filters.firstPartner(of: gate.gate, slot, in: graph).map { values[$0] })
  }

  /// The gradients of a pass without a mistake.
  func rightGradients() -> [Double] {
    var gradients = [Double](repeating: 0, count: graph.nodes.count)
    for (output, seed) in zip(graph.outputs, upstream) { gradients[output] += seed }
    var inputs: [Double] = []
    for gate in graph.gates.reversed() {
      graph.gather(operandsOf: gate, from: values, into: &inputs)
      let id = graph.nodes[gate].primitive
      let convention =
        id < Graph.firstFused ? choices[Int(id)] : conventions.value(for: graph.primitive(of: gate))
      for (slot, operand) in graph.operands(of: gate).enumerated()
      where graph.nodes[Int(operand)].kind != .constant {
        gradients[Int(operand)] +=
          gradients[gate]
          * inputs.withUnsafeBufferPointer {
            graph.slope(
              of: gate, operand: slot, operands: $0, result: values[gate],
              convention: convention)
          }
      }
    }
    return gradients
  }

  /// The same formulas at other numbers, drawn from a seed: what was a coincidence is none there.
  func moved(seed: UInt64) -> BackwardNumbers {
    var moved = self
    var random = RandomNumbers(seed: seed)
    var held: [NodeID: Double] = [:]
    // Every other draw keeps the signs, so that logarithms and roots stay where they are defined.
    let keepsSigns = seed.isMultiple(of: 2)
    for input in graph.inputs {
      let number = random.uniform(from: 0.4, to: 2.4)
      let isNegative =
        if keepsSigns {
          values[input] < 0
        } else {
          random.unit() < 0.5
        }
      held[input] = isNegative ? -number : number
    }
    moved.values = graph.values(holding: held, from: values)
    return moved
  }
}

/// A gate with the nodes and values of its operands.
struct GateOperands {
  let gate: NodeID
  let operands: ArraySlice<Int32>
  let inputs: [Double]
  let literals: [Bool]
  /// The slope in each operand, where it has been worked out.
  var locals: [Double] = []
}

/// Whether two numbers are more than rounding apart.
func areApart(_ a: Double, _ b: Double) -> Bool {
  if isEqual(a, b) { return false }
  return !((a - b).magnitude <= 1e-10 * max(a.magnitude, b.magnitude, 1e-3))
}
