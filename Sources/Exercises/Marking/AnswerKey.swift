internal import Engine
internal import Language

/// An item made ready for marking: all that is the same for every student is worked out once.
package struct AnswerKey: Sendable {
  package let item: Item
  let graph: Graph
  let steps: LastSteps
  /// What the backward pass starts with at each node.
  let seeds: [Double]
  /// The local derivatives of all gates, one operand after the other.
  let locals: [Double]
  /// Where those of a gate begin.
  let firstLocal: [Int]
  /// The blank that asks for the value, or the gradient, of a node; -1 where none does.
  let valueBlank: [Int]
  let gradientBlank: [Int]
  /// The blanks that ask for neither, or for what another blank asks for as well.
  let otherBlanks: [Int]
  /// What follows from right numbers, for each blank.
  private(set) var rightFlow: Flow

  var values: [Double] { steps.values }
  var gradients: [Double] { steps.gradients }

  /// Prepares an item.
  package init(_ item: Item) {
    self.item = item
    let graph = item.tape.graph
    self.graph = graph
    steps = LastSteps(of: item.tape)
    var seeds = [Double](repeating: 0, count: graph.nodes.count)
    for (output, seed) in zip(graph.outputs, item.tape.upstream) { seeds[output] += seed }
    self.seeds = seeds
    var locals: [Double] = []
    var firstLocal: [Int] = []
    for node in graph.nodes.indices {
      firstLocal.append(locals.count)
      guard graph.nodes[node].kind == .gate else { continue }
      locals += graph.locals(
        of: node, values: steps.values, conventions: item.tape.conventions)
    }
    self.locals = locals
    self.firstLocal = firstLocal
    var valueBlank = [Int](repeating: -1, count: graph.nodes.count)
    var gradientBlank = valueBlank
    for (place, blank) in item.blanks.enumerated() {
      switch blank.quantity {
      case .value(let node) where valueBlank.indices.contains(node): valueBlank[node] = place
      case .gradient(let node) where gradientBlank.indices.contains(node):
        gradientBlank[node] = place
      case .value, .gradient, .formula, .other: break
      }
    }
    self.valueBlank = valueBlank
    self.gradientBlank = gradientBlank
    let placed = Set(valueBlank + gradientBlank)
    otherBlanks = item.blanks.indices.filter { !placed.contains($0) }
    rightFlow = Flow(
      values: steps.values, gradients: steps.gradients, locals: locals,
      isOffValue: [Bool](repeating: false, count: graph.nodes.count),
      expected: [Double?](repeating: nil, count: item.blanks.count))
    rightFlow = Flow(of: [Double?](repeating: nil, count: item.blanks.count), through: self)
  }

  /// How many points there are, in hundredths.
  package var outOf: Int { item.blanks.reduce(0) { $0 + 100 * max(0, $1.points) } }

  /// Whether two numbers are the same to a blank.
  func agrees(_ typed: Double, _ number: Double, _ blank: Blank) -> Bool {
    guard typed.isFinite, number.isFinite else { return false }
    return (typed - number).magnitude <= tolerance(of: blank) + 1e-9 * max(1, number.magnitude)
  }

  /// How far off is still right.
  func tolerance(of blank: Blank) -> Double {
    if case .number(_, let tolerance) = blank.answer { max(0, tolerance) } else { 0 }
  }

  /// Whether a typed number is the right one.
  func isRight(_ typed: Double, _ blank: Blank) -> Bool {
    if case .number(let right, _) = blank.answer {
      agrees(typed, right.double, blank)
    } else {
      false
    }
  }
}
