package import Engine
package import Language

/// The whole answer to "what are the gradients?", as a teacher would work it on paper.
///
/// It holds numbers and names and knows no format; `paper(_:fading:)` lays it out. Its rows carry the
/// numbers of the tape's events: row 3 is the third `step`. An event that makes several contributions
/// gives a row for each of them, `4a`, `4b`.
package struct WorkedAnswer: Sendable {
  /// A named formula.
  package struct Definition: Hashable, Sendable {
    package let name: String
    package let formula: Formula
    package init(name: String, formula: Formula) {
      self.name = name
      self.formula = formula
    }
  }

  /// An input with its number.
  package struct Given: Hashable, Sendable {
    package let name: String
    package let values: [Double]
    package let shape: Shape
    /// Whether gradients are asked for; what is data is constant.
    package let isAsked: Bool
  }

  /// A gate on the way forward.
  package struct Forward: Hashable, Sendable {
    package let step: String
    package let node: NodeID
    /// What it computes, in names and with numbers.
    package let operation: Formula
    package let substitution: Formula
    package let value: Double
  }

  /// The slope of a gate in one of its operands.
  package struct Local: Hashable, Sendable {
    package let gate: NodeID
    package let operand: NodeID
    package let slope: Formula
    package let substitution: Formula
    /// What decided which branch of a rule holds.
    package let condition: Formula?
    package let value: Double
  }

  /// A row of the way back: what the pass starts with, or one contribution.
  package struct Backward: Hashable, Sendable {
    package let step: String
    package let node: NodeID
    /// Where it comes from; nil for what the pass starts with.
    package let local: Local?
    package let upstream: Double
    package let amount: Double
    /// Whether other rows bring something to the same node.
    package let isPart: Bool
  }

  /// The contributions that meet at a node.
  package struct Sum: Hashable, Sendable {
    package let node: NodeID
    package let steps: [String]
    package let parts: [Double]
    package let total: Double
  }

  /// The gradients in a vector, or in all inputs that are single numbers.
  package struct Answer: Hashable, Sendable {
    /// The vector's name; nil for single numbers.
    package let name: String?
    package let nodes: [NodeID]
    package let shape: Shape
    package let gradients: [Double]
  }

  /// The slopes along the only way from an input to the output.
  package struct Chain: Hashable, Sendable {
    package let input: NodeID
    /// The gates on the way and the nodes they read, from the output down.
    package let factors: [Local]
    /// What the pass starts with.
    package let seed: Double
    package let gradient: Double
  }

  /// An input nudged up and down.
  package struct Check: Hashable, Sendable {
    package let node: NodeID
    package let above: Double
    package let below: Double
    package let quotient: Double
    package let gradient: Double
    /// Whether the two slopes are the same but for rounding and curvature.
    package var agrees: Bool {
      (quotient - gradient).magnitude <= 1e-4 * max(1, quotient.magnitude, gradient.magnitude)
    }
  }

  /// An answer that a known mistake leads to.
  package struct Slip: Hashable, Sendable {
    /// The name of the mistake: `no-swap`.
    package let mistake: String
    package let happened: String
    /// The vector's name; nil for single numbers.
    package let name: String?
    package let values: [Double]
  }

  package let tape: Tape
  package let title: String
  package let definitions: [Definition]
  /// What gradients are gradients of.
  package let objective: String
  package internal(set) var given: [Given] = []
  package internal(set) var forward: [Forward] = []
  package internal(set) var locals: [Local] = []
  package internal(set) var backward: [Backward] = []
  package internal(set) var sums: [Sum] = []
  /// Dot products that share operands, each side that is shared as a table of its own.
  package internal(set) var shared: [SharedProducts] = []
  package internal(set) var answers: [Answer] = []
  package internal(set) var chain: Chain?
  package internal(set) var checks: [Check] = []
  package internal(set) var slips: [Slip] = []
  /// What courses differ in, where it matters here.
  package internal(set) var conventions: [String] = []
  /// What each node is called, by its place.
  package let symbols: [String]
  /// The unnamed gates with a symbol, and what `step` calls them.
  package let unnamed: [(symbol: String, label: String)]
  let values: [Double]
  let gradients: [Double]
  /// The inputs whose gradients are asked for.
  let asked: Set<NodeID>

  /// By how much an input is nudged for the check.
  package static let nudge = 0.001
  /// More than this is not worked by hand.
  private static let mostContributions = 1_500

  /// The answer of a tape, from its first two passes.
  ///
  /// `definitions`: what was typed, for the first line. `constant`: the names of inputs that are data, with
  /// no gradient asked. `loss`: what stands above given upstream gradients.
  package init(
    of tape: Tape, title: String, definitions: [Definition] = [], constant: Set<String> = [],
    loss: String = "L"
  ) throws(Problem) {
    let graph = tape.graph
    let length = 2 * graph.gates.count + graph.outputs.count
    self.tape = tape.truncated(to: length)
    self.title = title
    self.definitions = definitions
    guard graph.work <= Self.mostContributions else { throw .tooLargeToWork(graph.work) }
    guard !graph.gates.isEmpty else { throw .nothingToWork() }
    let end = Snapshot(of: self.tape, at: self.tape.end)
    values = end.values
    gradients = end.gradients
    objective =
      graph.outputs.count == 1 && !tape.hasGivenUpstream ? graph.label(graph.outputs[0]) : loss
    (symbols, unnamed) = Self.symbols(of: graph, besides: loss)
    let isData = { (node: NodeID) in
      constant.contains(graph.label(node))
        || graph.groups.contains { constant.contains($0.name) && $0.nodes.contains(node) }
    }
    asked = Set(graph.inputs.filter { !isData($0) })
    shared = SharedProducts.all(of: self)
    addInputs()
    addRows()
    addSums()
    chain = firstChain()
    addChecks()
    addSlips()
  }

  /// A symbol for each node: its name, or a letter that nothing has and a number.
  private static func symbols(
    of graph: Graph, besides loss: String
  ) -> ([String], [(symbol: String, label: String)]) {
    let names = graph.labels
    let isFree = { (stem: String) in
      !names.contains { NameParts($0).stem == stem } && stem != loss
    }
    let stem = ["u", "v", "p", "q", "r", "s"].first(where: isFree) ?? "node"
    var unnamed: [(symbol: String, label: String)] = []
    let symbols = graph.nodes.indices.map { node -> String in
      let label = graph.label(node)
      guard graph.nodes[node].kind == .gate, !graph.isNamed(node) else { return label }
      unnamed.append((stem + label.dropFirst(), label))
      return stem + label.dropFirst()
    }
    return (symbols, unnamed)
  }

  var graph: Graph { tape.graph }

  /// A formula of the engine in this answer's symbols.
  func named(_ formula: Formula) -> Formula {
    formula.substituting { name in
      guard formula.names[name].hasPrefix("@"), let node = graph.nodeOfLabel[formula.names[name]]
      else { return nil }
      return Formula(name: symbols[node])
    }
  }

  /// What a gate computes, in this answer's symbols.
  func operation(of gate: NodeID) -> Formula {
    graph.formula(of: gate) { graph.nodes[$0].kind == .constant ? nil : symbols[$0] }
  }
}

extension Problem {
  static func tooLargeToWork(_ size: Int) -> Problem {
    Problem(
      "too-large-to-work", "a graph of \(size) nodes and wires is too large for a worked answer",
      hint: "make a part of it the current formula, or use fewer elements")
  }

  static func nothingToWork() -> Problem {
    Problem(
      "nothing-to-work", "there is no gate, so there is nothing to work out",
      hint: "try a formula such as (w1+w2)*w3")
  }
}
