package import Language

/// A point at which libraries decide differently, or at which people ask how they decide.
///
/// The page `docs/conventions.md` is written from these records, each of them is tried out with the
/// libraries themselves, and where a script prints another number than backstep, one of them has to
/// say why.
package struct FrameworkConvention: Sendable {
  /// What the row of the table is about.
  package let topic: String
  package let formula: String
  /// The numbers of its inputs, as they are typed behind `--at`.
  package let at: String
  /// What the numbers below are.
  package let shows: Subject
  package let ours: [Double]
  /// What the script for a framework prints, by the framework's name.
  package let theirs: [String: [Double]]
  /// What TensorFlow gives, where it was measured.
  package let tensorFlow: [Double]?
  /// The gate that decides.
  let gate: String
  /// When a gate of that kind is at such a point, by its operands and its value.
  let applies: @Sendable ([Double], Double) -> Bool

  /// What is compared.
  package enum Subject: Sendable {
    case value
    /// The gradients of all inputs, one after the other.
    case slopes
  }

  /// Whether a framework gives something else than backstep.
  package func differs(in framework: String) -> Bool {
    guard let theirs = theirs[framework] else { return false }
    return !isEqual(theirs, ours)
  }

  /// Whether a gate with these operands and this value is at the point.
  package func applies(to gate: Primitive, _ operands: [Double], _ value: Double) -> Bool {
    gate.name == self.gate && applies(operands, value)
  }
}

extension FrameworkConvention {
  /// A record, written as short as the table it makes.
  static func row(
    _ topic: String, _ formula: String, at: String, _ shows: Subject = .slopes, ours: [Double],
    torch: [Double], jax: [Double], tensorFlow: [Double]? = nil, gate: String,
    when applies: @escaping @Sendable ([Double], Double) -> Bool
  ) -> FrameworkConvention {
    FrameworkConvention(
      topic: topic, formula: formula, at: at, shows: shows, ours: ours,
      theirs: ["torch": torch, "jax": jax], tensorFlow: tensorFlow, gate: gate, applies: applies)
  }

  /// All points, the most asked about first.
  package static let all: [FrameworkConvention] = corners + powers + edges
}
