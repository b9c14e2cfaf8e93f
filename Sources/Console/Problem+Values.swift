internal import Language

// What can be wrong with a question about a value, in alphabetical order.
extension Problem {
  static func needsElement(_ name: String, _ shape: Shape, at span: SourceSpan?) -> Problem {
    Problem(
      "needs-element", "\(name) is \(shape.description), and this asks about one number", at: span,
      hint: "name an element: \(name)\(shape.index(of: 0))")
  }

  static func needsNumber(_ text: String, _ shape: Shape, at span: SourceSpan?) -> Problem {
    Problem(
      "needs-number", "one number is needed here, and this is \(shape.description)", at: span,
      hint: "name an element, such as x[1], or put the elements together with sum(x)")
  }

  static func stepToInput(_ name: String, at span: SourceSpan?) -> Problem {
    Problem(
      "step-to-input", "\(name) is an input: nothing is computed there", at: span,
      hint: "name a formula, or type step")
  }

  static func noSuchElement(
    _ label: String, _ name: String, _ shape: Shape, at span: SourceSpan?
  ) -> Problem {
    Problem(
      "index-out-of-range", "\(name) is \(shape.description), so there is no \(label)", at: span,
      hint: "elements are counted from 1: \(name)\(shape == .scalar ? "" : shape.index(of: 0))")
  }
}
