package import Engine
package import Language

/// What a script is to compute: some names, all that they are made of, and where gradients start.
package struct Computation: Sendable {
  /// What it is called among others: the heading of the part of a lesson it comes from.
  package var title = ""
  package let definitions: Definitions
  /// The names whose gradients are asked for.
  package let outputs: [String]
  /// The gradients that the pass starts from, one for each element; 1 where there are none.
  package let seeds: [Double]?
  package let conventions: Conventions
  /// The rows to learn from, and which inputs the columns fill.
  package let examples: Examples?
  /// The input that each column fills; nil for a column that nothing uses.
  package let columns: [String?]

  package init(
    of outputs: [String], in definitions: Definitions, seeds: [Double]? = nil,
    conventions: Conventions = Conventions(), examples: Examples? = nil, columns: [String?] = []
  ) {
    self.definitions = definitions
    self.outputs = outputs
    self.seeds = seeds
    self.conventions = conventions
    self.examples = columns.contains { $0 != nil } ? examples : nil
    self.columns = columns
  }

  /// Whether another computation, whatever it is called, has the same numbers in it.
  package func computesTheSame(as other: Computation) -> Bool {
    outputs == other.outputs && conventions == other.conventions && seeds == other.seeds
      && examples == other.examples && columns == other.columns
      && definitions.meansTheSame(as: other.definitions)
  }

  /// The computation as scalar gates; each formula as it was typed, fused or not.
  package func graph() throws(Problem) -> Graph {
    let graph = try Graph(of: outputs, in: definitions.unfused)
    guard graph.missingInputs.isEmpty else { throw .missingValues(graph.missingInputs) }
    return graph
  }
}

extension Problem {
  static func notInScripts(_ what: String) -> Problem {
    Problem(
      "not-in-scripts", "\(what) cannot be said in a script",
      hint: "export json writes every gate and its numbers")
  }
}
