internal import Kernels

// The step of gradient descent itself.
extension Sweep {
  /// Moves parameters: `v = g / rows + decay * w + momentum * v`, then `w -= rate * v`.
  ///
  /// Returns whether all of them are still finite; terms of options that are off are left out, and not
  /// added as a 0 that could be 0 times infinity.
  @inline(never)
  package static func descend(
    _ parameters: UnsafeMutablePointer<Double>, _ gradients: UnsafePointer<Double>,
    _ velocity: UnsafeMutablePointer<Double>, count: Int, rows: Double, rate: Double,
    momentum: Double, decay: Double
  ) -> Bool {
    let isPlain = momentum == 0 && decay == 0
    var check = 0.0
    var place = 0
    var checks = Lanes.zero
    while place + 8 <= count {
      let w = eight(parameters + place)
      var move =
        UnsafeRawPointer(gradients + place).loadUnaligned(as: Lanes.self) / Lanes(rows)
      if !isPlain {
        if decay != 0 { move += Lanes(decay) * w }
        if momentum != 0 { move += Lanes(momentum) * eight(velocity + place) }
        store(move, velocity + place)
      }
      let after = w - Lanes(rate) * move
      // 0 times what is not finite is no number.
      checks += after * Lanes(0)
      store(after, parameters + place)
      place += 8
    }
    while place < count {
      var move = gradients[place] / rows
      if decay != 0 { move += decay * parameters[place] }
      if momentum != 0 { move += momentum * velocity[place] }
      velocity[place] = move
      let after = parameters[place] - rate * move
      check += after * 0
      parameters[place] = after
      place += 1
    }
    return checks.total + check == 0
  }
}
