internal import Language

extension Training.Options {
  /// Refuses what is out of range.
  func check() throws(Problem) {
    guard rate.isFinite, rate > 0 else {
      throw .badOption("rate", rate.formatted(.data), wanted: "a number above 0", try: "rate 0.1")
    }
    if let finalRate, !(finalRate > 0 && finalRate <= rate) {
      throw .badOption(
        "cooling", finalRate.formatted(.data), wanted: "a number above 0, and at most the rate",
        try: "cooling \((rate / 10).formatted(.arithmetic))")
    }
    guard (1...Self.mostEpochs).contains(epochs) else {
      throw .badOption(
        "epochs", "\(epochs)", wanted: "a whole number from 1 to \(Self.mostEpochs)",
        try: "epochs 100")
    }
    if let batch, batch < 1 {
      throw .badOption(
        "batch", "\(batch)", wanted: "a whole number from 1 up", try: "batch 16")
    }
    guard validate >= 0, validate < 1 else {
      throw .badOption(
        "validate", validate.formatted(.data), wanted: "a part of the rows, from 0 to below 1",
        try: "validate 0.2")
    }
    if let patience, patience < 1 {
      throw .badOption(
        "patience", "\(patience)", wanted: "a whole number from 1 up", try: "patience 10")
    }
    if patience != nil, validate == 0 { throw .patienceWithoutValidation() }
    guard momentum >= 0, momentum < 1 else {
      throw .badOption(
        "momentum", momentum.formatted(.data), wanted: "a number from 0 to below 1",
        try: "momentum 0.9")
    }
    guard decay.isFinite, decay >= 0 else {
      throw .badOption(
        "decay", decay.formatted(.data), wanted: "a number from 0 up", try: "decay 0.001")
    }
  }

  /// The rate of an epoch, counted from 1: the first has `rate`, and `finalRate` would come after the last.
  func rate(in epoch: Int) -> Double {
    guard let finalRate else { return rate }
    return rate + (finalRate - rate) * (Double(epoch - 1) / Double(epochs))
  }

  /// More epochs than anyone waits for.
  package static let mostEpochs = 1_000_000

  /// How many of the rows are kept for validation: their part rounded, and one at least.
  func validationCount(of rows: Int) throws(Problem) -> Int {
    guard validate > 0 else { return 0 }
    let kept = max(1, Int(exactly: (validate * Double(rows)).rounded()) ?? rows)
    guard kept < rows else { throw .validationTakesAll(kept, of: rows) }
    return kept
  }
}
