import Engine
import Language
import Testing
import Typesetting

@testable import Console

/// `data` and `train`, as a learner types them.
@Suite struct TrainingCommandTests {
  private let neuron = [
    "data and", "w1 = 0, w2 = 0, b = 0", "p = sigmoid(w1*x1 + w2*x2 + b)",
    "L = -(y*ln(p) + (1 - y)*ln(1 - p))",
  ]

  private func session(_ lines: [String]) throws -> Session {
    var session = Session()
    try session.enterAll(lines)
    return session
  }

  private func shown(_ line: String, after lines: [String]) throws -> [String] {
    var session = try session(lines)
    return try session.enter(line).document.rendered(session.settings.style)
      .split(separator: "\n", omittingEmptySubsequences: false).dropLast().map(String.init)
  }

  private func refusal(_ line: String, after lines: [String]) throws -> Problem {
    var session = try session(lines)
    return try #require(throws: Problem.self) { try session.enter(line) }
  }

  @Test func `an input without a number gets that of row 1, and any row when asked`() throws {
    var session = try session(["x1 = 7/1", "f = x1 * w * x2", "data xor"])
    #expect(try session.enter("x1").document.rendered(Style()) == "7\n")
    #expect(try session.enter("x2").document.rendered(Style()) == "0\n")
    #expect(
      try session.enter("data row 2").document.rendered(Style())
        == "row 2 of 4   x1 = 0   x2 = 1   y = 1\n")
    #expect(try session.enter("x1 + 10*x2").document.rendered(Style()) == "10\n")
  }

  @Test func `a column called like a formula leaves the formula alone`() throws {
    var session = try session(["w = 2", "x = 4", "y = w * x", "data line 3"])
    let line = try session.enter("data row 1").document.rendered(Style())
    #expect(line.contains("x = ") && !line.contains("y = "))
    #expect(try session.enter("y - w * x").document.rendered(Style()) == "0\n")
  }

  @Test func `what is loaded is shown`() throws {
    #expect(
      try shown("data", after: ["data or"]) == [
        "or: 4 rows", "", "row  x1  x2  y", "───  ──  ──  ─", "  1   0   0  0", "  2   0   1  1",
        "  3   1   0  1", "  4   1   1  1",
      ])
    #expect(
      try shown("data", after: ["data sine 200"]).last == "and 195 more; data row N takes one")
    #expect(try shown("data", after: []).contains { $0.hasPrefix("moons ") })
    #expect(
      try shown("data moons 7 seed 3", after: []) == [
        "moons: 7 rows of x1, x2, y.  data shows them."
      ])
    #expect(
      try shown("data", after: ["data or", "set speech on"]).contains("row 2: x1 0, x2 1, y 1."))
    let (first, again) = (try session(["data moons"]), try session(["data moons seed 1"]))
    #expect(first.learning.examples == again.learning.examples)
    #expect(try session(["data moons seed 2"]).learning.examples != first.learning.examples)
  }

  @Test func `a file is asked for, and read`() throws {
    var session = Session()
    #expect(try session.enter("data my table.csv").effect == .examples("my table.csv"))
    _ = try session.load(csv: "a,b\n1,2\n", from: "my table.csv")
    #expect(session.learning.examples?.columns == ["a", "b"])
    #expect(try session.enter("a + b").document.rendered(Style()) == "3\n")
    let problem = try #require(throws: Problem.self) {
      try session.load(csv: "a\nx\n", from: "t.csv")
    }
    #expect(problem.message == "t.csv, line 2, column a: \"x\" is not a number")
    #expect(session.learning.examples?.columns == ["a", "b"], "nothing changed")
  }

  @Test func `a neuron learns AND`() throws {
    var session = try session(neuron)
    let lines = try session.enter("train L wrt w1, w2, b rate 1 epochs 400 accuracy p").document
      .rendered(Style()).split(separator: "\n").map(String.init)
    #expect(lines.first == "epoch     loss  accuracy")
    #expect(
      lines.dropFirst(2).map { $0.prefix(5) } == ["    1", "  100", "  200", "  300", "epoch"])
    #expect(lines.last == "epoch 400 of 400   loss 0.04293   accuracy 100%")
    #expect(session.history.count == 400 && session.history[0].loss > 0.69)
    // The names hold what was learned, and everything follows.
    for (row, answer) in zip(1...4, [0.0, 0, 0, 1]) {
      _ = try session.enter("data row \(row)")
      #expect((try session.value("p", nil).values[0] > 0.5) == (answer == 1))
    }
    // What moved last moves again.
    #expect(
      try session.enter("train L epochs 1").document.rendered(Style()).hasPrefix("epoch 1 of 1"))
  }

  @Test func `options come in any order, and both ways of writing names`() throws {
    let first = try shown(
      "train L wrt w1,w2 , b batch 1 seed 4 epochs 9 momentum 0.5 rate 1/4 decay 0.01",
      after: neuron)
    let second = try shown(
      "train L rate 0.25 decay 0.01 epochs 9 momentum 0.5 seed 4 batch 1 wrt w1 w2 b",
      after: neuron)
    #expect(first == second && first.last?.hasPrefix("epoch 9 of 9   loss 0.") == true)
  }

  @Test func `validation has a line of its own, and patience says where it went back to`() throws {
    let lines = try shown(
      "train L wrt w1 epochs 400 validate 0.3 patience 5 rate 3 accuracy p",
      after: ["data moons seed 3"] + neuron.dropFirst())
    #expect(lines.contains { $0.hasSuffix("5 epochs without a smaller validation loss.") })
    #expect(lines.suffix(2).first?.hasPrefix("back to epoch ") == true)
    #expect(lines.last?.hasPrefix("validation   loss 0.") == true)
    #expect(lines.allSatisfy { columns($0) <= 80 })
  }

  @Test func `an interruption keeps the steps that are done`() throws {
    var session = try session(neuron)
    session.attention.isInterrupted = { true }
    #expect(
      try session.enter("train L wrt b batch 1").document.rendered(Style())
        .hasPrefix("Stopped in epoch 1; the 1 step that was made is kept.\nloss "))
    #expect(try session.value("b", nil) != Tensor(0))
    _ = try session.enter("reset")
    #expect(session.attention.isInterrupted(), "the program's own question stays")
  }

  @Test(arguments: [
    ("data moon", "unknown-examples"), ("data xor 0", "bad-count"), ("data xor x", "bad-count"),
    ("data xor 9999999", "bad-count"), ("data xor seed", "missing-argument"),
    ("data xor seed -1", "bad-option"), ("data xor 4 5", "extra-argument"),
    ("data xor seed 1 2", "extra-argument"), ("data row", "missing-argument"),
    ("data row 5", "unknown-number"), ("data row 0", "bad-count"), ("train", "missing-argument"),
    ("train L", "missing-argument"), ("train L wrt", "missing-argument"),
    ("train q wrt b", "unknown-node"), ("train L wrt q", "unknown-node"),
    ("train L wrt v", "not-in-graph"), ("train L wrt p", "not-an-input"),
    ("train L wrt x1", "parameter-is-column"), ("train L wrt b epoch 3", "unknown-option"),
    ("train L epoch 3 wrt b", "unknown-option"), ("train L wrt b epochs 2.5", "bad-option"),
    ("train L wrt b epochs 1e300", "bad-option"), ("train L wrt b rate 0", "bad-option"),
    ("train L wrt b rate", "missing-argument"), ("train L wrt b rate 1 rate 2", "repeated-option"),
    ("train L wrt b rate q", "unknown-name"), ("train L wrt b accuracy nix", "unknown-node"),
    ("train L wrt b patience 3", "patience-without-validation"),
    ("train L wrt b batch 0", "bad-option"), ("train L wrt b seed 0.5", "bad-option"),
    ("train L wrt b rate 1e300 epochs 9", "diverged"),
  ])
  func `what cannot be done is told, and changes nothing`(line: String, code: String) throws {
    let before = try session(neuron + ["v = 1"])
    var session = before
    let problem = try #require(throws: Problem.self) { try session.enter(line) }
    #expect(problem.code == code, "\(problem.rendered)")
    #expect(session.leads(to: before) && session.learning.examples == before.learning.examples)
  }

  @Test func `nothing to learn from is the first thing said`() throws {
    #expect(try refusal("train L wrt w", after: []).code == "no-rows")
    #expect(try refusal("data row 1", after: []).code == "no-rows")
  }
}
