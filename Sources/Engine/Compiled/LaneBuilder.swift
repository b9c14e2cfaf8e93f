internal import Kernels
internal import Language

/// Finds the structure of a scalar graph: which gates are parts of sums of products, what depends on
/// what, and which of them stand side by side.
///
/// Three steps, each in linear time but for one sort: gates become forms (a sum takes in the products
/// that only it uses), forms are put in the order of their levels, and neighbours of one kind become
/// runs.
struct LaneBuilder {
  let graph: Graph
  let moving: [NodeID]
  let changing: [NodeID]
  let wanted: [NodeID]
  let conventions: Conventions
  /// For each node, whether a parameter reaches it, and whether a column does.
  let moves: [Bool]
  let changes: [Bool]
  /// How many gates, and how many askers from outside, use a node; 0 where nothing wanted does.
  var uses: [Int32]
  /// The values of nodes that nothing changes.
  var fixed: [Double]
  var forms: [Form]
  /// For each form, how many forms are below it at most.
  var levels: [UInt64]
  /// The terms of all sums, each with the one before it: long chains share their beginnings.
  var terms: [Term] = []
  /// The operands of all forms, one form after the other.
  var operands: [Int32] = []

  /// What a gate does once the products it takes in are part of it.
  struct Form {
    var operation: LaneOperation = .outsider
    var function: Operation = .leaf
    /// Whether it is computed at all; parts of other forms are not.
    var isEmitted = false
    /// The last of its terms, while it is a sum that may still grow; else -1.
    var lastTerm: Int32 = -1
    var firstOperand: Int32 = 0
    var operandCount: Int32 = 0
    /// The node of a bias, -1 without one.
    var bias: Int32 = -1
    var isBiasFirst = false
  }

  /// A product in a sum, or with `second` -1 a plain number.
  struct Term {
    let first: Int32
    let second: Int32
    /// The product's own gate.
    let node: Int32
    let previous: Int32
  }

  init(
    _ graph: Graph, moving: [NodeID], changing: [NodeID], wanted: [NodeID],
    conventions: Conventions
  ) {
    self.graph = graph
    self.moving = moving
    self.changing = changing
    self.wanted = wanted
    self.conventions = conventions
    moves = graph.depends(on: moving)
    changes = graph.depends(on: changing)
    uses = [Int32](repeating: 0, count: graph.nodes.count)
    fixed = graph.nodes.map(\.value)
    levels = [UInt64](repeating: 0, count: graph.nodes.count)
    forms = [Form](repeating: Form(), count: graph.nodes.count)
  }

  /// The plan of the graph.
  mutating func plan() -> LanePlan {
    computeFixed()
    countUses()
    for gate in graph.nodes.indices where isComputed(gate) { form(gate) }
    for gate in graph.nodes.indices where forms[gate].isEmitted { settle(gate) }
    return laidOut()
  }

  /// Whether a gate is computed again and again, and for something wanted.
  func isComputed(_ gate: NodeID) -> Bool {
    graph.nodes[gate].kind == .gate && uses[gate] > 0 && (moves[gate] || changes[gate])
  }

  private mutating func computeFixed() {
    var inputs: [Double] = []
    for gate in graph.nodes.indices
    where graph.nodes[gate].kind == .gate && !moves[gate] && !changes[gate] {
      graph.gather(operandsOf: gate, from: fixed, into: &inputs)
      fixed[gate] = inputs.withUnsafeBufferPointer { graph.value(of: gate, $0) }
    }
  }

  private mutating func countUses() {
    for node in wanted { uses[node] += 1 }
    for gate in graph.nodes.indices.reversed() where isComputed(gate) {
      for operand in graph.operands(of: gate) { uses[Int(operand)] += 1 }
    }
  }

  /// What a gate does by itself; sums grow with their first operand.
  private mutating func form(_ gate: NodeID) {
    let own = graph.operands(of: gate).map { $0 }
    var form = Form()
    form.isEmitted = true
    switch (Lowering.of(graph.nodes[gate].primitive), own.count) {
    case (.sum, 2...):
      form.operation = .sum
      var rest = own[...]
      let first = Int(own[0])
      if uses[first] == 1, forms[first].isEmitted, forms[first].lastTerm >= 0,
        changes[first] == changes[gate]
      {
        // A bracketed or chained sum that nobody else uses goes on here.
        form.lastTerm = forms[first].lastTerm
        forms[first].isEmitted = false
        rest = own.dropFirst()
      }
      for operand in rest { add(operand, to: &form, of: gate) }
    case (.dot, 2...):
      form.operation = .dot
      let half = own.count / 2
      for place in 0..<half {
        append(
          Term(first: own[place], second: own[half + place], node: -1, previous: form.lastTerm),
          &form)
      }
      if own.count > 2 * half { add(own[2 * half], to: &form, of: gate) }
    case (.binary(let function), 2):
      form.operation = .binary
      form.function = function
    case (.unary(let function), 1):
      form.operation = .unary
      form.function = function
    case (.copy, 1):
      form.operation = .unary
      form.function = .multiply
    case (.negate, 1):
      form.operation = .unary
      form.function = .subtract
    case (.power, 2) where graph.isTwo(own[1]):
      form.operation = .unary
      form.function = .square
    default: form.operation = .outsider
    }
    forms[gate] = form
  }

  /// A term of a sum: the product that an operand is, if only this sum uses it, or the operand.
  ///
  /// What is one number for all rows stays one, and is not multiplied out row by row.
  private mutating func add(_ operand: Int32, to form: inout Form, of gate: NodeID) {
    let node = Int(operand)
    var term = Term(first: operand, second: -1, node: operand, previous: form.lastTerm)
    if uses[node] == 1, forms[node].isEmitted, changes[node] == changes[gate] {
      let own = graph.operands(of: node)
      switch (forms[node].operation, forms[node].function) {
      case (.binary, .multiply):
        term = Term(
          first: own[own.startIndex], second: own[own.startIndex + 1], node: operand,
          previous: form.lastTerm)
      case (.unary, .square):
        let base = own[own.startIndex]
        term = Term(first: base, second: base, node: operand, previous: form.lastTerm)
      default: break
      }
    }
    append(term, &form)
  }

  private mutating func append(_ term: Term, _ form: inout Form) {
    form.lastTerm = Int32(clamping: terms.count)
    terms.append(term)
  }

  /// Decides what a sum is, and writes down what each form reads.
  private mutating func settle(_ gate: NodeID) {
    var form = forms[gate]
    form.firstOperand = Int32(clamping: operands.count)
    if form.lastTerm >= 0 {
      settleSum(&form, isColumn: changes[gate])
    } else if form.function == .square {
      operands.append(graph.operands(of: gate)[graph.operands(of: gate).startIndex])
    } else {
      operands += graph.operands(of: gate)
    }
    form.operandCount = Int32(clamping: operands.count) - form.firstOperand
    forms[gate] = form
  }

  private mutating func settleSum(_ form: inout Form, isColumn: Bool) {
    var own: [Term] = []
    var next = form.lastTerm
    while next >= 0 {
      own.append(terms[Int(next)])
      next = terms[Int(next)].previous
    }
    own.reverse()
    let plain = own.indices.filter { own[$0].second < 0 }
    let isDot =
      plain.isEmpty
      || plain.count == 1 && own.count > 1 && (plain[0] == 0 || plain[0] == own.count - 1)
        && !(isColumn && changes[Int(own[plain[0]].first)])
    // A product that is a part of it all along cannot be taken out again.
    let isGathered = !isDot && own.contains { $0.second >= 0 && $0.node < 0 }
    guard isDot || isGathered else {
      form.operation = own.count == 2 ? .binary : .sum
      form.function = .add
      for term in own { operands.append(term.node) }
      return
    }
    form.operation = isDot ? .dot : .gatheredDot
    for (place, term) in own.enumerated() {
      if term.node >= 0, term.second >= 0 { forms[Int(term.node)].isEmitted = false }
      if term.second >= 0 {
        operands += [term.first, term.second]
      } else if isDot {
        form.bias = term.first
        form.isBiasFirst = place == 0
      } else {
        operands += [-1, term.first]
      }
    }
  }
}

extension Graph {
  /// Whether a node is the literal 2.
  func isTwo(_ node: Int32) -> Bool {
    nodes[Int(node)].kind == .constant && nodes[Int(node)].value == 2
  }
}
