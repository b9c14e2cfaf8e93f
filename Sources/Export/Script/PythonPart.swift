internal import Language

/// A part of a formula in Python, and what is known of it.
struct PythonPart: Sendable {
  enum Kind: Hashable, Sendable {
    /// A number that stands there; in a vector or a matrix, several.
    case literal([Double])
    /// Something that counts: the variable of a loop, or a name for a number, plus so much.
    case counter(String, plus: Int)
    /// A plain number of Python's, worked out when the script runs.
    case number
    /// A tensor of the library's.
    case tensor
    /// What is true or false.
    case condition
    /// `… for i in range(…)`, without brackets around it; whether its elements are plain numbers.
    case elements(ofNumbers: Bool)
    /// `2..4`, by its two ends.
    case range
  }

  var text: String
  /// How tightly it binds: 9 for a name or a call.
  var precedence = PythonPart.atom
  var kind: Kind
  var shape = Shape.scalar
  /// Whether gradients can flow back through it.
  var isTracked = false
  /// How many operations stand inside each other.
  var depth = 0
  /// The number it stands for, where that is known beforehand; in a loop, in its first turn.
  var known: Double?
  /// The two ends of a range: texts that a Python slice takes.
  var slice: (from: String, to: String)?

  static let atom = 9
  static let loosest = 0
  static let comparison = 1

  static func literal(_ number: Double) -> PythonPart {
    PythonPart(text: "", kind: .literal([number]), known: number)
  }

  static func tensor(
    _ text: String, _ shape: Shape, isTracked: Bool, precedence: Int = atom, depth: Int = 0
  ) -> PythonPart {
    PythonPart(
      text: text, precedence: precedence, kind: .tensor, shape: shape, isTracked: isTracked,
      depth: depth)
  }

  /// The number of a scalar literal.
  var literal: Double? {
    guard case .literal(let numbers) = kind, shape == .scalar else { return nil }
    return numbers.first
  }

  /// Whether it is a plain number of Python's.
  var isNumber: Bool {
    switch kind {
    case .literal: shape == .scalar
    case .counter, .number: true
    case .tensor, .condition, .elements, .range: false
    }
  }

  /// A count plus so much: `i - 1`, `3`.
  ///
  /// Only for what counts; the text of anything else is taken as it is.
  func counted(plus more: Int) -> String? {
    switch kind {
    case .literal:
      guard let number = literal, let whole = Int(exactly: number) else { return nil }
      return "\(whole + more)"
    case .counter(let base, let plus):
      let sum = plus + more
      return sum == 0 ? base : "\(base) \(sum < 0 ? "-" : "+") \(sum.magnitude)"
    case .number: return "int(\(text))" + (more == 0 ? "" : more < 0 ? " - \(-more)" : " + \(more)")
    case .tensor:
      // A name that counts and is a quantity as well: its number stands in its place.
      guard let known, let whole = Int(exactly: known) else { return nil }
      return "\(whole + more)"
    case .condition, .elements, .range: return nil
    }
  }

  /// The part as an operand that has to bind at least so tightly.
  func written(needs: Int, isReal: Bool = false) -> String {
    switch kind {
    case .literal:
      guard let number = literal else { return text }
      let text = pythonNumber(number, isReal: isReal)
      // A sign before a number binds like any minus.
      return text.hasPrefix("-") && needs > 4 ? "(\(text))" : text
    case .counter(let base, let plus):
      let text = counted(plus: 0) ?? base
      return plus != 0 && needs > 2 ? "(\(text))" : text
    case .number, .tensor, .condition, .elements, .range:
      return precedence < needs ? "(\(text))" : text
    }
  }
}
