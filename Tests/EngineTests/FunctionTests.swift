import TestSupport
import Testing

@testable import Engine
@testable import Language

/// Functions of the user's are written out into nodes, within bounds.
@Suite struct FunctionTests {
  private func value(_ lines: String...) throws -> Double {
    let names = try definitions(lines)
    let graph = try Graph(of: names.order.suffix(1).map { $0 }, in: names)
    return try #require(try Tape(of: graph).final.values.last)
  }

  @Test(arguments: [
    // A literal given to a parameter is used as often as the parameter is.
    ("g(x) = x^2 + x", "f = w * g(2)", 6.0), ("g(x) = 3 * x + x", "f = w * g(2)", 8),
    ("g(x) = x * 3 + x^2 - x", "f = w * g(2)", 8), ("g(x) = sin(x) * 0 + x", "f = w + g(5)", 6),
    ("g(a, b) = a * b + a - b", "f = w * g(2, 3)", 5),
    ("g(a, b) = b^a - a + b", "f = w * g(2, 3)", 10),
    ("g(x) = x", "f = w * g(4) + g(5)", 9), ("g(x) = 7", "f = w * g(4)", 7),
    ("g(x) = x^2 + w", "f = g(3)", 10), ("g(x) = exp(0 * x) + x", "f = w * g(2) * g(3)", 12),
  ])
  func `arguments that are literals`(function: String, line: String, wanted: Double) throws {
    #expect(try value("w = 1", function, line) == wanted)
  }

  @Test func `literals through two functions`() throws {
    #expect(
      try value("w = 1", "sq(x) = x^2 + x", "g(x) = sq(x) + x * 10", "f = w * g(2)") == 26)
    #expect(try value("w = 1", "id(x) = x", "g(x) = id(x)^2 + x", "f = w * g(3)") == 12)
    #expect(try value("w = 1", "sq(x) = x^2 + x", "f = w * sq(sq(1))") == 6)
  }

  /// The same lines with the arguments written out by hand.
  @Test func `a call is its body with the arguments put in`() throws {
    var random = SplitMix64(seed: 21)
    let atoms = ["p", "q", "2", "3", "0.5"]
    var wrong: [String] = []
    for _ in 0..<500 {
      let body = (0..<3).map { _ in
        let a = random.pick(atoms), b = random.pick(atoms)
        return random.pick(["(\(a) * \(b))", "\(a)^2", "(\(a) - \(b))", "tanh(\(a))"])
      }.joined(separator: random.pick([" + ", " * ", " - "]))
      let arguments = [
        random.pick(["2", "w", "1.5", "w*2", "7/2"]), random.pick(["3", "x", "4"]),
      ]
      let inlined = body.replacing("p", with: "(\(arguments[0]))")
        .replacing("q", with: "(\(arguments[1]))")
      let call = "f = w * g(\(arguments[0]), \(arguments[1])) + x"
      let found = try value("w = 1.25, x = -2", "g(p, q) = \(body)", call)
      let wanted = try value("w = 1.25, x = -2", "f = w * (\(inlined)) + x")
      if found != wanted { wrong.append("\(body), \(call): \(found), not \(wanted)") }
    }
    #expect(wrong.prefix(3) == [])
  }

  @Test func `an argument is computed once`() throws {
    let tape = try tape("x = 2", "sq(u) = u * u", "f = sq(x + 1)")
    #expect(tape.story.filter { $0.hasPrefix("forward") } == ["forward @1", "forward f"])
    #expect(try tape.gradient("x") == 6)
  }

  @Test func `thirty doublings are refused and the function is named`() throws {
    var lines = ["f0(x) = x * x"]
    for index in 1...30 { lines.append("f\(index)(x) = f\(index - 1)(x) * f\(index - 1)(x)") }
    lines += ["w = 1", "y = f30(w)"]
    let names = try definitions(lines)
    let limit = Limit(subject: "a test", bound: 50_000, unit: "nodes")
    let problem = #expect(throws: Problem.self) {
      _ = try Graph(of: ["y"], in: names, limit: limit)
    }
    #expect(problem?.code == "too-many-nodes")
    #expect(problem?.message.contains("50000 nodes; f") == true)
  }

  @Test func `a tape may have 20,000 nodes`() throws {
    let long = { (gates: Int) in "f = x" + String(repeating: " * x", count: gates) }
    #expect(try tape("x = 1", long(19_999)).graph.nodes.count == 20_000)
    let problem = #expect(throws: Problem.self) { try tape("x = 1", long(20_000)) }
    #expect(problem?.code == "over-limit")
    #expect(problem?.message.contains("20000") == true)
  }

  @Test func `a graph's limit counts every node`() throws {
    let names = try definitions(["a = 1, b = 2", "f = a * b + a"])
    let four = Limit(subject: "a test", bound: 4, unit: "nodes")
    let three = Limit(subject: "a test", bound: 3, unit: "nodes")
    #expect(throws: Never.self) { try Graph(of: ["f"], in: names, limit: four) }
    #expect(throws: Problem.self) { try Graph(of: ["f"], in: names, limit: three) }
  }

  @Test func `graphs of one shape and of others`() throws {
    let shape = { (lines: [String]) in try Graph(of: ["f"], in: try definitions(lines)) }
    let first = try shape(["a = 1, b = 2", "f = a * b + 2"])
    #expect(first.hasSameShape(as: try shape(["a = 5, b = 7", "f = a * b + 2"])))
    #expect(!first.hasSameShape(as: try shape(["a = 1, b = 2", "f = a * b + 3"])))
    #expect(!first.hasSameShape(as: try shape(["a = 1, b = 2", "f = b * a + 2"])))
    #expect(!first.hasSameShape(as: try shape(["a = 1, c = 2", "f = a * c + 2"])))
  }

  /// Each level calls the one below twice and adds nothing: 2^40 calls and not one gate.
  @Test func `calls that make no node are counted all the same`() throws {
    var lines = ["i0(z) = z"]
    for level in 1...40 { lines.append("i\(level)(z) = i\(level - 1)(i\(level - 1)(z))") }
    let definitions = try definitions(lines + ["x = 1", "f = i40(x)"])
    let problem = #expect(throws: Problem.self) {
      try Graph(of: ["f"], in: definitions, limit: .tape)
    }
    #expect(problem?.code == "too-many-nodes")
  }
}
