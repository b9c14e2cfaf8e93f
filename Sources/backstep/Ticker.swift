internal import Synchronization
internal import Terminal
internal import Typesetting

/// Says how far a long training is, once a second, so that nobody wonders whether the program hangs.
///
/// Lines, and no cursor movement: what is shown stays as it was.
final class Ticker: Sendable {
  private let last = Mutex(ContinuousClock.now)
  private static let pause = Duration.seconds(1)

  func report(_ document: Document, _ style: Style) {
    let isDue = last.withLock { last in
      let now = ContinuousClock.now
      guard now - last >= Self.pause else { return false }
      last = now
      return true
    }
    // A terminal that is gone is noticed by the next answer.
    if isDue { try? Output.standard.write(document.rendered(style)) }
  }
}
