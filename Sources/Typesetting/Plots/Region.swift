internal import Language

/// The part of a plane that a plot shows.
package struct Region: Hashable, Sendable {
  package let x1: ClosedRange<Double>
  package let x2: ClosedRange<Double>

  package init(x1: ClosedRange<Double>, x2: ClosedRange<Double>) {
    self.x1 = x1
    self.x2 = x2
  }

  /// The smallest region that holds all finite points, and some room around them.
  package init(around points: [LabelledPoint]) {
    let range = { (numbers: [Double]) -> ClosedRange<Double> in
      let scale = AxisScale(numbers)
      let room = (scale.high / 2 - scale.low / 2) / 5
      let bound = Double.greatestFiniteMagnitude
      return max(-bound, scale.low - room)...min(bound, scale.high + room)
    }
    x1 = range(points.map(\.x1))
    x2 = range(points.map(\.x2))
  }

  func contains(_ point: LabelledPoint) -> Bool {
    x1.contains(point.x1) && x2.contains(point.x2)
  }
}

/// An example with two features and its class.
package struct LabelledPoint: Hashable, Sendable {
  package let x1: Double
  package let x2: Double
  /// Whether it is of class 1.
  package let isPositive: Bool

  package init(_ x1: Double, _ x2: Double, isPositive: Bool) {
    self.x1 = x1
    self.x2 = x2
    self.isPositive = isPositive
  }
}

/// The scores of a classifier in the middles of equal cells of a region, the upper row first.
struct ScoreMap: Sendable {
  let columns: Int
  let rows: Int
  let threshold: Double
  private let scores: [Double]
  /// The distance from the threshold that counts as certain.
  private let reach: Double

  init<Failure: Error>(
    _ region: Region, columns: Int, rows: Int, threshold: Double,
    score: (Double, Double) throws(Failure) -> Double
  ) throws(Failure) {
    self.columns = columns
    self.rows = rows
    self.threshold = threshold
    var scores: [Double] = []
    scores.reserveCapacity(columns * rows)
    for row in 0..<rows {
      let up = 1 - (Double(row) + 0.5) / Double(rows)
      let x2 = region.x2.lowerBound * (1 - up) + region.x2.upperBound * up
      for column in 0..<columns {
        let across = (Double(column) + 0.5) / Double(columns)
        let x1 = region.x1.lowerBound * (1 - across) + region.x1.upperBound * across
        scores.append(try score(x1, x2))
      }
    }
    self.scores = scores
    let finite = scores.filter(\.isFinite)
    let isProbability = finite.allSatisfy { $0 >= 0 && $0 <= 1 } && threshold == 0.5
    reach = isProbability ? 0.5 : finite.map { ($0 - threshold).magnitude }.max() ?? 1
  }

  /// Whether the score of a cell says class 1; nil where it is nan.
  func isPositive(_ column: Int, _ row: Int) -> Bool? {
    let score = scores[row * columns + column]
    return score.isNaN ? nil : score >= threshold
  }

  /// The score of a cell in 16 steps: 0 to 7 below the threshold, 8 to 15 from it on.
  func shade(_ column: Int, _ row: Int) -> UInt8 {
    let score = scores[row * columns + column]
    guard score < threshold || score >= threshold else { return 8 }
    let distance = (score - threshold) / reach
    let step = distance.isFinite ? (8 * (1 + distance)).rounded(.down) : score < threshold ? 0 : 15
    let within = score < threshold ? min(max(step, 0), 7) : min(max(step, 8), 15)
    return UInt8(exactly: within) ?? 8
  }

  /// The share of the cells in some columns and rows that say class 1, of those that say anything.
  func share(columns: Range<Int>? = nil, rows: Range<Int>? = nil) -> Double {
    let said = (rows ?? 0..<self.rows).flatMap { row in
      (columns ?? 0..<self.columns).compactMap { isPositive($0, row) }
    }
    return said.isEmpty ? 0 : Double(said.count { $0 }) / Double(said.count)
  }

  /// How many cells have no score.
  var silentCount: Int { scores.count(where: \.isNaN) }
}
