internal import Language

/// A library that computes gradients, and how everything is said in it.
///
/// One record says all there is to know of it, as with a primitive: the writer of scripts, the tests
/// and the help read it.
package struct Framework: Sendable {
  /// What is typed: `torch`.
  package let name: String
  /// What it calls itself: `PyTorch`.
  package let title: String
  /// The lines a script begins with.
  let head: [String]
  /// The line that `F` needs, where a spelling says `F`.
  let shortcut: String?
  /// Prints what was computed.
  let show: [String]
  /// How each primitive with a name is said.
  ///
  /// `#1` is an operand in brackets, `%1` one that must bind tightly, `#*` all operands as one tensor.
  package let primitives: [String: String]
  /// How each composite is said.
  package let composites: [String: Spelling]
  /// A number, or several in brackets, as a tensor: `torch.tensor(#1)`.
  let tensor: String
  /// Some tensors put together as the rows of one.
  let stack: String
  /// All elements of a tensor in one row.
  let flat: String
  /// Some flat tensors one behind the other.
  let joined: String
  /// Whether functions take plain numbers as well as tensors.
  let takesNumbers: Bool
  /// The place of a class that is computed, counted from 0.
  let place: String
  /// Whether formulas stand in a function that is differentiated, or at the top of the script.
  let isFunctional: Bool

  /// How a composite is said.
  package enum Spelling: Hashable, Sendable {
    /// Between its operands.
    case infix(String)
    /// In the library's words, for vectors and for matrices; `#k` is the place of a class.
    case words(String, matrix: String? = nil)
    /// As a function of the same name at the head of the script.
    case function([String], channels: [String]? = nil, bank: [String]? = nil)
    /// As a function made of the composite's own formula.
    case ownFormula
    /// As the numbers that were drawn.
    case numbers
  }

  /// Every framework a script can be written for.
  package static let all: [Framework] = [.torch, .jax]
}
