import Kernels
import Language
import TestSupport
import Testing

@testable import Engine

/// Trainings go over the scalar graph in runs and lanes; they find what the tape finds.
@Suite struct LaneTests {
  /// Every row's loss has the tape's bits; sums over rows differ by the rounding of their additions.
  @Test(arguments: Processor.allCases)
  func `losses and gradients of random graphs over random tables`(processor: Processor) throws {
    var wrong: [String] = []
    var columns = 0
    for seed in 0..<600 as Range<UInt64> {
      let random = RandomGraph(seed: 90_000 + seed, cornered: true, size: 1...14)
      var graph = try random.tape().graph
      var source = SplitMix64(seed: seed)
      let changing = graph.inputs.filter { _ in source.below(2) == 0 }
      let moving = graph.inputs.filter { !changing.contains($0) }
      columns += changing.count
      let rows = (0..<1 + source.below(20)).map { _ in
        changing.map { _ in source.number(-1.5...1.5) }
      }
      var builder = LaneBuilder(
        graph, moving: moving, changing: changing, wanted: graph.outputs,
        conventions: Conventions())
      let plan = builder.plan()
      var runner = try LaneRunner(plan, of: graph, rows: rows.count, on: processor)
      let table = Examples(
        columns: changing.indices.map { "c\($0)" } + ["spare"], numbers: rows.flatMap { $0 + [0] })
      let bindings = changing.enumerated().map { column, node in
        (column: column, slot: Int(plan.places[node]?.slot ?? 0))
      }
      runner.begin()
      runner.load(Array(rows.indices)[...], of: table, bindings)
      runner.forward()
      let losses = runner.numbers(of: graph.outputs[0])
      var sums = moving.map { _ in 0.0 }
      var bounds = sums
      for (place, row) in rows.enumerated() {
        for (node, number) in zip(changing, row) { graph.nodes[node].value = number }
        let final = try Tape(of: graph).final
        if !same(losses.start[place * losses.step], final.values[graph.outputs[0]]) {
          wrong.append("\(random): loss of row \(place)")
        }
        let most = graph.absoluteAdjoints(final.values)
        for (index, node) in moving.enumerated() {
          sums[index] += final.gradients[node]
          bounds[index] += most[node]
        }
      }
      runner.backward(from: graph.outputs[0], rows: rows.count)
      runner.finish()
      for (index, node) in moving.enumerated() {
        let found = runner.parameterGradients[index]
        let bound =
          bounds[index] * Double.ulpOfOne * Double(2 * (graph.nodes.count + rows.count))
        if !same(found, sums[index]), !(abs(found - sums[index]) <= bound) {
          wrong.append("\(random): \(graph.label(node)) \(found), not \(sums[index])")
        }
      }
    }
    #expect(wrong.prefix(3) == [])
    #expect(columns > 500)
  }

  /// Gates with a corner, and those that saturate, at the numbers where they do.
  @Test(arguments: Processor.allCases)
  func `awkward numbers have the tape's values and gradients`(processor: Processor) throws {
    let awkward: [Double] = [
      0, -0.0, .leastNonzeroMagnitude, -.leastNonzeroMagnitude, 0.5, -0.5, 22.5, -22.5, 700, -715,
      -750, 1e200, -1e200,
    ]
    // All together, and those where every slope is finite.
    let sets = [
      [0], [1], [9], Array(0..<4), Array(awkward.indices), [4, 6, 8, 11, 4, 6, 8, 11, 4],
    ]
    for function in ["relu", "abs", "sigmoid", "tanh", "exp", "softplus", "sqrt", "ln"] {
      for rows in sets {
        var definitions = Definitions()
        for line in ["x = 1", "w = 1", "b = 0", "L = \(function)(x * w - b)"] {
          try define(line, in: &definitions)
        }
        let graph = try Graph(of: ["L"], in: definitions)
        let bindings = graph.nodeOfLabel["x"].map { [Training.Binding(column: 0, node: $0)] }
        let training = try Training(
          graph, on: Examples(columns: ["x"], numbers: awkward),
          moving: ["w", "b"].compactMap { graph.nodeOfLabel[$0] }, bindings: bindings ?? [],
          options: Training.Options())
        var runner = try LaneRunner(training.plan, of: graph, rows: rows.count, on: processor)
        for (place, number) in training.start.enumerated() { runner.parameters[place] = number }
        runner.begin()
        runner.load(rows[...], of: training.examples, training.columns)
        runner.forward()
        let losses = runner.numbers(of: training.output)
        var (sums, sizes) = ([0.0, 0.0], [0.0, 0.0])
        for (place, row) in rows.enumerated() {
          let values = training.values(row: row, training.start)
          let what = "\(function)(\(awkward[row])) on \(processor)"
          #expect(same(losses.start[place * losses.step], values[training.output]), "\(what)")
          let gradients = graph.adjoints(at: values, conventions: Conventions())
          for (index, node) in training.parameters.enumerated() {
            sums[index] += gradients[node]
            sizes[index] += abs(gradients[node])
          }
        }
        runner.backward(from: training.output, rows: rows.count)
        runner.finish()
        for index in 0..<2 {
          let (found, sum) = (runner.parameterGradients[index], sums[index])
          let what = "\(function) on \(processor), rows \(rows): \(found), not \(sum)"
          // Beside an infinite slope, lanes that are no rows give 0 times infinity; training ends either way.
          let isAsGood = abs(found - sum) <= 1e-14 * sizes[index]
          #expect(sum.isFinite ? same(found, sum) || isAsGood : !found.isFinite, "\(what)")
        }
      }
    }
  }

  /// The same steps to the last bit, whatever the registers: nothing is fused, nothing reordered.
  @Test func `all processors learn the same`() throws {
    let lines = network(
      [2, 5, 3, 1], hidden: "tanh", output: "sigmoid", loss: crossEntropy, seed: 9)
    let training = try training(lines, on: recipe("moons", 45)) {
      $0.epochs = 20
      $0.batch = 19
      $0.momentum = 0.5
      $0.decay = 0.001
    }
    let outcomes = try Processor.allCases.map { try training.run(on: $0) }
    #expect(Set(outcomes.map(\.parameters)).count == 1)
    #expect(Set(outcomes.map(\.history)).count == 1)
  }

  /// Sizes around the width of a register and of a tile, dense and sliding.
  @Test(arguments: [1, 2, 3, 4, 5, 7, 8, 9, 16, 17])
  func `layers of every size`(size: Int) throws {
    var random = RandomNumbers(seed: UInt64(size))
    for rows in [1, 7, 8, 9, 16, 24, 33] {
      for kind in ["W @ x + b", "conv(x, k)", "conv(x, k) + d"] {
        var definitions = Definitions()
        let draw = { (count: Int) in (0..<count).map { _ in random.uniform(from: -1, to: 1) } }
        let inputs = size + 2
        definitions.set("W", to: Tensor(.matrix(rows: size, columns: inputs), draw(size * inputs)))
        definitions.set("b", to: Tensor(.vector(size), draw(size)))
        definitions.set("k", to: Tensor(.vector(3), draw(3)))
        definitions.set("d", to: 0.25)
        let names = (1...inputs).map { "x\($0)" }
        try define("x = [\(names.joined(separator: ", "))]", in: &definitions)
        try define("h = tanh(\(kind))", in: &definitions)
        try define("L = sum(h * h) + h[1]", in: &definitions)
        let graph = try Graph(of: ["L"], in: definitions)
        let examples = Examples(columns: names, numbers: draw(rows * inputs))
        let bindings = names.enumerated().compactMap { column, name in
          graph.nodeOfLabel[name].map { Training.Binding(column: column, node: $0) }
        }
        let moving = graph.inputs.filter { node in !bindings.contains { $0.node == node } }
        var options = Training.Options()
        options.epochs = 1
        let training = try Training(
          graph, on: examples, moving: moving, bindings: bindings, options: options)
        let outcome = try training.run(on: .baseline)
        var sums = moving.map { _ in 0.0 }
        for row in 0..<rows {
          let values = training.values(row: row, training.start)
          let gradients = graph.adjoints(at: values, conventions: Conventions())
          for (index, node) in moving.enumerated() { sums[index] += gradients[node] }
        }
        for (index, node) in moving.enumerated() {
          let wanted = training.start[index] - 0.1 * (sums[index] / Double(rows))
          #expect(
            abs(outcome.parameters[index] - wanted) < 1e-13,
            "\(kind), \(rows) rows: \(graph.label(node))")
        }
      }
    }
  }

  private func same(_ a: Double, _ b: Double) -> Bool { a == b || a.isNaN && b.isNaN }
}

extension Graph {
  /// What the gradients would be at most if every contribution had the same sign: rounding errors are
  /// a few units in the last place of these.
  func absoluteAdjoints(_ values: [Double]) -> [Double] {
    var most = [Double](repeating: 0, count: nodes.count)
    for output in outputs { most[output] += 1 }
    for gate in nodes.indices.reversed() where nodes[gate].kind == .gate {
      let locals = locals(of: gate, values: values, conventions: Conventions())
      for (operand, local) in zip(operands(of: gate), locals) {
        most[Int(operand)] += most[gate] * abs(local)
      }
    }
    return most
  }
}
