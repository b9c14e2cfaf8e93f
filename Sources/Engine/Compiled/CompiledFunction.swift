package import Kernels
package import Language

/// A number as a function of some inputs, with its structure found: for graphs that are large and
/// regular, such as a convolution over ten thousand numbers.
///
/// Sums of products that stand at regular distances are computed eight at a time, so the last bits may
/// differ from those of the tape, which adds from left to right.
package struct CompiledFunction: ~Copyable {
  private var runner: LaneRunner
  private let output: NodeID
  private let count: Int

  /// The graph's first output as a function of some inputs; throws where there is no memory for it.
  package init(
    _ graph: Graph, of inputs: [NodeID], conventions: Conventions = Conventions(),
    on processor: Processor = .widest
  ) throws(Problem) {
    let output = graph.outputs.first ?? 0
    var builder = LaneBuilder(
      graph, moving: inputs, changing: [], wanted: [output], conventions: conventions)
    let runner = try LaneRunner(builder.plan(), of: graph, rows: 1, on: processor)
    self.output = output
    self.runner = runner
    count = inputs.count
  }

  /// The runs that were found, one line each.
  package var summary: [String] { runner.plan.summary }

  /// The numbers of the inputs, in the order they were given in.
  package var inputs: UnsafeMutableBufferPointer<Double> {
    UnsafeMutableBufferPointer(start: runner.parameters, count: count)
  }

  /// The gradients of the inputs, once `differentiate` has been called.
  package var gradients: UnsafeBufferPointer<Double> {
    UnsafeBufferPointer(start: runner.parameterGradients, count: count)
  }

  /// The value for the present inputs.
  package mutating func evaluate() -> Double {
    runner.begin()
    return runner.numbers(of: output).start[0]
  }

  /// The value for the present inputs, and the gradients of all of them.
  package mutating func differentiate() -> Double {
    let value = evaluate()
    runner.backward(from: output, rows: 1)
    runner.finish()
    return value
  }
}
