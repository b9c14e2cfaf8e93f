internal import Kernels
internal import Language

extension Training {
  /// What some rows come to together.
  struct Tally {
    private var sum = 0.0
    private var right = 0
    private var count = 0

    var loss: Double { count > 0 ? sum / Double(count) : .nan }

    /// The part that was right; nil where nothing is judged.
    func accuracy(_ judgement: Judgement?) -> Double? {
      judgement.map { _ in count > 0 ? Double(right) / Double(count) : .nan }
    }

    /// Takes in the losses of a strip's rows; false where they add up to no number.
    ///
    /// Nothing of a training is asked here: small trainings spend most of their time around the loops.
    @inline(__always)
    mutating func add(_ losses: LaneRunner.Rows, count: Int) -> Bool {
      var place = losses.start
      for _ in 0..<count {
        sum += place.pointee
        place += losses.step
      }
      self.count += count
      return sum.isFinite
    }

    /// Counts the right answers among a strip's rows.
    mutating func judge(
      _ rows: ArraySlice<Int>, _ judgement: Judgement, _ runner: borrowing LaneRunner,
      of training: Training
    ) {
      let examples = training.examples
      let predictions = runner.numbers(of: judgement.prediction)
      for (place, row) in rows.enumerated() {
        let target = examples.numbers[row * examples.columns.count + judgement.column]
        let isAbove =
          predictions.start[place * predictions.step] >= judgement.threshold ?? training.threshold
        if isAbove == (target >= training.threshold) { right += 1 }
      }
    }
  }
}
