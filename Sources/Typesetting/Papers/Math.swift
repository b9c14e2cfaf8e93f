package import Language

/// A line of mathematics by its meaning, to be written as text, as TeX or as MathML.
package struct Math: Hashable, Sendable {
  /// A part of the line.
  package enum Piece: Hashable, Sendable {
    /// A formula, its literals as in an arithmetic line.
    case formula(Formula)
    /// A formula with numbers in it, every negative one in brackets: `(-2) + 5`.
    case substituted(Formula)
    /// A name on its own: `w1`.
    case name(String)
    /// `∂f/∂w1`.
    case derivative(of: String, by: String)
    /// All gradients of one output: `∇f`.
    case nabla(String)
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

  /// A vector: the parts in brackets, with commas between them.
  package static func vector(_ parts: [Piece]) -> Math {
    let inner = parts.map { [$0] }.joined(separator: [.sign(.comma)])
    return Math([.sign(.open)] + Array(inner) + [.sign(.close)])
  }

  package static func + (a: Math, b: Math) -> Math { Math(a.pieces + b.pieces) }
}
