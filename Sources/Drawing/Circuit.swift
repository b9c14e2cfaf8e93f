/// What is to be drawn, without a place yet: boxes and who reads whom.
///
/// It knows nothing of formulas; widths are counted in columns of a terminal.
package struct Circuit: Sendable {
  /// One box: an input, a gate, or several nodes that are drawn as one.
  package struct Part: Sendable {
    /// How many columns its box takes.
    package let width: Int
    /// How many columns the longest label on its wire takes.
    package let label: Int
    /// The parts it reads, first operand first; an input reads none.
    package let operands: [Int]
    /// Whether it matters which operand is the first, as it does for `-`.
    package let isOrdered: Bool
    /// How many columns its name takes behind the arrow, where it is a result.
    package let result: Int

    package init(
      width: Int, label: Int, operands: [Int] = [], isOrdered: Bool = false, result: Int = 0
    ) {
      self.width = width
      self.label = label
      self.operands = operands
      self.isOrdered = isOrdered
      self.result = result
    }

    package var isGate: Bool { !operands.isEmpty }
  }

  /// Each part stands after the parts it reads.
  package let parts: [Part]

  package init(_ parts: [Part]) { self.parts = parts }

  /// How much room a drawing leaves between things.
  package enum Spacing: Sendable, CaseIterable {
    case normal, tight
    /// Labels stand in the wires, so that wires may lie in neighbouring rows; for trees.
    case inline

    /// The columns a wire is longer than its labels.
    var slack: Int { self == .tight ? 0 : 2 }

    /// The rows from one part to the next: its value, its wire, its gradient.
    var distance: Int { self == .inline ? 1 : 3 }
  }
}
