import Language
import Testing

@testable import Engine

/// A network of fully connected layers, written as a learner would, with weights from a seed.
func network(
  _ sizes: [Int], hidden: String, output: String, loss: String, seed: UInt64
) -> [String] {
  var random = RandomNumbers(seed: seed)
  var lines: [String] = []
  var before = (1...sizes[0]).map { "x\($0)" }
  for (layer, size) in sizes.enumerated().dropFirst() {
    let isLast = layer == sizes.count - 1
    var units: [String] = []
    for unit in 1...size {
      var terms: [String] = []
      for (place, name) in before.enumerated() {
        let weight = "w\(layer)_\(unit)_\(place + 1)"
        let spread = 1 / Double(before.count).squareRoot()
        lines.append("\(weight) = \(random.uniform(from: -spread, to: spread).formatted(.data))")
        terms.append("\(weight) * \(name)")
      }
      lines.append("b\(layer)_\(unit) = 0")
      terms.append("b\(layer)_\(unit)")
      let unitName = isLast ? "p" : "h\(layer)_\(unit)"
      lines.append("\(unitName) = \(isLast ? output : hidden)(\(terms.joined(separator: " + ")))")
      units.append(unitName)
    }
    before = units
  }
  return lines + ["L = \(loss)"]
}

let squaredError = "(p - y)^2"
let crossEntropy = "-(y * ln(p) + (1 - y) * ln(1 - p))"

/// A training of the name defined last; what no column fills and has a number moves.
func training(
  _ lines: [String], on examples: Examples, moving names: [String]? = nil,
  judging prediction: String? = "p", _ change: (inout Training.Options) -> Void = { _ in }
) throws -> Training {
  let definitions = try definitions(lines)
  let graph = try Graph(of: definitions.order.suffix(1).map { $0 }, in: definitions)
  let bindings = examples.columns.enumerated().compactMap { column, name in
    graph.nodeOfLabel[name].map { Training.Binding(column: column, node: $0) }
  }
  let filled = bindings.map(\.node)
  let parameters =
    try names?.map { try #require(graph.nodeOfLabel[$0]) }
    ?? graph.inputs.filter { !filled.contains($0) }
  var options = Training.Options()
  change(&options)
  let judgement = prediction.flatMap { name in
    graph.nodeOfLabel[name].flatMap { node in
      examples.place(of: "y").map { Training.Judgement(prediction: node, column: $0) }
    }
  }
  return try Training(
    graph, on: examples, moving: parameters, bindings: bindings, judgement: judgement,
    options: options)
}

func recipe(_ name: String, _ count: Int? = nil, seed: UInt64 = 1) throws -> Examples {
  try #require(Examples.recipe(name)).examples(count, seed: seed)
}

@Suite struct TrainingTests {
  private let line = ["w = 0.5, b = 0.1", "p = w * x + b", "L = (p - y)^2"]

  /// Gradient descent by hand, with a new tape for every row.
  @Test func `three full batches are a loop over tapes`() throws {
    let examples = try recipe("moons", 20)
    let lines = network(
      [2, 3, 1], hidden: "tanh", output: "sigmoid", loss: crossEntropy, seed: 4)
    let training = try training(lines, on: examples) {
      $0.rate = 0.3
      $0.epochs = 3
      $0.momentum = 0.5
      $0.decay = 0.01
    }
    let outcome = try training.run()
    var definitions = try definitions(lines)
    let names = training.parameters.map(training.graph.label)
    var weights = training.start
    var velocity = weights.map { _ in 0.0 }
    var losses: [Double] = []
    for _ in 1...3 {
      var sums = weights.map { _ in 0.0 }
      var loss = 0.0
      for row in 0..<examples.count {
        for (column, value) in zip(examples.columns, examples[row: row]) {
          definitions.set(column, to: value)
        }
        for (name, value) in zip(names, weights) { definitions.set(name, to: value) }
        let graph = try Graph(of: ["L"], in: definitions)
        let final = Snapshot(of: try Tape(of: graph), at: Tape.Position(.max))
        loss += final.values[graph.outputs[0]]
        for (place, name) in names.enumerated() {
          sums[place] += final.gradients[try #require(graph.nodeOfLabel[name])]
        }
      }
      losses.append(loss / 20)
      for place in weights.indices {
        velocity[place] =
          sums[place] / 20 + 0.01 * weights[place] + 0.5 * velocity[place]
        weights[place] -= 0.3 * velocity[place]
      }
    }
    // Lanes add the rows up in another order; 60 gradients of size 1 are rounded on the way.
    for (a, b) in zip(outcome.parameters, weights) { #expect(abs(a - b) < 60 * Double.ulpOfOne) }
    for (a, b) in zip(outcome.history, losses) { #expect(abs(a.loss - b) < 60 * Double.ulpOfOne) }
    #expect(outcome.history[0].loss == losses[0], "the first losses have the tape's bits")
    #expect(outcome.ending == .completed && outcome.steps == 3 && outcome.restoredEpoch == nil)
  }

  @Test func `one step by hand`() throws {
    // Two rows, w = 0.5, b = 0: errors 0.5 - 1 and 1 - 3, so dL/dw is (-1 - 8)/2, dL/db (-1 - 4)/2.
    let examples = Examples(columns: ["x", "y"], numbers: [1, 1, 2, 3])
    let training = try training(["w = 0.5, b = 0", "p = w * x + b", "L = (p - y)^2"], on: examples)
    {
      $0.epochs = 1
    }
    let outcome = try training.run()
    #expect(outcome.parameters == [0.5 + 0.1 * 4.5, 0.25])
    #expect(outcome.history.map(\.loss) == [(0.25 + 4) / 2])
  }

  @Test func `AND is learned one row after the other`() throws {
    let lines =
      ["w1 = 0, w2 = 0, b = 0", "p = sigmoid(w1 * x1 + w2 * x2 + b)"] + [
        "L = \(crossEntropy)"
      ]
    let training = try training(lines, on: try recipe("and")) {
      $0.rate = 1
      $0.epochs = 100
      $0.batch = 1
    }
    let outcome = try training.run()
    #expect(outcome.steps == 400)
    #expect(try training.evaluate(outcome.parameters).accuracy == 1)
    #expect(try training.evaluate(training.start).accuracy == 0.25, "0.5 counts as 1")
    let last = try #require(outcome.history.last)
    #expect(last.loss < 0.2 && last.accuracy == 1 && last.validationLoss == nil)
  }

  @Test(arguments: [("tanh", squaredError, 0.0), ("sigmoid", crossEntropy, 0.9)])
  func `XOR is learned from a seed`(hidden: String, loss: String, momentum: Double) throws {
    let lines = network([2, 4, 1], hidden: hidden, output: "sigmoid", loss: loss, seed: 3)
    let training = try training(lines, on: try recipe("xor")) {
      $0.rate = 1
      $0.epochs = 4_000
      $0.momentum = momentum
    }
    let outcome = try training.run()
    #expect(try training.evaluate(outcome.parameters).accuracy == 1)
    #expect(try training.evaluate(outcome.parameters).loss < 0.05)
  }

  @Test func `classes -1 and 1 are told apart at 0`() throws {
    let examples = Examples(columns: ["x", "y"], numbers: [1, 1, -1, -1, 0.2, 1, 0.3, -1])
    let training = try training(["w = 1", "p = w * x", "L = (p - y)^2"], on: examples)
    #expect(try training.evaluate([1]).accuracy == 0.75)
    #expect(try training.evaluate([-1]).accuracy == 0.25)
    #expect(try training.evaluate([1], rows: [0, 1, 99]).accuracy == 1)
    #expect(try training.evaluate([1], rows: [2]).loss == 0.8 * 0.8)
  }

  @Test func `a seed decides everything`() throws {
    let lines = network(
      [2, 4, 1], hidden: "relu", output: "sigmoid", loss: crossEntropy, seed: 4)
    let run = { (seed: UInt64) in
      let training = try training(lines, on: try recipe("moons", 50)) {
        $0.epochs = 20
        $0.batch = 8
        $0.validate = 0.3
        $0.seed = seed
      }
      return (training, try training.run())
    }
    let (first, again, other) = (try run(1), try run(1), try run(2))
    #expect(first.1 == again.1)
    #expect(first.1.history != other.1.history && first.1.parameters != other.1.parameters)
    #expect(first.0.validationRows != other.0.validationRows)
    #expect(first.0.validationRows.count == 15 && first.0.trainingRows.count == 35)
    let all = first.0.validationRows + first.0.trainingRows
    #expect(all.sorted() == Array(0..<50))
    #expect(first.1.steps == 20 * 5)
  }

  @Test func `an interruption after k steps keeps these k`() throws {
    let lines = network(
      [2, 3, 1], hidden: "tanh", output: "sigmoid", loss: crossEntropy, seed: 4)
    let training = try training(lines, on: try recipe("moons", 10)) {
      $0.epochs = 5
      $0.batch = 4
    }
    let full = try training.run()
    #expect(full.steps == 15)
    for steps in 1...15 {
      var count = 0
      let outcome = try training.run {
        count += 1
        return count == steps
      }
      #expect(outcome.steps == steps && outcome.ending == .interrupted)
      #expect(outcome.history == Array(full.history.prefix(steps / 3)))
      // The same steps by epochs, where they end with one.
      if steps % 3 == 0 {
        let shorter = try shortened(training, epochs: steps / 3).run()
        #expect(shorter.parameters == outcome.parameters)
      }
    }
  }

  private func shortened(_ training: Training, epochs: Int) throws -> Training {
    var options = training.options
    options.epochs = epochs
    return try Training(
      training.graph, on: training.examples, moving: training.parameters,
      bindings: training.bindings, judgement: training.judgement, options: options)
  }

  @Test func `early stopping goes back to the best epoch`() throws {
    // Noise and many weights: the validation loss falls, and rises again.
    let lines = network(
      [2, 8, 1], hidden: "tanh", output: "sigmoid", loss: crossEntropy, seed: 9)
    let patient = try training(lines, on: try recipe("moons", 24, seed: 5)) {
      $0.rate = 2
      $0.epochs = 400
      $0.batch = 4
      $0.validate = 0.5
      $0.patience = 6
    }
    var reported: [Training.Epoch] = []
    let outcome = try patient.run(progress: { reported.append($0) })
    #expect(outcome.ending == .impatient && reported == outcome.history)
    // By hand: a training of every length, and its validation loss.
    var best = (epoch: 0, loss: Double.infinity, parameters: [Double]())
    for epoch in 1...outcome.history.count {
      var options = patient.options
      options.epochs = epoch
      options.patience = nil
      let shorter = try Training(
        patient.graph, on: patient.examples, moving: patient.parameters,
        bindings: patient.bindings, judgement: patient.judgement, options: options)
      let parameters = try shorter.run().parameters
      let loss = try shorter.evaluate(parameters, rows: shorter.validationRows).loss
      #expect(loss == outcome.history[epoch - 1].validationLoss)
      if loss < best.loss { best = (epoch, loss, parameters) }
    }
    #expect(outcome.restoredEpoch == best.epoch && outcome.parameters == best.parameters)
    #expect(outcome.history.count == best.epoch + 6)
  }
}
