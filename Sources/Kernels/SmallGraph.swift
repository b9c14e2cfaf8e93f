extension Columns {
  /// Values and gradients of a small graph in one go; every gate one of the loops' own.
  ///
  /// A processor learns the order of a few hundred gates by heart, so choosing what to do costs it
  /// nothing; what costs is writing and reading back the local derivatives, which are not kept here.
  /// `first`: the first gate. `last`: the slot whose gradient is 1, and the last one computed.
  @inline(never)
  package func differentiateSmall(first: Int, last: Int, reluAtZero: Double) {
    differentiate(first, last, reluAtZero, isArithmetic: false)
  }

  /// The same for gates that are sums, differences and products only.
  @inline(never)
  package func differentiateArithmetic(first: Int, last: Int) {
    differentiate(first, last, 0, isArithmetic: true)
  }

  /// `isArithmetic`: known when this is compiled, so that what it rules out is left out.
  @inline(__always)
  private func differentiate(
    _ first: Int, _ last: Int, _ reluAtZero: Double, isArithmetic: Bool
  ) {
    let (gates, values, gradients) = (gates, values, gradients)
    var place = partials + Self.firstPartial
    var slot = first
    while slot <= last {
      let gate = gates[slot]
      let (a, b) = (gate.first, gate.second)
      let (x, y) = (values[a], values[b])
      // Whatever gets a gradient is somebody's operand.
      gradients[a] = 0
      gradients[b] = 0
      switch gate.a >> 28 {
      case 0: values[slot] = x + y
      case 1: values[slot] = x - y
      case 2: values[slot] = x * y
      case 3: break
      default:
        if isArithmetic { break }
        applySlowly(slot, place, reluAtZero)
        place += 1
      }
      slot &+= 1
    }
    slot = last
    gradients[last] = 1
    while slot >= first {
      let gate = gates[slot]
      let gradient = gradients[slot]
      switch gate.a >> 28 {
      case 0:
        gradients[gate.first] += gradient
        gradients[gate.second] += gradient
      case 1:
        gradients[gate.first] += gradient
        gradients[gate.second] -= gradient
      case 2:
        let (x, y) = (values[gate.first], values[gate.second])
        gradients[gate.first] += gradient * y
        gradients[gate.second] += gradient * x
      case 3: break
      default:
        if isArithmetic { break }
        place -= 1
        let p = place.pointee
        gradients[gate.first] += gradient * p.a
        gradients[gate.second] += gradient * p.b
      }
      slot &-= 1
    }
  }
  /// What is not a sum, a difference or a product; out of the way, so that the loop stays small.
  @inline(never)
  private func applySlowly(
    _ slot: Int, _ place: UnsafeMutablePointer<Partials>, _ reluAtZero: Double
  ) {
    let gate = gates[slot]
    (values[slot], place.pointee) = derived(
      gate.operation, values[gate.first], values[gate.second], reluAtZero)
  }
}
