import Engine
import Language
import Testing
import TestSupport

@testable import Export
@testable import Typesetting

/// A tape of some definitions, with upstream gradients where they are given.
func tape(_ lines: [String], of output: String, upstream: [Double]? = nil) throws -> Tape {
  var definitions = Definitions()
  for line in lines {
    for assignment in try Assignment.reading(line, functions: definitions.argumentCounts) ?? [] {
      try definitions.define(assignment)
    }
  }
  return try Tape(of: try Graph(of: [output], in: definitions), upstream: upstream)
}

/// The tables of a paper, as the text of their cells.
func tables(_ paper: Paper) -> [[[String]]] {
  let writer = PaperText(Style())
  return paper.blocks.compactMap { block in
    guard case .table(let table) = block else { return nil }
    return ([table.header] + table.rows).map { $0.map(writer.line) }
  }
}

/// The lines of a paper that are no tables.
func lines(_ paper: Paper) -> [String] {
  let writer = PaperText(Style())
  return paper.blocks.flatMap { block -> [String] in
    switch block {
    case .paragraph(let words): [writer.line(words)]
    case .display(let math): [math.text(Style())]
    case .listing(let lines): lines
    default: []
    }
  }
}

/// The two model answers, number by number; all of them were worked out by hand.
@Suite struct WorkedAnswerTests {
  @Test func `the circuit of the slides`() throws {
    let answer = try WorkedAnswer(of: try tape(slide, of: "f"), title: "t")
    let paper = answer.paper()
    let found = tables(paper)
    #expect(
      found[0] == [
        ["step", "node", "operation", "substitute", "value"],
        ["1", "q", "w1 + w2", "(-2) + 5", "3"], ["2", "f", "q × w3", "3 × (-4)", "-12"],
      ])
    #expect(
      Array(found[1].dropFirst()) == [
        ["q = w1 + w2", "∂q/∂w1 = 1", "1"], ["", "∂q/∂w2 = 1", "1"],
        ["f = q × w3", "∂f/∂q = w3", "-4"], ["", "∂f/∂w3 = q", "3"],
      ])
    #expect(
      Array(found[2].dropFirst()) == [
        ["3", "∂f/∂f", "start", "", "1"], ["4a", "∂f/∂q", "1", "w3 = -4", "-4"],
        ["4b", "∂f/∂w3", "1", "q = 3", "3"], ["5a", "∂f/∂w1", "-4", "1", "-4"],
        ["5b", "∂f/∂w2", "-4", "1", "-4"],
      ])
    #expect(
      Array(found[3].dropFirst()) == [
        ["w1", "-12.004", "-11.996", "-4", "-4"], ["w2", "-12.004", "-11.996", "-4", "-4"],
        ["w3", "-11.997", "-12.003", "3", "3"],
      ])
    let other = Dictionary(uniqueKeysWithValues: answer.slips.map { ($0.mistake, $0.values) })
    #expect(other["local-only"] == [1, 1, 3])
    #expect(other["no-swap"] == [3, 3, -4])
    #expect(other["split"] == [-2, -2, 3])
    #expect(other["add-as-times"] == [-20, 8, 3])
    #expect(other["reversed"] == [4, 4, -3])
    #expect(other["seed-is-value"] == [48, 48, -36])
    #expect(found[4].contains { $0[0] == "(-20, 8, 3)" && $0[1].contains("multiply gate") })
    let text = lines(paper)
    #expect(text.contains("∇f = (∂f/∂w1, ∂f/∂w2, ∂f/∂w3) = (-4, -4, 3)"))
    #expect(text.contains("∂f/∂w1 = ∂f/∂q × ∂q/∂w1 = w3 × 1 = (-4) × 1 = -4"))
    #expect(text.contains { $0.contains("nothing to add up") })
    #expect(found.count == 5)
  }

  @Test func `a filter of 3 over 5 inputs, with upstream gradients`() throws {
    let answer = try WorkedAnswer(
      of: try tape(
        ["x = [1, 2, -1, 3, 2]", "w = [2, -1, 3]", "o = conv(x, w)"], of: "o",
        upstream: [1, -2, 3]), title: "t")
    let paper = answer.paper()
    let found = tables(paper)
    #expect(
      found[0].dropFirst().map { Array($0.dropFirst()) } == [
        [
          "o[1]", "w[1] × x[1] + w[2] × x[2] + w[3] × x[3]", "2 × 1 + (-1) × 2 + 3 × (-1)", "-3",
        ],
        ["o[2]", "w[1] × x[2] + w[2] × x[3] + w[3] × x[4]", "2 × 2 + (-1) × (-1) + 3 × 3", "14"],
        ["o[3]", "w[1] × x[3] + w[2] × x[4] + w[3] × x[5]", "2 × (-1) + (-1) × 3 + 3 × 2", "1"],
      ])
    #expect(
      Array(found[1].dropFirst()) == [
        ["4", "∂L/∂o[1]", "given", "", "1"], ["5", "∂L/∂o[2]", "given", "", "-2"],
        ["6", "∂L/∂o[3]", "given", "", "3"],
      ])
    #expect(
      found[2] == [
        ["gradient", "from o[1] (1)", "from o[2] (-2)", "from o[3] (3)", "sum"],
        ["∂L/∂w[1]", "1 × 1 = 1", "-2 × 2 = -4", "3 × (-1) = -3", "-6"],
        ["∂L/∂w[2]", "1 × 2 = 2", "-2 × (-1) = 2", "3 × 3 = 9", "13"],
        ["∂L/∂w[3]", "1 × (-1) = -1", "-2 × 3 = -6", "3 × 2 = 6", "-1"],
      ])
    #expect(
      Array(found[3].dropFirst()) == [
        ["∂L/∂x[1]", "1 × 2 = 2", "", "", "2"],
        ["∂L/∂x[2]", "1 × (-1) = -1", "-2 × 2 = -4", "", "-5"],
        ["∂L/∂x[3]", "1 × 3 = 3", "-2 × (-1) = 2", "3 × 2 = 6", "11"],
        ["∂L/∂x[4]", "", "-2 × 3 = -6", "3 × (-1) = -3", "-9"],
        ["∂L/∂x[5]", "", "", "3 × 3 = 9", "9"],
      ])
    #expect(found[4].contains(["w[1]", "-28.006", "-27.994", "-6", "-6"]))
    #expect(found[4].contains(["x[3]", "-27.989", "-28.011", "11", "11"]))
    let text = lines(paper)
    #expect(text.contains("∂L/∂w = (-6, 13, -1)") && text.contains("∂L/∂x = (2, -5, 11, -9, 9)"))
    #expect(text.contains("L = 1 × (-3) + (-2) × 14 + 3 × 1 = -28"))
    #expect(text.contains { $0.contains("add up to 8 = 2 × 4") })
    #expect(text.contains { $0.contains("flipped filter (3, -1, 2)") && $0.contains("2 zeros") })
    let window = text.map { $0.split(separator: " ").joined(separator: " ") }
    #expect(window.contains("o[2] = . w[1] w[2] w[3] . g = -2"))
    #expect(window.contains("uses 1 2 3 2 1 each w: 3"))
    let other = { (name: String, mistake: String) in
      answer.slips.first { $0.name == name && $0.mistake == mistake }?.values
    }
    #expect(other("x", "mirror") == [3, -7, 13, -7, 6])
    // Overwriting in the order of the outputs; the pass itself brings the last output first.
    #expect(other("x", "one-path") == [2, -4, 6, -3, 9])
    #expect(other("x", "overwrite") == [2, -1, 3, -6, 9])
    #expect(other("x", "valid") == [11])
    #expect(other("x", "local-only") == [2, 1, 4, 2, 3])
    #expect(other("w", "mirror") == [-1, 13, -6])
    #expect(other("w", "local-only") == [2, 4, 4])
    #expect(other("w", "first-window") == [2, 4, -2])
  }

  @Test func `data is constant, sums have a line, and conventions are said`() throws {
    let answer = try WorkedAnswer(
      of: try tape(["w = 2, x = 3, b = -6", "z = w * x + b", "y = relu(z) + w"], of: "y"),
      title: "t", constant: ["x"])
    let text = lines(answer.paper())
    #expect(text.contains("x = 3: constant, no gradient asked."))
    #expect(text.contains { $0.contains("Convention") && $0.contains("relu") })
    #expect(!answer.backward.contains { answer.symbols[$0.node] == "x" })
    // w: 1 directly, and nothing through the relu that stands at its corner.
    #expect(tables(answer.paper())[3][1] == ["∂y/∂w", "6b + 9a", "1 + 0", "1"])
    #expect(answer.checks.allSatisfy { !$0.agrees })
    #expect(text.contains { $0.contains("a corner, a jump") })
  }

  @Test func `what is too large or empty is refused`() throws {
    #expect(throws: Problem.self) {
      try WorkedAnswer(of: try tape(["x = 2", "f = x"], of: "x"), title: "t")
    }
    #expect(throws: Problem.self) {
      try WorkedAnswer(
        of: try tape(["x = uniform(60)", "f = sum(x @ x * x)"], of: "f"), title: "t")
    }
  }
}
