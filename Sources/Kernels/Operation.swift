/// What the loops compute by themselves; whatever else a gate does is asked of whoever runs them.
///
/// The first three are told apart without a branch: bit 0 turns the sign of the second operand, bit 1
/// multiplies instead of adding. There are at most 16, as four bits hold one.
public enum Operation: UInt32, Sendable {
  case add = 0
  case subtract = 1
  case multiply = 2
  /// A number that is given, not computed.
  case leaf = 3
  case divide = 4
  /// The loops know these two by their numbers, 6 and 7.
  case tanh = 6
  case exp = 7
  case square, sigmoid, relu, ln, squareRoot, absolute, softplus
  /// A gate that the loops do not know: they stop there and are started again behind it.
  case other = 15
}

/// One scalar gate: which slots it reads, and in the upper four bits of `a` what it does.
public struct Gate {
  /// The first operand's slot in the lower 28 bits, the operation above.
  public let a: UInt32
  /// The second operand's slot.
  public let b: UInt32

  /// How many slots a gate can tell apart.
  @inlinable public static var slots: Int { 1 << 28 }

  /// A gate on two slots; for one operand `b` is a slot that nobody reads.
  @inlinable @inline(__always)
  public init(_ operation: Operation, _ a: UInt32, _ b: UInt32) {
    self.a = a | operation.rawValue << 28
    self.b = b
  }

  /// A gate by the number of its operation.
  @inlinable @inline(__always)
  public init(code: UInt32, _ a: UInt32, _ b: UInt32) {
    self.a = a | code << 28
    self.b = b
  }

  /// What it does.
  @inlinable @inline(__always)
  public var operation: Operation {
    // Not by the raw value: that would be one function for all kinds of processors.
    switch a >> 28 {
    case 0: .add
    case 1: .subtract
    case 2: .multiply
    case 3: .leaf
    case 4: .divide
    case 6: .tanh
    case 7: .exp
    case 8: .square
    case 9: .sigmoid
    case 10: .relu
    case 11: .ln
    case 12: .squareRoot
    case 13: .absolute
    case 14: .softplus
    default: .other
    }
  }

  /// How many pairs of local derivatives it has: 0 for a sum or a difference, else 1.
  ///
  /// Worked out by arithmetic, as a comparison would become a branch.
  @inlinable @inline(__always)
  public var partialCount: Int { Int(a >> 29 &+ 7) >> 3 }

  /// The slot of the first operand.
  @inlinable @inline(__always)
  public var first: Int { Int(a & 0xFFF_FFFF) }

  /// The slot of the second operand.
  @inlinable @inline(__always)
  public var second: Int { Int(b) }
}

/// The derivatives of a gate in its two operands.
public struct Partials {
  /// The one in the first operand.
  public var a: Double
  /// The one in the second operand.
  public var b: Double

  /// Both of them.
  @inlinable @inline(__always)
  public init(_ a: Double, _ b: Double) {
    self.a = a
    self.b = b
  }
}
