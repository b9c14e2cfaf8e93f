internal import CProcessor
package import Kernels

// A graph without structure, gate after gate.
extension Sweep {
  /// Computes the slots from `start` up to `end`, values and local derivatives; returns the first slot
  /// that holds an `other` gate, or `end`.
  ///
  /// `partial`: the place of the next pair of local derivatives, moved on with the slots.
  /// `reluAtZero`: the slope of relu at 0.
  @inline(never)
  package static func forward(
    _ columns: Columns, from start: Int, to end: Int, partial: inout Int, reluAtZero: Double
  ) -> Int {
    let (gates, values) = (columns.gates, columns.values)
    var place = columns.partials + partial
    defer { partial = place - columns.partials }
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
        // Written for a sum too, where the next gate writes over it.
        place.pointee = Partials(y, x)
        place += Int(gate.a >> 29)
        continue
      }
      let code = gate.a >> 28
      // tanh and exp share a path: which of the two comes next would be guessed wrongly as often as not.
      if code | 1 == 7,
        x.magnitude < Functions.plainBound
      {
        let isExp = 0 &- UInt64(code & 1)
        let (t, e) = Functions.tanhAndExp(x, isExp: isExp)
        values[slot] = Double(bitPattern: (e.bitPattern & isExp) | (t.bitPattern & ~isExp))
        let slope = 1 - t * t
        place.pointee = Partials(
          Double(bitPattern: (e.bitPattern & isExp) | (slope.bitPattern & ~isExp)), 0)
        place += 1
        continue
      }
      switch gate.operation {
      case .add, .subtract, .multiply, .leaf: break
      case .other: return slot
      case let operation:
        (values[slot], place.pointee) = derived(operation, x, values[gate.second], reluAtZero)
      }
      place += 1
    }
    return end
  }

  /// Hands gradients on from slot `last` down to the first gate, each slot once.
  ///
  /// `partial`: the place behind the last slot's pair of local derivatives.
  @inline(never)
  package static func backward(
    _ columns: Columns, from last: Int, to first: Int, partial: Int
  ) {
    let (gates, gradients) = (columns.gates, columns.gradients)
    let partials = UnsafePointer(columns.partials)
    var place = partial
    var slot = last
    while slot >= first {
      let gradient = gradients[slot]
      let gate = gates[slot]
      place &-= gate.partialCount
      // A sum's pair is the first of all, a difference's the second: their codes are 0 and 1.
      let stored = 0 &- gate.partialCount
      let p = partials[place & stored | Int(gate.a >> 28) & ~stored]
      gradients[gate.first] += gradient * p.a
      gradients[gate.second] += gradient * p.b
      if slot & 7 == 0 {
        backstep_prefetch(gates + (slot &- 96))
        backstep_prefetch(gradients + (slot &- 96))
        backstep_prefetch(partials + (place &- 64))
        backstep_prefetch(partials + (place &- 60))
      }
      slot &-= 1
    }
  }
}
