import Language
import Testing

@testable import Engine

@Suite struct TrainingProblemTests {
  private let line = ["w = 0.5, b = 0.1", "p = w * x + b", "L = (p - y)^2"]

  private func refusal(
    _ lines: [String], on examples: Examples? = nil, moving: [String]? = nil,
    _ change: (inout Training.Options) -> Void = { _ in }
  ) throws -> Problem {
    try #require(throws: Problem.self) {
      try training(lines, on: examples ?? recipe("line", 10), moving: moving, change)
    }
  }

  @Test func `what is out of range is refused`() throws {
    let changes: [(String, (inout Training.Options) -> Void)] = [
      ("rate", { $0.rate = 0 }), ("rate", { $0.rate = -1 }), ("rate", { $0.rate = .nan }),
      ("rate", { $0.rate = .infinity }), ("epochs", { $0.epochs = 0 }),
      ("epochs", { $0.epochs = 1_000_001 }), ("batch", { $0.batch = 0 }),
      ("validate", { $0.validate = 1 }), ("validate", { $0.validate = -0.1 }),
      ("validate", { $0.validate = .nan }), ("momentum", { $0.momentum = 1 }),
      ("momentum", { $0.momentum = .nan }), ("decay", { $0.decay = -1 }),
      ("decay", { $0.decay = .infinity }),
      (
        "patience",
        {
          $0.patience = 0
          $0.validate = 0.5
        }
      ),
    ]
    for (name, change) in changes {
      let problem = try refusal(line, change)
      #expect(problem.code == "bad-option" && problem.message.hasPrefix(name + " is "))
    }
    #expect(try refusal(line) { $0.patience = 3 }.code == "patience-without-validation")
    #expect(try refusal(line) { $0.validate = 0.96 }.code == "nothing-to-train-on")
    #expect(throws: Never.self) {
      try training(line, on: recipe("line", 10)) {
        $0.epochs = 1_000_000
        $0.batch = .max
        $0.validate = 0.94
      }
    }
  }

  @Test func `what is missing is named`() throws {
    let cases: [([String], [String]?, String, String)] = [
      (["w = 1", "p = w * x", "L = p - y"], ["p"], "not-an-input", "p is computed"),
      (["w = 1", "L = w * x - y"], ["x"], "parameter-is-column", "x is filled"),
      (["w = 1", "L = w * x1 - y"], ["w"], "missing-column", "x1 has no value"),
      (["c = 1", "L = w * x - y"], ["w"], "missing-value", "w has no value to start from"),
      (["c = 1", "L = w * x - y + v"], ["w", "v"], "missing-value", "these parameters"),
      (["w = 1e999", "L = w * x - y"], ["w"], "parameter-not-finite", "w is inf"),
      (["L = x - y"], [], "no-parameters", "training needs"),
      (["w = 1", "x = w + 1", "L = x * w - y"], ["w"], "column-without-input", "the column x"),
    ]
    for (lines, moving, code, message) in cases {
      let problem = try refusal(lines, moving: moving)
      #expect(problem.code == code && problem.message.hasPrefix(message), "\(problem.message)")
      #expect(problem.hint != nil)
    }
    let empty = Examples(columns: ["x", "y"], numbers: [])
    #expect(try refusal(line, on: empty).code == "no-rows")
  }

  @Test func `the parts must fit the graph`() throws {
    let definitions = try definitions(["w = 1, x = 2, y = 3", "f(a, b) = a", "L = f(w, x) - y"])
    let graph = try Graph(of: ["L"], in: definitions)
    let examples = try recipe("line", 4)
    let node = { (label: String) in try #require(graph.nodeOfLabel[label]) }
    let refusal = {
      (
        parameters: [NodeID], bindings: [(Int, NodeID)], judgement: Training.Judgement?
      ) in
      try #require(throws: Problem.self) {
        try Training(
          graph, on: examples, moving: parameters,
          bindings: bindings.map { Training.Binding(column: $0.0, node: $0.1) },
          judgement: judgement)
      }.code
    }
    let (w, x, y) = (try node("w"), try node("x"), try node("y"))
    #expect(try refusal([x], [], nil) == "parameter-unreached")
    #expect(try refusal([w, 99], [], nil) == "not-an-input")
    #expect(try refusal([-1], [], nil) == "not-an-input")
    #expect(try refusal([w], [(7, y)], nil) == "unknown-column")
    #expect(try refusal([w], [(-1, y)], nil) == "unknown-column")
    #expect(try refusal([w], [(0, 99)], nil) == "column-without-input")
    #expect(try refusal([w], [(0, y), (1, y)], nil) == "two-columns")
    #expect(try refusal([w], [], .init(prediction: 99, column: 0)) == "not-in-graph")
    #expect(try refusal([w], [], .init(prediction: w, column: 9)) == "unknown-column")
    let two = try Graph(of: ["L", "w"], in: definitions)
    let problem = try #require(throws: Problem.self) {
      try Training(two, on: examples, moving: [w], bindings: [])
    }
    #expect(problem.code == "loss-not-one-number")
    // A parameter named twice moves once.
    let twice = try Training(graph, on: examples, moving: [w, w], bindings: [])
    #expect(twice.parameters == [w])
  }

  @Test func `a value that stops being a number is told with its gate`() throws {
    let examples = Examples(columns: ["x", "y"], numbers: [1, 0, 800, 0])
    let training = try training(["w = 1", "q = exp(w * x)", "L = q - y"], on: examples) {
      $0.batch = 2
    }
    let problem = try #require(throws: Problem.self) { try training.run() }
    #expect(problem.code == "diverged")
    #expect(
      problem.message
        == "training was stopped in epoch 1 at row 2: q = exp(@1) = exp(800) became inf")
    #expect(problem.hint == "nothing was changed; try a smaller rate: rate 0.01")
  }

  @Test func `a gradient that stops being a number is told with its gate`() throws {
    let examples = Examples(columns: ["x", "y"], numbers: [4, 1, 0, 1])
    let training = try training(["w = 1", "q = sqrt(w * x)", "L = q - y"], on: examples)
    let problem = try #require(throws: Problem.self) { try training.run() }
    #expect(
      problem.message
        == "training was stopped in epoch 1 at row 2: the gradient of @1 became inf at q = sqrt(@1) = sqrt(0)"
    )
  }

  @Test func `steps that grow are stopped`() throws {
    let training = try training(line, on: try recipe("line", 10)) {
      $0.rate = 100
      $0.epochs = 10_000
    }
    let problem = try #require(throws: Problem.self) { try training.run() }
    #expect(problem.code == "diverged" && problem.message.contains("became "))
    let nan = Examples(columns: ["x", "y"], numbers: [1, .nan])
    let other = try self.refusalOfRun(line, on: nan)
    #expect(other.message == "training was stopped in epoch 1 at row 1: y is nan")
    let huge = Examples(columns: ["x", "y"], numbers: [1, 0])
    let jump = try refusalOfRun(["w = 1e308, b = 0", "L = w * x + b + y"], on: huge) {
      $0.decay = 1
      $0.rate = 10
    }
    #expect(jump.message == "training was stopped in epoch 1 at row 1: w became -inf")
  }

  private func refusalOfRun(
    _ lines: [String], on examples: Examples, _ change: (inout Training.Options) -> Void = { _ in }
  ) throws -> Problem {
    let training = try training(lines, on: examples, change)
    return try #require(throws: Problem.self) { try training.run() }
  }
}

/// Sizes at which anything quadratic would be seen: each of these would take minutes.
@Suite struct TrainingSizeTests {
  @Test func `many parameters and many rows are checked in one walk`() throws {
    var definitions = Definitions()
    var builder = FormulaBuilder()
    let count = 20_000
    for index in 0..<count {
      definitions.set("w\(index)", to: 1)
      builder.name("w\(index)")
      builder.name("x")
      builder.apply(Primitive.multiply, arity: 2)
    }
    builder.apply(Primitive.add, arity: count)
    let graph = try Graph(of: builder.formula, in: definitions)
    let x = try #require(graph.nodeOfLabel["x"])
    let examples = Examples(columns: ["x"], numbers: [0.5, 1.5])
    var options = Training.Options()
    options.epochs = 1
    let training = try Training(
      graph, on: examples, moving: graph.inputs.filter { $0 != x },
      bindings: [.init(column: 0, node: x)], options: options)
    let outcome = try training.run()
    #expect(outcome.parameters == [Double](repeating: 0.9, count: count))
    #expect(outcome.history.map(\.loss) == [Double(count)])
  }

  @Test func `a long table is read in one walk`() throws {
    let text = "x,y\r\n" + String(repeating: "1.5,\"-2\"\r\n", count: 100_000)
    let examples = try Examples(csv: text + String(repeating: "\r\n", count: 100_000))
    #expect(examples.count == 100_000 && examples.numbers.allSatisfy { $0 == 1.5 || $0 == -2 })
  }
}

@Suite struct LastStepTests {
  /// The numbers are finite and what they lead to is not.
  @Test func `a last step that spoils the loss is refused`() throws {
    let examples = Examples(columns: ["x", "y"], numbers: [1, 2, 2, 3])
    let training = try training(["w = 4", "p = w * x", "L = (p - y)^2"], on: examples) {
      $0.rate = 1e160
      $0.epochs = 1
    }
    let outcome = try training.run()
    #expect(outcome.parameters[0].isFinite)
    let problem = #expect(throws: Problem.self) { try training.check(outcome) }
    #expect(problem?.code == "diverged")
  }

  @Test func `a rate cools to what was asked for, and no further`() throws {
    let examples = Examples(columns: ["x", "y"], numbers: [1, 0])
    // L = p, so each step moves w by the rate: 1, then 3/4, 1/2, 1/4.
    let training = try training(["w = 0", "p = w * x", "L = p"], on: examples) {
      $0.rate = 1
      $0.finalRate = 1e-9
      $0.epochs = 4
    }
    #expect(abs(try training.run().parameters[0] + 2.5) < 1e-8)
    for rate in [0, -1, 2, .nan, .infinity] as [Double] {
      let problem = #expect(throws: Problem.self) {
        try EngineTests.training(["w = 0", "L = w * x"], on: examples) { $0.finalRate = rate }
      }
      #expect(problem?.code == "bad-option")
    }
  }
}
