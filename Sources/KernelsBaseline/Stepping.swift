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
    _ velocity: UnsafeMutablePointer<Double>, _ before: UnsafeMutablePointer<Double>, count: Int,
    rows: Double, rate: Double,
    momentum: Double, decay: Double
  ) -> Bool {
    let isPlain = momentum == 0 && decay == 0
    var check = 0.0
    var place = 0
    var checks = SIMD4<Double>.zero
    // Four, as gradients were written in fours: a longer load would have to wait for both of them.
    while place + 4 <= count {
      let w = four(parameters + place)
      var move = four(gradients + place) / rows
      if !isPlain {
        if decay != 0 { move += decay * w }
        if momentum != 0 { move += momentum * four(velocity + place) }
        store(move, velocity + place)
      }
      let after = w - rate * move
      // 0 times what is not finite is no number.
      checks += after * 0
      store(w, before + place)
      store(after, parameters + place)
      place += 4
    }
    while place < count {
      before[place] = parameters[place]
      var move = gradients[place] / rows
      if decay != 0 { move += decay * parameters[place] }
      if momentum != 0 { move += momentum * velocity[place] }
      velocity[place] = move
      let after = parameters[place] - rate * move
      check += after * 0
      parameters[place] = after
      place += 1
    }
    return checks[0] + checks[1] + checks[2] + checks[3] + check == 0
  }
}
