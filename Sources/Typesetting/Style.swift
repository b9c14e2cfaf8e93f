package import Language

/// How the learner wants to be told things.
package struct Style: Hashable, Sendable {
  /// Whether `×` and `∂` can be shown, or `*` and `d` must do.
  package var unicode = true
  /// Whether sentences take the place of drawings and tables, for a screen reader.
  package var speech = false
  package var width = 80
  /// The rows of the screen, which bound the drawing above a step's arithmetic.
  package var rows = 30
  /// Whether a step is drawn.
  package var drawing = true
  package var numbers = NumberStyle.arithmetic
  /// What the loss above given upstream gradients is called.
  package var loss = "L"

  package init() {}

  /// Takes the size of the screen.
  package mutating func fit(columns: Int, rows: Int) {
    width = columns
    self.rows = rows
  }

  /// The signs of the chosen character set.
  package var signs: Signs { unicode ? .unicode : .ascii }

  /// What stands between two ends: `…`, or `to` where it is heard.
  var reach: String { speech ? "to" : signs.more }

  /// A number for an arithmetic line.
  package func number(_ value: Double) -> String { value.formatted(numbers) }

  /// A number as an operand: a negative one gets brackets.
  package func operand(_ value: Double) -> String {
    let text = number(value)
    return text.hasPrefix("-") ? "(\(text))" : text
  }

  /// A formula for an arithmetic line.
  package func formula(_ formula: Formula) -> String {
    formula.written(unicode ? .display : .source, numbers: numbers)
  }

  /// `∂f/∂w1`, or `df/dw1` in ASCII.
  package func derivative(_ output: String, _ input: String) -> String {
    "\(signs.partial)\(output)/\(signs.partial)\(input)"
  }
}

/// The signs that have two forms.
package struct Signs: Hashable, Sendable {
  package let partial: String
  package let times: String
  package let arrow: String
  package let rule: String
  package let unknown: String
  package let right: String
  package let wrong: String
  package let bar: String
  package let dash: String
  package let more: String
  package let bullet: String
  let branch: String
  let lastBranch: String
  let trunk: String

  package static let unicode = Signs(
    partial: "∂", times: "×", arrow: "→", rule: "─", unknown: "·", right: "✓", wrong: "✗",
    bar: "▌", dash: "–", more: "…", bullet: "•", branch: "├─ ", lastBranch: "└─ ", trunk: "│  ")

  package static let ascii = Signs(
    partial: "d", times: "*", arrow: "->", rule: "-", unknown: ".", right: "ok", wrong: "no",
    bar: "|", dash: "-", more: "...", bullet: "*", branch: "|- ", lastBranch: "`- ", trunk: "|  ")
}
