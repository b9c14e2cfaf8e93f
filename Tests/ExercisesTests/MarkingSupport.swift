import Engine
import Exercises
import Language
import Testing
import Typesetting

/// The circuit of the first slide, with everything in it asked for.
func slideItem() throws -> Item {
  try item(
    ["w1 = -2, w2 = 5, w3 = -4", "q = w1 + w2", "f = q * w3"],
    asking: ["value q", "value f", "grad q", "grad w1", "grad w2", "grad w3"], problem: "slide")
}

/// What is right there.
let slideAnswers = [
  "value q": "3", "value f": "-12", "grad q": "-4", "grad w1": "-4", "grad w2": "-4",
  "grad w3": "3",
]

/// An item made by hand: lines of definitions, the last of which is the output, and what is asked.
func item(
  _ lines: [String], asking asked: [String], problem: String = "by-hand", number: Int = 1,
  form: String = "", points: Int = 2, tolerance: Double = 0.005,
  wrong: [String: [Blank.Wrong]] = [:]
) throws -> Item {
  var definitions = Definitions()
  for line in lines {
    for assignment in try #require(try Assignment.reading(line, functions: [:])) {
      try definitions.define(assignment)
    }
  }
  let graph = try Graph(of: [try #require(definitions.order.last)], in: definitions)
  let tape = try Tape(of: graph)
  let final = Snapshot(of: tape, at: tape.end)
  let output = graph.label(try #require(graph.outputs.first))
  let blanks = try asked.map { text in
    let words = text.split(separator: " ", maxSplits: 1).map(String.init)
    var quantity: Blank.Quantity
    var label = Math(.name(text))
    var answer: Double
    switch words[0] {
    case "grad":
      let node = try #require(graph.nodeOfLabel[words[1]])
      (quantity, answer) = (.gradient(node), final.gradients[node])
      label = Math(.derivative(of: output, by: words[1]))
    case "value":
      let node = try #require(graph.nodeOfLabel[words[1]])
      (quantity, answer) = (.value(node), final.values[node])
    default:
      // An update of one weight: `step w`, which is w - 0.5 * grad w.
      let node = try #require(graph.nodeOfLabel[words[1]])
      let formula = try Formula(reading: "w - 0.5 * g")
      let references = formula.names.map {
        $0 == "w" ? Blank.Reference.value(node) : .gradient(node)
      }
      (quantity, answer) = (.formula(formula, references), 0)
      answer = final.values[node] - 0.5 * final.gradients[node]
    }
    let right = try #require(
      Rational(decimal: answer.formatted(.data)) ?? Rational(decimal: answer.rounded(to: 6)))
    return Blank(
      id: text.replacing(" ", with: "-").replacing("@", with: "n"), asked: text, label: label,
      quantity: quantity, answer: .number(right, tolerance: tolerance), points: points, step: nil,
      reason: [], wrong: wrong[text] ?? [])
  }
  return Item(
    problem: problem, type: "Q2", title: "By hand", number: number, count: nil, seed: 1,
    form: form, points: points * blanks.count, difficulty: 1, stratum: "", text: [], formulas: [],
    given: [], blanks: blanks, tape: tape, conventions: [])
}

extension Double {
  /// The number with a few decimals, as a text.
  func rounded(to places: Int) -> String {
    var scale = 1.0
    for _ in 0..<places { scale *= 10 }
    return ((self * scale).rounded() / scale).formatted(.data)
  }
}

extension AnswerKey {
  /// Marks a sheet that is written as `grad w1: -4`, in any order; what is left out is blank.
  func mark(_ sheet: [String: String], _ scheme: Scheme = Scheme()) -> [String: MarkedRow] {
    let entries = item.blanks.map { Entry(sheet[$0.asked] ?? "", for: $0.answer) }
    var result: [String: MarkedRow] = [:]
    for row in mark(entries, scheme) { result[item.blanks[row.blank].asked] = row }
    return result
  }

  /// The same, as words: `right 1 1`.
  func verdicts(_ sheet: [String: String]) -> [String: String] {
    mark(sheet).mapValues { "\($0.verdict.word) \($0.accuracy) \($0.method)" }
  }
}
