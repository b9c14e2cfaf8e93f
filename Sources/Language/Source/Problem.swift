/// A half-open range of UTF-8 offsets in a text.
package typealias SourceSpan = Range<Int>

/// Something the learner should hear about: what is wrong, where, and what to try.
///
/// Every fallible function throws `Problem` and nothing else, from the lexer to the command line.
/// Wording lives in factory functions (`Problem+….swift`), never at the place that throws.
package struct Problem: Error, Hashable, Sendable {
  /// A stable identifier such as `unknown-name`; tests match on this, not on prose.
  package let code: String
  /// One sentence without a final period, in the learner's words.
  package let message: String
  /// Where to point: UTF-8 offsets into `excerpt`.
  package var span: SourceSpan?
  /// The text that `span` points into; the session fills in the typed line where it is absent.
  package var excerpt: String?
  /// What to try instead.
  package let hint: String?

  package init(
    _ code: String, _ message: String, at span: SourceSpan? = nil, in excerpt: String? = nil,
    hint: String? = nil
  ) {
    self.code = code
    self.message = message
    self.span = span
    self.excerpt = excerpt
    self.hint = hint
  }

  /// The same problem at a place, if it had none.
  package func at(_ place: SourceSpan?) -> Problem {
    var copy = self
    copy.span = span ?? place
    return copy
  }

  /// The same problem, with its span moved by `offset` and read as pointing into `text`.
  ///
  /// A problem that already knows its text is left as it is.
  package func pointing(into text: String, offset: Int = 0) -> Problem {
    guard excerpt == nil else { return self }
    var copy = self
    copy.excerpt = text
    copy.span = span.map { $0.lowerBound + offset..<$0.upperBound + offset }
    return copy
  }
}

extension Problem {
  /// Draws the problem as it is shown: message, the text with a caret, a hint.
  ///
  ///     error: there is no function called tahn
  ///       x + tahn(x)
  ///           ^^^^
  ///     hint: did you mean tanh?
  ///
  /// Text the program did not write is made visible (`Visible.swift`); of a long line only the
  /// part around the caret is shown.
  package var rendered: String {
    var lines = ["error: \(visible(message))"]
    if let excerpt, let span {
      let (text, caret) = Excerpt(excerpt, span).drawn()
      lines += ["  " + text, "  " + caret]
    }
    if let hint { lines.append("hint: \(visible(hint))") }
    return lines.joined(separator: "\n")
  }
}
