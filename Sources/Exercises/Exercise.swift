package import Engine
package import Language
internal import Typesetting

/// A problem as its author wrote it: what is computed, the ranges of its numbers, and what is asked.
///
/// It is made from a problem file (`docs/problems.md`); `Pool` finds the numbers that are fit to be
/// asked about, and each becomes an `Item`.
package struct Exercise: Sendable {
  /// What a learner does.
  package enum Task: Hashable, Sendable {
    /// Fills in numbers.
    case fill
    /// Says which of several formulas has the numbers shown; the quantities that are shown.
    case choose(name: String, options: [String])
    /// Finds the one wrong row of a printed table.
    case findError
  }

  /// One number that varies.
  package struct Dimension: Sendable {
    /// The label of the input: `w1`, `x[2]`.
    package let name: String
    /// What it may be, in order.
    package let values: [Exact]
  }

  /// A formula of values and gradients, for what is asked, kept or thought wrongly.
  package struct Query: Sendable {
    /// As written: `w1 - 0.1 * grad w1`.
    package let text: String
    package let formula: Formula
    /// What each name of the formula stands for.
    package let references: [Reference]
    package let line: Int
  }

  /// What a name of a query stands for.
  package enum Reference: Hashable, Sendable {
    case value(NodeID)
    case gradient(NodeID)
    /// How many relu gates are off.
    case deadUnits
  }

  /// One thing that is asked.
  package struct Ask: Sendable {
    package let query: Query
    /// Its id in an item: `grad-w1`.
    package let id: String
    /// What it is called on paper, where that is not what it computes: `new w1`.
    package let name: String
    /// Whether the question is only if it is 0.
    package let isZeroQuestion: Bool
    package let points: Int
  }

  /// A named condition on variants.
  package struct Stratum: Sendable {
    package let name: String
    package let condition: Query
  }

  /// A wrong answer that the author knows.
  package struct OwnMistake: Sendable {
    package let name: String
    /// The ask it is an answer to, by its place.
    package let ask: Int
    package let query: Query
    package let feedback: String
    /// Percent of the points.
    package let credit: Int
  }

  /// One graph, and all that speaks of its nodes.
  package struct Case: Sendable {
    package let graph: Graph
    package internal(set) var asks: [Ask] = []
    package internal(set) var conditions: [Query] = []
    package internal(set) var strata: [Stratum] = []
    package internal(set) var ownMistakes: [OwnMistake] = []
    /// For each dimension, the input that it gives numbers to.
    package internal(set) var inputs: [NodeID?] = []
  }

  package internal(set) var id = ""
  package internal(set) var title = ""
  package internal(set) var type = ""
  package internal(set) var source = ""
  /// The Markdown around the block.
  package internal(set) var prose = ""
  /// How many decimals a number may have.
  package internal(set) var places = 0
  /// The largest size of any number.
  package internal(set) var cap = Rational(60)
  package internal(set) var task = Task.fill
  package internal(set) var dimensions: [Dimension] = []
  package internal(set) var formulas: [Item.Definition] = []
  /// The numbers that are the same in every variant.
  package internal(set) var fixed: [String] = []
  /// The names of data: constants that no gradient is asked for.
  package internal(set) var constants: Set<String> = []
  /// The formulas that no sheet prints, as they would be the answer.
  package internal(set) var hidden: Set<String> = []
  package internal(set) var conventions = Conventions()
  /// The graph and what is asked of it; for a choice, one for each formula to choose from.
  package internal(set) var cases: [Case] = []
  /// The misconceptions looked for; nil for all there are.
  package internal(set) var mistakes: [String]?
  /// The filters that are turned off.
  package internal(set) var allowed: Set<Filter> = []

  /// How far off a number is still right: half a unit of the last place, and never less than that of two.
  package var tolerance: Double { 0.5 * Real.power(10, -Double(max(2, places))) }

  /// The points of all that is asked.
  package var points: Int {
    switch task {
    case .fill: cases.first.map { $0.asks.reduce(0) { $0 + $1.points } } ?? 0
    case .choose: 1
    case .findError: 3
    }
  }

  /// What stands in the place of the author's text where a table with an error is printed.
  private static let errorInstruction = """
    Somebody has done the backward pass, from the output down, and has made one mistake in one row of \
    the table. The rows below follow rightly from the wrong number. Which row is wrong, what should it \
    be, and what did its author believe?
    """

  /// The same numbers and gradients as a printed table with one wrong row.
  package func findingError() throws(Problem) -> Exercise {
    let gradients = cases.first?.asks.count { ask in
      if case .gradient? = ask.query.single { !ask.isZeroQuestion } else { false }
    }
    guard task != .findError else { return self }
    guard task == .fill, let gradients, gradients >= 2 else { throw .nothingToMistake(id) }
    var copy = self
    copy.task = .findError
    copy.id = id + "-error"
    copy.prose = Self.errorInstruction
    return copy
  }

  /// The program's part in what is drawn from a seed: variants change with it, and never without.
  package static let generator = 1
}

extension Exercise.Query {
  /// The number, from the values and gradients of all nodes.
  func number(_ values: [Double], _ gradients: [Double], _ graph: Graph) -> Double {
    formula.evaluated { name in
      switch references[name] {
      case .value(let node): values[node]
      case .gradient(let node): gradients[node]
      case .deadUnits: Double(graph.deadUnits(values))
      }
    }
  }

  /// The number without rounding.
  func exact(_ pass: ExactPass, _ dead: Int) -> Exact? {
    formula.evaluatedExactly { name in
      switch references[name] {
      case .value(let node): pass.values[node]
      case .gradient(let node): pass.gradients[node]
      case .deadUnits: Exact(dead)
      }
    }
  }

  /// The node whose value or gradient this is, if it is no formula of several.
  var single: Exercise.Reference? {
    formula.nodes.count == 1 && formula.nodes[0].kind == .name ? references[0] : nil
  }
}

extension Graph {
  /// How many relu gates are off.
  func deadUnits(_ values: [Double]) -> Int {
    nodes.indices.count { node in
      guard nodes[node].kind == .gate, primitive(of: node).name == "relu",
        let input = operands(of: node).first
      else { return false }
      return values[Int(input)] < 0
    }
  }
}
