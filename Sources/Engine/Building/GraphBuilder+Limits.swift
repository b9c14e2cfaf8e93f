internal import Language

// What a formula may cost to lay out.
extension GraphBuilder {
  /// Counts work that makes no node: copies of vectors, literals worked out on the way.
  mutating func countWork(_ count: Int) throws(Problem) {
    folded += count
    try checkSize(frames.last?.function)
  }

  mutating func countCall(_ name: String?) throws(Problem) {
    calls += 1
    try checkSize(name)
  }

  func checkSize(_ function: String?) throws(Problem) {
    // Calls count, as they take time even where they make no node, and so do the wires.
    let work = max(graph.nodes.count + calls, (graph.operands.count + folded) / 2)
    if work >= limit.bound { throw .tooManyNodes(limit, calling: function) }
  }
}
