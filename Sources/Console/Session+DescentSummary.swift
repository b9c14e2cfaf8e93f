internal import Engine
internal import Language
internal import Typesetting

// What is said of a training: a few epochs, and how it ended.
extension Session {
  func summary(
    of training: Training, _ outcome: Training.Outcome
  ) throws(Problem) -> Document {
    var blocks: [Document.Block] = []
    let shown = Self.shownEpochs(outcome.history)
    if !shown.isEmpty {
      let hasValidation = !training.validationRows.isEmpty
      var columns: [Table.Column] = [.init("epoch", .right), .init("loss", .right)]
      if training.judgement != nil { columns.append(.init("accuracy", .right)) }
      if hasValidation { columns.append(.init("validation loss", .right)) }
      if hasValidation, training.judgement != nil {
        columns.append(.init("validation accuracy", .right))
      }
      let rows = shown.map { epoch -> [Text] in
        var row = [
          numbered("epoch", epoch.number), Text(settings.style.number(epoch.loss), .value),
        ]
        if let accuracy = epoch.accuracy { row.append(Text(percent(accuracy))) }
        if let loss = epoch.validationLoss {
          row.append(Text(settings.style.number(loss), .value))
        }
        if let accuracy = epoch.validationAccuracy { row.append(Text(percent(accuracy))) }
        return row
      }
      blocks = [.table(Table(columns, rows, indent: 0)), Document.blank]
    }
    blocks += ending(of: training, outcome).map { .line(Text($0)) }
    blocks += try lastLines(of: training, outcome).map { .line($0) }
    return Document(blocks)
  }

  /// The first epoch and up to four round ones before the last, which has a line of its own.
  private static func shownEpochs(_ history: [Training.Epoch]) -> [Training.Epoch] {
    let before = history.count - 1
    guard before > 0 else { return [] }
    var stride = 1
    for power in [1, 10, 100, 1_000, 10_000, 100_000] {
      stride = [1, 2, 5].map { $0 * power }.first { before / $0 <= 4 } ?? 10 * power
      if before / stride <= 4 { break }
    }
    return history.dropLast().filter { $0.number == 1 || $0.number % stride == 0 }
  }

  /// `epoch 120 of 400   loss 0.3   accuracy 90%`, while a training runs.
  func line(for epoch: Training.Epoch, of count: Int) -> Text {
    var line =
      Text("epoch \(epoch.number) of \(count)\(gap)loss ")
      + Text(settings.style.number(epoch.loss), .value)
    if let accuracy = epoch.accuracy { line += Text("\(gap)accuracy \(percent(accuracy))") }
    return line
  }

  private func ending(of training: Training, _ outcome: Training.Outcome) -> [String] {
    switch outcome.ending {
    case .completed: []
    case .impatient:
      [
        "Stopped after epoch \(outcome.history.count): \(counted(training.options.patience ?? 0, "epoch")) without a smaller validation loss."
      ]
    case .interrupted:
      [
        "Stopped \(outcome.history.isEmpty ? "in epoch 1" : "after epoch \(outcome.history.count)"); the \(counted(outcome.steps, "step")) that \(outcome.steps == 1 ? "was made is" : "were made are") kept."
      ]
    }
  }

  /// Where it ended: the loss and the accuracy with the parameters as they are now.
  private func lastLines(
    of training: Training, _ outcome: Training.Outcome
  ) throws(Problem) -> [Text] {
    let epoch = outcome.restoredEpoch ?? outcome.history.count
    let head =
      outcome.ending == .interrupted
      ? ""
      : (outcome.restoredEpoch == nil ? "" : "back to ")
        + "epoch \(epoch) of \(training.options.epochs)\(gap)"
    var lines = [try result(head, training.trainingRows, of: training, outcome)]
    if !training.validationRows.isEmpty {
      lines.append(
        try result("validation\(gap)", training.validationRows, of: training, outcome))
    }
    return lines
  }

  private func result(
    _ what: String, _ rows: [Int], of training: Training, _ outcome: Training.Outcome
  ) throws(Problem) -> Text {
    let now = try training.evaluate(outcome.parameters, rows: rows)
    var line = Text("\(what)loss ") + Text(settings.style.number(now.loss), .value)
    if let accuracy = now.accuracy { line += Text("\(gap)accuracy \(percent(accuracy))") }
    return line
  }

  /// A part of a whole as a percentage with one decimal at most.
  private func percent(_ part: Double) -> String {
    ((part * 1_000).rounded() / 10).formatted(.arithmetic) + "%"
  }
}

extension Problem {
  static func notInLoss(_ name: String, _ loss: String, at span: SourceSpan) -> Problem {
    Problem(
      "not-in-graph", "\(loss) does not depend on \(name), so there is nothing to learn for it",
      at: span, hint: "leave \(name) out, or use it in \(loss)")
  }

  static func notWhole(_ name: String, _ text: String, at span: SourceSpan) -> Problem {
    Problem(
      "bad-option", "\(name) is a whole number, and not \(text)", at: span, hint: "try: \(name) 10")
  }

  static func optionWithoutNumber(_ name: String, at span: SourceSpan) -> Problem {
    Problem(
      "missing-argument", "something should follow \(name)", at: span,
      hint: name == "wrt"
        ? "try: wrt w, b" : name == "accuracy" ? "try: accuracy p" : "try: \(name) 1"
    )
  }

  static func repeatedTrainingOption(_ name: String, at span: SourceSpan) -> Problem {
    Problem("repeated-option", "\(name) is said twice", at: span, hint: "say it once")
  }

  static func unknownTrainingOption(_ word: String, at span: SourceSpan) -> Problem {
    let known = ["wrt", "accuracy"] + TrainingOption.all.map(\.name)
    return Problem(
      "unknown-option", "train does not know \(word)", at: span,
      hint: closest(to: word, among: known).map { "did you mean \($0)?" }
        ?? "help train lists what it knows")
  }
}
