internal import CProcessor

/// How wide the registers are that a sweep is compiled for.
///
/// The same loops are compiled once for each; which are used is decided when the program runs, so that
/// one binary serves every machine. Their results do not differ: each lane does the same operations.
package enum Processor: Int, Sendable, CaseIterable, Comparable {
  /// What every processor of the kind has: SSE2, or NEON on ARM.
  case baseline
  case avx2
  case avx512

  /// The widest that this machine has.
  package static let widest =
    Processor(rawValue: Int(backstep_processor_level())) ?? .baseline

  /// The fastest that this machine has for trainings of so many rows at a time.
  ///
  /// Four rows fill half of an AVX-512 register, and wide ones take longer to fill and to add up.
  package static func suited(toRows rows: Int) -> Processor {
    rows > 4 ? widest : min(widest, .avx2)
  }

  /// What it is called: `AVX-512`.
  package var name: String {
    switch self {
    case .baseline:
      #if arch(x86_64)
        "SSE2"
      #else
        "NEON"
      #endif
    case .avx2: "AVX2"
    case .avx512: "AVX-512"
    }
  }

  package static func < (a: Processor, b: Processor) -> Bool { a.rawValue < b.rawValue }
}
