internal import Language

/// Mistaken passes over one graph at many numbers, without a tape.
package struct MistakenPasses: Sendable {
  private let start: BackwardNumbers

  /// Prepares a graph; what depends on its shape only is worked out once.
  package init(over graph: Graph, conventions: Conventions) {
    start = BackwardNumbers(graph: graph, conventions: conventions)
  }

  /// The gradients of every node with the mistake made at every gate; nil where it would take too
  /// long.
  ///
  /// `values`: of all nodes.
  package func gradients(of misconception: Misconception, at values: [Double]) -> [Double]? {
    guard values.count == start.values.count else { return nil }
    var own = start
    own.values = values
    return MistakenPass(misconception, from: own)?.gradients
  }
}
