internal import Synchronization

/// Ends a training after a few steps, as an impatient learner would with ^C; the same each time.
final class Patience: Sendable {
  private let asked = Mutex(0)

  func begin() { asked.withLock { $0 = 0 } }

  func isOver() -> Bool {
    asked.withLock {
      $0 += 1
      return $0 > 40
    }
  }
}
