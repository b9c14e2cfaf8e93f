import Language
import Testing

@testable import Engine

/// The spreadsheet of names: what may be defined, what is refused, and that a refusal leaves no trace.
@Suite struct DefinitionTests {
  private func refusal(of line: String, in definitions: inout Definitions) throws -> Problem? {
    let before = definitions.order
    do {
      try define(line, in: &definitions)
      return nil
    } catch let problem as Problem {
      #expect(definitions.order == before)
      return problem
    }
  }

  @Test func `a name can be defined again, and all that uses it follows`() throws {
    var names = try definitions(["w = 2", "q = w * 3", "f = q + 1"])
    #expect(try Tape(of: Graph(of: ["f"], in: names)).final.values.last == 7)
    try define("q = w * 10", in: &names)
    #expect(try Tape(of: Graph(of: ["f"], in: names)).final.values.last == 21)
    names.set("w", to: 0.5)
    #expect(try Tape(of: Graph(of: ["f"], in: names)).final.values.last == 6)
    #expect(names.order == ["w", "q", "f"])
    try define("w = v^2, v = 3", in: &names)
    #expect(try Tape(of: Graph(of: ["f"], in: names)).gradient("v") == 60)
  }

  @Test func `a name cannot use itself`() throws {
    var names = try definitions(["a = 1"])
    let problem = try refusal(of: "a = a + 1", in: &names)
    #expect(problem?.code == "cycle")
    #expect(problem?.message.contains("a → a") == true)
    #expect(problem?.span == 0..<1)
    #expect(names.variables["a"]?.text == "1")
    #expect(try refusal(of: "new = new * 2", in: &names)?.code == "cycle")
  }

  @Test func `a long circle is told from its beginning to its end`() throws {
    var lines = ["n0 = 1"]
    for index in 1...2_000 { lines.append("n\(index) = n\(index - 1) + 1") }
    var names = try definitions(lines)
    let problem = try refusal(of: "n0 = n2000 + 1", in: &names)
    #expect(problem?.code == "cycle")
    #expect(problem?.message.hasSuffix("n0 → n2000 → n1999 → n1998 → … → n2 → n1 → n0") == true)
    #expect(try Graph(of: ["n2000"], in: names).nodes.count > 2_000)
  }

  @Test func `circles through functions are found`() throws {
    var names = try definitions(["f(x) = x * a", "b = f(2)"])
    let problem = try refusal(of: "a = b + 1", in: &names)
    #expect(problem?.code == "cycle")
    #expect(problem?.message.contains("a → b → f() → a") == true)
    #expect(try refusal(of: "a = f(1)", in: &names)?.code == "cycle")
  }

  @Test func `a function redefined to make a circle is refused`() throws {
    var names = try definitions(["f(x) = x + 1", "a = f(2)", "g(x) = f(x)"])
    let through = try refusal(of: "f(x) = x * a", in: &names)
    #expect(through?.code == "cycle")
    #expect(through?.message.contains("f() → a → f()") == true)
    #expect(try refusal(of: "f(x) = f(x) + 1", in: &names)?.code == "cycle")
    #expect(try refusal(of: "f(x) = g(x) + 1", in: &names)?.code == "cycle")
    #expect(try Tape(of: Graph(of: ["a"], in: names)).final.values.last == 3)
  }

  @Test func `no hint suggests a name that is none`() throws {
    var names = try definitions(["f(x) = x + 1"])
    let problem = try refusal(of: "f(x) = f(x) + 1", in: &names)
    #expect(problem?.hint?.contains("()") == false)
  }

  @Test func `a parameter that looks like a name outside makes no circle`() throws {
    let names = try definitions(["f(a) = a + 1", "a = f(2)"])
    #expect(try Tape(of: Graph(of: ["a"], in: names)).final.values.last == 3)
  }

  @Test func `a function in use keeps its number of arguments`() throws {
    var names = try definitions(["f(x) = x + 1", "y = f(2)"])
    #expect(try refusal(of: "f(a, b) = a + b", in: &names)?.code == "function-in-use")
    #expect(try refusal(of: "f(z) = z + 2", in: &names) == nil)
    #expect(try Tape(of: Graph(of: ["y"], in: names)).final.values.last == 4)
    // Once nothing uses it any more, it is free.
    try define("y = 1", in: &names)
    #expect(try refusal(of: "f(a, b) = a + b", in: &names) == nil)
  }

  @Test func `a name is a function or a number`() throws {
    var names = try definitions(["f(x) = x", "a = 1"])
    #expect(try refusal(of: "f = 2", in: &names)?.code == "name-is-function")
    #expect(try refusal(of: "a(x) = x", in: &names)?.code == "name-is-variable")
  }

  @Test func `missing inputs are named`() throws {
    let problem = #expect(throws: Problem.self) { try tape("w = 1", "f = w * x + b") }
    #expect(problem?.code == "missing-value")
    #expect(problem?.message.contains("x, b") == true)
    #expect(problem?.hint == "try: x = 1, b = 1")
    let one = #expect(throws: Problem.self) { try tape("f = 2 * x") }
    #expect(one?.message == "x has no value yet")
  }

  @Test func `another word for a name is the same node`() throws {
    let tape = try tape("x = 3", "h = x", "k = h", "f = h * x + k")
    #expect(tape.graph.inputs.count == 1)
    let nodes = try ["x", "h", "k"].map { try tape.node($0) }
    #expect(Set(nodes).count == 1)
    #expect(try tape.gradient("x") == 7)
    #expect(tape.graph.label(try tape.node("k")) == "x")
    #expect(try definitions(["x = 3", "h = x", "k = h"]).resolved("k") == "x")
  }

  @Test func `a name for a number is an input however it was written`() throws {
    let tape = try tape("a = 1/2, b = -3, c = 2^3 + 1, d = a", "f = a * b * c * d")
    #expect(tape.graph.inputs.map(tape.graph.label) == ["a", "b", "c"])
    #expect(try ["a", "b", "c"].map { tape.final.values[try tape.node($0)] } == [0.5, -3, 9])
    #expect(try tape.gradient("a") == -27)
    #expect(tape.graph.nodes.allSatisfy { $0.kind != .constant })
  }

  @Test func `literals come to one literal`() throws {
    let tape = try tape("x = 3", "f = x * (2 * 3 + 4) - 2^3")
    let constants = tape.graph.nodes.filter { $0.kind == .constant }.map(\.value)
    #expect(constants == [10, 8])
    #expect(tape.final.values.last == 22)
  }
}
