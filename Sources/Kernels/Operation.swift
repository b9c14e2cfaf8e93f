/// What the loops compute by themselves; whatever else a gate does is asked of whoever runs them.
///
/// The first three are told apart without a branch: bit 0 turns the sign of the second operand, bit 1
/// multiplies instead of adding. There are at most 16, as four bits hold one.
@usableFromInline
package enum Operation: UInt32, Sendable {
  case add = 0
  case subtract = 1
  case multiply = 2
  /// A number that is given, not computed.
  case leaf = 3
  case divide, square
  case tanh, exp, sigmoid, relu, ln, squareRoot, absolute, softplus
  /// A gate that the loops do not know: they stop there and are started again behind it.
  case other = 15
}

/// One scalar gate: which slots it reads, and in the upper four bits of `a` what it does.
package struct Gate {
  package var a: UInt32
  package var b: UInt32

  /// How many slots a gate can tell apart.
  @inlinable package static var slots: Int { 1 << 28 }
  @inline(__always) static var slotMask: UInt32 { 1 << 28 - 1 }

  /// A gate on two slots; for one operand `b` is a slot that nobody reads.
  @inlinable @inline(__always)
  package init(_ operation: Operation, _ a: UInt32, _ b: UInt32) {
    self.a = a | operation.rawValue << 28
    self.b = b
  }

  /// What it does.
  @inline(__always)
  package var operation: Operation { Operation(rawValue: a >> 28) ?? .other }

  @inline(__always) var first: Int { Int(a & Self.slotMask) }
  @inline(__always) var second: Int { Int(b) }
}

/// The derivatives of a gate in its two operands.
@usableFromInline
package struct Partials {
  @usableFromInline package var a: Double
  @usableFromInline package var b: Double

  @inlinable @inline(__always)
  package init(_ a: Double, _ b: Double) {
    self.a = a
    self.b = b
  }
}
