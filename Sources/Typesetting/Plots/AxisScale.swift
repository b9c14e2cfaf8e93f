internal import Language

/// How numbers become places along an axis: 0 at its beginning, 1 at its end.
struct AxisScale: Hashable, Sendable {
  let low: Double
  let high: Double
  /// Whether equal steps along the axis are equal factors.
  let isLogarithmic: Bool

  /// The axis that all these numbers fit on; numbers that are not finite are left out.
  ///
  /// A constant gets room on both sides. `mayBeLogarithmic`: whether numbers above 0 that differ by
  /// a factor of 5 or more are shown by their factors.
  init(_ numbers: [Double], mayBeLogarithmic: Bool = false) {
    let finite = numbers.filter(\.isFinite)
    let low = finite.min() ?? 0
    let high = finite.max() ?? 0
    guard low < high else {
      let room = low == 0 ? 1 : low.magnitude / 2
      let bound = Double.greatestFiniteMagnitude
      self.low = max(-bound, low - room)
      self.high = min(bound, high + room)
      isLogarithmic = false
      return
    }
    self.low = low
    self.high = high
    isLogarithmic = mayBeLogarithmic && low > 0 && high / low >= 5
  }

  /// The place of a number; nan and infinity where it has none.
  func place(of number: Double) -> Double {
    if isLogarithmic {
      return (Real.ln(number) - Real.ln(low)) / (Real.ln(high) - Real.ln(low))
    }
    // Halves, because the distance of two huge numbers is infinite.
    return (number / 2 - low / 2) / (high / 2 - low / 2)
  }

  /// The number at a place.
  func number(at place: Double) -> Double {
    if isLogarithmic { return low * Real.power(high / low, place) }
    return low * (1 - place) + high * place
  }

  /// Whether a number lies on the axis.
  func contains(_ number: Double) -> Bool { number >= low && number <= high }
}
