/// A cell of a table that spreadsheets will read.
package enum SpreadsheetCell {
  /// The text with an apostrophe before it where a spreadsheet would compute it, as one types it there.
  package static func harmless(_ text: String) -> String {
    guard let first = text.unicodeScalars.first else { return text }
    return "=+-@".unicodeScalars.contains(first) ? "'" + text : text
  }

  /// The text between quotes, its own quotes doubled.
  ///
  /// By scalars: a quote with an accent behind it is one character, and would be passed over.
  package static func quoted(_ text: String) -> String {
    var result = String.UnicodeScalarView("\"".unicodeScalars)
    for scalar in text.unicodeScalars {
      if scalar == "\"" { result.append(scalar) }
      result.append(scalar)
    }
    result.append("\"")
    return String(result)
  }
}
