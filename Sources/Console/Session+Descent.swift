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
        attention.report(.line(line(for: $0, of: request.options.epochs)), settings.style)
      })
    definitions.set(
      zip(training.parameters, outcome.parameters).map { (graph.label($0), $1) })
    parameters = training.parameters.map(graph.label)
    let start = training.evaluate(training.start)
    let isChecked = !training.validationRows.isEmpty
    let final = training.evaluate(outcome.parameters)
    // With one step an epoch, an epoch's loss is that of the parameters before its step.
    let isWhole = outcome.steps == outcome.history.count
    learning.losses =
      isWhole
      // Parameters that were taken back are no end of the course.
      ? outcome.history.map(\.loss) + (outcome.restoredEpoch == nil ? [final.loss] : [])
      : [start.loss] + outcome.history.map(\.loss)
    learning.validationLosses =
      isChecked
      ? [training.evaluate(training.start, rows: training.validationRows).loss]
        + outcome.history.map { $0.validationLoss ?? .nan } : []
    learning.history = outcome.history
    learning.prediction = prediction?.label
    self.graph = nil
    restartTape()
    let unused = examples.columns.indices.filter { column in
      !bindings.contains { $0.column == column } && column != judgement?.column
    }
    var document = summary(of: training, outcome)
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

  // MARK: - What is said

  private func summary(of training: Training, _ outcome: Training.Outcome) -> Document {
    var blocks: [Document.Block] = []
    let shown = Self.shownEpochs(outcome.history)
    if !shown.isEmpty {
      let hasValidation = !training.validationRows.isEmpty
      var columns: [Table.Column] = [.init("epoch", .right), .init("loss", .right)]
      if training.judgement != nil { columns.append(.init("accuracy", .right)) }
      if hasValidation { columns.append(.init("validation loss", .right)) }
      if hasValidation, training.judgement != nil {
        columns.append(.init("validation accuracy", .right))
      }
      let rows = shown.map { epoch -> [Text] in
        var row = [
          numbered("epoch", epoch.number), Text(settings.style.number(epoch.loss), .value),
        ]
        if let accuracy = epoch.accuracy { row.append(Text(percent(accuracy))) }
        if let loss = epoch.validationLoss {
          row.append(Text(settings.style.number(loss), .value))
        }
        if let accuracy = epoch.validationAccuracy { row.append(Text(percent(accuracy))) }
        return row
      }
      blocks = [.table(Table(columns, rows, indent: 0)), Document.blank]
    }
    blocks += ending(of: training, outcome).map { .line(Text($0)) }
    blocks += lastLines(of: training, outcome).map { .line($0) }
    return Document(blocks)
  }

  /// The first epoch and up to four round ones before the last, which has a line of its own.
  private static func shownEpochs(_ history: [Training.Epoch]) -> [Training.Epoch] {
    let before = history.count - 1
    guard before > 0 else { return [] }
    var stride = 1
    for power in [1, 10, 100, 1_000, 10_000, 100_000] {
      stride = [1, 2, 5].map { $0 * power }.first { before / $0 <= 4 } ?? 10 * power
      if before / stride <= 4 { break }
    }
    return history.dropLast().filter { $0.number == 1 || $0.number % stride == 0 }
  }

  /// `epoch 120 of 400   loss 0.3   accuracy 90%`, while a training runs.
  private func line(for epoch: Training.Epoch, of count: Int) -> Text {
    var line =
      Text("epoch \(epoch.number) of \(count)\(gap)loss ")
      + Text(settings.style.number(epoch.loss), .value)
    if let accuracy = epoch.accuracy { line += Text("\(gap)accuracy \(percent(accuracy))") }
    return line
  }

  private func ending(of training: Training, _ outcome: Training.Outcome) -> [String] {
    switch outcome.ending {
    case .completed: []
    case .impatient:
      [
        "Stopped after epoch \(outcome.history.count): \(counted(training.options.patience ?? 0, "epoch")) without a smaller validation loss."
      ]
    case .interrupted:
      [
        "Stopped \(outcome.history.isEmpty ? "in epoch 1" : "after epoch \(outcome.history.count)"); the \(counted(outcome.steps, "step")) that \(outcome.steps == 1 ? "was made is" : "were made are") kept."
      ]
    }
  }

  /// Where it ended: the loss and the accuracy with the parameters as they are now.
  private func lastLines(of training: Training, _ outcome: Training.Outcome) -> [Text] {
    let epoch = outcome.restoredEpoch ?? outcome.history.count
    let head =
      outcome.ending == .interrupted
      ? ""
      : (outcome.restoredEpoch == nil ? "" : "back to ")
        + "epoch \(epoch) of \(training.options.epochs)\(gap)"
    let result = { (what: String, rows: [Int]) -> Text in
      let now = training.evaluate(outcome.parameters, rows: rows)
      var line = Text("\(what)loss ") + Text(settings.style.number(now.loss), .value)
      if let accuracy = now.accuracy { line += Text("\(gap)accuracy \(percent(accuracy))") }
      return line
    }
    let line = result(head, training.trainingRows)
    guard !training.validationRows.isEmpty else { return [line] }
    return [line, result("validation\(gap)", training.validationRows)]
  }

  /// A part of a whole as a percentage with one decimal at most.
  private func percent(_ part: Double) -> String {
    ((part * 1_000).rounded() / 10).formatted(.arithmetic) + "%"
  }
}

extension Problem {
  static func notInLoss(_ name: String, _ loss: String, at span: SourceSpan) -> Problem {
    Problem(
      "not-in-graph", "\(loss) does not depend on \(name), so there is nothing to learn for it",
      at: span, hint: "leave \(name) out, or use it in \(loss)")
  }

  static func notWhole(_ name: String, _ text: String, at span: SourceSpan) -> Problem {
    Problem(
      "bad-option", "\(name) is a whole number, and not \(text)", at: span, hint: "try: \(name) 10")
  }

  static func optionWithoutNumber(_ name: String, at span: SourceSpan) -> Problem {
    Problem(
      "missing-argument", "something should follow \(name)", at: span,
      hint: name == "wrt"
        ? "try: wrt w, b" : name == "accuracy" ? "try: accuracy p" : "try: \(name) 1"
    )
  }

  static func repeatedTrainingOption(_ name: String, at span: SourceSpan) -> Problem {
    Problem("repeated-option", "\(name) is said twice", at: span, hint: "say it once")
  }

  static func unknownTrainingOption(_ word: String, at span: SourceSpan) -> Problem {
    let known = ["wrt", "accuracy"] + TrainingOption.all.map(\.name)
    return Problem(
      "unknown-option", "train does not know \(word)", at: span,
      hint: closest(to: word, among: known).map { "did you mean \($0)?" }
        ?? "help train lists what it knows")
  }
}
