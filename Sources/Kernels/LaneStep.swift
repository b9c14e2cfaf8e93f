/// What one step of a training's program does, for all of its gates and all examples at once.
public enum LaneOperation: UInt8, Sendable {
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
public struct LaneStep: Sendable {
  /// What it does.
  public var operation: LaneOperation
  /// Which of the unary or binary operations.
  public var function: Operation
  /// Whether the operand `a` is a single number that all examples share.
  public var isASingle = false
  /// Whether the operand `b` is a single number that all examples share.
  public var isBSingle = false
  /// Whether somebody asks for the gradients of `a`.
  public var movesA = false
  /// Whether somebody asks for the gradients of `b`.
  public var movesB = false
  /// Whether somebody asks for the gradients of the bias.
  public var movesBias = false
  /// Whether it is the first, on the way back, to give gradients to all of `a`: then it need not add.
  public var isFirstForA = false
  /// Whether it is the first, on the way back, to give gradients to all of `b`.
  public var isFirstForB = false
  /// Whether sums begin with the bias; else it is added last.
  public var isBiasFirst = false
  /// How many gates.
  public var count: Int32 = 1
  /// How many terms each sum has.
  public var terms: Int32 = 1
  /// The slot of the first result.
  public var out: Int32
  /// The slot of the first operand.
  public var a: Int32 = 0
  /// How far it is from gate to gate.
  public var aStep: Int32 = 0
  /// How far it is from term to term.
  public var aTerm: Int32 = 0
  /// The slot of the second operand.
  public var b: Int32 = 0
  /// How far it is from gate to gate.
  public var bStep: Int32 = 0
  /// How far it is from term to term.
  public var bTerm: Int32 = 0
  /// A single number for each gate, -1 where there is none.
  public var bias: Int32 = -1
  /// How far it is from gate to gate.
  public var biasStep: Int32 = 0

  /// One gate.
  public init(_ operation: LaneOperation, _ function: Operation = .leaf, out: Int32) {
    self.operation = operation
    self.function = function
    self.out = out
  }
}

/// A reference to an operand in the list that gathered sums read.
public struct Reference: Sendable {
  /// Where it is.
  public let slot: Int32
  /// Whether it is a single number that all examples share.
  public let isSingle: Bool
  /// Whether somebody asks for its gradient.
  public let moves: Bool

  /// An operand by its slot.
  public init(slot: Int32, isSingle: Bool, moves: Bool) {
    self.slot = slot
    self.isSingle = isSingle
    self.moves = moves
  }
}

/// Where the numbers of a training are: columns of examples, and single numbers.
public struct LaneMemory {
  /// How many groups of eight examples are in a column.
  public var blocks: Int
  /// Whether there are four examples at most: only the lower half of each vector counts.
  public var isHalf = false
  /// Column `slot` begins at `values + slot * blocks`.
  public let values: UnsafeMutablePointer<Lanes>
  /// The gradients of the columns, in the same places.
  public let gradients: UnsafeMutablePointer<Lanes>
  /// The numbers that all examples share.
  public let singles: UnsafeMutablePointer<Double>
  /// Their gradients, summed over all examples.
  public let singleGradients: UnsafeMutablePointer<Double>
  /// The operands of sums without a rule.
  public let references: UnsafePointer<Reference>
  /// The slope of relu at 0.
  public let reluAtZero: Double

  /// Memory by its parts.
  public init(
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
