import Engine
import Kernels
import Language

/// The kinds of processors that this machine can be.
let processors = Processor.allCases.filter { $0 <= .widest }

/// W3: micrograd's demo, 2-16-16-1 with relu on 100 points of two moons, hinge loss and a square penalty.
func moons(_ folder: String) throws {
  var data = NumberFile(folder + "/w3.bin")
  let rows = data.integers(1)[0]
  let points = data.numbers(2 * rows)
  let classes = data.numbers(rows)
  let parameters = data.numbers(337)
  let training = try moonsTraining(points, classes, parameters, epochs: 100)
  measure(training, "W3 epoch", rounds: 101, scale: 1e6, "us/epoch")
  // The same points over and over: what an example costs when there are few, and when there are many.
  for count in [1, 10, 100, 1_000, 10_000, 100_000] {
    let many = (0..<count).map { $0 % rows }
    let training = try moonsTraining(
      many.flatMap { [points[2 * $0], points[2 * $0 + 1]] }, many.map { classes[$0] }, parameters,
      epochs: max(1, min(1_000, 100_000 / count)))
    var loss = 0.0
    let seconds = times(5) {
      loss = (try? training.run())?.history.first?.loss ?? .nan
    }
    report(
      "Swift \(Processor.widest.name)", "scaling examples \(count)", seconds,
      scale: 1e9 / Double(training.options.epochs) / Double(count), "ns/example", check: loss)
  }
}

private func moonsTraining(
  _ points: [Double], _ classes: [Double], _ parameters: [Double], epochs: Int
) throws -> Training {
  var definitions = Definitions()
  definitions.layer("W1", "b1", inputs: 2, outputs: 16, parameters[..<48])
  definitions.layer("W2", "b2", inputs: 16, outputs: 16, parameters[48..<320])
  definitions.set("v", to: Tensor(.vector(16), Array(parameters[320..<336])))
  definitions.set("c", to: parameters[336])
  for line in [
    "x = [x1, x2]", "h1 = relu(W1 @ x + b1)", "h2 = relu(W2 @ h1 + b2)", "s = v @ h2 + c",
    "p = sum(W1^2) + sum(b1^2) + sum(W2^2) + sum(b2^2) + sum(v^2) + c^2",
    "L = relu(1 - y * s) + 0.0001 * p",
  ] { try definitions.type(line) }
  let graph = try Graph(of: ["L"], in: definitions)
  var numbers: [Double] = []
  for (row, kind) in classes.enumerated() {
    numbers += [points[2 * row], points[2 * row + 1], kind]
  }
  var options = Training.Options()
  options.rate = 1
  options.finalRate = 0.1
  options.epochs = epochs
  return try training(
    graph, Examples(columns: ["x1", "x2", "y"], numbers: numbers),
    moving: ["W1", "b1", "W2", "b2", "v", "c"], options)
}

/// W4: the exclusive or, 2-4-1 with tanh and sigmoid, 10,000 epochs.
func exclusiveOr(_ folder: String) throws {
  var data = NumberFile(folder + "/w4.bin")
  let parameters = data.numbers(17)
  var definitions = Definitions()
  definitions.layer("W", "b", inputs: 2, outputs: 4, parameters[..<12])
  definitions.set("v", to: Tensor(.vector(4), Array(parameters[12..<16])))
  definitions.set("c", to: parameters[16])
  for line in [
    "x = [x1, x2]", "h = tanh(W @ x + b)", "o = sigmoid(v @ h + c)", "L = (o - t)^2",
  ] { try definitions.type(line) }
  let graph = try Graph(of: ["L"], in: definitions)
  var options = Training.Options()
  options.rate = 0.5
  options.epochs = 10_000
  let training = try training(
    graph,
    Examples(columns: ["x1", "x2", "t"], numbers: [0, 0, 0, 0, 1, 1, 1, 0, 1, 1, 1, 0]),
    moving: ["W", "b", "v", "c"], options)
  measure(training, "W4 epoch", rounds: 51, scale: 1e9, "ns/epoch")
}

/// What an epoch of a training takes on each kind of processor, and on the one that the program takes by
/// itself, with the loss it ends with.
private func measure(
  _ training: Training, _ what: String, rounds: Int, scale: Double, _ unit: String
) {
  for processor in processors + [nil] {
    var loss = 0.0
    let seconds = times(rounds) {
      let outcome = processor.map { try? training.run(on: $0) } ?? (try? training.run())
      loss = outcome?.history.last?.loss ?? .nan
    }
    report(
      "Swift" + (processor.map { " \($0.name)" } ?? ""), what, seconds,
      scale: scale / Double(training.options.epochs),
      unit, check: loss)
  }
}

private func training(
  _ graph: Graph, _ examples: Examples, moving names: [String], _ options: Training.Options
) throws -> Training {
  let nodes = names.flatMap { name in
    graph.group(named: name)?.nodes ?? graph.nodeOfLabel[name].map { [$0] } ?? []
  }
  let bindings = examples.columns.enumerated().compactMap { column, name in
    graph.nodeOfLabel[name].map { Training.Binding(column: column, node: $0) }
  }
  return try Training(
    graph, on: examples, moving: nodes, bindings: bindings, options: options)
}

extension Definitions {
  /// A layer's weights and biases out of numbers that stand neuron by neuron, each with its bias last.
  fileprivate mutating func layer(
    _ weights: String, _ biases: String, inputs: Int, outputs: Int, _ numbers: ArraySlice<Double>
  ) {
    var (w, b): ([Double], [Double]) = ([], [])
    for neuron in 0..<outputs {
      let first = numbers.startIndex + neuron * (inputs + 1)
      w += numbers[first..<first + inputs]
      b.append(numbers[first + inputs])
    }
    set(weights, to: Tensor(.matrix(rows: outputs, columns: inputs), w))
    set(biases, to: Tensor(.vector(outputs), b))
  }
}
