internal import Engine
internal import Language
internal import Typesetting

// `train`: from its words to parameters that have learned.
extension Session {
  mutating func train(_ words: Words) throws(Problem) -> Reply {
    // A loss that needs no examples is a landscape to walk down: one row without columns.
    let examples = learning.examples ?? Examples(columns: ["row"], numbers: [1])
    let evaluator = self
    let request = try TrainingRequest(words) { word throws(Problem) in
      do throws(Problem) {
        return try evaluator.number(word.text, in: .session)
      } catch {
        throw error.moved(by: word.span.lowerBound)
      }
    }
    guard definitions.variables[request.loss.text] != nil else {
      if learning.examples == nil { throw .noExamplesYet() }
      throw .notOutput(request.loss.text, at: request.loss.span)
    }
    commitUpdates()
    // The parts of a fused gate are trained: the same numbers, faster.
    let prediction = try prediction(for: request, examples)
    // The parts of a fused gate are trained: the same numbers, faster.
    let graph = try Graph(
      of: request.loss.text, beside: [prediction?.name].compactMap(\.self),
      in: definitions.unfused)
    var names = request.names
    if names.isEmpty {
      // As `update` does: what moved last moves again.
      names = parameters.map { Words.Word(text: $0, span: request.loss.span) }
    }
    guard !names.isEmpty else { throw .missingArgument("train") }
    let moving = try parameterNodes(names, in: graph, for: request.loss.text)
    let bindings = examples.columns.enumerated().compactMap { column, name in
      graph.nodeOfLabel[inputName(of: name, in: graph)].map {
        Training.Binding(column: column, node: $0)
      }
    }
    if learning.examples == nil, let missing = graph.missingInputs.first {
      throw missing == prediction?.name ? .noExamplesYet() : .needsExamples(missing)
    }
    if let column = examples.columns.first(where: { name in
      graph.countingNames.contains(inputName(of: name, in: graph))
    }), learning.examples != nil {
      throw .columnCounts(column, request.loss.text, at: request.loss.span)
    }
    for binding in bindings {
      guard let count = graph.classNames[graph.label(binding.node)] else { continue }
      let classes = examples.column(binding.column)
      guard let row = classes.firstIndex(where: { k in !(1...count).contains { Double($0) == k } })
      else { continue }
      throw .classInRow(
        row + 1, examples.columns[binding.column], .noSuchClass(classes[row], count))
    }
    if learning.examples != nil, bindings.isEmpty, graph.outputs.count == 1 {
      throw .noColumnReaches(request.loss.text, examples.columns, at: request.loss.span)
    }
    var judgement: Training.Judgement?
    if let prediction, let column = examples.columns.indices.last {
      let word = request.accuracy ?? Words.Word(text: prediction.label, span: request.loss.span)
      let node = try trainedNode(word, in: graph, for: request.loss.text)
      judgement = Training.Judgement(
        prediction: node, column: column, threshold: prediction.threshold)
    }
    let training = try Training(
      graph, on: examples, moving: moving, bindings: bindings, judgement: judgement,
      conventions: settings.conventions, options: request.options)
    let outcome = try training.run(
      isInterrupted: attention.isInterrupted,
      progress: {
        attention.report(
          .line(line(for: $0, of: request.options.epochs)), settings.style, $0.number == 1)
      })
    try training.check(outcome)
    var learned: [NodeID: Double] = [:]
    for (node, value) in zip(training.parameters, outcome.parameters) { learned[node] = value }
    definitions.absorb(graph) { learned[$0] ?? graph.nodes[$0].value }
    parameters = training.parameters.map(graph.label)
    let start = try training.evaluate(training.start)
    let isChecked = !training.validationRows.isEmpty
    let final = try training.evaluate(outcome.parameters)
    // With one step an epoch, an epoch's loss is that of the parameters before its step.
    let isWhole = outcome.steps == outcome.history.count
    learning.losses =
      isWhole
      // Parameters that were taken back are no end of the course.
      ? outcome.history.map(\.loss) + (outcome.restoredEpoch == nil ? [final.loss] : [])
      : [start.loss] + outcome.history.map(\.loss)
    learning.validationLosses =
      isChecked
      ? [try training.evaluate(training.start, rows: training.validationRows).loss]
        + outcome.history.map { $0.validationLoss ?? .nan } : []
    learning.history = outcome.history
    learning.prediction = prediction?.label
    self.graph = nil
    restartTape()
    let unused = examples.columns.indices.filter { column in
      !bindings.contains { $0.column == column } && column != judgement?.column
    }
    var document = try summary(of: training, outcome)
    if learning.examples != nil, !unused.isEmpty {
      let names = unused.map { examples.columns[$0] }.joined(separator: ", ")
      document += Document(lines: ["Columns that \(request.loss.text) does not use: \(names)."])
    }
    return Reply(document)
  }

  private func parameterNodes(
    _ names: [Words.Word], in graph: Graph, for loss: String
  ) throws(Problem) -> [NodeID] {
    var result: [NodeID] = []
    for word in names {
      // A vector's or a matrix's name stands for all its elements.
      if let found = known(word.text, in: graph), found.shape != .scalar,
        found.nodes.allSatisfy({ graph.nodes[$0].kind == .input })
      {
        result += found.nodes
        continue
      }
      let node: NodeID
      do throws(Problem) {
        node = try trainedNode(word, in: graph, for: loss)
      } catch {
        // `epoch 5` after the names is an option with a typing error more likely than a name.
        let isOption = closest(to: word.text, among: TrainingOption.all.map(\.name)) != nil
        throw isOption ? .unknownTrainingOption(word.text, at: word.span) : error
      }
      guard graph.nodes[node].kind == .input else {
        throw Problem.parameterNotInput(word.text).at(word.span)
      }
      result.append(node)
    }
    return result
  }

  /// The node a word names in the graph of the loss, which need not be the current formula.
  private func trainedNode(
    _ word: Words.Word, in graph: Graph, for loss: String
  ) throws(Problem) -> NodeID {
    if let found = known(word.text, in: graph) {
      guard found.shape == .scalar, let node = found.nodes.first else {
        throw .needsElement(word.text, found.shape, at: word.span)
      }
      return node
    }
    throw definitions.variables[Definitions.element(word.text)?.name ?? word.text] != nil
      ? .notInLoss(word.text, loss, at: word.span)
      : .unknownNode(word.text, known: graph.labels, at: word.span)
  }
}
