internal import Kernels
internal import Language

extension Training {
  /// What some rows come to together.
  struct Tally {
    private var sum = 0.0
    private var right = 0
    private var count = 0

    var loss: Double { count > 0 ? sum / Double(count) : .nan }
    var accuracy: Double { count > 0 ? Double(right) / Double(count) : .nan }

    /// Takes in the rows of a strip, those at some places of a list; false where their losses add up to no number.
    mutating func add(
      _ rows: borrowing [Int], _ strip: Range<Int>, _ runner: borrowing LaneRunner,
      of training: borrowing Training
    ) -> Bool {
      let losses = runner.numbers(of: training.output)
      for place in 0..<strip.count { sum += losses.start[place &* losses.step] }
      count += strip.count
      if let judgement = training.judgement { judge(rows[strip], judgement, runner, copy training) }
      return sum.isFinite
    }

    private mutating func judge(
      _ rows: ArraySlice<Int>, _ judgement: Judgement, _ runner: borrowing LaneRunner,
      _ training: Training
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
