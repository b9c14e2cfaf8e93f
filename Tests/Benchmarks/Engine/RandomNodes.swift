import Engine
import Language

/// W2: a million random gates, each a definition of its own.
func randomNodes(_ file: String, _ name: String) throws {
  var data = NumberFile(file)
  let counts = data.integers(2)
  let (inputs, gates) = (counts[0], counts[1])
  let numbers = data.numbers(inputs)
  let operations = data.bytes(gates)
  let (firsts, seconds) = (data.integers(gates), data.integers(gates))
  var definitions = Definitions()
  for (place, number) in numbers.enumerated() { definitions.set("x\(place)", to: number) }
  func label(_ node: Int) -> String { node < inputs ? "x\(node)" : "n\(node)" }
  let started = now()
  for place in 0..<gates {
    let (a, b) = (label(firsts[place]), label(seconds[place]))
    let formula =
      switch operations[place] {
      case 0: "\(a) + \(b)"
      case 1: "\(a) - \(b)"
      case 2: "\(a) * \(b)"
      case 3: "tanh(\(a))"
      default: "exp(\(a))"
      }
    try definitions.type("n\(inputs + place) = \(formula)")
  }
  let read = now()
  // All names in the order of their definitions, which is the order the other programs compute in.
  let graph = try Graph(of: definitions.order, in: definitions)
  print("# \(name): \(graph.nodes.count) nodes; reading", read - started, "s, graph", now() - read)
  let output = graph.outputs[graph.outputs.count - 1]
  let scale = 1e9 / Double(gates)
  var check = 0.0
  let before = residentBytes()
  // In the memory of the last one, as the other programs record on one tape again and again.
  var compiled = try CompiledGraph(graph, of: output)
  let bytes = Double(residentBytes() - before) / Double(graph.nodes.count)
  report("Swift", "\(name) bytes a node", [bytes], scale: 1, "B/node", check: 0)
  var builds: [Double] = []
  for _ in 0..<15 {
    let start = now()
    compiled = try compiled.replaced(by: graph, of: output)
    builds.append(now() - start)
    check = compiled[output]
  }
  report("Swift", "\(name) build from a graph", builds, scale: scale, "ns/node", check: check)
  let forward = times(15) { compiled.forward() }
  report(
    "Swift", "\(name) replay forward", forward, scale: scale, "ns/node", check: compiled[output])
  let backward = times(15) { compiled.backward() }
  check = 0
  for place in 0..<inputs {
    if let node = graph.nodeOfLabel["x\(place)"] {
      check += compiled.gradient(node) * Double(place % 7 + 1)
    }
  }
  report("Swift", "\(name) backward", backward, scale: scale, "ns/node", check: check)
  guard name == "W2" else { return }
  // The same gates, only fewer of them: what a node costs in small graphs and in large ones.
  for count in [100, 1_000, 10_000, 100_000, 1_000_000] {
    let names = (inputs..<inputs + count).map { "n\($0)" }
    let part = try Graph(of: names, in: definitions)
    let compiled = try CompiledGraph(part, of: part.outputs[count - 1])
    let rounds = max(1, 1_000_000 / count)
    let seconds = times(9) {
      for _ in 0..<rounds { compiled.differentiate() }
    }
    report(
      "Swift", "scaling nodes \(count)", seconds, scale: 1e9 / Double(rounds * part.nodes.count),
      "ns/node", check: compiled[part.outputs[count - 1]])
  }
}
