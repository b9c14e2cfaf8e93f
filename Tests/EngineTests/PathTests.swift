import Language
import TestSupport
import Testing

@testable import Engine

/// The same gradient told in other ways: as a sum over paths, and as a formula.
@Suite struct PathTests {
  /// All ways down from a gate to a node, found by walking; only for small graphs.
  private func products(_ tape: Tape, from gate: NodeID, to node: NodeID) -> [Double] {
    if gate == node { return [1] }
    guard tape.graph.nodes[gate].kind == .gate else { return [] }
    let locals = tape.graph.locals(
      of: gate, values: tape.final.values, conventions: tape.conventions)
    return tape.graph.operands(of: gate).enumerated().flatMap { slot, operand in
      products(tape, from: Int(operand), to: node).map { $0 * locals[slot] }
    }
  }

  @Test func `counts, products and sums agree with a walk over every path`() throws {
    var wrong: [String] = []
    var summed = 0
    for seed in 0..<150 as Range<UInt64> {
      let random = RandomGraph(seed: 11_000 + seed, cornered: true, size: 1...4)
      let tape = try random.tape()
      let final = tape.final
      for node in tape.graph.nodes.indices where tape.graph.nodes[node].kind != .constant {
        let walked = products(tape, from: tape.graph.outputs[0], to: node)
        let paths = Paths(to: node, on: tape, keeping: 8)
        let label = tape.graph.label(node)
        if paths.count != Double(walked.count) {
          wrong.append("\(random): \(label) has \(paths.count) paths, not \(walked.count)")
        }
        let tolerance = 1e-12 * walked.reduce(1e-9) { $0 + $1.magnitude }
        let heaviest = walked.map(\.magnitude).sorted(by: >).prefix(8)
        let found = paths.heaviest.map(\.product.magnitude).sorted(by: >)
        if heaviest.count != found.count
          || zip(heaviest, found).contains(where: { ($0 - $1).magnitude > tolerance })
        {
          wrong.append("\(random): \(label) keeps \(found), not \(heaviest)")
        }
        if let problem = broken(paths, tape, node) {
          wrong.append("\(random): \(label) \(problem)")
        }
        guard walked.count <= 8 else { continue }
        summed += 1
        let sum = paths.heaviest.reduce(0) { $0 + $1.product }
        if !((sum - final.gradients[node]).magnitude <= tolerance) {
          wrong.append("\(random): \(label) \(sum), not \(final.gradients[node])")
        }
      }
    }
    #expect(wrong.prefix(2) == [])
    #expect(summed > 500)
  }

  /// A path must lead from an output to the node, edge by edge.
  private func broken(_ paths: Paths, _ tape: Tape, _ node: NodeID) -> String? {
    for path in paths.heaviest {
      var place = tape.graph.outputs[0]
      var product = path.seed
      for edge in path.edges {
        let operands = tape.graph.operands(of: edge.gate).map { Int($0) }
        if edge.gate != place || operands[edge.slot] != edge.operand { return "a broken path" }
        place = edge.operand
        product *= edge.local
      }
      if place != node { return "a path to elsewhere" }
      if product != path.product { return "a product that is not one" }
    }
    let routes = paths.heaviest.map(\.edges)
    return Set(routes).count == routes.count ? nil : "the same path twice"
  }

  @Test func `paths from several outputs`() throws {
    let tape = try tape(
      "x = 2", "p = x*x", "q = p + x", of: ["p", "q"], upstream: [10, 1])
    let paths = Paths(to: try tape.node("x"), on: tape)
    #expect(paths.count == 5)
    #expect(paths.heaviest.map(\.product).sorted() == [1, 2, 2, 20, 20])
    #expect(try tape.gradient("x") == 45)
    let none = Paths(to: try tape.node("q"), on: tape)
    #expect(none.count == 1 && none.heaviest.first?.edges.isEmpty == true)
  }

  @Test func `the derived formula has the value of the gradient`() throws {
    var wrong: [String] = []
    var compared = 0
    for seed in 0..<150 as Range<UInt64> {
      let random = RandomGraph(seed: 13_000 + seed, cornered: true, size: 1...5)
      let tape = try random.tape()
      let final = tape.final
      for node in tape.graph.nodes.indices where tape.graph.nodes[node].kind != .constant {
        guard let formula = Derivation(of: node, on: tape).result else { continue }
        compared += 1
        let found = formula.evaluated { name in
          tape.graph.nodeOfLabel[formula.names[name]].map { final.values[$0] } ?? .nan
        }
        let wanted = final.gradients[node]
        if !((found - wanted).magnitude <= 1e-9 * max(1e-3, wanted.magnitude)) {
          wrong.append("\(random): \(tape.graph.label(node)) \(formula) is \(found), not \(wanted)")
        }
      }
    }
    #expect(wrong.prefix(2) == [])
    #expect(compared > 500)
  }

  @Test(arguments: [
    ("f = x^3", "3 * x^2"), ("f = x*y", "y"), ("f = sin(x)", "cos(x)"), ("f = x", "1"),
    ("f = tanh(x*y)", "(1 - f^2) * y"), ("f = exp(x)", "f"), ("f = 2*x + y", "2"),
  ])
  func `derivatives as a textbook writes them`(line: String, wanted: String) throws {
    let tape = try tape("x = 0.5, y = 2", line)
    let formula = try #require(Derivation(of: try tape.node("x"), on: tape).result)
    let textbook = try Formula(reading: wanted)
    #expect(formula == textbook)
  }

  @Test func `a derivative that grows too long is left out`() throws {
    var lines = ["x = 0.5"]
    for index in 1...30 {
      let before = index == 1 ? "x" : "h\(index - 1)"
      lines.append("h\(index) = sin(\(before)) * cos(\(before)) * tanh(\(before))")
    }
    let definitions = try definitions(lines)
    let tape = try Tape(of: try Graph(of: ["h30"], in: definitions))
    let derivation = Derivation(of: try tape.node("x"), on: tape)
    #expect(derivation.result == nil)
    #expect(derivation.steps.allSatisfy { $0.sum.nodes.count <= Limit.derivative.bound })
  }
}
