import Engine
import Language
import Testing
import TestSupport

/// Arithmetic without rounding, held against doubles and against what is known of logarithms.
@Suite struct ExactTests {
  private func value(_ text: String) -> Exact? {
    (try? Formula(reading: text)).flatMap { $0.evaluatedExactly { _ in nil } }
  }

  @Test func `squashing gates are exact at logarithms`() throws {
    for (text, result) in [
      ("sigmoid(ln(3))", "0.75"), ("sigmoid(0)", "0.5"), ("sigmoid(ln(1/9))", "0.1"),
      ("tanh(ln(2))", "0.6"), ("tanh(ln(3))", "0.8"), ("tanh(0)", "0"), ("exp(ln(5))", "5"),
      ("exp(2*ln(3))", "9"), ("ln(2) + ln(3)", "ln(6)"), ("ln(6) - ln(3)", "ln(2)"),
      ("-ln(4)", "ln(1/4)"), ("softplus(ln(3))", "ln(4)"), ("ln(1)", "0"), ("2^-3", "0.125"),
      ("(-2)^3", "-8"), ("floor(-7/2)", "-4"), ("sqrt(9/4)", "1.5"), ("abs(-1/3)", "1/3"),
      ("max(ln(2), 1)", "1"), ("logsumexp(ln(1), ln(2), ln(5))", "ln(8)"),
      ("if(2 > 1, 3, ln(-1))", "3"), ("mean(1, 2, 6)", "3"), ("leaky_relu(-5)", "-0.05"),
    ] {
      #expect(value(text)?.text == result, "\(text)")
    }
    for text in [
      "exp(1)", "sin(1)", "ln(2) * ln(3)", "sqrt(2)", "1/0", "ln(0)", "ln(2) + 1", "2^0.5",
    ] {
      #expect(value(text) == nil, "\(text)")
    }
  }

  @Test func `every primitive without rounding is the primitive`() throws {
    var checked = 0
    for (id, primitive) in Primitive.catalog.enumerated() {
      for example in primitive.examples {
        guard
          let exact = Primitive.exactValue(of: PrimitiveID(id), example.map { Exact($0) })
        else { continue }
        checked += 1
        #expect(
          abs(exact.double - primitive.value(example)) < 1e-12, "\(primitive.name) \(example)")
      }
    }
    #expect(checked > 40)
  }

  @Test func `both passes are those of the tape`() throws {
    var random = SplitMix64(seed: 11)
    let templates = [
      "(a+b)*c", "(a*b-c)^2", "relu(a*b+c)*a", "max(a,b)*c - min(a,c)", "a/b + c/a", "abs(a-b)*c",
      "mean(a,b,c)*a", "if(a > b, a*c, b/c)", "leaky_relu(a)*b - c", "-a*b^3 + copy(c)",
      "sigmoid(c*0)*a + tanh(a-a)",
    ]
    for round in 0..<600 {
      let template = templates[round % templates.count]
      var definitions = Definitions()
      for name in ["a", "b", "c"] {
        let number = Double(random.below(9) + 1) * (random.next().isMultiple(of: 2) ? 1 : -1)
        definitions.set(name, to: number)
      }
      let text = "f = \(template)"
      for assignment in try #require(try Assignment.reading(text, functions: [:])) {
        try definitions.define(assignment)
      }
      let graph = try Graph(of: ["f"], in: definitions)
      let exact = ExactPass(over: graph)
      let values = graph.values()
      let gradients = graph.adjoints(at: values, conventions: Conventions())
      for node in graph.nodes.indices {
        let value = try #require(exact.values[node], "\(template)")
        #expect(abs(value.double - values[node]) <= 1e-9 * max(1, abs(values[node])))
        guard graph.nodes[node].kind != .constant else { continue }
        let gradient = try #require(exact.gradients[node], "\(template)")
        #expect(abs(gradient.double - gradients[node]) <= 1e-9 * max(1, abs(gradients[node])))
      }
    }
  }

  @Test func `a softmax of logarithms and its gradients are exact`() throws {
    var definitions = Definitions()
    for text in ["s = [ln(1), ln(2), ln(5)]", "p = softmax(s)", "L = -ln(p[2])"] {
      for assignment in try #require(try Assignment.reading(text, functions: [:])) {
        try definitions.define(assignment)
      }
    }
    var graph = try Graph(of: ["L"], in: definitions)
    // A literal ln(2) has been worked out to a double; as an input it stays exact.
    definitions.set("s", to: Tensor(.vector(3), [0, 0, 0]))
    graph = try Graph(of: ["L"], in: definitions)
    let nodes = try #require(graph.group(named: "s")).nodes
    let odds = [1, 2, 5].map { Exact(logarithmOf: Rational($0)) }
    let inputs = Dictionary(uniqueKeysWithValues: zip(nodes, odds.compactMap { $0 }))
    let exact = ExactPass(over: graph, inputs: inputs)
    // p - y, with p = (1, 2, 5) / 8.
    #expect(nodes.map { exact.gradients[$0]?.text } == ["0.125", "-0.75", "0.625"])
  }
}
