internal import Kernels
internal import Language

/// A graph made ready to be computed for many examples at once.
///
/// It is the scalar graph with its structure found: sums of products whose operands stand at regular
/// distances are runs, one instruction each, whether a learner wrote a matrix product, a convolution or
/// every product by hand. What depends on no column is a single number for all examples, and what
/// depends on no parameter either is computed once.
struct LanePlan: Sendable {
  /// Where the number of a node is: a column, or a single number.
  struct Place: Sendable {
    let slot: Int32
    let isSingle: Bool
  }

  /// A gate that is computed through its record.
  struct Outsider: Sendable {
    let node: NodeID
    let operands: [Reference]
    let convention: Double
  }

  /// What parameters alone decide, in forward order.
  let singleSteps: [LaneStep]
  /// What columns take part in, in forward order.
  let columnSteps: [LaneStep]
  let references: [Reference]
  let outsiders: [Outsider]
  /// The numbers that never change, with room for the others.
  let singles: [Double]
  let columnCount: Int
  /// The columns and the single numbers whose gradients have to be cleared before each way back.
  let clearedColumns: [Range<Int>]
  let clearedSingles: [Range<Int>]
  /// The columns that are given no gradient: they are cleared once, where they stand.
  let untouchedColumns: [Range<Int>]
  /// Where each node is; nil for what became part of a run.
  let places: [Place?]
  /// The parameters stand side by side from here, in the order they were given.
  static let firstParameter = 8
  /// The slot of a single number that is 1.
  static let one: Int32 = 0
  let parameterCount: Int
  let reluAtZero: Double

  /// What its steps are, for tests and for the curious: `dot 16 × 2`, one line each.
  var summary: [String] {
    (singleSteps + columnSteps).map { step in
      let name =
        switch step.operation {
        case .unary, .binary: "\(step.function)"
        case .dot, .sum, .gatheredDot, .gatheredSum, .outsider: "\(step.operation)"
        }
      return step.terms > 1 ? "\(name) \(step.count) × \(step.terms)" : "\(name) \(step.count)"
    }
  }
}
