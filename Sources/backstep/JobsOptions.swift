internal import ArgumentParser
internal import Terminal

/// How many threads may work at once: the same option wherever work is shared out.
///
/// What comes out is the same for any number of them.
struct JobsOptions: ParsableArguments {
  /// More threads than any machine has processors for would only take memory.
  private static let most = 256

  @Option(
    name: .shortAndLong,
    help: ArgumentHelp("Work on so many at once; all processors if left out.", valueName: "number"))
  var jobs: Int?

  func validate() throws {
    if let jobs, !(1...Self.most).contains(jobs) {
      throw ValidationError("--jobs takes a number from 1 to \(Self.most).")
    }
  }

  /// How many threads to use.
  var count: Int { jobs ?? Parallel.processors }
}
