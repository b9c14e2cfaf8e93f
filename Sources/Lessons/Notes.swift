/// Where a link in the prose of a lesson leads.
package struct LessonLink: Sendable, Hashable {
  /// The line it stands in, counted from 1.
  package let line: Int
  /// As it is written: a file beside the lesson, or a place in the web.
  package let address: String
}

/// A comment that allows one finding about the item behind it: `<!-- lint allow: numbers, why -->`.
package struct Allowance: Sendable, Hashable {
  /// The line the comment begins in, counted from 1.
  package let line: Int
  /// The rule whose finding is allowed.
  package let rule: String
  /// Why; empty where the author gives no reason.
  package let reason: String

  /// The words such a comment begins with.
  static let opening = "lint allow:"

  /// What a comment allows; nil if it is another comment.
  init?(_ comment: Comment) {
    let text = comment.body.map(\.text).joined(separator: " ")
    guard let rest = text[...].behind(Self.opening)?.trimmed else { return nil }
    line = comment.lines.lowerBound
    let word = rest.prefix { $0.isLetter || $0 == "-" }
    rule = String(word)
    reason = String(rest.dropFirst(word.count).drop { " ,;:-()".contains($0) }.trimmed)
  }
}
