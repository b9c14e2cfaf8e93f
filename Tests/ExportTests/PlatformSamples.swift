import Engine
import Exercises
import Foundation
import Language
import TestSupport
import Typesetting

@testable import Export

/// Items to export, made of real tapes.
enum PlatformSamples {
  static let generator = "backstep 1.0.0 (tests)"

  /// What a sample says where a test is not about its words.
  struct Words {
    var title = "The slide's circuit"
    var text = "Fill in the table."
    var feedback = "That is q: a multiply gate sends back the other input."
    var choices = ["it copies", "it swaps", "it splits"]
    var conventions: [String] = []
    var asked: String?
    var given: String?
    var form = "B"
    var reason: [Paper.Inline] = []
  }

  /// The circuit of lines of text, asked about by value and gradient of its names.
  static func item(
    _ lines: [String], of output: String, number: Int = 7, values: [String], gradients: [String],
    choice: Bool = false, problem: String = "mul-add", words: Words = Words(),
    tolerance: Double = 0.005
  ) throws -> Item {
    var definitions = Definitions()
    var formulas: [Item.Definition] = []
    for line in lines {
      for assignment in try Assignment.reading(line, functions: definitions.argumentCounts) ?? [] {
        try definitions.define(assignment)
        if assignment.formula.nodes.count > 1, assignment.name.first?.isLetter ?? false,
          !assignment.formula.variables.isEmpty
        {
          formulas.append(Item.Definition(name: assignment.name, formula: assignment.formula))
        }
      }
    }
    let tape = try Tape(of: try Graph(of: [output], in: definitions))
    let end = Snapshot(of: tape, at: tape.end)
    let graph = tape.graph
    let node = { (name: String) throws -> NodeID in
      guard let found = graph.nodeOfLabel[name] else { throw Problem("no-node", name) }
      return found
    }
    var blanks: [Blank] = []
    for name in values {
      let id = try node(name)
      blanks.append(
        blank(
          "value-\(name)", words.asked ?? name, Math(.name(name)), .value(id), end.values[id],
          tolerance, words))
    }
    for name in gradients {
      let id = try node(name)
      blanks.append(
        blank(
          "grad-\(name)", words.asked ?? "grad \(name)", Math(.derivative(of: output, by: name)),
          .gradient(id), end.gradients[id], tolerance, words))
    }
    if choice {
      blanks.append(
        Blank(
          id: "gate", asked: "what the add gate does", label: Math(.word("the add gate")),
          quantity: .other, answer: .choice(words.choices, right: 0), points: 1, step: nil,
          reason: [], wrong: []))
    }
    let given = graph.inputs.map { id in
      let value = end.values[id]
      return Item.Given(
        name: graph.label(id), text: words.given ?? value.formatted(.arithmetic), values: [value])
    }
    return Item(
      problem: problem, type: "Q2", title: words.title, number: number, count: 351,
      seed: 9_007_199_254_740_993, form: words.form, points: blanks.count, difficulty: 2,
      stratum: "", text: [.paragraph([.text(words.text)])], formulas: formulas, given: given,
      blanks: blanks, tape: tape, conventions: words.conventions)
  }

  private static func blank(
    _ id: String, _ asked: String, _ label: Math, _ quantity: Blank.Quantity, _ right: Double,
    _ tolerance: Double, _ words: Words
  ) -> Blank {
    let wrong = [
      Blank.Wrong(
        misconception: "no-swap", value: right + 3.5,
        text: (right + 3.5).formatted(.data), feedback: words.feedback),
      Blank.Wrong(
        misconception: "sign-lost", value: right - 7.25, text: (right - 7.25).formatted(.data),
        feedback: "The sign was lost.", credit: 50),
    ]
    return Blank(
      id: id, asked: asked, label: label, quantity: quantity,
      answer: .number(
        Rational(decimal: right.formatted(.data)) ?? .zero, tolerance: tolerance), points: 2,
      step: 1, reason: words.reason, wrong: wrong)
  }

  /// The slide's circuit with several blanks, a choice among them or not.
  static func slide(choice: Bool = false, words: Words = Words(), number: Int = 7) throws -> Item {
    try item(
      ["w1 = -2, w2 = 5, w3 = -4", "q = w1 + w2", "f = q * w3"], of: "f", number: number,
      values: ["q", "f"], gradients: ["q", "w1", "w2", "w3"], choice: choice, words: words)
  }

  /// One blank only.
  static func single(number: Int = 8) throws -> Item {
    try item(
      ["w1 = -2, w2 = 5, w3 = -4", "q = w1 + w2", "f = q * w3"], of: "f", number: number,
      values: [], gradients: ["w1"], problem: "one-gradient")
  }

  /// Only something to choose.
  static func choiceOnly(number: Int = 9) throws -> Item {
    try item(
      ["w1 = -2, w2 = 5", "f = w1 + w2"], of: "f", number: number, values: [], gradients: [],
      choice: true, problem: "which-gate")
  }

  /// Random circuits with random halves and quarters, the same for the same seed.
  static func random(_ count: Int, seed: UInt64) throws -> [Item] {
    var random = SplitMix64(seed: seed)
    let shapes: [(formulas: [String], values: [String])] = [
      (["q = a + b", "f = q * c"], ["q", "f"]), (["p = a * b", "f = p + a * c"], ["p", "f"]),
      (["p = a - b", "q = p * p", "f = q * c"], ["p", "q"]),
      (["p = max(a, b)", "f = p * c + b"], ["p"]), (["p = relu(a * b)", "f = p - c"], ["p", "f"]),
    ]
    return try (0..<count).map { place in
      let shape = random.pick(shapes)
      let numbers = ["a", "b", "c"].map { name -> String in
        let quarter = Double(random.below(81) - 40) / 4
        return "\(name) = \(quarter)"
      }
      var words = Words()
      words.form = random.pick(["", "A", "C"])
      return try item(
        [numbers.joined(separator: ", ")] + shape.formulas, of: "f", number: place + 1,
        values: shape.values, gradients: ["a", "b", "c"], choice: random.below(3) == 0,
        problem: "random", words: words, tolerance: random.pick([0, 0.005, 0.5]))
    }
  }

  /// Choices with a text in them; what cannot be seen is no choice.
  static func choices(_ text: String) -> [String] {
    let isBlank = visible(text).unicodeScalars.allSatisfy(\.properties.isWhitespace)
    return ["right " + text, isBlank ? "blank" : text, "x" + text]
  }

  /// Items whose every word tries to get out of where it is put.
  static func hostile() throws -> [(id: String, text: String, item: Item)] {
    let own = [
      "}{1:NUMERICAL:=1:0}", "{#1}", "~=right#wrong", "a}b~c#d=e:f\\g/h", "]]>", "<![CDATA[",
      "####",
      "::name:: {=yes}", "// gone", "\n\n", "\\n", "&&035;", "[html]", "`r 6*7`",
      "```{python .run}\nprint(1)\n```", "$\\frac12$", "\\(x\\)", "Answerlist\n----------\n* x",
      "Meta-information\n================\nexsolution: 1", "=cmd|' /C calc'!A0", "a\tb",
      "\"quoted\", \"twice\"",
      "* star", "1. one", "- minus", "... dots", "a) letter", "Title: x", "END_GROUP", "&lt;b&gt;",
      "&amp;lt;",
      "##ANSWER1##", "−4", "100%", "%50%",
    ]
    let others = try Hostile.all().map { ($0.id, $0.text) }
    return try (own.enumerated().map { ("own-\($0)", $1) } + others).filter { !$0.1.isEmpty }
      .map { id, text in
        var words = Words()
        words.title = text
        words.text = text
        words.feedback = text
        words.choices = choices(text)
        words.conventions = [text]
        words.asked = text
        words.given = text
        words.form = text
        words.reason = [.text(text), .code(text), .strong(text)]
        return (id, text, try slide(choice: true, words: words))
      }
  }
}

/// What a platform is to show of a text: one line of visible signs.
func shown(_ text: String) -> String {
  let line = visible(text).replacing("\u{FFFE}", with: "\u{FFFD}")
    .replacing("\u{FFFF}", with: "\u{FFFD}").replacing("\n", with: " ")
    .replacing("\t", with: " ")
  return spaced(line)
}

/// A text with one blank wherever it has blanks, by its Unicode scalars: an accent takes no blank with it.
func spaced(_ text: String) -> String {
  text.unicodeScalars.split { $0 == " " || $0 == "\n" || $0 == "\u{A0}" }
    .map { String(String.UnicodeScalarView($0)) }.joined(separator: " ")
}

/// Whether a text is in another, byte by byte.
func holds(_ text: String?, _ part: String) -> Bool {
  guard let text else { return false }
  return part.isEmpty || Data(text.utf8).range(of: Data(part.utf8)) != nil
}
