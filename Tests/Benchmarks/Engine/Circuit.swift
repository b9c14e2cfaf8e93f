import Engine
import Kernels
import Language

/// W1: the circuit of the first lecture, `(w1 + w2) * w3`, typed as a learner types it.
func circuit() throws {
  var definitions = Definitions()
  try definitions.type("w1 = -2, w2 = 5, w3 = -4")
  let formula = try Formula(reading: "(w1 + w2) * w3")
  let graph = try Graph(of: formula, in: definitions)
  let compiled = try CompiledGraph(graph)
  let output = graph.outputs[0]
  let slots = ["w1", "w2", "w3"].compactMap { graph.nodeOfLabel[$0] }.map { compiled.slot($0) }
  let (w1, w2, w3, y) = (slots[0], slots[1], slots[2], compiled.slot(output))
  let (values, gradients) = (compiled.columns.values, compiled.columns.gradients)
  var check = 0.0
  let calls = 1_000_000
  let seconds = times(15) {
    for _ in 0..<calls {
      values[w1] = -2
      values[w2] = 5
      values[w3] = -4
      compiled.differentiate()
      check = values[y] + 10 * gradients[w1] + 100 * gradients[w2] + 1000 * gradients[w3]
    }
  }
  report(
    "Swift", "W1 value and gradients", seconds, scale: 1e9 / Double(calls), "ns/call", check: check)
}

extension Definitions {
  /// Takes a line of definitions.
  mutating func type(_ line: String) throws {
    for assignment in try Assignment.reading(line, functions: argumentCounts) ?? [] {
      try define(assignment)
    }
  }
}
