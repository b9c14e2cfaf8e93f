internal import CLineEdit
internal import Glibc
package import Language

/// The prompt on a terminal: editing, history, completion and keys, by GNU readline.
///
/// Make one only if `Environment.isInteractive`, and only one: readline knows a single terminal.
@MainActor package final class LineEditor {
  /// What came of a prompt.
  package enum Event: Hashable, Sendable {
    /// What was typed, byte for byte.
    ///
    /// Mostly UTF-8, but not when the terminal sends something else. It may be empty, and holds
    /// newlines where several lines were pasted at once.
    case line([UInt8])
    /// The learner dropped the line with ^C.
    case interrupt
    /// The learner left with ^D, or the terminal is gone.
    case endOfInput
  }

  /// Says what can stand for a word that begins at a UTF-8 offset of a line and ends at the cursor.
  package typealias Completer =
    @MainActor (_ line: String, _ word: String, _ start: Int) -> Completion

  private static var completer: Completer?
  private var historyProblem: Problem?
  private var hasToldHistoryProblem = false
  private let history: String?

  /// Sets readline up and reads the history.
  ///
  /// - Parameters:
  ///   - application: The name by which an inputrc can address the program: `$if backstep`.
  ///   - history: The file to read the history from and append it to; nil keeps it in memory.
  ///   - keys: Lines that function keys enter, unless the user's inputrc uses those keys.
  ///   - completer: Asked at every TAB, sometimes twice.
  package init(
    application: String, history: String?, keys: [(key: FunctionKey, line: String)] = [],
    completer: @escaping Completer
  ) {
    self.history = history
    Self.completer = completer
    le_init(application, 1000) { Unicode.Scalar($0).map(acts) ?? true ? 1 : 0 }
    le_set_completer { line, word, start in
      // A line with broken UTF-8 has no offsets to speak of, so it has no completions.
      guard let line = line.flatMap({ String(validatingCString: $0) }),
        let word = word.flatMap({ String(validatingCString: $0) })
      else { return LE_WORDS }
      // Readline calls back on the thread that called `le_read`.
      return MainActor.assumeIsolated { LineEditor.complete(line, word, Int(start)) }
    }
    for (key, line) in keys { le_bind_key(key.sequence, line) }
    if let history { note(le_history_open(history), history) }
  }

  /// Reads a line; on return the cursor is at the start of an empty row.
  ///
  /// - Parameters:
  ///   - prompt: May hold colours, but no other escape sequences.
  ///   - remembers: Whether the line goes into the history. Answers to questions should not.
  /// - Returns: The line, or why there is none.
  package func read(_ prompt: String, remembers: Bool = true) -> Event {
    var line: UnsafePointer<CChar>?
    switch le_read(markingColors(in: prompt), &line) {
    case LE_LINE:
      guard let line else { return .line([]) }
      if remembers { note(le_history_add(line), history ?? "") }
      let bytes = UnsafeBufferPointer(start: line, count: strlen(line))
      return .line(bytes.map(UInt8.init(bitPattern:)))
    case LE_INTERRUPT: return .interrupt
    default: return .endOfInput
    }
  }

  /// Why lines are not kept for the next session, if that is so; told once only.
  package func takeHistoryProblem() -> Problem? {
    guard let historyProblem, !hasToldHistoryProblem else { return nil }
    hasToldHistoryProblem = true
    return historyProblem
  }

  private static func complete(_ line: String, _ word: String, _ start: Int) -> le_completion {
    switch completer?(line, word, start) {
    case .files: return LE_FILES
    case .words(let words):
      for word in words { le_offer(word) }
      return LE_WORDS
    case nil: return LE_WORDS
    }
  }

  private func note(_ failure: Int32, _ path: String) {
    guard failure != 0, historyProblem == nil else { return }
    historyProblem = .historyUnavailable(path, failure)
  }
}
