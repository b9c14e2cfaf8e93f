import Kernels
import Language
import TestSupport
import Testing

@testable import Engine

/// Structure is found in the scalar graph, however it was written.
@Suite struct RunTests {
  private func plan(
    _ lines: [String], columns: [String] = [], opening: [String] = []
  ) throws -> LanePlan {
    var definitions = try definitions(lines)
    for name in opening { definitions.open(name) }
    let graph = try Graph(of: definitions.order.suffix(1).map { $0 }, in: definitions)
    let changing = columns.compactMap { graph.nodeOfLabel[$0] }
    var builder = LaneBuilder(
      graph, moving: graph.inputs.filter { !changing.contains($0) }, changing: changing,
      wanted: graph.outputs, conventions: Conventions())
    return builder.plan()
  }

  private let weights = [
    "W = [[1, 2], [3, 4], [5, 6]], b = [7, 8, 9]", "v = [1, 0, 2]", "x = [x1, x2]",
  ]

  @Test func `a layer is one run`() throws {
    let plan = try plan(
      weights + ["h = relu(W @ x + b)", "L = v @ h"], columns: ["x1", "x2"])
    #expect(plan.summary == ["dot 3 × 2", "relu 3", "dot 1 × 3"])
  }

  @Test func `a layer written out by hand is the same run`() throws {
    let byHand = (1...3).map { "W[\($0),1] * x1 + W[\($0),2] * x2 + b[\($0)]" }
    let plan = try plan(
      weights + ["h = relu([\(byHand.joined(separator: ", "))])", "L = v @ h"],
      columns: ["x1", "x2"])
    #expect(plan.summary == ["dot 3 × 2", "relu 3", "dot 1 × 3"])
  }

  @Test func `brackets and a bias in front make no difference`() throws {
    let byHand = (1...3).map { "(b[\($0)] + W[\($0),1] * x1) + W[\($0),2] * x2" }
    let plan = try plan(
      weights + ["h = relu([\(byHand.joined(separator: ", "))])", "L = v @ h"],
      columns: ["x1", "x2"])
    #expect(plan.summary == ["dot 3 × 2", "relu 3", "dot 1 × 3"])
  }

  @Test func `a name for an inner node that is used twice ends the run there`() throws {
    let lines =
      weights + [
        "p = W[2,1] * x1", "h = [W[1,1] * x1 + W[1,2] * x2, p + W[2,2] * x2]",
        "L = h[1] * h[2] + p",
      ]
    let plan = try plan(lines, columns: ["x1", "x2"])
    #expect(!plan.summary.contains("dot 2 × 2"))
  }

  @Test func `a convolution is one run, and so is the sum of its squares`() throws {
    let plan = try plan(["x = [1, 2, 3, 4, 5, 6]", "w = [1, -1, 2]", "L = sum(conv(x, w)^2)"])
    #expect(plan.summary == ["dot 4 × 3", "dot 1 × 4"])
  }

  @Test func `a network's runs are those of its layers, with a loss at the end`() throws {
    let plan = try plan(
      weights + ["h = tanh(W @ x + b)", "p = sigmoid(v @ h)", "L = (p - t)^2"],
      columns: ["x1", "x2", "t"])
    #expect(
      plan.summary == [
        "dot 3 × 2", "tanh 3", "dot 1 × 3", "sigmoid 1", "subtract 1", "square 1",
      ])
  }

  /// Naming inner nodes and opening composite gates change the graph, not what it computes.
  @Test func `other ways to write it give the same numbers`() throws {
    let examples = try recipe("moons", 30)
    let start = [
      "W = [[0.3, -0.2], [0.5, 0.1], [-0.4, 0.7]], b = [0.1, 0, -0.1]", "v = [1, -1, 0.5]",
    ]
    let ways: [([String], [String])] = [
      (["x = [x1, x2]", "h = tanh(W @ x + b)", "p = sigmoid(v @ h)"], []),
      (["x = [x1, x2]", "h = tanh(W @ x + b)", "p = sigmoid(v @ h)"], ["h", "p"]),
      (
        [
          "a = W[1,1] * x1", "z1 = a + W[1,2] * x2 + b[1]",
          "z2 = (W[2,1] * x1 + W[2,2] * x2) + b[2]", "z3 = W[3,1] * x1 + W[3,2] * x2 + b[3]",
          "h = [tanh(z1), tanh(z2), tanh(z3)]", "q = v[1] * h[1]",
          "p = sigmoid(q + v[2] * h[2] + v[3] * h[3])",
        ], []
      ),
    ]
    var results: [[Double]] = []
    for (lines, opening) in ways {
      var definitions = try definitions(start + lines + ["L = (p - y)^2"])
      for name in opening { definitions.open(name) }
      let graph = try Graph(of: ["L"], in: definitions)
      let bindings = examples.columns.enumerated().compactMap { column, name in
        graph.nodeOfLabel[name].map { Training.Binding(column: column, node: $0) }
      }
      let moving = ["W", "b", "v"].flatMap { graph.group(named: $0)?.nodes ?? [] }
      var options = Training.Options()
      options.epochs = 10
      results.append(
        try Training(graph, on: examples, moving: moving, bindings: bindings, options: options)
          .run().parameters)
    }
    #expect(results[0] == results[2])
    // An opened tanh is another formula, with roundings of its own.
    for (a, b) in zip(results[0], results[1]) { #expect(abs(a - b) < 1e-13) }
  }
}

@Suite struct PenaltyTests {
  /// A penalty on weights is one number for all rows, wherever it stands in the loss.
  @Test(arguments: ["p + (x - w[1])^2", "(x - w[1])^2 + p"])
  func `what depends on no column is not computed row by row`(loss: String) throws {
    let definitions = try definitions([
      "w = [1, 2, 3, 4]", "p = sum(w * w)", "L = \(loss)",
    ])
    let graph = try Graph(of: ["L"], in: definitions)
    let x = try #require(graph.nodeOfLabel["x"])
    var builder = LaneBuilder(
      graph, moving: graph.inputs.filter { $0 != x }, changing: [x], wanted: graph.outputs,
      conventions: Conventions())
    let plan = builder.plan()
    #expect(plan.singleSteps.map(\.terms) == [4])
    #expect(plan.columnSteps.allSatisfy { $0.operation != .gatheredDot })
  }
}

@Suite struct SlidingTests {
  /// Lengths around the numbers that are done at a time, against the tape.
  @Test(arguments: [3, 8, 10, 31, 34, 36, 67, 70, 99, 130])
  func `a convolution of every length has the tape's gradients`(length: Int) throws {
    var random = RandomNumbers(seed: UInt64(length))
    var definitions = Definitions()
    for (name, count) in [("x", length), ("w", 3)] {
      let numbers = (0..<count).map { _ in random.uniform(from: -1, to: 1) }
      definitions.set(name, to: Tensor(.vector(count), numbers))
    }
    try define("o = conv(x, w)", in: &definitions)
    for loss in ["sum(o^2) / 2", "sum(o^2) + x[1] * w[2]", "sum(tanh(o)) + o[1]"] {
      try define("L = \(loss)", in: &definitions)
      let graph = try Graph(of: ["L"], in: definitions)
      let final = try Tape(of: graph).final
      for processor in Processor.allCases {
        var function = try CompiledFunction(graph, of: graph.inputs, on: processor)
        // Twice: what the first left behind must not be in the second.
        _ = function.differentiate()
        let value = function.differentiate()
        #expect(abs(value - final.values[graph.outputs[0]]) < 1e-12)
        for (place, node) in graph.inputs.enumerated() {
          #expect(
            abs(function.gradients[place] - final.gradients[node]) < 1e-12,
            "\(loss): \(graph.label(node))")
        }
      }
    }
  }
}
