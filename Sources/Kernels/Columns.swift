/// A graph as four flat columns, 40 bytes a slot: gates, values, local derivatives, gradients.
///
/// Operands stand before what uses them, so forward is up and backward is down. The local derivatives
/// are stored on the way forward; the way back then does the same two steps for every kind of gate,
/// without a branch that could be guessed wrongly.
///
/// Slots 0 to 7 are no nodes: 0 holds 1, 1 holds -1, and what has no reader is written to the others.
package struct Columns {
  package let gates: UnsafeMutablePointer<Gate>
  package let values: UnsafeMutablePointer<Double>
  package let partials: UnsafeMutablePointer<Partials>
  package let gradients: UnsafeMutablePointer<Double>

  /// The slots before the first node.
  @inlinable package static var reserved: Int { 8 }
  /// The slot that holds 1.
  @inlinable package static var one: UInt32 { 0 }
  /// The slot that holds -1.
  @inlinable package static var minusOne: UInt32 { 1 }
  /// How many bytes one slot takes.
  @inlinable package static var stride: Int { 40 }

  /// Lays the columns into an arena of `stride` bytes for each of so many slots.
  package init(_ arena: borrowing Arena, slots: Int) {
    values = arena.column(Double.self, at: 0)
    gradients = arena.column(Double.self, at: slots * 8)
    partials = arena.column(Partials.self, at: slots * 16)
    gates = arena.column(Gate.self, at: slots * 32)
    values[Int(Self.one)] = 1
    values[Int(Self.minusOne)] = -1
  }

  /// A slot that nobody reads; they take turns, so that one write need not wait for the last.
  @inlinable @inline(__always)
  package static func unread(_ slot: Int) -> UInt32 { UInt32(truncatingIfNeeded: 4 + slot & 3) }
}

extension Columns {
  /// Computes the slots from `start` up to `end`, values and local derivatives; returns the first slot
  /// that holds an `other` gate, or `end`.
  ///
  /// `reluAtZero`: the slope of relu at 0.
  @inline(never)
  package func forward(from start: Int, to end: Int, reluAtZero: Double) -> Int {
    let (gates, values, partials) = (gates, values, partials)
    let bits = UnsafeMutableRawPointer(partials).assumingMemoryBound(to: SIMD2<UInt64>.self)
    let one: UInt64 = 0x3FF0_0000_0000_0000
    for slot in start..<end {
      let gate = gates[slot]
      let x = values[gate.first]
      if _fastPath(gate.a < Operation.leaf.rawValue << 28) {
        let y = values[gate.second]
        // All ones for a product, else 0; the sign bit for a difference, else 0.
        let product = 0 &- UInt64(gate.a >> 29)
        let sign = UInt64(gate.a & 1 << 28) << 35
        let sum = x + Double(bitPattern: y.bitPattern ^ sign)
        values[slot] = Double(
          bitPattern: ((x * y).bitPattern & product) | (sum.bitPattern & ~product))
        let mask = SIMD2<UInt64>(repeating: product)
        bits[slot] =
          (SIMD2(y.bitPattern, x.bitPattern) & mask) | (SIMD2(one, one | sign) & ~mask)
        continue
      }
      switch gate.operation {
      case .add, .subtract, .multiply, .leaf: break
      case .other: return slot
      case let operation:
        let (y, p) = derived(operation, x, values[gate.second], reluAtZero)
        values[slot] = y
        partials[slot] = p
      }
    }
    return end
  }

  /// Hands gradients on from slot `last` down to the first gate, each slot once.
  @inline(never)
  package func backward(from last: Int, to first: Int) {
    let (gates, partials, gradients) = (gates, partials, gradients)
    var slot = last
    while slot >= first {
      let gradient = gradients[slot]
      let gate = gates[slot]
      let p = partials[slot]
      gradients[gate.first] += gradient * p.a
      gradients[gate.second] += gradient * p.b
      slot &-= 1
    }
  }
}

/// A gate of one operand, or a quotient: its value, and its derivatives as the catalog's rules say.
@inlinable @inline(__always)
package func derived(
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
