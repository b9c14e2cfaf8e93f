package import Kernels
package import Language

extension Training {
  /// Trains, and says what it led to; the training itself stays as it is.
  ///
  /// Each epoch goes through all training rows: in the order of the table where one step takes them
  /// all, else in a new random order. A step follows the mean of its rows' gradients.
  /// `isInterrupted`: asked after each step; true ends the training and keeps what is done.
  /// `progress`: told of each epoch that is over.
  /// Throws where a number stops being one, and where there is no memory for a batch.
  package func run(
    isInterrupted: () -> Bool = { false }, progress: (Epoch) -> Void = { _ in }
  ) throws(Problem) -> Outcome {
    try run(on: .suited(toRows: batch), isInterrupted: isInterrupted, progress: progress)
  }

  /// The same with the registers of a kind of processor; the results are the same for all of them.
  package func run(
    on processor: Processor, isInterrupted: () -> Bool = { false },
    progress: (Epoch) -> Void = { _ in }
  ) throws(Problem) -> Outcome {
    let runner = try LaneRunner(plan, of: graph, rows: batch, on: processor)
    var descent = Descent(self, runner: runner)
    return try descent.run(isInterrupted: isInterrupted, progress: progress)
  }

  /// How many rows a step takes.
  fileprivate var batch: Int { min(options.batch ?? trainingRows.count, trainingRows.count) }

  /// The mean loss and the accuracy with the parameters at some numbers.
  ///
  /// `rows`: which rows of the examples, counted from 0; all of them when nil.
  package func evaluate(
    _ parameters: [Double], rows: [Int]? = nil
  ) throws(Problem) -> Evaluation {
    let rows = rows?.filter { $0 >= 0 && $0 < examples.count } ?? Array(0..<examples.count)
    var runner = try runner(at: parameters, rows: rows.count)
    return measure(rows, &runner).evaluation
  }

  /// Memory for so many rows, with the parameters at some numbers.
  func runner(at parameters: [Double], rows: Int) throws(Problem) -> LaneRunner {
    let runner = try LaneRunner(plan, of: graph, rows: rows)
    for (place, number) in parameters.prefix(self.parameters.count).enumerated() {
      runner.parameters[place] = number
    }
    return runner
  }

  /// Mean loss and accuracy on some rows, and the first row on which the loss is not finite.
  func measure(
    _ rows: [Int], _ runner: inout LaneRunner
  ) -> (evaluation: Evaluation, badRow: Int?) {
    var tally = Tally()
    runner.begin()
    var first = 0
    var badRow: Int?
    while first < rows.count {
      let strip = rows[first..<min(first + runner.rowsPerStrip, rows.count)]
      runner.load(strip, of: examples, columns)
      runner.forward()
      if !tally.add(runner.numbers(of: output), count: strip.count), badRow == nil {
        badRow = firstBad(strip, runner)
      }
      if let judgement { tally.judge(strip, judgement, runner, of: self) }
      first = strip.endIndex
    }
    return (Evaluation(loss: tally.loss, accuracy: tally.accuracy(judgement)), badRow)
  }

  /// The first row of the strip that was computed last whose loss is nan or infinite.
  func firstBad(_ strip: ArraySlice<Int>, _ runner: borrowing LaneRunner) -> Int? {
    let losses = runner.numbers(of: output)
    for (place, row) in strip.enumerated()
    where !losses.start[place * losses.step].isFinite {
      return row
    }
    return nil
  }
}

/// A training under way.
private struct Descent: ~Copyable {
  let training: Training
  // What every step asks, beside `training`: of a small network a step takes no longer than a copy of that.
  let options: Training.Options
  let output: NodeID
  let judgement: Training.Judgement?
  var runner: LaneRunner
  var random: RandomNumbers
  var order: [Int]
  var epoch = 1
  var steps = 0
  var history: [Training.Epoch] = []
  var best: (epoch: Int, loss: Double, parameters: [Double])?
  /// Whether the columns hold the rows that every step takes.
  var isLoaded = false

  init(_ training: Training, runner: consuming LaneRunner) {
    self.training = training
    (options, output, judgement) = (training.options, training.output, training.judgement)
    self.runner = runner
    order = training.trainingRows
    random = training.random
    history.reserveCapacity(min(training.options.epochs, 10_000))
  }

  mutating func run(
    isInterrupted: () -> Bool, progress: (Training.Epoch) -> Void
  ) throws(Problem) -> Training.Outcome {
    let batch = training.batch
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
    runner.begin()
    var first = places.lowerBound
    while first < places.upperBound {
      let end = min(first + runner.rowsPerStrip, places.upperBound)
      if !isLoaded { load(first..<end) }
      runner.forward()
      let isFinite = tally.add(runner.numbers(of: output), count: end - first)
      if let judgement { tally.judge(order[first..<end], judgement, runner, of: training) }
      if !isFinite, let fault = lossFault(in: first..<end) { throw fault }
      runner.backward(from: output, rows: end - first)
      first = end
    }
    runner.finish()
    guard
      runner.descend(
        rows: places.count, rate: options.rate(in: epoch), options)
    else { throw fault(in: places) }
    steps += 1
  }

  /// Fills the columns with the rows at some places of the order.
  @inline(never)
  private mutating func load(_ places: Range<Int>) {
    runner.load(order[places], of: training.examples, training.columns)
    isLoaded = places.count == order.count && training.validationRows.isEmpty
  }

  /// Why the losses of some rows add up to no number, where one of them is none.
  @inline(never)
  private func lossFault(in places: Range<Int>) -> Problem? {
    guard let row = training.firstBad(order[places], runner) else { return nil }
    return lossFault(ofRow: row)
  }

  private func lossFault(ofRow row: Int) -> Problem {
    let values = training.values(row: row, parameters)
    return training.divergence(epoch: epoch, row: row, training.faultyValue(row: row, values))
  }

  private mutating func finishEpoch(
    _ tally: Training.Tally
  ) throws(Problem) -> Training.Epoch {
    let validation = options.validate > 0 ? try validate() : nil
    let finished = Training.Epoch(
      number: epoch, loss: tally.loss, accuracy: tally.accuracy(judgement),
      validationLoss: validation?.loss, validationAccuracy: validation?.accuracy)
    history.append(finished)
    return finished
  }

  /// How the parameters do on the rows that are kept out of training.
  @inline(never)
  private mutating func validate() throws(Problem) -> Training.Evaluation {
    let (measured, badRow) = training.measure(training.validationRows, &runner)
    if let badRow { throw lossFault(ofRow: badRow) }
    if options.patience != nil, measured.loss < best?.loss ?? .infinity {
      best = (epoch, measured.loss, parameters)
    }
    return measured
  }

  private var parameters: [Double] {
    Array(UnsafeBufferPointer(start: runner.parameters, count: training.parameters.count))
  }

  /// Why a step has made a parameter infinite or no number, found by going through its rows once more,
  /// one after the other, from the parameters before it.
  @inline(never)
  private mutating func fault(in places: Range<Int>) -> Problem {
    let after = parameters
    let count = after.count
    runner.parameters.update(from: runner.before, count: count)
    let index = after.indices.first { !after[$0].isFinite } ?? 0
    var sum = 0.0
    for place in places {
      let row = order[place]
      runner.begin()
      runner.load(order[place..<place + 1], of: training.examples, training.columns)
      runner.forward()
      runner.backward(from: training.output, rows: 1)
      runner.finish()
      sum += runner.parameterGradients[index]
      guard (0..<count).allSatisfy({ runner.parameterGradients[$0].isFinite }) else {
        let values = training.values(row: row, parameters)
        let gradients = training.graph.adjoints(at: values, conventions: training.conventions)
        guard let what = training.faultyGradient(values, gradients) else { break }
        return training.divergence(epoch: epoch, row: row, what)
      }
    }
    let row = places.last.map { order[$0] } ?? 0
    let name = training.graph.label(training.parameters[index])
    let gradient = sum / Double(places.count)
    return training.divergence(
      epoch: epoch, row: row,
      gradient.isFinite
        ? "\(name) became \(after[index].formatted(.data))"
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
