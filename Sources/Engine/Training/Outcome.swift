extension Training {
  /// What one epoch came to.
  package struct Epoch: Hashable, Sendable {
    /// Counted from 1.
    package let number: Int
    /// The mean loss of the epoch's rows, each taken before the step it was part of.
    ///
    /// It says how the epoch went, not how good the parameters at its end are; `evaluate` does.
    package let loss: Double
    /// The part of these rows that was foretold rightly, where there is a judgement.
    package let accuracy: Double?
    /// The mean loss of the validation rows with the parameters at the epoch's end.
    package let validationLoss: Double?
    /// The part of the validation rows that was foretold rightly then.
    package let validationAccuracy: Double?
  }

  /// Why a training ended.
  package enum Ending: Hashable, Sendable {
    /// All epochs are over.
    case completed
    /// The validation loss has not become smaller for as many epochs as patience allows.
    case impatient
    /// Someone asked it to stop; all steps up to there are kept.
    case interrupted
  }

  /// What a training led to.
  package struct Outcome: Hashable, Sendable {
    /// The numbers of the parameters, in the order of `Training.parameters`.
    package let parameters: [Double]
    /// Every epoch that was gone through as a whole.
    package let history: [Epoch]
    package let ending: Ending
    /// How many steps were made; an interrupted epoch counts as far as it went.
    package let steps: Int
    /// The epoch whose parameters these are, where patience chose one; nil for the last step's.
    package let restoredEpoch: Int?
  }

  /// How good some parameters are on some rows.
  package struct Evaluation: Hashable, Sendable {
    /// The mean loss.
    package let loss: Double
    /// The part of the rows that is foretold rightly, where there is a judgement.
    package let accuracy: Double?
  }
}
