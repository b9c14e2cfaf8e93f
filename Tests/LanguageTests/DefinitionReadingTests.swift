import Testing

@testable import Language

/// Definitions of elements, and definitions that are wrong, with the place that is wrong.
@Suite struct DefinitionReadingTests {
  private func read(_ line: String) throws -> [Assignment]? {
    try Assignment.reading(line, functions: [:])
  }

  @Test func `an element gets a number`() throws {
    let found = try #require(try read(" x[2] = 5 , W[2, 1]=\t3 + y"))
    #expect(found.map(\.name) == ["x", "W"] && found.map(\.element) == [[2], [2, 1]])
    #expect(found.map(\.nameSpan) == [1..<5, 12..<19] && found.allSatisfy { $0.parameters == nil })
    #expect(found.map(\.text) == ["5", "3 + y"] && found.map(\.textStart) == [8, 21])
    #expect(try read("x = 1")?.first?.element == nil)
    for line in [
      "x[1.5] = 2", "x[] = 2", "x[i] = 2", "x[1 = 2", "x[1]", "x[1] + 2", "x[1,] = 2", "x[1) = 2",
    ] {
      #expect(try read(line) == nil, "\(line)")
    }
  }

  @Test(arguments: [
    ("f(x, «x») = x", "repeated-parameter"), ("g(z) = 1 + «g»(z)", "function-calls-itself"),
    ("a = 2 «b» = 3", "missing-comma"), ("a = 2 «b»(x) = 3", "missing-comma"),
    ("a = 2 «b» + 3", "implicit-product"), ("a = 2,«»", "expected-definition"),
    ("a = 2,«»3", "expected-definition"),
    ("a = b «=» c", "stray-equals"), ("a = «»", "expected-operand"),
    ("f(x) = «h»(x)", "unknown-function"), ("a = «g»(2)", "unknown-function"),
    // What is told first is what is wrong, not what stands behind it.
    ("a = «tahn»(x) = 2", "unknown-function"), ("g = «g»(2)", "unknown-function"),
    ("f(x) = 2 «f»", "implicit-product"), ("f(x, «x», y) = x", "repeated-parameter"),
  ])
  func `what is wrong, and where`(marked: String, code: String) {
    let line = Marked(marked)
    let problem = #expect(throws: Problem.self) { try read(line.text) }
    #expect(problem?.code == code, "\(marked)")
    #expect(
      problem?.span == line.span, "\(marked): \(Marked.marking(problem?.span, in: line.text))")
  }

  @Test func `parameters twice are arguments where no definition follows`() throws {
    #expect(try read("f(x, x)") == nil && read("f(x, x) + 1") == nil && read("f(x, x") == nil)
    #expect(try read("f(x, y, z) = x")?.first?.parameters == ["x", "y", "z"])
    for line in ["f(x y) = 2", "f(x,) = 2", "f(x = 2", "f(x] = 2"] {
      #expect(try read(line) == nil, "\(line)")
    }
  }

  @Test func `a function is known to those behind it on the line`() throws {
    let found = try #require(try read("f(a, b) = a*b, y = f(1, 2)"))
    #expect(found[1].formula.calledFunctions == ["f"])
    let problem = #expect(throws: Problem.self) { try read("f(a, b) = a*b, y = f(1)") }
    #expect(problem?.code == "wrong-argument-count")
    #expect(try read("f(a) = a, f(a, b) = a*b, y = f(1, 2)")?.count == 3)
  }

  @Test func `how composites count their arguments`() throws {
    let record = { (name: String) in try #require(Composite.catalog.first { $0.name == name }) }
    for (name, words, usage) in [
      ("sum", "1 argument", "sum(x)"), ("conv", "2 to 4 arguments", "conv(x, w, stride, padding)"),
      ("maxpool", "2 to 3 arguments", "maxpool(x, size, stride)"), ("@", "2 arguments", "A @ B"),
      ("avgpool", "2 to 3 arguments", "avgpool(x, size, stride)"),
      ("normal", "2 to 4 arguments", "normal(mean, sd, rows, columns)"),
      ("uniform", "2 to 4 arguments", "uniform(low, high, rows, columns)"),
      ("huber", "2 arguments", "huber(r, delta)"), ("hinge", "2 arguments", "hinge(y, s)"),
    ] {
      #expect(try record(name).argumentCount == words && record(name).usage == usage)
    }
    #expect(try record("conv").counts == 2...4 && record("sum").counts == 1...1)
    #expect(Composite.catalog.filter(\.isRandom).map(\.name) == ["uniform", "normal"])
    let choices = Composite.catalog.flatMap { record in
      record.parameters.filter(\.isChoice).map { "\(record.name) \($0.name)" }
    }
    #expect(
      choices == [
        "huber delta", "cross_entropy y", "softmax_cross_entropy k", "binary_cross_entropy y",
        "hinge y", "multiclass_hinge k",
      ])
    #expect(
      Composite.catalog.filter { $0.decision != nil }.map(\.name)
        == [
          "squared_error", "half_squared_error", "mse", "mae", "binary_cross_entropy", "hinge",
        ])
    let standards = try record("conv").parameters.map(\.standard)
    #expect(standards == [nil, nil, .number(1), .number(0)])
    #expect(Composite.functionNames.contains("conv") && !Composite.functionNames.contains("@"))
    #expect(Composite.functionNames.contains("tanh") && !Composite.functionNames.contains("+"))
  }
}
