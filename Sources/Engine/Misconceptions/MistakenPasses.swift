internal import Language

/// Mistaken passes over one graph at many numbers, without a tape.
package struct MistakenPasses: Sendable {
  private var start: BackwardNumbers

  /// Prepares a graph; what depends on its shape only is worked out once.
  package init(over graph: Graph, conventions: Conventions) {
    start = BackwardNumbers(graph: graph, conventions: conventions)
  }

  /// The same at other values of all nodes; what depends on these only is worked out once.
  package func at(_ values: [Double]) -> MistakenPasses {
    guard values.count == start.values.count else { return self }
    var copy = self
    copy.start.values = values
    copy.start.prepare()
    return copy
  }

  /// The gradients of every node with the mistake made at every gate; nil where it would take too
  /// long.
  package func gradients(of misconception: Misconception) -> [Double]? {
    MistakenPass(misconception, from: start)?.gradients
  }
}
