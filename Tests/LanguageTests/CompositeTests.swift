import Testing

@testable import Language

/// The words for several gates: how each is written, and what can be left out.
@Suite struct CompositeTests {
  private func record(_ name: String) throws -> Composite {
    try #require(Composite.catalog.first { $0.name == name })
  }

  @Test func `how each is written`() {
    #expect(
      Composite.catalog.map(\.usage) == [
        "A @ B", "dot(a, b)", "sum(x)", "softmax(s)", "squared_error(y, p)",
        "half_squared_error(y, p)", "mse(y, p)", "mae(y, p)", "l1(s, y)", "l2(s, y)",
        "huber(r, delta)", "cross_entropy(y, p)", "softmax_cross_entropy(s, k)",
        "binary_cross_entropy(y, z)", "hinge(y, s)", "multiclass_hinge(s, k)",
        "conv(x, w, stride, padding)", "maxpool(x, size, stride)", "avgpool(x, size, stride)",
        "uniform(low, high, rows, columns)", "normal(mean, sd, rows, columns)",
      ])
    let product = Composite[Composite.product]
    #expect(product.parameters.map(\.name) == ["A", "B"])
  }

  @Test func `how many arguments, in words`() throws {
    for (name, words) in [
      ("sum", "1 argument"), ("softmax", "1 argument"), ("@", "2 arguments"),
      ("hinge", "2 arguments"), ("maxpool", "2 to 3 arguments"), ("conv", "2 to 4 arguments"),
      ("normal", "2 to 4 arguments"),
    ] {
      #expect(try record(name).argumentCount == words, "\(name)")
    }
  }

  @Test func `what stands in for an argument that is left out`() throws {
    let standards = { (name: String) throws -> [Composite.Standard?] in
      try record(name).parameters.map(\.standard)
    }
    #expect(try standards("conv") == [nil, nil, .number(1), .number(0)])
    #expect(try standards("maxpool") == [nil, nil, .previous])
    #expect(try standards("avgpool") == [nil, nil, .previous])
    #expect(try standards("uniform") == [nil, nil, .unspecified, .unspecified])
    #expect(try standards("normal") == [nil, nil, .unspecified, .unspecified])
    #expect(try standards("mse") == [nil, nil])
  }

  @Test func `which arguments are choices and no quantities`() {
    let choices = Composite.catalog.flatMap { composite in
      composite.parameters.filter(\.isChoice).map { "\(composite.name) \($0.name)" }
    }
    #expect(
      choices == [
        "huber delta", "cross_entropy y", "softmax_cross_entropy k", "binary_cross_entropy y",
        "hinge y", "multiclass_hinge k",
      ])
  }

  @Test func `how a loss tells right from wrong`() {
    let names = { (decision: Composite.Decision) -> [String] in
      Composite.catalog.filter { $0.decision == decision }.map(\.name)
    }
    #expect(names(.half) == ["squared_error", "half_squared_error", "mse", "mae"])
    #expect(names(.sign) == ["binary_cross_entropy", "hinge"])
  }

  @Test func `which draw numbers, and which words take brackets`() {
    #expect(Composite.catalog.filter(\.isRandom).map(\.name) == ["uniform", "normal"])
    let words = Composite.functionNames
    #expect(words.contains("tanh") && words.contains("conv") && words.contains("if"))
    #expect(!words.contains("@") && !words.contains("+") && !words.contains("<"))
  }

  @Test func `a hinge is written out as help shows it`() {
    let hinge = Composite.formula(of: Composite.id(of: "hinge"))
    #expect(hinge?.description == "max(0, 1 - y * s)")
  }
}
