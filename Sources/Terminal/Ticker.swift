internal import Synchronization

/// Says how far a long piece of work is, once a second, so that nobody wonders whether the program hangs.
///
/// Lines, and no cursor movement: what is shown stays as it was.
package final class Ticker: Sendable {
  private let last = Mutex(ContinuousClock.now)
  private static let pause = Duration.seconds(1)

  package init() {}

  /// Writes a text to standard output if the last one, or the start, was long enough ago.
  package func report(isFirst: Bool, _ text: () -> String) {
    let isDue = last.withLock { last in
      let now = ContinuousClock.now
      if isFirst { last = now }
      guard now - last >= Self.pause else { return false }
      last = now
      return true
    }
    // A terminal that is gone is noticed by the next answer.
    if isDue { try? Output.standard.write(text()) }
  }
}
