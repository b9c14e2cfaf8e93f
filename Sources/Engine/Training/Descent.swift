package import Language

extension Training {
  /// Trains, and says what it led to; the training itself stays as it is.
  ///
  /// Each epoch goes through all training rows: in the order of the table where one step takes them
  /// all, else in a new random order. A step follows the mean of its rows' gradients.
  /// `isInterrupted`: asked after each step; true ends the training and keeps what is done.
  /// `progress`: told of each epoch that is over.
  /// Throws where a number stops being one.
  package func run(
    isInterrupted: () -> Bool = { false }, progress: (Epoch) -> Void = { _ in }
  ) throws(Problem) -> Outcome {
    var descent = Descent(self)
    return try descent.run(isInterrupted: isInterrupted, progress: progress)
  }

  /// The mean loss and the accuracy with the parameters at some numbers.
  ///
  /// `rows`: which rows of the examples, counted from 0; all of them when nil.
  package func evaluate(_ parameters: [Double], rows: [Int]? = nil) -> Evaluation {
    var workspace = Workspace(for: plan)
    for (node, value) in zip(self.parameters, parameters) { workspace.values[node] = value }
    let rows = rows?.filter { $0 >= 0 && $0 < examples.count } ?? Array(0..<examples.count)
    return measure(rows, &workspace).evaluation
  }

  /// Mean loss and accuracy on some rows, and the first row on which a number is not finite.
  func measure(
    _ rows: [Int], _ workspace: inout Workspace
  ) -> (evaluation: Evaluation, badRow: Int?) {
    var tally = Tally()
    var badRow: Int?
    for row in rows {
      let isFinite = runForward(row, &workspace)
      if !isFinite, badRow == nil { badRow = row }
      tally.add(workspace, row: row, of: self)
    }
    return (Evaluation(loss: tally.loss, accuracy: accuracy(tally)), badRow)
  }

  func accuracy(_ tally: Tally) -> Double? { judgement == nil ? nil : tally.accuracy }

  /// Puts a row into the inputs and computes the loss; false when a number is not finite.
  func runForward(_ row: Int, _ workspace: inout Workspace) -> Bool {
    let first = row * examples.columns.count
    for binding in bindings {
      workspace.values[binding.node] = examples.numbers[first + binding.column]
    }
    // An infinity on the way may be divided away again; what counts is the loss.
    _ = plan.runForward(&workspace)
    return workspace.values[plan.output].isFinite
  }

  /// What some rows come to together.
  struct Tally {
    private var sum = 0.0
    private var right = 0
    private var count = 0

    var loss: Double { count > 0 ? sum / Double(count) : .nan }
    var accuracy: Double { count > 0 ? Double(right) / Double(count) : .nan }

    mutating func add(_ workspace: Workspace, row: Int, of training: Training) {
      sum += workspace.values[training.plan.output]
      count += 1
      guard let judgement = training.judgement else { return }
      let examples = training.examples
      let target = examples.numbers[row * examples.columns.count + judgement.column]
      let isAbove =
        workspace.values[judgement.prediction] >= judgement.threshold ?? training.threshold
      if isAbove == (target >= training.threshold) { right += 1 }
    }
  }
}

/// A training under way.
private struct Descent {
  let training: Training
  var workspace: Workspace
  var random: RandomNumbers
  var parameters: [Double]
  /// What momentum keeps of the steps before.
  var velocity: [Double]
  /// The sum of the gradients of a step's rows.
  var sums: [Double]
  var order: [Int]
  var epoch = 1
  var steps = 0
  var history: [Training.Epoch] = []
  var best: (epoch: Int, loss: Double, parameters: [Double])?

  init(_ training: Training) {
    self.training = training
    workspace = Workspace(for: training.plan)
    random = training.random
    parameters = training.start
    velocity = [Double](repeating: 0, count: parameters.count)
    sums = velocity
    order = training.trainingRows
  }

  mutating func run(
    isInterrupted: () -> Bool, progress: (Training.Epoch) -> Void
  ) throws(Problem) -> Training.Outcome {
    let options = training.options
    let batch = min(options.batch ?? order.count, order.count)
    while epoch <= options.epochs {
      if batch < order.count { random.shuffle(&order) }
      var tally = Training.Tally()
      var place = 0
      var isStopped = false
      while place < order.count, !isStopped {
        let end = min(place + batch, order.count)
        try step(place..<end, &tally)
        place = end
        isStopped = isInterrupted()
      }
      // An epoch that was broken off has no loss of its own.
      if place == order.count { progress(try finishEpoch(tally)) }
      if isStopped { return outcome(.interrupted) }
      if let patience = options.patience, let best, epoch - best.epoch >= patience {
        return outcome(.impatient)
      }
      epoch += 1
    }
    return outcome(.completed)
  }

  /// One step of gradient descent, from the rows at some places of the order.
  private mutating func step(_ places: Range<Int>, _ tally: inout Training.Tally) throws(Problem) {
    let options = training.options
    let nodes = training.parameters
    for index in sums.indices { sums[index] = 0 }
    for place in places {
      let row = order[place]
      guard training.runForward(row, &workspace) else { throw fault(in: places) }
      tally.add(workspace, row: row, of: training)
      training.plan.runBackward(&workspace)
      for index in sums.indices { sums[index] += workspace.gradients[nodes[index]] }
    }
    let count = Double(places.count)
    for index in sums.indices {
      let before = parameters[index]
      // Where an option is off its term is left out, and not added as a 0 that could be 0 × inf.
      var move = sums[index] / count
      if options.decay != 0 { move += options.decay * before }
      if options.momentum != 0 { move += options.momentum * velocity[index] }
      let after = before - options.rate * move
      guard move.isFinite, after.isFinite else {
        throw fault(in: places, parameter: index, gradient: sums[index] / count, after: after)
      }
      velocity[index] = move
      parameters[index] = after
    }
    for index in sums.indices { workspace.values[nodes[index]] = parameters[index] }
    steps += 1
  }

  private mutating func finishEpoch(
    _ tally: Training.Tally
  ) throws(Problem) -> Training.Epoch {
    var validation: Training.Evaluation?
    if !training.validationRows.isEmpty {
      let (measured, badRow) = training.measure(training.validationRows, &workspace)
      if let badRow {
        _ = training.runForward(badRow, &workspace)
        throw training.divergence(
          epoch: epoch, row: badRow, training.faultyValue(row: badRow, workspace.values))
      }
      validation = measured
      if training.options.patience != nil, measured.loss < best?.loss ?? .infinity {
        best = (epoch, measured.loss, parameters)
      }
    }
    let finished = Training.Epoch(
      number: epoch, loss: tally.loss, accuracy: training.accuracy(tally),
      validationLoss: validation?.loss, validationAccuracy: validation?.accuracy)
    history.append(finished)
    return finished
  }

  /// What went wrong in a step, found by going through its rows once more.
  private mutating func fault(
    in places: Range<Int>, parameter: Int? = nil, gradient: Double = 0, after: Double = 0
  ) -> Problem {
    // Some parameters have moved already: this step began from those in the workspace.
    for place in places {
      let row = order[place]
      if !training.runForward(row, &workspace) {
        return training.divergence(
          epoch: epoch, row: row, training.faultyValue(row: row, workspace.values))
      }
      training.plan.runBackward(&workspace)
      if let what = training.faultyGradient(workspace) {
        return training.divergence(epoch: epoch, row: row, what)
      }
    }
    let row = places.last.map { order[$0] } ?? 0
    let name = parameter.map { training.graph.label(training.parameters[$0]) } ?? ""
    return training.divergence(
      epoch: epoch, row: row,
      gradient.isFinite
        ? "\(name) became \(after.formatted(.data))"
        : "the gradients of \(name) add up to \(gradient.formatted(.data))")
  }

  private func outcome(_ ending: Training.Ending) -> Training.Outcome {
    var restored: Int?
    var result = parameters
    if ending != .interrupted, let best, best.epoch != history.last?.number {
      restored = best.epoch
      result = best.parameters
    }
    return Training.Outcome(
      parameters: result, history: history, ending: ending, steps: steps, restoredEpoch: restored)
  }
}
