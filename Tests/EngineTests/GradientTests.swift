import Language
import TestSupport
import Testing

@testable import Engine

/// Gradients of random graphs, against slopes found without a derivative rule.
@Suite struct GradientTests {
  private let graphs = (0..<300 as Range<UInt64>).map { RandomGraph(seed: $0) }

  @Test func `values are those of the lines, one after the other`() throws {
    var wrong: [String] = []
    for random in graphs {
      let tape = try random.tape()
      let found = tape.final.values[tape.graph.outputs[0]]
      let wanted = try random.value()
      if found.bitPattern != wanted.bitPattern {
        wrong.append("\(random): \(found), not \(wanted)")
      }
    }
    #expect(wrong.prefix(2) == [])
  }

  @Test func `gradients agree with the complex step, at every node`() throws {
    var wrong: [String] = []
    var compared = 0
    for random in graphs {
      let tape = try random.tape()
      let final = tape.final
      // How much arrives before anything cancels, to measure errors by.
      var sizes = [Double](repeating: 1e-3, count: tape.graph.nodes.count)
      for event in tape.events.indices {
        for part in tape.contributions(of: event) { sizes[part.operand] += part.amount.magnitude }
      }
      for node in tape.graph.nodes.indices where tape.graph.nodes[node].kind != .constant {
        let complex = tape.graph.complexValues(
          holding: node, at: Complex(final.values[node], 1e-200), from: final.values)
        let wanted = complex[tape.graph.outputs[0]].imaginary / 1e-200
        compared += 1
        if !((final.gradients[node] - wanted).magnitude <= 1e-9 * sizes[node]) {
          wrong.append(
            "\(random): \(tape.graph.label(node)) \(final.gradients[node]), not \(wanted)")
        }
      }
    }
    #expect(wrong.prefix(2) == [])
    #expect(compared > 2_000)
    try Evidence.note(
      ["graphs": graphs.count, "nodes": compared, "wrong": wrong.count], as: "complex-step",
      in: "suite")
  }

  /// Shares neither the graph nor the rules; a difference quotient is only approximately right.
  @Test func `gradients agree with central differences of the lines themselves`() throws {
    var wrong: [String] = []
    for random in graphs.prefix(150) {
      let tape = try random.tape()
      for input in random.names where input.hasPrefix("x") {
        let node = tape.graph.nodeOfLabel[input]
        let found = node.map { tape.final.gradients[$0] } ?? 0
        let h = 1e-5
        let wanted =
          (try random.value(moving: input, by: h) - random.value(moving: input, by: -h)) / (2 * h)
        if !((found - wanted).magnitude <= 1e-5 * max(1, found.magnitude)) {
          wrong.append("\(random): \(input) \(found), not \(wanted)")
        }
      }
    }
    #expect(wrong.prefix(2) == [])
  }

  @Test func `the pass without a tape is the same to the last bit`() throws {
    for seed in 0..<150 as Range<UInt64> {
      let random = RandomGraph(seed: 5_000 + seed, cornered: true)
      let tape = try random.tape()
      let final = tape.final
      let adjoints = tape.graph.adjoints(at: final.values, conventions: tape.conventions)
      let differ = tape.graph.nodes.indices.filter {
        tape.graph.nodes[$0].kind != .constant
          && adjoints[$0].bitPattern != final.gradients[$0].bitPattern
      }
      #expect(differ == [], "\(random)")
      #expect(tape.graph.values().map(\.bitPattern) == final.values.map(\.bitPattern), "\(random)")
    }
  }

  @Test func `several outputs start from the gradients they are given`() throws {
    let lines = "x = 2, y = 3"
    let both = try tape(lines, "p = x*y", "q = x + p", of: ["p", "q"])
    // L = p + q, and p is used by q as well: ∂L/∂p = 2.
    #expect(try both.gradient("p") == 2)
    #expect(try both.gradient("x") == 2 * 3 + 1)
    #expect(both.story.filter { $0.hasPrefix("seed") } == ["seed p", "seed q"])
    #expect(both.events.count { $0.startsPass } == 1)
    let weighted = try tape(lines, "p = x*y", "q = x + p", of: ["p", "q"], upstream: [10, -1])
    #expect(try weighted.gradient("p") == 9)
    #expect(try weighted.gradient("x") == 9 * 3 - 1)
    #expect(try weighted.gradient("y") == 9 * 2)
    #expect(try weighted.gradient("q") == -1)
    let twice = try tape(lines, "p = x*y", of: ["p", "p"])
    #expect(try twice.state("p") == .complete(2))
    let input = try tape(lines, of: ["x"])
    #expect(input.story == ["seed x"])
    #expect(try input.state("x") == .complete(1))
  }

  @Test func `upstream scales every gradient`() throws {
    for seed in 0..<50 as Range<UInt64> {
      let random = RandomGraph(seed: 7_000 + seed)
      let one = try random.tape()
      let four = try Tape(of: one.graph, upstream: [-4])
      // A power of two scales without rounding.
      #expect(
        four.final.gradients.map { $0 + 0 } == one.final.gradients.map { -4 * $0 + 0 }, "\(random)")
    }
  }

  @Test func `a thousand doublings have 2^1000 paths and one gradient`() throws {
    var lines = ["h0 = 1"]
    for index in 1...1_000 { lines.append("h\(index) = h\(index - 1) + h\(index - 1)") }
    let definitions = try definitions(lines)
    let tape = try Tape(of: try Graph(of: ["h1000"], in: definitions))
    #expect(tape.graph.nodes.count == 1_001)
    #expect(try tape.gradient("h0") == 0x1p1000)
    let paths = Paths(to: try tape.node("h0"), on: tape)
    #expect(paths.count == 0x1p1000)
    #expect(paths.heaviest.count == 8)
    #expect(paths.heaviest.allSatisfy { $0.product == 1 && $0.edges.count == 1_000 })
  }
}
