import Language
import TestSupport
import Testing
import Typesetting

@testable import Console
@testable import Engine

/// A session keeps its graph and values while numbers change; nobody may be able to tell.
@Suite struct KeptGraphTests {
  /// Lines that change what is known, or ask about it.
  private static let changes = [
    "a = $", "b = $", "a = $, b = $", "x = [$, $, $]", "x[2] = $", "x[#] = $", "W[2,1] = $",
    "W = [[$, $, $], [$, $, $]]", "y[1] = $", "y[2] = $", "x = [$, $]", "x = $", "a = 1/2",
    "a = b + 1", "n = 2", "n = 3", "k = 1", "k = 2", "k = 7", "q = a * b", "q = a - b * a",
    "h = a", "h = $", "f = sum(W @ x) * q + h", "f = tanh(q) + x[1] * x[2]",
    "f = sum(x[i] for i in 1..n) * q", "f = softmax_cross_entropy(W @ x, k) + q", "g(z) = z^2 + a",
    "g(z) = z * b", "f = g(q) + y[1] * y[2]", "p = a * 3", "x = normal(0, 1, 3)",
    "W = uniform(-1, 1, 2, 3)", "a = -$", "b = 0 / 0",
  ]
  private static let questions = [
    "f", "q", "x", "W[2,1]", "h", "a", "a + q", "grad a", "grad x", "value f", "f * 2", "y[1]",
    "table", "why f", "step", "step 3", "undo 2", "forward", "backward", "zero", "micro",
    "update rate 0.1", "update rate 0.1 wrt a", "fuse f", "expand f", "fuse q", "output q",
    "output f", "upstream f = 2", "upstream off", "restart", "display q * a", "undisplay", "ans",
    "jacobian f x", "numeric", "set relu-at-zero 1", "tape", "seed 4", "reset",
  ]

  private static func line(_ draw: inout SplitMix64) -> String {
    var text = draw.below(5) < 3 ? draw.pick(changes) : draw.pick(questions)
    if text == "reset", draw.below(4) != 0 { text = "f" }
    while text.contains("$") {
      let number = "\((draw.number(-4...4) * 4).rounded() / 4)"
      text = text.replacing(
        "$", with: number.hasPrefix("-") ? "(\(number))" : number, maxReplacements: 1)
    }
    return text.replacing("#", with: "\(1 + draw.below(4))")
  }

  private static let start = [
    "a = 2", "b = -3", "x = [1, 2, 3]", "W = [[1, 0, -1], [2, 1, 0.5]]", "q = a + b", "h = 4",
    "n = 2", "k = 1", "y[1] = 5", "y[2] = 6", "f = q * a + x[1] * h",
  ]

  /// Everything a learner reads after a line, an error too.
  private func answer(_ session: inout Session, _ line: String) -> String {
    do throws(Problem) {
      return try session.enter(line).document.rendered(Style())
    } catch {
      return "error: \(error.rendered)"
    }
  }

  @Test(arguments: 1...120 as ClosedRange<UInt64>)
  func `a session that keeps its graph says what one that forgets it says`(seed: UInt64) throws {
    var draw = SplitMix64(seed: seed)
    var (keeping, forgetting) = (Session(), Session())
    for line in Self.start {
      _ = try keeping.enter(line)
      _ = try forgetting.enter(line)
    }
    var lines = Self.start
    for _ in 0..<60 {
      let line = Self.line(&draw)
      lines.append(line)
      // What was worked out before is made anew from the definitions, each time.
      forgetting.graph = nil
      let expected = answer(&forgetting, line)
      #expect(answer(&keeping, line) == expected, "\(lines.joined(separator: "; "))")
      try expectFresh(keeping, lines)
    }
  }

  /// The kept graph is the one that the definitions give, with its values.
  private func expectFresh(_ session: Session, _ lines: [String]) throws {
    guard let graph = session.graph else {
      #expect(session.values == nil)
      return
    }
    let fresh = try Graph(of: session.outputs, in: session.definitions)
    let story = Comment(rawValue: lines.joined(separator: "; "))
    #expect(graph.hasSameShape(as: fresh), story)
    #expect(
      graph.nodes.map(\.value.bitPattern) == fresh.nodes.map(\.value.bitPattern), story)
    #expect(graph.nodes.map(\.hasValue) == fresh.nodes.map(\.hasValue), story)
    #expect(graph.labels == fresh.labels && graph.groups.map(\.nodes) == fresh.groups.map(\.nodes))
    #expect(graph.countingNames == fresh.countingNames && graph.classNames == fresh.classNames)
    if let values = session.values {
      #expect(values.map(\.bitPattern) == fresh.values().map(\.bitPattern), story)
    }
  }

  @Test func `a new number leaves the graph and renews the values`() throws {
    var session = Session()
    for line in ["x = [1, 2, 3]", "a = 2", "q = a * x[2]", "f = q + x[3]", "f"] {
      _ = try session.enter(line)
    }
    #expect(session.values != nil)
    for (line, f) in [("a = 5", 13), ("x[3] = -1", 9), ("x = [4, 5, 6]", 31), ("a = 1", 11)] {
      _ = try session.enter(line)
      #expect(session.values != nil, "\(line)")
      try expectFresh(session, [line])
      #expect(answer(&session, "f") == "\(f)\n")
    }
    // A formula, a new name, another shape: each may lead to another graph.
    for line in ["q = a - x[2]", "new = 3", "x = [1, 2, 3, 4]"] {
      _ = try session.enter("f")
      _ = try session.enter(line)
      #expect(session.values == nil, "\(line)")
      try expectFresh(session, [line])
    }
  }

  @Test func `a line that fails leaves graph and values alone`() throws {
    var session = Session()
    for line in ["a = 2", "b = 3", "f = a * b", "f"] { _ = try session.enter(line) }
    #expect(throws: Problem.self) { _ = try session.enter("a = 7, b = f") }
    #expect(answer(&session, "f") == "6\n")
    try expectFresh(session, [])
  }

  @Test func `a graph too large for a tape keeps its values between questions`() throws {
    var session = Session()
    let lines = [
      "x = uniform(-1, 1, 200)", "W = normal(0, 1, 120, 200)", "b = 0.5",
      "f = sum(tanh(W @ x + b))",
    ]
    for line in lines { _ = try session.enter(line) }
    _ = try session.enter("grad b")
    #expect(session.values != nil)
    for line in ["b = 0.25", "W[3,4] = 2", "x[7] = 0", "b = -1"] {
      _ = try session.enter(line)
      try expectFresh(session, [line])
      #expect(session.values != nil)
      var other = session
      other.graph = nil
      for question in ["f", "grad b", "grad W[3,4]", "b"] {
        #expect(answer(&session, question) == answer(&other, question))
      }
    }
  }
}
