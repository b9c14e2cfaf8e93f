import Testing

@testable import Language

/// Lines that give names a meaning.
@Suite struct AssignmentTests {
  private func read(_ line: String, _ functions: [String: Int] = [:]) throws -> [Assignment] {
    try #require(try Assignment.reading(line, functions: functions))
  }

  @Test func `several on a line`() throws {
    let found = try read("  w1 = -2 , w2=5,f = (w1 + w2) * w3  ")
    #expect(found.map(\.name) == ["w1", "w2", "f"])
    #expect(found.map(\.text) == ["-2", "5", "(w1 + w2) * w3"])
    #expect(found.map(\.nameSpan) == [2..<4, 12..<14, 17..<18])
    #expect(found.allSatisfy { $0.parameters == nil })
    #expect(found.first?.formula.literal == -2)
    #expect(try found.last?.formula == Formula(reading: "(w1+w2)*w3"))
  }

  @Test func `functions and their parameters`() throws {
    let found = try read("g(z) = 1/(1 + exp(-z)), h(a, b) = g(a) * b, y = h(1, g(x))")
    #expect(found.map(\.name) == ["g", "h", "y"])
    #expect(found.map(\.parameters) == [["z"], ["a", "b"], nil])
    #expect(found[1].formula.calledFunctions == ["g"])
    #expect(found[2].formula.calledFunctions == ["g", "h"])
    #expect(found[2].formula.variables == ["x"])
  }

  @Test func `a comma in a call is not a new definition`() throws {
    let found = try read("y = max(a, b), z = min(y, 1)")
    #expect(found.map(\.text) == ["max(a, b)", "min(y, 1)"])
  }

  @Test func `spans of formulas are those of the line`() throws {
    let line = "a = 1, q = w1 + tanh(w2)"
    let formula = try #require(read(line).last?.formula)
    let last = try #require(formula.nodes.last)
    let bytes = Array(line.utf8)
    #expect(String(decoding: bytes[last.span], as: UTF8.self) == "w1 + tanh(w2)")
    let parts = formula.nodes.map { String(decoding: bytes[$0.span], as: UTF8.self) }
    #expect(parts == ["w1", "w2", "tanh(w2)", "w1 + tanh(w2)"])
  }

  @Test(arguments: [
    "", "   ", "x + y", "x", "f(x)", "f(x, y)", "f(1) = 2", "x == 2", "3 = x", "f() = 3",
    "f(x, 2) = x", "# note", ":step", "step 3", "f(a, a)",
  ])
  func `what does not begin like a definition is left to others`(line: String) throws {
    let found = try Assignment.reading(line, functions: [:])
    #expect(found == nil)
  }

  @Test func `pasted notation`() throws {
    let found = try read("h₁ = σ(w₁·x₁ − b), y = h₁²")
    #expect(found.map(\.name) == ["h1", "y"])
    #expect(try found[0].formula == Formula(reading: "sigmoid(w1*x1 - b)"))
    #expect(try found[1].formula == Formula(reading: "h1^2"))
    #expect(found[0].text == "σ(w₁·x₁ − b)")
  }

  @Test func `a function of the user's hides one of the catalog`() throws {
    let found = try read("relu(a, b) = max(a, b), y = relu(1, 2)")
    #expect(found[1].formula.calledFunctions == ["relu"])
  }

  @Test func `trimming takes blanks and nothing else`() {
    #expect("  \ta b\r\n ".trimmed == "a b")
    #expect(" \t ".trimmed == "")
    #expect("\u{A0}a".trimmed == "\u{A0}a")
    #expect("é ".trimmed == "é")
  }
}
