package import Engine
package import Language
package import Typesetting

/// One question with its numbers: everything that a writer, a marker or a learner needs of it.
///
/// Numbers are realised: nothing is drawn or computed after an item has been made.
package struct Item: Sendable {
  /// The id of the problem it is a variant of: letters, digits and hyphens.
  package let problem: String
  /// The type of question, `Q1` to `Q20`, or empty.
  package let type: String
  package let title: String
  /// Which variant it is, in canonical order, from 1; how many there are, if they were counted.
  package let number: Int
  package let count: Int?
  package let seed: UInt64
  /// The form it belongs to, `A`, or empty.
  package var form: String
  package let points: Int
  /// What the numbers cost a hand: products, two-digit results, minus signs.
  package let difficulty: Int
  /// The stratum it was asked for, or empty.
  package let stratum: String
  /// What the author wrote, with numbers filled in.
  package let text: [Paper.Block]
  /// What is computed, in the order of definition.
  package let formulas: [Definition]
  /// The realised numbers, as printed: `w1` is `-2`.
  package let given: [Given]
  package let blanks: [Blank]
  /// Both passes over the numbers.
  package let tape: Tape
  /// What courses differ in, said where it matters: `relu′(0) = 0`.
  package let conventions: [String]

  /// What is to be read below the given numbers, such as a table with an error in it.
  package var exhibit: [Paper.Block] = []

  /// Whether a circuit would show what the student is to find.
  package var hidesFormulas = false

  /// Whether some of its numbers are logarithms, which decimals would only blur.
  package var hasLogarithms = false

  /// The names of data, which no gradient is asked for.
  package var constants: Set<String> = []

  /// How it can be made again from its problem file, whatever seeds come to mean.
  package var recipe = Recipe()

  /// The numbers of an item and what else was drawn for it.
  package struct Recipe: Hashable, Sendable {
    /// Each number that varies, as text: `("w1", "-2")`.
    package var numbers: [[String]] = []
    /// Which of the formulas to choose from, or which slip in a wrong table.
    package var option = 0
    /// What the order of choices was drawn from.
    package var bits: UInt64 = 0

    package init() {}
  }

  /// A named formula.
  package struct Definition: Hashable, Sendable {
    package let name: String
    package let formula: Formula
    package init(name: String, formula: Formula) {
      self.name = name
      self.formula = formula
    }
  }

  /// A realised number.
  package struct Given: Hashable, Sendable {
    package let name: String
    /// As printed: `-2`, `0.5`, `ln(3)`, `[1, 2, -1]`.
    package let text: String
    package let values: [Double]
    package init(name: String, text: String, values: [Double]) {
      self.name = name
      self.text = text
      self.values = values
    }
  }

  package init(
    problem: String, type: String, title: String, number: Int, count: Int?, seed: UInt64,
    form: String, points: Int, difficulty: Int, stratum: String, text: [Paper.Block],
    formulas: [Definition], given: [Given], blanks: [Blank], tape: Tape, conventions: [String]
  ) {
    self.problem = problem
    self.type = type
    self.title = title
    self.number = number
    self.count = count
    self.seed = seed
    self.form = form
    self.points = points
    self.difficulty = difficulty
    self.stratum = stratum
    self.text = text
    self.formulas = formulas
    self.given = given
    self.blanks = blanks
    self.tape = tape
    self.conventions = conventions
  }

  /// `gradients-on-a-circuit-0007`: what identifies it everywhere.
  package var identifier: String {
    let digits = String(number)
    return problem + "-" + String(repeating: "0", count: max(0, 4 - digits.count)) + digits
  }
}

/// One thing to fill in.
package struct Blank: Sendable {
  /// What is asked for.
  package enum Quantity: Sendable {
    /// The value of a node.
    case value(NodeID)
    /// The gradient of the output in a node.
    case gradient(NodeID)
    /// A formula of values and gradients, `w1 - 0.1 * grad w1`; one reference for each of its names.
    case formula(Formula, [Reference])
    /// Something that is no number of the graph, such as which row is wrong.
    case other
  }

  /// What a name of a formula stands for.
  package enum Reference: Hashable, Sendable {
    case value(NodeID)
    case gradient(NodeID)
  }

  /// What is right.
  package enum Answer: Sendable {
    /// A number that ends within a few decimals, and how far off is still right (absolute).
    case number(Rational, tolerance: Double)
    /// One of several texts, by its place.
    case choice([String], right: Int)
  }

  /// A wrong answer that shows something.
  package struct Wrong: Sendable {
    /// The name of the misconception: `no-swap`.
    package let misconception: String
    /// The number it gives, and how that is printed: at most six decimals, a point, ASCII.
    package let value: Double
    package let text: String
    /// What to say to who answers it; gives nothing away that the worked answer does not.
    package let feedback: String
    /// Percent of the points.
    package let credit: Int

    package init(
      misconception: String, value: Double, text: String, feedback: String, credit: Int = 0
    ) {
      self.misconception = misconception
      self.value = value
      self.text = text
      self.feedback = feedback
      self.credit = credit
    }
  }

  /// Letters, digits and hyphens, unique in its item: `grad-w1`.
  package let id: String
  /// As the problem file asks for it: `grad w1`.
  package let asked: String
  package let label: Math
  package let quantity: Quantity
  package let answer: Answer
  package let points: Int
  /// The step of the worked answer that shows it.
  package let step: Int?
  /// How the answer comes about, in one line: `∂f/∂w1 = -4 × 1 = -4`; empty where there is none.
  package let reason: [Paper.Inline]
  /// All give another answer than the right one, by more than twice the tolerance.
  package let wrong: [Wrong]
  package init(
    id: String, asked: String, label: Math, quantity: Quantity, answer: Answer, points: Int,
    step: Int?, reason: [Paper.Inline], wrong: [Wrong]
  ) {
    self.id = id
    self.asked = asked
    self.label = label
    self.quantity = quantity
    self.answer = answer
    self.points = points
    self.step = step
    self.reason = reason
    self.wrong = wrong
  }
}

extension Item.Given {
  /// `w1 = -2`; the name may be a quantity such as `grad x`.
  package var math: Math {
    let words = name.split(separator: " ").map(String.init)
    let left: [Math.Piece] =
      words.count == 2 && words[0] == "grad"
      ? [.word("gradient of"), .name(words[1])] : [.name(words.last ?? name)]
    if let formula = try? Formula(reading: text) {
      return Math(left + [.sign(.equals), .formula(formula)])
    }
    return Math(left + [.sign(.equals), .digits(text)])
  }
}
