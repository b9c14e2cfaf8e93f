/// What one step of a training's program does, for all of its gates and all examples at once.
package enum LaneOperation: UInt8, Sendable {
  /// A gate of one operand; which one is in `function`.
  case unary
  /// Gates of two operands: + - * /, told apart by `function`.
  case binary
  /// Sums of products: `Σ a[k] * b[k]`, perhaps with a bias before the first or after the last.
  case dot
  /// Sums: `Σ a[k]`.
  case sum
  /// A sum of products whose operands follow no rule; they stand in the list of references.
  case gatheredDot
  /// A sum whose operands follow no rule.
  case gatheredSum
  /// A gate that the loops do not know; they stop there.
  case outsider
}

/// One instruction: a run of gates of one kind, with operands at regular distances.
///
/// Gate `i` of the run writes slot `out + i`. Its operand in `a` is slot `a + i * aStep`; inside a sum,
/// term `k` is `aTerm` slots further each. A dense layer has `bStep` 0, a convolution has `aStep` 0 and
/// `bStep` 1; to these loops they are the same. Slots are columns, eight lanes wide and as long as a
/// strip of examples, or single numbers that all examples share.
package struct LaneStep: Sendable {
  package var operation: LaneOperation
  /// Which of the unary or binary operations.
  package var function: Operation
  /// Whether the operands are single numbers that all examples share.
  package var isASingle = false
  package var isBSingle = false
  /// Whether somebody asks for the gradients of the operands.
  package var movesA = false
  package var movesB = false
  package var movesBias = false
  /// Whether sums begin with the bias; else it is added last.
  package var isBiasFirst = false
  package var count: Int32 = 1
  package var terms: Int32 = 1
  package var out: Int32
  package var a: Int32 = 0
  package var aStep: Int32 = 0
  package var aTerm: Int32 = 0
  package var b: Int32 = 0
  package var bStep: Int32 = 0
  package var bTerm: Int32 = 0
  /// A single number for each gate, -1 where there is none.
  package var bias: Int32 = -1
  package var biasStep: Int32 = 0

  /// One gate.
  package init(_ operation: LaneOperation, _ function: Operation = .leaf, out: Int32) {
    self.operation = operation
    self.function = function
    self.out = out
  }
}

/// A reference to an operand in the list that gathered sums read.
package struct Reference: Sendable {
  package let slot: Int32
  package let isSingle: Bool
  /// Whether somebody asks for its gradient.
  package let moves: Bool

  package init(slot: Int32, isSingle: Bool, moves: Bool) {
    self.slot = slot
    self.isSingle = isSingle
    self.moves = moves
  }
}

/// Where the numbers of a training are: columns of examples, and single numbers.
package struct LaneMemory {
  /// How many groups of eight examples are in a column.
  package var blocks: Int
  /// Column `slot` begins at `values + slot * blocks`.
  package let values: UnsafeMutablePointer<Lanes>
  package let gradients: UnsafeMutablePointer<Lanes>
  package let singles: UnsafeMutablePointer<Double>
  package let singleGradients: UnsafeMutablePointer<Double>
  package let references: UnsafePointer<Reference>
  package let reluAtZero: Double

  package init(
    blocks: Int, values: UnsafeMutablePointer<Lanes>, gradients: UnsafeMutablePointer<Lanes>,
    singles: UnsafeMutablePointer<Double>, singleGradients: UnsafeMutablePointer<Double>,
    references: UnsafePointer<Reference>, reluAtZero: Double
  ) {
    self.blocks = blocks
    self.values = values
    self.gradients = gradients
    self.singles = singles
    self.singleGradients = singleGradients
    self.references = references
    self.reluAtZero = reluAtZero
  }
}
