import Language
import TestSupport
import Testing

@testable import Engine

/// The plan computes what the tape computes, to the last bit.
@Suite struct PlanTests {
  @Test func `value and gradients of random graphs are the tape's`() throws {
    var wrong: [String] = []
    for seed in 0..<400 as Range<UInt64> {
      let random = RandomGraph(seed: 7_000 + seed, cornered: true, size: 1...12)
      let tape = try random.tape()
      let graph = tape.graph
      var source = SplitMix64(seed: seed)
      // Some inputs move, some change, and the rest stay as they are.
      let roles = graph.inputs.map { ($0, source.below(3)) }
      let moving = roles.filter { $0.1 != 0 }.map(\.0)
      let plan = Plan(
        graph, moving: moving,
        changing: roles.filter { $0.1 == 0 && source.below(2) == 0 }.map(\.0),
        conventions: Conventions())
      var workspace = Workspace(for: plan)
      let isFinite = plan.runForward(&workspace)
      plan.runBackward(&workspace)
      let final = tape.final
      for node in graph.nodes.indices where !same(workspace.values[node], final.values[node]) {
        wrong.append("\(random): value of \(graph.label(node))")
      }
      for node in moving where !same(workspace.gradients[node], final.gradients[node]) {
        wrong.append("\(random): gradient of \(graph.label(node))")
      }
      if isFinite != graph.gates.allSatisfy({ final.values[$0].isFinite }) {
        wrong.append("\(random): finite")
      }
    }
    #expect(wrong.prefix(3) == [])
  }

  /// Every primitive on many operands, the awkward ones among them, where any of them may move.
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
      // Variadic primitives with operands in pairs take an even number.
      guard primitive.accepts(count) else { continue }
      let numbers = (0..<count).map { _ in
        random.below(5) == 0 ? random.pick(awkward) : random.number(-4...4)
      }
      // Sometimes one input stands in two places, as in x * x.
      let isShared = count > 1 && random.below(5) == 0
      let names = (0..<count).map { isShared ? "x0" : "x\($0)" }
      var definitions = Definitions()
      for (name, number) in zip(names, numbers) { definitions.set(name, to: number) }
      var builder = FormulaBuilder()
      for name in names { builder.name(name) }
      builder.apply(PrimitiveID(place), arity: count)
      let graph = try Graph(of: builder.formula, in: definitions)
      let moving = graph.inputs.filter { _ in count == 1 || random.below(3) > 0 }
      let tape = try Tape(of: graph, conventions: conventions)
      let plan = Plan(graph, moving: moving, changing: graph.inputs, conventions: conventions)
      var workspace = Workspace(for: plan)
      _ = plan.runForward(&workspace)
      plan.runBackward(&workspace)
      let final = tape.final
      if !same(workspace.values[plan.output], final.values[plan.output]) {
        wrong.append("\(round): \(primitive.name) of \(numbers)")
      }
      for node in moving where !same(workspace.gradients[node], final.gradients[node]) {
        wrong.append(
          "\(round): slope of \(primitive.name) at \(numbers): \(workspace.gradients[node])")
      }
    }
    #expect(wrong.prefix(3) == [])
  }

  /// Bit for bit; nan may have any sign and payload.
  private func same(_ a: Double, _ b: Double) -> Bool {
    a.bitPattern == b.bitPattern || a.isNaN && b.isNaN
  }

  @Test func `what never changes is computed once`() throws {
    let definitions = try definitions(["w = 2, x = 3, k = 5", "f = w * exp(k) + ln(x)"])
    let graph = try Graph(of: ["f"], in: definitions)
    let node = { (label: String) in try #require(graph.nodeOfLabel[label]) }
    let plan = try Plan(
      graph, moving: [node("w")], changing: [node("x")], conventions: Conventions())
    #expect(plan.forward.count == 3 && plan.backward.count == 2)
    #expect(try plan.start[node("@1")] == Primitive.catalog[6].value([5]))
  }
}
