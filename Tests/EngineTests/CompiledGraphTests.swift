import Kernels
import Language
import TestSupport
import Testing

@testable import Engine

/// The compiled graph computes what the tape computes, to the last bit.
@Suite struct CompiledGraphTests {
  @Test func `values and gradients of 10,000 random graphs are the tape's`() throws {
    var wrong: [String] = []
    for seed in 0..<10_000 as Range<UInt64> {
      let random = RandomGraph(seed: 7_000 + seed, cornered: true, size: 1...12)
      let tape = try random.tape()
      wrong += try differences(tape).map { "\(random): \($0)" }
    }
    #expect(wrong.prefix(3) == [])
    try Evidence.note(
      ["graphs": 10_000, "wrong": wrong.count], as: "compiled", in: "suite")
  }

  /// The machine's widest registers are used by default; the narrower ones only on other machines.
  ///
  /// Small graphs and those beyond 512 gates have loops of their own.
  @Test(arguments: Processor.allCases)
  func `each kind of processor has the tape's bits`(processor: Processor) throws {
    var wrong: [String] = []
    for (sizes, seeds) in [(1...12, 0..<500), (150...250, 500..<508)] {
      for seed in seeds {
        let random = RandomGraph(seed: 40_000 + UInt64(seed), cornered: true, size: sizes)
        let tape = try random.tape()
        wrong += try differences(tape, on: processor).map { "\(random): \($0)" }
      }
    }
    for record in try OracleRecord.all() {
      let tape = try record.tape().1
      wrong += try differences(tape, on: processor).map { "\(record.id): \($0)" }
    }
    #expect(wrong.prefix(3) == [])
  }

  /// Every primitive on many operands, the awkward ones among them.
  @Test(arguments: Primitive.catalog.indices)
  func `every primitive has the tape's bits`(place: Int) throws {
    let primitive = Primitive.catalog[place]
    guard primitive.notation != .comparison else { return }
    let awkward: [Double] = [
      0, -0.0, 1, -1, 0.5, 2, -2, 3, 710, -745, 1e-300, -1e300, .leastNonzeroMagnitude, .infinity,
      -.infinity, .nan,
    ]
    var random = SplitMix64(seed: UInt64(place))
    var conventions = Conventions()
    conventions[setting: "relu-at-zero"] = 0.5
    var wrong: [String] = []
    for round in 0..<1_500 {
      let count: Int =
        switch primitive.operands {
        case .fixed(let names): names.count
        case .variadic(let least): least + random.below(4)
        }
      guard primitive.accepts(count) else { continue }
      let numbers = (0..<count).map { _ in
        random.below(5) == 0 ? random.pick(awkward) : random.number(-4...4)
      }
      // Sometimes one input stands in two places, as in x * x.
      let isShared = count == 2 && random.below(5) == 0
      let names = (0..<count).map { isShared ? "x0" : "x\($0)" }
      var definitions = Definitions()
      for (name, number) in zip(names, numbers) { definitions.set(name, to: number) }
      var builder = FormulaBuilder()
      for name in names { builder.name(name) }
      builder.apply(PrimitiveID(place), arity: count)
      let graph = try Graph(of: builder.formula, in: definitions)
      let tape = try Tape(of: graph, conventions: conventions)
      wrong += try differences(tape).map { "\(round): \(primitive.name) of \(numbers): \($0)" }
    }
    #expect(wrong.prefix(3) == [])
  }

  /// Where a compiled graph differs from the last screen of a tape.
  private func differences(
    _ tape: Tape, on processor: Processor = .widest
  ) throws -> [String] {
    let graph = tape.graph
    let final = tape.final
    let compiled = try CompiledGraph(
      graph, conventions: tape.conventions, on: processor)
    compiled.backward(from: graph.outputs.map { ($0, 1) })
    var wrong: [String] = []
    for node in graph.nodes.indices {
      if !same(compiled[node], final.values[node]) {
        wrong.append(
          "value of \(graph.label(node)) is \(compiled[node]), not \(final.values[node])")
      }
      if graph.nodes[node].kind == .input, !same(compiled.gradient(node), final.gradients[node]) {
        wrong.append(
          "gradient of \(graph.label(node)) is \(compiled.gradient(node)), not \(final.gradients[node])"
        )
      }
    }
    // In one go, with the inputs set again, it is the same.
    guard graph.outputs.count == 1 else { return wrong }
    for node in graph.inputs { compiled[node] = graph.nodes[node].value }
    compiled.differentiate()
    for node in graph.inputs
    where !same(compiled.gradient(node), final.gradients[node]) {
      wrong.append("in one go, the gradient of \(graph.label(node)) is \(compiled.gradient(node))")
    }
    return wrong
  }

  @Test func `a held gate keeps its number and hands nothing on`() throws {
    let tape = try tape("x = 2, y = 3", "q = x * y", "f = q + x")
    let compiled = try CompiledGraph(tape.graph, holding: [tape.node("q"): 10])
    compiled.differentiate()
    #expect(compiled[try tape.node("f")] == 12)
    #expect(compiled.gradient(try tape.node("q")) == 1)
    #expect(compiled.gradient(try tape.node("x")) == 1)
    #expect(compiled.gradient(try tape.node("y")) == 0)
  }

  @Test func `a gate costs 40 bytes, and a million of them no more each`() throws {
    #expect(MemoryLayout<Gate>.stride + MemoryLayout<Partials>.stride + 16 == Columns.stride)
    var lines = ["x = 0.5"]
    for gate in 1...1_000 { lines.append("n\(gate) = \(gate == 1 ? "x" : "n\(gate - 1)") * x") }
    let graph = try Graph(of: ["n1000"], in: definitions(lines))
    #expect(graph.compiledSize.slots == 1_001 + Columns.reserved)
  }

  /// Bit for bit; nan may have any sign and payload, and 0 any sign.
  private func same(_ a: Double, _ b: Double) -> Bool { a == b || a.isNaN && b.isNaN }
}

@Suite struct LargeGraphTests {
  /// 0 times an infinite slope is no number, in a large graph as in a small one.
  @Test(arguments: [3, 1_000])
  func `a gradient that starts from 0 meets an infinite slope`(size: Int) throws {
    var definitions = try definitions(["x = 0"])
    definitions.set("V", to: Tensor(.vector(size), (0..<size).map { Double($0) }))
    try define("p = x * sum(V * V), q = sqrt(x * 1)", in: &definitions)
    try define("u = [p + 1, q]", in: &definitions)
    let graph = try Graph(of: ["u"], in: definitions)
    let x = try #require(graph.nodeOfLabel["x"])
    let values = graph.values()
    let found = graph.adjoints(at: values, conventions: Conventions(), seeds: [1, 0])
    #expect(found[x].isNaN)
    let alone = graph.adjoints(at: values, conventions: Conventions(), from: graph.outputs[0])
    #expect(alone[x] == (0..<size).reduce(0) { $0 + Double($1 * $1) })
  }

  /// A large graph is compiled for one evaluation, a small one is not; both give the tape's bits.
  @Test func `values and gradients of a graph that is worth compiling`() throws {
    var lines = ["x0 = 0.3, x1 = -0.7"]
    for place in 2..<700 {
      lines.append("x\(place) = tanh(x\(place - 1) * 1.5 - x\(place - 2)) + 0.01 * x\(place / 2)")
    }
    let tape = try Tape(of: Graph(of: ["x699"], in: definitions(lines)))
    let final = tape.final
    #expect(tape.graph.values() == final.values)
    let found = tape.graph.adjoints(at: final.values, conventions: Conventions())
    for node in tape.graph.inputs { #expect(found[node] == final.gradients[node]) }
  }
}
