@testable import Language
import TestSupport
import Testing

@testable import Engine

/// What a graph is laid out as, whichever way its parts were read.
@Suite struct BuildingTests {
  private static let tricky = [
    ["v = [1, 2, 3]", "f = sum(v[i]^2 for i in 1..2) + v[3]"],
    ["W = [[1, 2], [3, 4]]", "x = [5, 6]", "b = 7", "f = sum(W @ x + b)"],
    ["x = [1, 2]", "y = [3, 4]", "f = dot(x, y) + 2"], ["x = 2", "f = 2*3 + x*(4 - 1)"],
    ["g(a, b) = a + 1", "x = 2", "f = g(x*3, x*5)"], ["n = 2", "v = [4, 5, 6]", "f = v[n]*2"],
    ["x = 1/2", "h = x", "f = h*x"], ["s = [1, 2, 3]", "f = cross_entropy(2, softmax(s))"],
    ["a = 2", "f = (a + 1)*(a + 1.5) + 3*a*a"],
  ]

  private func describe(_ graph: Graph) -> [String] {
    graph.nodes.indices.map { id in
      let node = graph.nodes[id]
      return "\(graph.label(id)) \(node.kind) \(node.primitive) \(Array(graph.operands(of: id))) "
        + "\(node.hasValue) \(node.value)"
    } + ["\(graph.outputs)", "\(graph.names)"]
  }

  /// Some definitions with their last name.
  private func cases() throws -> [(lines: [String], name: String)] {
    let typed = Self.tricky.map { (lines: $0, name: "f") }
    return typed
      + (1...120).map { seed in
        let random = RandomGraph(seed: UInt64(seed), cornered: true)
        return (random.lines, random.names.last ?? "")
      }
  }

  @Test func `near the limit, where each node is counted, the same graph is built`() throws {
    for (lines, name) in try cases() {
      let definitions = try definitions(lines)
      let quick = try Graph(of: [name], in: definitions)
      // The least limit that lets it pass is one at which no stretch of parts has room.
      var bound = 1
      var slow: Graph?
      while slow == nil, bound < 2_000 {
        let limit = Limit(subject: "a graph", bound: bound, unit: "nodes")
        slow = try? Graph(of: [name], in: definitions, limit: limit)
        bound += 1
      }
      #expect(slow.map(describe) == describe(quick), "\(lines)")
    }
  }

  @Test func `no node is left that nothing uses`() throws {
    for (lines, name) in try cases() {
      let graph = try Graph(of: [name], in: try definitions(lines)).withReaders
      let grouped = Set(graph.groups.flatMap(\.nodes))
      for id in graph.nodes.indices where graph.readers(of: id).isEmpty {
        let isKept = graph.outputs.contains(id) || graph.isNamed(id) || grouped.contains(id)
        #expect(isKept, "\(graph.label(id)) in \(lines)")
      }
    }
  }

  @Test func `unnamed gates are counted from 1, and found by their numbers`() throws {
    for (lines, name) in try cases() {
      let graph = try Graph(of: [name], in: try definitions(lines))
      let unnamed = graph.gates.filter { !graph.isNamed($0) }
      #expect(unnamed.map(graph.label) == unnamed.indices.map { "@\($0 + 1)" }, "\(lines)")
      #expect(unnamed.map { graph.nodeOfLabel[graph.label($0)] } == unnamed, "\(lines)")
      #expect(graph.nodeOfLabel["@0"] == nil)
      #expect(graph.nodeOfLabel["@\(unnamed.count + 1)"] == nil)
      for gate in graph.gates where graph.isNamed(gate) {
        #expect(graph.nodeOfLabel[graph.label(gate)] == gate, "\(lines)")
      }
    }
  }

  @Test func `readers that are written down are those that a search finds`() throws {
    for (lines, name) in try cases() {
      let graph = try Graph(of: [name], in: try definitions(lines))
      let indexed = graph.withReaders
      for id in graph.nodes.indices {
        #expect(graph.readers(of: id) == indexed.readers(of: id), "\(lines)")
      }
    }
  }

  @Test func `a formula longer than one stretch is laid out gate by gate`() throws {
    var lines = ["x = 0.5"]
    lines += (1...3).map { "y\($0) = \($0)" }
    var text = "y1"
    for term in 1...5_000 { text += " + \(term)*x*(y\(term % 3 + 1) - 2*3)" }
    let definitions = try definitions(lines)
    let graph = try Graph(of: Formula(reading: text), in: definitions)
    // Each term has two products, a difference and two literals; then the sum and the four names.
    #expect(graph.nodes.count == 5_000 * 5 + 1 + 4)
    var wanted = 1.0
    for term in 1...5_000 { wanted += Double(term) * 0.5 * (Double(term % 3 + 1) - 6) }
    #expect(graph.outputs.map { graph.values()[$0] } == [wanted])
  }
}
