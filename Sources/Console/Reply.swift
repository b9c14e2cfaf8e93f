package import Typesetting

/// What a line leads to: something to show, and perhaps something for the outside world to do.
package struct Reply: Sendable {
  package var document: Document
  package var effect: Effect?

  package init(_ document: Document = .empty, effect: Effect? = nil) {
    self.document = document
    self.effect = effect
  }
}

/// A wish the session cannot grant itself: it has no files, no clock and no terminal.
///
/// The program grants them at the prompt; the lesson player refuses all of them, so that a lesson can
/// neither read nor write anything.
package enum Effect: Hashable, Sendable {
  case quit
  case source(String)
  /// Write the lines entered so far to a file.
  case save(String)
  /// Write a picture or a page of the circuit to a file.
  case export(String, format: String, String)
  /// Write everything from here on to a file, or stop doing so.
  case record(String?)
  /// Read a CSV file and hand its text to `Session.load(csv:from:)`.
  case examples(String)
  case lesson(LessonRequest)
}

/// A move in or into a lesson.
package enum LessonRequest: Hashable, Sendable {
  /// Play a lesson by number, name or path, faded to a level; list them all for nil.
  case open(String?, level: LessonLevel?)
  /// Ask what was missed again: of one lesson, or of all for nil.
  case review(String?)
  case next, hint, show, skip, play, resume, leave
}
