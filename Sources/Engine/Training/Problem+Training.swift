package import Language

// Everything that can keep a training from starting, or end it, in alphabetical order.
extension Problem {
  static func badOption(
    _ name: String, _ value: String, wanted: String, try hint: String
  ) -> Problem {
    Problem("bad-option", "\(name) is \(wanted), and not \(value)", hint: "try: \(hint)")
  }

  static func columnWithoutInput(_ column: String, _ node: String) -> Problem {
    Problem(
      "column-without-input", "the column \(column) cannot fill \(node), which is not an input",
      hint: "columns fill names that have a number, or no value yet")
  }

  static func diverged(
    epoch: Int, row: Int, _ what: String, rate: Double
  ) -> Problem {
    Problem(
      "diverged", "training was stopped in epoch \(epoch) at row \(row): \(what)",
      hint: "nothing was changed; try a smaller rate: rate \((rate / 10).formatted(.arithmetic))")
  }

  static func lossNotOneNumber(_ count: Int) -> Problem {
    Problem(
      "loss-not-one-number",
      "a loss is one number, and this would be \(count)",
      hint: "add them up, or take their mean: L = …")
  }

  static func missingColumn(_ name: String, _ columns: [String]) -> Problem {
    let shown = columns.prefix(6).joined(separator: ", ") + (columns.count > 6 ? ", …" : "")
    return Problem(
      "missing-column", "\(name) has no value, and no column is called so",
      hint: "the columns are \(shown); or give it a number: \(name) = 1")
  }

  static func noExamples() -> Problem {
    Problem("no-rows", "there is no example to train on", hint: "try: data xor")
  }

  static func nothingToTrain() -> Problem {
    Problem(
      "no-parameters", "training needs to know what may move",
      hint: "name the parameters: train L wrt w, b")
  }

  static func parameterIsColumn(_ name: String) -> Problem {
    Problem(
      "parameter-is-column", "\(name) is filled from a column, so training cannot move it",
      hint: "train what the loss depends on besides the data, such as w and b")
  }

  static func parameterNotFinite(_ name: String, _ value: Double) -> Problem {
    Problem(
      "parameter-not-finite",
      "\(name) is \(value.formatted(.data)), from which nothing can be learned",
      hint: "give it a number: \(name) = 0.1")
  }

  package static func parameterNotInput(_ name: String) -> Problem {
    Problem(
      "not-an-input", "\(name) is computed, so training cannot move it",
      hint: "name inputs, such as w and b")
  }

  static func parametersWithoutValue(_ names: [String]) -> Problem {
    let missing = Problem.missingValues(names)
    return Problem(
      "missing-value",
      names.count == 1
        ? "\(names[0]) has no value to start from"
        : missing.message.replacing(
          "inputs have no value yet", with: "parameters have no value to start from"),
      hint: missing.hint)
  }

  static func parameterUnreached(_ name: String, _ loss: String) -> Problem {
    Problem(
      "parameter-unreached",
      "\(loss) does not depend on \(name), so there is nothing to learn for it",
      hint: "leave \(name) out, or use it in \(loss)")
  }

  static func patienceWithoutValidation() -> Problem {
    Problem(
      "patience-without-validation",
      "patience watches the validation loss, and no rows are kept for it",
      hint: "try: validate 0.2 patience 10")
  }

  static func predictionNotInGraph(_ loss: String) -> Problem {
    Problem(
      "not-in-graph", "the prediction is not a part of \(loss)",
      hint: "name a node that \(loss) is computed from")
  }

  static func twoColumns(_ first: String, _ second: String, _ name: String) -> Problem {
    Problem(
      "two-columns", "the columns \(first) and \(second) would both fill \(name)",
      hint: "one column fills one input")
  }

  static func unknownColumn(_ number: Int, _ columns: [String]) -> Problem {
    Problem(
      "unknown-column",
      "there is no column \(number): there \(columns.count == 1 ? "is 1" : "are \(columns.count)")")
  }

  static func validationTakesAll(_ kept: Int, of rows: Int) -> Problem {
    Problem(
      "nothing-to-train-on",
      "validation would keep \(kept) of \(rows) row\(rows == 1 ? "" : "s"), which leaves none to train on",
      hint: "keep a smaller part, or load more rows")
  }
}
