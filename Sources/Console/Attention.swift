package import Typesetting

/// What a session that works for long asks of the world: whether to stop, and where to say how far it is.
///
/// The program at a prompt fills it in; in scripts and tests nothing interrupts and nothing is said.
package struct Attention: Sendable {
  /// Asked after each step of a training.
  package var isInterrupted: @Sendable () -> Bool = { false }
  /// Told of each epoch that is over, in a line, and whether it is the first.
  package var report: @Sendable (Document, Style, _ isFirst: Bool) -> Void = { _, _, _ in }

  package init() {}
}
