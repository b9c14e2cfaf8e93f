internal import Engine

/// The mistakes that marking can name, and what it says of each.
///
/// Those about gradients are the catalog's. A few about values and updates stand here.
package struct KnownMistake: Hashable, Sendable {
  package let name: String
  /// What makes the number: "the result has the wrong sign".
  package let belief: String
  /// What happened, in one sentence for who made it.
  package let happened: String
  /// What to think of instead.
  package let correction: String

  /// Every mistake, those on the way forward first.
  package static let all: [KnownMistake] =
    [valueSign, operandSign, operandTaken, otherGate, turnedGradient]
    + Misconception.catalog.map {
      KnownMistake(
        name: $0.name, belief: $0.belief, happened: $0.happened,
        correction: $0.correction)
    }

  package static let names = all.map(\.name)

  /// The mistake of a name; nil for one that only a problem file knows.
  package static func named(_ name: String) -> KnownMistake? { all.first { $0.name == name } }

  static let valueSign = KnownMistake(
    name: "value-sign", belief: "the result gets the other sign",
    happened: "The result got the other sign.",
    correction: "Which signs go in, and which one comes out?")
  static let operandSign = KnownMistake(
    name: "operand-sign", belief: "the minus of an operand is overlooked",
    happened: "The minus of an operand was overlooked.",
    correction: "Write negative numbers in brackets.")
  static let operandTaken = KnownMistake(
    name: "operand-taken", belief: "an operand is taken for the result",
    happened: "An operand was taken for the result.",
    correction: "What does the gate make of it?")
  static let otherGate = KnownMistake(
    name: "other-gate", belief: "another gate is computed",
    happened: "Another gate was computed.",
    correction: "Which sign stands in the formula?")
  static let turnedGradient = KnownMistake(
    name: "turned-gradient", belief: "the gradient is taken with the other sign",
    happened: "The gradient was taken with the other sign.",
    correction: "Does the step go with the gradient or against it?")

  /// The mistake behind a wrong value of a gate.
  static func of(_ slip: WrongValue.Slip) -> KnownMistake {
    switch slip {
    case .sign: valueSign
    case .operandSign: operandSign
    case .operand: operandTaken
    case .other: otherGate
    }
  }
}
