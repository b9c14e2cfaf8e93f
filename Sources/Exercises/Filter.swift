/// What every variant must pass; a problem file can turn one off with `allow`.
///
/// Help, errors and documentation read these records; their order is the order of the tests.
package enum Filter: String, CaseIterable, Sendable, Hashable {
  case size
  case kink
  case zeroValue = "zero-value"
  case saturated
  case kept
  case stratum
  case zeroGradient = "zero-gradient"
  case places
  case difficulty
  case choice
  case hidden
  case distinct

  /// Those that a problem file can turn off; the others are what it asks for itself.
  static let optional: [Filter] = [
    .kink, .zeroValue, .saturated, .zeroGradient, .hidden, .distinct,
  ]

  /// What it refuses, after "numbers": `numbers with a value of more than 60`.
  package func refusal(cap: String, places: Int) -> String {
    switch self {
    case .size: "a value or gradient is larger than \(cap), or is no number"
    case .kink: "a gate stands on a corner: relu or abs at 0, a tie of max"
    case .zeroValue: "a gate comes out as exactly 0"
    case .saturated: "a squashing gate is saturated: its input is beyond 3 or -3"
    case .kept: "a keep condition does not hold"
    case .stratum: "the stratum asked for does not fit"
    case .zeroGradient: "a gradient is 0 and so would be every way to it"
    case .places: "a number does not end within \(places) decimal\(places == 1 ? "" : "s")"
    case .difficulty: "it is easier or harder than the band asked for"
    case .choice: "two formulas to choose from have the same numbers"
    case .hidden: "a known mistake gives the right number"
    case .distinct: "two known mistakes give the same answer"
    }
  }

  /// What to change where it leaves nothing.
  package var advice: String {
    switch self {
    case .size: "make the ranges smaller, or raise cap in the front matter"
    case .kept: "relax the keep lines, or widen the ranges"
    case .stratum: "ask for another stratum, or widen the ranges"
    case .difficulty: "ask for another band, or --band all"
    case .places: "raise places in the front matter, or choose numbers that divide"
    case .hidden, .distinct:
      "widen the ranges, or name the mistakes that matter: mistakes no-swap, local-only"
    case .saturated: "choose smaller numbers, or write allow saturated"
    case .kink, .zeroValue, .zeroGradient, .choice:
      "widen the ranges, or write allow \(rawValue)"
    }
  }
}
