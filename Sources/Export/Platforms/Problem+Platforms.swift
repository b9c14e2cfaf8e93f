internal import Language

extension Problem {
  static let nothingToExport = Problem(
    "nothing-to-export", "there is no question to export",
    hint: "ask for at least one variant: --variants 1")

  static func sameItemTwice(_ key: String) -> Problem {
    Problem(
      "same-item-twice",
      "the item \(visible(key)) is there twice, and platforms tell items by their identifiers",
      hint: "export each variant once, or give its copies different forms")
  }

  static func sameBlankTwice(_ id: String, of item: String) -> Problem {
    Problem(
      "same-blank-twice", "two blanks of \(visible(item)) are both called \(visible(id))",
      hint: "ask for each thing once")
  }

  static func itemWithoutBlanks(_ item: String) -> Problem {
    Problem(
      "item-without-blanks", "\(visible(item)) asks for nothing, so there is nothing to mark",
      hint: "add a line such as ask: grad w1 to the problem")
  }

  static func answerDoesNotEnd(_ answer: String, _ asked: String, _ item: String) -> Problem {
    Problem(
      "answer-does-not-end",
      "the answer \(visible(answer)) for \(visible(asked)) of \(visible(item)) does not end within nine decimals, and platforms know no fractions",
      hint: "choose numbers whose answers end, or ask for a rounded answer")
  }

  static func toleranceIsNoNumber(_ tolerance: String, _ asked: String, _ item: String) -> Problem {
    Problem(
      "tolerance-is-no-number",
      "the tolerance \(visible(tolerance)) for \(visible(asked)) of \(visible(item)) is no number from 0 up",
      hint: "try a tolerance such as 0.005")
  }

  static func choiceIsNone(_ asked: String, _ item: String) -> Problem {
    Problem(
      "choice-is-none",
      "the choices for \(visible(asked)) of \(visible(item)) are not at least two different ones with the right one among them",
      hint: "give each choice its own text")
  }

  static func intervalIsTooLarge(_ asked: String, _ item: String) -> Problem {
    Problem(
      "interval-is-too-large",
      "the answer for \(visible(asked)) of \(visible(item)) is too large to be written as an interval of four decimals",
      hint: "choose smaller numbers, or another platform")
  }

  static func exportIsTooLarge(_ name: String) -> Problem {
    Problem(
      "export-is-too-large", "\(visible(name)) would be larger than a package can be",
      hint: "export fewer items at a time")
  }
}
