/// What can stand at the cursor.
package enum Completion: Hashable, Sendable {
  /// Whole words; those that do not begin with the typed word are ignored.
  ///
  /// A word that ends in `(` gets no blank after it.
  case words([String])
  /// The names of files.
  ///
  /// The word then reaches back to the last blank, so that `lessons/01-a.md` is one word.
  case files
}
