package import Language

/// Gradient descent on a graph whose one output is a loss: which inputs move, which are filled from
/// the columns of a table, and how.
///
/// A training is checked once, when it is made, and changes nothing when it runs: what it found is in
/// the `Outcome`.
package struct Training: Sendable {
  /// How to train; the standard values are those of plain gradient descent.
  package struct Options: Hashable, Sendable {
    /// How far a step goes: w moves by -rate × v.
    package var rate = 0.1
    /// What the rate comes down to, the same amount after every epoch; nil where it stays.
    package var finalRate: Double?
    /// How many times all rows are gone through.
    package var epochs = 100
    /// How many rows make one step; nil for all of them, 1 for one after the other.
    package var batch: Int?
    /// What the order of rows and the choice of validation rows follow from.
    package var seed: UInt64 = 1
    /// The part of the rows that is kept out of training, to see what has been learned.
    package var validate = 0.0
    /// How many epochs without a smaller validation loss end the training.
    package var patience: Int?
    /// How much of the last step goes into the next: v = momentum × v + gradient.
    package var momentum = 0.0
    /// What pulls parameters to 0: decay × w is added to the gradient of w.
    package var decay = 0.0

    package init() {}
  }

  /// A column and the input that its numbers go to.
  package struct Binding: Hashable, Sendable {
    package let column: Int
    package let node: NodeID

    package init(column: Int, node: NodeID) {
      self.column = column
      self.node = node
    }
  }

  /// A node that foretells the class in a column, so that right answers can be counted.
  ///
  /// Classes are 0 and 1, told apart at 0.5, or -1 and 1, told apart at 0: a prediction is right when
  /// it is on the side of the threshold that the class is on.
  package struct Judgement: Hashable, Sendable {
    package let prediction: NodeID
    package let column: Int
    /// Where the prediction changes sides; where the classes do, if it is nil.
    package let threshold: Double?

    package init(prediction: NodeID, column: Int, threshold: Double? = nil) {
      self.prediction = prediction
      self.column = column
      self.threshold = threshold
    }
  }

  package let graph: Graph
  package let examples: Examples
  package let parameters: [NodeID]
  package let bindings: [Binding]
  package let judgement: Judgement?
  package let options: Options
  /// The rows that are trained on, counted from 0, in the order of the table.
  package let trainingRows: [Int]
  /// The rows that are kept out of training, in the order of the table.
  package let validationRows: [Int]
  /// The loss.
  let output: NodeID
  let plan: LanePlan
  /// Which column of the table goes to which column of the plan.
  let columns: [(column: Int, slot: Int)]
  let conventions: Conventions
  /// What divides the two classes of the judgement.
  let threshold: Double
  /// The generator after it has chosen the validation rows.
  let random: RandomNumbers

  /// Makes a training ready, or says what is missing.
  ///
  /// `parameters`: the inputs that move, each with a number to start from.
  package init(
    _ graph: Graph, on examples: Examples, moving parameters: [NodeID], bindings: [Binding],
    judgement: Judgement? = nil, conventions: Conventions = Conventions(),
    options: Options = Options()
  ) throws(Problem) {
    try options.check()
    try Self.check(graph, examples, parameters, bindings, judgement)
    self.graph = graph
    self.examples = examples
    var known: Set<NodeID> = []
    self.parameters = parameters.filter { known.insert($0).inserted }
    self.bindings = bindings
    self.judgement = judgement
    self.conventions = conventions
    self.options = options
    output = graph.outputs.first ?? 0
    var builder = LaneBuilder(
      graph, moving: self.parameters, changing: bindings.map(\.node),
      wanted: [output] + (judgement.map { [$0.prediction] } ?? []), conventions: conventions)
    let plan = builder.plan()
    columns = bindings.compactMap { binding in
      plan.places[binding.node].map { (binding.column, Int($0.slot)) }
    }
    self.plan = plan
    threshold = judgement.map { examples.column($0.column).contains { $0 < 0 } ? 0 : 0.5 } ?? 0.5
    var random = RandomNumbers(seed: options.seed)
    let kept = try options.validationCount(of: examples.count)
    var rows = Array(0..<examples.count)
    if kept > 0 { random.shuffle(&rows) }
    validationRows = rows.prefix(kept).sorted()
    trainingRows = rows.dropFirst(kept).sorted()
    self.random = random
  }

  /// The numbers the parameters start from, in the order of `parameters`.
  package var start: [Double] { parameters.map { graph.nodes[$0].value } }
}

extension Training {
  /// Refuses what cannot be trained, the first thing a learner would look for first.
  private static func check(
    _ graph: Graph, _ examples: Examples, _ parameters: [NodeID], _ bindings: [Binding],
    _ judgement: Judgement?
  ) throws(Problem) {
    guard graph.outputs.count == 1, let loss = graph.outputs.first else {
      throw .lossNotOneNumber(graph.outputs.count)
    }
    guard !parameters.isEmpty else { throw .nothingToTrain() }
    guard examples.count > 0 else { throw .noExamples() }
    var filled: [NodeID: Int] = [:]
    for binding in bindings {
      guard examples.columns.indices.contains(binding.column) else {
        throw .unknownColumn(binding.column + 1, examples.columns)
      }
      let column = examples.columns[binding.column]
      guard graph.isInput(binding.node) else {
        throw .columnWithoutInput(column, graph.labelIfAny(binding.node))
      }
      if let other = filled.updateValue(binding.column, forKey: binding.node) {
        throw .twoColumns(examples.columns[other], column, graph.label(binding.node))
      }
    }
    let isUsed = graph.isUsed(by: loss)
    for parameter in parameters {
      guard graph.isInput(parameter) else {
        throw .parameterNotInput(graph.labelIfAny(parameter))
      }
      let name = graph.label(parameter)
      if filled[parameter] != nil { throw .parameterIsColumn(name) }
      if !isUsed[parameter] { throw .parameterUnreached(name, graph.label(loss)) }
    }
    try checkValues(graph, examples, parameters, isFilled: { filled[$0] != nil })
    if let judgement {
      guard examples.columns.indices.contains(judgement.column) else {
        throw .unknownColumn(judgement.column + 1, examples.columns)
      }
      guard graph.nodes.indices.contains(judgement.prediction) else {
        throw .predictionNotInGraph(graph.label(loss))
      }
    }
  }

  private static func checkValues(
    _ graph: Graph, _ examples: Examples, _ parameters: [NodeID], isFilled: (NodeID) -> Bool
  ) throws(Problem) {
    let empty = graph.inputs.filter { !graph.nodes[$0].hasValue && !isFilled($0) }
    let moving = Set(parameters)
    if let first = empty.first(where: { !moving.contains($0) }) {
      throw .missingColumn(graph.label(first), examples.columns)
    }
    if !empty.isEmpty { throw .parametersWithoutValue(empty.map(graph.label)) }
    if let first = parameters.first(where: { !graph.nodes[$0].value.isFinite }) {
      throw .parameterNotFinite(graph.label(first), graph.nodes[first].value)
    }
  }
}

extension Graph {
  /// Whether there is such a node and numbers can be put into it.
  fileprivate func isInput(_ node: NodeID) -> Bool {
    nodes.indices.contains(node) && nodes[node].kind == .input
  }

  /// For each node, whether a node is computed from it; the node itself included.
  fileprivate func isUsed(by node: NodeID) -> [Bool] {
    var isUsed = [Bool](repeating: false, count: nodes.count)
    isUsed[node] = true
    for gate in nodes.indices.reversed() where isUsed[gate] && nodes[gate].kind == .gate {
      for operand in operands(of: gate) { isUsed[Int(operand)] = true }
    }
    return isUsed
  }

  fileprivate func labelIfAny(_ node: NodeID) -> String {
    nodes.indices.contains(node) ? label(node) : "node \(node)"
  }
}
