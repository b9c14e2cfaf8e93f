import Kernels
import Language
import Testing

@testable import Engine

/// Each shape of sum that a sweep has a loop of its own for, at sizes around the loop's stride.
///
/// What a step of training does is compared with the tape's gradients, row by row.
@Suite struct LaneShapeTests {
  struct Sample: CustomTestStringConvertible, Sendable {
    let what: String
    /// How many numbers a row has, and the sizes of the parameters.
    let inputs: Int
    let parameters: [(name: String, shape: Language.Shape)]
    let lines: [String]
    var testDescription: String { what }
  }

  private static let samples: [Sample] = [
    Sample(
      what: "two columns' products with a bias", inputs: 4,
      parameters: [("W", .matrix(rows: 4, columns: 4)), ("d", .vector(1))],
      lines: ["h = tanh(W @ x)", "y = tanh(sum(h * x) + d[1])", "L = y * y"]),
    Sample(
      what: "a sum of many parameters", inputs: 1, parameters: [("v", .vector(53))],
      lines: ["y = sum(v) * x1", "L = y * y"]),
    Sample(
      what: "a filter over parameters", inputs: 1,
      parameters: [("v", .vector(29)), ("k", .vector(6))],
      lines: ["y = conv(v, k)", "L = sum(y * y) * x1"]),
    Sample(
      what: "a filter over columns that move", inputs: 9,
      parameters: [("W", .matrix(rows: 12, columns: 9)), ("k", .vector(4))],
      lines: ["h = tanh(W @ x)", "y = tanh(conv(h, k))", "L = sum(y * y)"]),
    Sample(
      what: "weights of one's own at each place", inputs: 9,
      parameters: [("W", .matrix(rows: 8, columns: 9)), ("U", .matrix(rows: 6, columns: 3))],
      lines: [
        "h = tanh(W @ x)", "y = [tanh(sum(U[i,j]*h[i+j-1] for j in 1..3)) for i in 1..6]",
        "L = sum(y * y)",
      ]),
    Sample(
      what: "layers with two inputs", inputs: 2,
      parameters: [
        ("W", .matrix(rows: 9, columns: 2)), ("b", .vector(9)), ("V", .matrix(rows: 2, columns: 9)),
        ("U", .matrix(rows: 6, columns: 2)),
      ],
      lines: ["h = tanh(W @ x + b)", "g = tanh(V @ h)", "y = tanh(U @ g)", "L = sum(y * y)"]),
    Sample(
      what: "an element taken from each of its fellows", inputs: 1, parameters: [("w", .vector(4))],
      lines: ["h = tanh(w * x1)", "z = h - h[4]", "L = sum(tanh(z))"]),
    Sample(
      what: "neighbours multiplied", inputs: 1, parameters: [("w", .vector(4))],
      lines: [
        "h = tanh(w * x1)", "L = tanh(h[1]*h[2]) + tanh(h[2]*h[3]) + tanh(h[3]*h[4])",
      ]),
    Sample(
      what: "every second one divided by the next", inputs: 2,
      parameters: [("W", .matrix(rows: 5, columns: 2))],
      lines: [
        "h = exp(W @ x)", "L = ln(h[1]/h[2]) + tanh(h[2]/h[3]) + h[3]/h[4] + h[5]/h[3] + h[3]/h[3]",
      ]),
  ]

  /// Rows next to corners: what is computed beside them, where there are few, is no point that is not there.
  @Test(arguments: Processor.allCases)
  func `a step of few rows meets no slope but those of its rows`(processor: Processor) throws {
    for (columns, numbers, lines) in [
      (
        ["x1", "x2", "y"], [0, 0, 0.25, 1, 1, 0.5, 2, 1, 0],
        ["a = 0.5, b = 0.2", "h = tanh([a*x1, b*x2])", "L = sqrt(abs(h[1] - y)) + h[2]"]
      ),
      (
        ["x1", "x2", "y"], [0, 0, 0, 1, 1, 1],
        ["a = 0.5, b = 0.5", "L = 1/(exp(a*x1) - y) + exp(b*x2)"]
      ),
    ] as [([String], [Double], [String])] {
      var definitions = Definitions()
      for line in lines { try define(line, in: &definitions) }
      let graph = try Graph(of: ["L"], in: definitions)
      let bindings = columns.enumerated().compactMap { column, name in
        graph.nodeOfLabel[name].map { Training.Binding(column: column, node: $0) }
      }
      let moving = ["a", "b"].compactMap { graph.nodeOfLabel[$0] }
      var options = Training.Options()
      (options.rate, options.epochs) = (0.01, 1)
      // Once as it is, once with every row three times: the mean gradient is the same.
      var outcomes: [[Double]] = []
      for copies in [1, 3] {
        let training = try Training(
          graph,
          on: Examples(
            columns: columns, numbers: Array(repeatElement(numbers, count: copies).joined())),
          moving: moving, bindings: bindings, options: options)
        outcomes.append(try training.run(on: processor).parameters)
      }
      #expect(zip(outcomes[0], outcomes[1]).allSatisfy { abs($0 - $1) < 1e-12 }, "\(outcomes)")
    }
  }

  @Test(arguments: samples, [1, 2, 3, 4, 5, 8, 33])
  func `a step of training is the tape's, on every processor`(sample: Sample, rows: Int) throws {
    var random = RandomNumbers(seed: UInt64(rows))
    let draw = { (count: Int) in (0..<count).map { _ in random.uniform(from: -1, to: 1) } }
    var definitions = Definitions()
    for (name, size) in sample.parameters {
      definitions.set(name, to: Tensor(size, draw(size.count)))
    }
    let names = (1...sample.inputs).map { "x\($0)" }
    try define("x = [\(names.joined(separator: ", "))]", in: &definitions)
    for line in sample.lines { try define(line, in: &definitions) }
    let graph = try Graph(of: ["L"], in: definitions)
    let bindings = names.enumerated().compactMap { column, name in
      graph.nodeOfLabel[name].map { Training.Binding(column: column, node: $0) }
    }
    try #require(bindings.count == sample.inputs)
    let moving = graph.inputs.filter { node in !bindings.contains { $0.node == node } }
    #expect(moving.count == sample.parameters.reduce(0) { $0 + $1.shape.count })
    var options = Training.Options()
    options.epochs = 1
    let training = try Training(
      graph, on: Examples(columns: names, numbers: draw(rows * sample.inputs)), moving: moving,
      bindings: bindings, options: options)

    var sums = moving.map { _ in 0.0 }
    for row in 0..<rows {
      let values = training.values(row: row, training.start)
      let gradients = graph.adjoints(at: values, conventions: Conventions())
      for (index, node) in moving.enumerated() { sums[index] += gradients[node] }
    }
    let outcomes = try Processor.allCases.map { try training.run(on: $0).parameters }
    for (index, node) in moving.enumerated() {
      let wanted = training.start[index] - 0.1 * (sums[index] / Double(rows))
      #expect(abs(outcomes[0][index] - wanted) < 1e-12, "\(graph.label(node))")
    }
    #expect(Set(outcomes).count == 1, "wider registers change no bit")
    #expect(sums.contains { abs($0) > 1e-3 }, "there is something to find")
  }
}
