internal import Engine
internal import Exercises
internal import Language
internal import Typesetting

/// Circuits and questions whose names and words come from outside.
enum Sample {
  /// A circuit in which an input, a gate and the result have a name that nobody could type.
  static func scene(named name: String) throws(Problem) -> Scene {
    var definitions = Definitions()
    let (gate, result, other) = (name + "2", name + "3", name + "4")
    definitions.set(name, to: 3)
    definitions.set(other, to: 4)
    let (first, second) = (Formula(name: name), Formula(name: other))
    definitions.give(gate, Formula.applying(Primitive.add, [first, second]))
    definitions.give(result, Formula.applying(Primitive.subtract, [Formula(name: gate), second]))
    let tape = try Tape(of: try Graph(of: [name + "3"], in: definitions))
    return Scene(tape, at: tape.end, style: Style())
  }

  /// A question about a circuit of three inputs, each of its words being `words`.
  static func item(words: String) throws(Problem) -> Item {
    var definitions = Definitions()
    for line in ["a = -2, b = 5, c = -4", "q = a + b", "f = q * c"] {
      for assignment in try Assignment.reading(line, functions: [:]) ?? [] {
        try definitions.define(assignment)
      }
    }
    let tape = try Tape(of: try Graph(of: ["f"], in: definitions))
    let right = Rational(decimal: "-12") ?? .zero
    let number = Blank(
      id: "value-f", asked: words, label: Math(.name(words)), quantity: .other,
      answer: .number(right, tolerance: 0.005), points: 2, step: 1,
      reason: [.text(words), .code(words), .strong(words)],
      wrong: [Blank.Wrong(misconception: "sign-lost", value: 12, text: "12", feedback: words)])
    let choice = Blank(
      id: "gate", asked: words, label: Math(.word(words)), quantity: .other,
      answer: .choice(["right " + words, "wrong", "other " + words], right: 0), points: 1,
      step: nil,
      reason: [], wrong: [])
    return Item(
      problem: "sample", type: "Q2", title: words, number: 7, count: 351, seed: 1, form: words,
      points: 3, difficulty: 2, stratum: "", text: [.paragraph([.text(words)])],
      formulas: [], given: [Item.Given(name: words, text: words, values: [3])],
      blanks: [number, choice], tape: tape, conventions: [words])
  }
}
