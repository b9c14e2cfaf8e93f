package import Language

/// The derivatives of several outputs in several nodes, in numerator layout.
///
/// Row `i` holds the derivatives of output `i`; column `j` those in node `j`. Computed by one backward
/// pass for each output.
package struct Jacobian: Sendable {
  package let outputs: [NodeID]
  package let nodes: [NodeID]
  /// Row by row.
  package let entries: [[Double]]

  package init(
    of outputs: [NodeID], in nodes: [NodeID], on graph: Graph, conventions: Conventions
  ) throws(Problem) {
    let missing = graph.missingInputs
    guard missing.isEmpty else { throw .missingValues(missing) }
    let (work, isTooMuch) = outputs.count.multipliedReportingOverflow(by: graph.work)
    guard !isTooMuch, work <= 20 * Limit.nodes.bound else { throw .jacobianTooLarge }
    self.outputs = outputs
    self.nodes = nodes
    let values = graph.values()
    var rows: [[Double]] = []
    for output in outputs {
      let adjoints = graph.adjoints(at: values, conventions: conventions, from: output)
      rows.append(nodes.map { adjoints[$0] })
    }
    entries = rows
  }
}

extension Problem {
  static var jacobianTooLarge: Problem {
    Problem(
      "too-many-nodes", "this Jacobian would take too many backward passes",
      hint: "ask about fewer outputs: jacobian o[1] x")
  }
}
