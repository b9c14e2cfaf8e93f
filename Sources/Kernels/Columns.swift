/// A graph as four flat columns, at most 40 bytes a slot: gates, values, gradients, local derivatives.
///
/// Operands stand before what uses them, so forward is up and backward is down. The local derivatives
/// are stored on the way forward; the way back then does the same two steps for every kind of gate,
/// without a branch that could be guessed wrongly. Sums and differences have derivatives that everyone
/// knows: they take no place in the last column, which is read and written from one end to the other.
///
/// Slots 0 to 7 are no nodes: 0 holds 1, 1 holds -1, and what has no reader is written to the others.
public struct Columns {
  /// What each slot does.
  public let gates: UnsafeMutablePointer<Gate>
  /// What each slot comes to.
  public let values: UnsafeMutablePointer<Double>
  /// The pair of all sums, that of all differences, and one for each other gate, in their order.
  public let partials: UnsafeMutablePointer<Partials>
  /// The gradient that has arrived at each slot.
  public let gradients: UnsafeMutablePointer<Double>

  /// The slots before the first node.
  @inlinable public static var reserved: Int { 8 }
  /// The slot that holds 1.
  @inlinable public static var one: UInt32 { 0 }
  /// The slot that holds -1.
  @inlinable public static var minusOne: UInt32 { 1 }
  /// The place of the first gate's own pair of local derivatives.
  @inlinable public static var firstPartial: Int { 2 }
  /// How many bytes one slot takes.
  @inlinable public static var stride: Int { 40 }

  /// Lays the columns into an arena of `stride` bytes for each of so many slots.
  package init(_ arena: borrowing Arena, slots: Int) {
    values = arena.column(Double.self, at: 0)
    gradients = arena.column(Double.self, at: slots * 8)
    partials = arena.column(Partials.self, at: slots * 16)
    gates = arena.column(Gate.self, at: slots * 32)
    values[Int(Self.one)] = 1
    values[Int(Self.minusOne)] = -1
    partials[0] = Partials(1, 1)
    partials[1] = Partials(1, -1)
  }

  /// A slot that nobody reads; they take turns, so that one write need not wait for the last.
  @inlinable @inline(__always)
  public static func unread(_ slot: Int) -> UInt32 { UInt32(truncatingIfNeeded: 4 + slot & 3) }
}

/// A gate of one operand, or a quotient: its value, and its derivatives as the catalog's rules say.
@inlinable @inline(__always)
public func derived(
  _ operation: Operation, _ x: Double, _ b: Double, _ reluAtZero: Double
) -> (Double, Partials) {
  switch operation {
  case .divide:
    let y = x / b
    return (y, Partials(1 / b, -y / b))
  case .square: return (x * x, Partials(2 * x, 0))
  case .tanh:
    let y = Functions.tanh(x)
    return (y, Partials(1 - y * y, 0))
  case .exp:
    let y = Functions.exp(x)
    return (y, Partials(y, 0))
  case .sigmoid:
    let y = Functions.sigmoid(x)
    return (y, Partials(y * (1 - y), 0))
  case .relu:
    return (
      x.isNaN ? .nan : x > 0 ? x : 0, Partials(x > 0 ? 1 : x < 0 ? 0 : x == 0 ? reluAtZero : x, 0)
    )
  case .ln: return (Functions.ln(x), Partials(1 / x, 0))
  case .squareRoot:
    // -0 is taken as 0, so that the slope there is inf and not -inf.
    let y = (x + 0).squareRoot()
    return (y, Partials(1 / (2 * y), 0))
  case .absolute:
    return (x.magnitude, Partials(x > 0 ? 1 : x < 0 ? -1 : x == 0 ? 0 : x, 0))
  case .softplus: return (Functions.softplus(x), Partials(Functions.sigmoid(x), 0))
  case .add, .subtract, .multiply, .leaf, .other: return (.nan, Partials(.nan, .nan))
  }
}
