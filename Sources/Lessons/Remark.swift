/// A remark about a line that does not keep the lesson from being read.
package struct Remark: Sendable, Hashable {
  /// The line, counted from 1.
  package let line: Int
  /// One sentence without a final period.
  package let message: String
}

/// The wording of remarks.
extension String {
  static func almostTranscript(_ word: String) -> String {
    "\(brief(word)) is not \(Fence.transcriptWord), so this block is shown and not run"
  }

  static var blankAfterMarks: String { "a heading needs a blank behind #; this is shown as text" }

  static func rawMath(_ name: String) -> String {
    "\(brief(name)) in a formula is not understood, so the formula is shown as it is written"
  }

  static func rawTag(_ tag: String) -> String { "\(brief(tag)) is shown as it is written" }

  static var underlinedHeading: String {
    "GitHub makes the text above this line a heading; write ## before it, or a blank line between"
  }
}

/// The beginning of a text that may be as long as a file.
func brief(_ text: String) -> String {
  let shown = text.unicodeScalars.prefix(60)
  return String(shown) + (shown.endIndex < text.endIndex ? "…" : "")
}
