internal import Language

/// A loss over the epochs of a training, and what can be said of it.
struct LossCourse: Sendable {
  /// A loss and the epoch it was measured after; epoch 0 is before the first update.
  struct Measure: Hashable, Sendable {
    let epoch: Int
    let loss: Double
  }

  let name: String
  let count: Int
  /// The losses that are finite numbers.
  let measures: [Measure]
  /// The first loss that is nan or infinite.
  let firstLost: Measure?

  init(_ name: String, _ losses: [Double]) {
    self.name = name
    count = losses.count
    let all = losses.enumerated().map { Measure(epoch: $0.offset, loss: $0.element) }
    measures = all.filter(\.loss.isFinite)
    firstLost = all.first { !$0.loss.isFinite }
  }

  /// The first of the lowest losses.
  var lowest: Measure? { measures.min { ($0.loss, $0.epoch) < ($1.loss, $1.epoch) } }
  private var highest: Measure? { measures.max { ($0.loss, -$0.epoch) < ($1.loss, -$1.epoch) } }

  /// The first epoch by which half of the way from the first loss to the last was made.
  var halfway: Int? {
    guard let first = measures.first, let last = measures.last else { return nil }
    let middle = first.loss / 2 + last.loss / 2
    return measures.first {
      last.loss < first.loss ? $0.loss <= middle : $0.loss >= middle
    }?.epoch
  }

  /// The course in sentences.
  var sentences: [String] {
    guard let first = measures.first, let last = measures.last, let lowest, let highest else {
      return [emptiness]
    }
    if measures.count == 1 {
      return ["\(name): one number so far, \(first.loss.onAxis) at epoch \(first.epoch)."] + lost
    }
    let time = counted(last.epoch - first.epoch, "epoch")
    if lowest.loss == highest.loss {
      return ["\(name) stayed at \(first.loss.onAxis) for \(time)."] + lost
    }
    let extremes = "Lowest \(lowest.loss.onAxis) at epoch \(lowest.epoch)."
    if first.loss == last.loss {
      return [
        "\(name) ended where it began, at \(first.loss.onAxis), after \(time). \(extremes) Highest \(highest.loss.onAxis) at epoch \(highest.epoch)."
      ] + lost
    }
    let verb = last.loss < first.loss ? "fell" : "rose"
    let half = halfway.map {
      "; half of the \(last.loss < first.loss ? "fall" : "rise") happened by epoch \($0)"
    }
    return [
      "\(name) \(verb) from \(first.loss.onAxis) to \(last.loss.onAxis) in \(time)\(half ?? ""). \(extremes)"
    ] + lost
  }

  /// What is said of losses that cannot be drawn.
  var lost: [String] {
    guard let firstLost, !measures.isEmpty else { return [] }
    let missing = count - measures.count
    let number = firstLost.loss.onAxis
    return [
      missing == 1
        ? "\(name) at epoch \(firstLost.epoch) is \(number) and left out."
        : "\(name) is no finite number at \(missing) epochs, left out here: the first is \(number) at epoch \(firstLost.epoch)."
    ]
  }

  /// What is said when there is nothing to draw.
  var emptiness: String {
    guard let firstLost else { return "There is no \(name.lowercased()) to plot yet." }
    return
      "There is nothing to plot: \(name.lowercased()) was \(firstLost.loss.onAxis) from epoch \(firstLost.epoch) on."
  }
}
