import Engine
import Kernels
import Language

/// W5: half the sum of squares of a convolution over 10,000 numbers, with both gradients.
func convolution(_ folder: String) throws {
  var data = NumberFile(folder + "/w5.bin")
  let sizes = data.integers(2)
  let (n, k) = (sizes[0], sizes[1])
  let (x, w) = (data.numbers(n), data.numbers(k))
  var definitions = Definitions()
  definitions.set("x", to: Tensor(.vector(n), x))
  definitions.set("w", to: Tensor(.vector(k), w))
  try definitions.type("o = conv(x, w)")
  try definitions.type("L = sum(o^2) / 2")
  let graph = try Graph(of: ["L"], in: definitions)
  let inputs = (graph.group(named: "x")?.nodes ?? []) + (graph.group(named: "w")?.nodes ?? [])
  for processor in processors {
    let started = now()
    var function = try CompiledFunction(graph, of: inputs, on: processor)
    print("# W5:", graph.nodes.count, "nodes, compiled in", now() - started, function.summary)
    var loss = 0.0
    let rounds = 100
    let seconds = times(21) {
      for _ in 0..<rounds { loss = function.differentiate() }
    }
    var check = loss
    for place in 0..<k { check += function.gradients[n + place] * Double(place + 1) }
    for place in 0..<n { check += function.gradients[place] * Double(place % 7) }
    report(
      "Swift \(processor.name)", "W5 loss and gradients", seconds, scale: 1e6 / Double(rounds),
      "us", check: check)
  }
}
