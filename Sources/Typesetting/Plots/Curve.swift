internal import Language

/// A function of one variable as numbers: its value at places in rising order.
package struct Curve: Sendable {
  package let name: String
  package let xs: [Double]
  package let ys: [Double]
  /// What its values are, for their colour.
  package let role: Text.Role

  /// A curve through the points (xs[i], ys[i]); what is left over of the longer list is not used.
  package init(_ name: String, xs: [Double], ys: [Double], role: Text.Role = .value) {
    self.name = name
    let count = min(xs.count, ys.count)
    self.xs = Array(xs.prefix(count))
    self.ys = Array(ys.prefix(count))
    self.role = role
  }

  /// One sample of a curve.
  struct Sample: Hashable, Sendable {
    let x: Double
    let y: Double
  }

  /// The samples that can be drawn.
  var samples: [Sample] { stretches.flatMap { $0 } }

  /// How many values are nan or infinite.
  var lostCount: Int { zip(xs, ys).count { !$0.isFinite || !$1.isFinite } }

  /// The curve in pieces without a gap: it breaks at nan, at infinity and at jumps.
  var stretches: [[Sample]] {
    let jumps = Set(jumps)
    var result: [[Sample]] = []
    var isOpen = false
    for index in xs.indices {
      guard xs[index].isFinite, ys[index].isFinite else {
        isOpen = false
        continue
      }
      if !isOpen || jumps.contains(index) { result.append([]) }
      result[result.count - 1].append(Sample(x: xs[index], y: ys[index]))
      isOpen = true
    }
    return result
  }

  /// The samples that the curve reaches by a jump.
  ///
  /// Samples cannot prove a jump. One is taken for one when it is large while the curve is nearly
  /// level on both sides, as at a threshold, or runs the other way on both sides, as at a pole.
  var jumps: [Int] {
    guard xs.count >= 16 else { return [] }
    let finite = ys.filter(\.isFinite)
    guard let low = finite.min(), let high = finite.max(), low < high else { return [] }
    let range = high / 2 - low / 2
    let rise = { (index: Int) -> Double? in
      guard index > 0, index < ys.count else { return nil }
      let rise = ys[index] / 2 - ys[index - 1] / 2
      return rise.isFinite ? rise : nil
    }
    return ys.indices.filter { index in
      guard let here = rise(index), here.magnitude > range / 24 else { return false }
      let sides = [rise(index - 1), rise(index + 1)].compactMap { $0 }
      guard !sides.isEmpty else { return false }
      let isLevel = sides.allSatisfy { $0.magnitude < here.magnitude / 10 }
      let isPole =
        sides.count == 2 && here.magnitude > range / 4 && (ys[index] < 0) != (ys[index - 1] < 0)
        && sides.allSatisfy { $0 * here < 0 && $0.magnitude < here.magnitude }
      return isLevel || isPole
    }
  }
}
