import Language
import TestSupport
import Testing

@testable import Engine

/// Other numbers in a graph that stays: what is computed again, and that nothing is left behind.
@Suite struct ReevaluationTests {
  @Test(arguments: 1...300 as ClosedRange<UInt64>)
  func `a random graph after changes is what computing it anew gives, to the last bit`(
    seed: UInt64
  ) throws {
    let random = RandomGraph(seed: seed, cornered: true, size: 3...80)
    let definitions = try definitions(random.lines)
    let graph = try Graph(of: [try #require(random.names.last)], in: definitions)
    var draw = SplitMix64(seed: seed &* 7919)
    var values = graph.values()
    var numbers: [NodeID: Double] = [:]
    for _ in 0..<6 {
      var changes: [NodeID: Double] = [:]
      for input in graph.inputs where draw.below(2) == 0 {
        changes[input] = draw.below(4) == 0 ? values[input] : draw.number(-3...3)
      }
      if let input = graph.inputs.first, draw.below(4) == 0 {
        changes[input] = draw.pick([.nan, .infinity, -0.0, 0])
      }
      numbers.merge(changes) { $1 }
      values = graph.values(from: values, changing: changes)
      let anew = graph.values(holding: numbers)
      #expect(values.map(\.bitPattern) == anew.map(\.bitPattern), "\(random)")
      var other = graph
      other.set(numbers)
      #expect(other.values().map(\.bitPattern) == anew.map(\.bitPattern))
    }
  }

  @Test func `a gate may be held at a number too`() throws {
    let graph = try Graph(of: ["f"], in: definitions(["x = 2", "q = x^2", "f = q + x"]))
    let q = try #require(graph.nodeOfLabel["q"])
    let x = try #require(graph.nodeOfLabel["x"])
    let values = graph.values(from: graph.values(), changing: [q: 10, x: 3])
    #expect(graph.outputs.map { values[$0] } == [13])
  }

  @Test func `inputs of a name are found where their numbers decide nothing`() throws {
    let graph = try Graph(
      of: ["f"],
      in: definitions([
        "w = 2", "x = [1, 2, 3]", "n = 2", "k = 1", "s = [1, 2]", "h = w", "q = w + 1",
        "f = sum(x[i] for i in 1..n) * h * q + softmax_cross_entropy(s, k)",
      ]))
    #expect(graph.inputs(of: "w", .scalar)?.map(graph.label) == ["w"])
    #expect(
      graph.inputs(of: "x", .vector(3))?.map(graph.label) == ["x[1]", "x[2]", "x[3]"])
    #expect(graph.inputs(of: "x[2]", .scalar)?.map(graph.label) == ["x[2]"])
    // Another shape, a bound of a loop, the true class, a gate: another graph.
    #expect(graph.inputs(of: "x", .vector(2)) == nil)
    #expect(graph.inputs(of: "x", .scalar) == nil)
    #expect(graph.inputs(of: "w", .vector(1)) == nil)
    #expect(graph.inputs(of: "n", .scalar) == nil)
    #expect(graph.inputs(of: "k", .scalar) == nil)
    #expect(graph.inputs(of: "q", .scalar) == nil)
    // What the graph does not use leaves it as it is.
    #expect(graph.inputs(of: "unused", .scalar) == [])
    #expect(graph.inputs(of: "unused", .vector(9)) == [])
  }

  @Test func `an element that serves as a size keeps its vector from being exchanged`() throws {
    let graph = try Graph(
      of: ["f"], in: definitions(["m = [2, 1]", "x = [5, 6, 7]", "f = x[m[1]] + m[2]"]))
    #expect(graph.inputs(of: "m", .vector(2)) == nil)
    #expect(graph.inputs(of: "m[1]", .scalar) == nil)
    #expect(graph.inputs(of: "m[2]", .scalar)?.count == 1)
  }

  @Test func `only a name for numbers has given numbers`() throws {
    let known = try definitions(["a = -2", "b = 1/2", "c = a + 1", "v = [1, -2]"]).variables
    #expect(known["a"]?.givenNumbers == Tensor(-2))
    #expect(known["v"]?.givenNumbers == Tensor(.vector(2), [1, -2]))
    #expect(known["b"]?.givenNumbers == nil && known["c"]?.givenNumbers == nil)
  }
}
