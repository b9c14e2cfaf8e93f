import Testing

@testable import Language

/// Loops, ranges and subscripts: what belongs to them, and where they may not stand.
@Suite struct LoopTests {
  @Test(
    arguments: [
      (.loop, "[i for i in 1..n]", ["1", "n"]),
      (.loop, "sum(w[i] * x[i] for i in k + 1..2 * n)", ["k + 1", "2 * n"]),
      (.range, "x[2..4]", ["2", "4"]), (.range, "x[a + 1..b * 2]", ["a + 1", "b * 2"]),
      (.index, "x[2..4]", ["x", "2..4"]), (.index, "W[i + 1, 2]", ["W", "i + 1", "2"]),
      (.vector, "[a, b + 1, -c]", ["a", "b + 1", "-c"]),
      (.vector, "[x², y³ + z]", ["x²", "y³ + z"]),
      (.call, "g(a * b, [1, 2])", ["a * b", "[1, 2]"]),
      (.composite, "A + B @ C", ["B", "C"]), (.composite, "A @ B + C", ["A", "B"]),
      (.composite, "A @ B @ v", ["A @ B", "v"]), (.composite, "a * B @ v", ["a * B", "v"]),
      (.composite, "A @ -B^2", ["A", "-B^2"]), (.composite, "conv(x, w, 2)", ["x", "w", "2"]),
      // Beside a loop, a function takes other arguments.
      (.composite, "conv(x[i] for i in 1..2, x)", ["x[i] for i in 1..2", "x"]),
      (.composite, "conv(x, x[i] for i in 1..2)", ["x", "x[i] for i in 1..2"]),
    ] as [(Formula.Kind, String, [String])])
  func `what belongs to a part`(kind: Formula.Kind, line: String, wanted: [String]) throws {
    let formula = try Formula(reading: line, functions: ["g": 2])
    let place = try #require(formula.nodes.lastIndex { $0.kind == kind })
    let bytes = Array(line.utf8)
    let found = formula.operands(of: place).map {
      String(decoding: bytes[formula.nodes[$0].span], as: UTF8.self)
    }
    #expect(found == wanted, "\(line)")
  }

  @Test func `what is repeated, and the name that counts`() throws {
    let formula = try Formula(reading: "sum(w[i] * x for i in 1..n)")
    let loop = try #require(formula.loops.first)
    #expect(formula.loops.count == 1 && formula.variables == ["n", "w", "x"])
    #expect(loop.variable == "i" && loop.variables == ["w", "x"] && loop.depth == 1)
    #expect(try loop.body == Formula(reading: "w[i] * x"))
    let nested = try Formula(reading: "[sum(i * j for i in 1..2) for j in 1..3]")
    #expect(nested.loops.map(\.depth) == [1, 2])
    // The loop is the vector, and not the one element of another.
    #expect(nested.nodes.last?.kind == .loop)
    let choice = try Formula(reading: "if(i < 2 for i in 1..3, 1, 2)")
    #expect(choice.loops.first?.body.isComparison == true)
  }

  @Test func `eight loops may stand inside each other`() throws {
    let nested = { (count: Int) in
      (0..<count).reduce("1") { text, place in "sum(\(text) for i\(place) in 1..2)" }
    }
    #expect(try Formula(reading: nested(8)).loops.last?.depth == 8)
    let problem = #expect(throws: Problem.self) { try Formula(reading: nested(9)) }
    #expect(problem?.code == "over-limit" && problem?.message.contains("9") == true)
  }

  /// A part for every byte is more than is expected of a text, so it is read twice.
  @Test func `a formula of many parts has its loops once`() throws {
    let signs = String(repeating: "-", count: 1_000)
    let formula = try Formula(reading: "dot([i for i in 1..2], \(signs)x)")
    #expect(formula.loops.count == 1 && formula.variables == ["x"])
    #expect(formula.nodes.count == 1_005)
  }

  @Test(arguments: [
    ("[i for i in 1..2 «for» j in 1..2]", "stray-loop"), ("x[1..2 «for» i in 1..3]", "stray-loop"),
    ("x «for» i in 1..2", "stray-loop"), ("sin((x «for» i in 1..2))", "stray-loop"),
    ("[i for i in 1..2«..»3]", "stray-range"), ("sum(1«..»2)", "stray-range"),
    ("[1, «]»", "expected-operand"), ("x[1, «]»", "expected-operand"),
    ("sin(«,» 2)", "expected-operand"), ("(«,» 2)", "expected-operand"),
    ("sin(«»", "expected-operand"), ("[«»", "expected-operand"), ("(«»", "expected-operand"),
  ])
  func `what is wrong, and where`(marked: String, code: String) {
    let line = Marked(marked)
    let problem = #expect(throws: Problem.self) { try Formula(reading: line.text) }
    #expect(problem?.code == code, "\(marked)")
    #expect(problem?.span == line.span, "\(Marked.marking(problem?.span, in: line.text))")
  }
}
