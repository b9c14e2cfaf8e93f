package import Language

/// A line of mathematics by its meaning, to be written as text, as TeX or as MathML.
package struct Math: Hashable, Sendable {
  /// A part of the line.
  package enum Piece: Hashable, Sendable {
    /// A formula, its literals as in an arithmetic line.
    case formula(Formula)
    /// A name on its own: `w1`.
    case name(String)
    /// `∂f/∂w1`.
    case derivative(of: String, by: String)
    /// A number as in an arithmetic line.
    case number(Double)
    /// A number as in an arithmetic line, in brackets where it is negative.
    case operand(Double)
    /// Digits as they are to be printed: `-0.125`.
    case digits(String)
    case sign(Sign)
    /// A word between formulas, such as `at`.
    case word(String)
  }

  /// What stands between the parts.
  package enum Sign: Hashable, Sendable {
    case equals, times, plus, minus, comma, dots, open, close, arrow, sum
  }

  package var pieces: [Piece]

  package init(_ pieces: Piece...) { self.pieces = pieces }
  package init(_ pieces: [Piece]) { self.pieces = pieces }

  package static func + (a: Math, b: Math) -> Math { Math(a.pieces + b.pieces) }
}
