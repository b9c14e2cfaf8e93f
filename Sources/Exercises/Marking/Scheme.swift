package import Language

/// What marks are worth: printed with every result, so that nobody has to ask.
///
/// There are no negative marks. A row earns at most its points.
package struct Scheme: Hashable, Sendable {
  /// Percent of a row's points for the right number.
  package var accuracy = 100
  /// Percent for a number that follows from the student's own rows.
  package var method = 50
  /// Percent for a known mistake, by its name; what the problem file says of it counts otherwise.
  package var credits: [String: Int] = [:]

  package init() {}

  /// Reads `accuracy=60,method=40,no-swap=25`; what is left out stays as it is by itself.
  package init(reading text: String) throws(Problem) {
    for part in text.split(separator: ",") {
      let sides = part.split(separator: "=", omittingEmptySubsequences: false)
        .map { String($0).trimmed }
      guard sides.count == 2, !sides[0].isEmpty else { throw .badScheme(String(part).trimmed) }
      guard let percent = Int(sides[1]), (0...100).contains(percent) else {
        throw .badPercent(sides[0], sides[1])
      }
      switch sides[0] {
      case "accuracy": accuracy = percent
      case "method": method = percent
      default:
        guard KnownMistake.names.contains(sides[0]) else { throw .noSuchMistake(sides[0]) }
        credits[sides[0]] = percent
      }
    }
  }

  /// Hundredths of a point for a row.
  ///
  /// `credit`: what the problem file gives for the mistake, in percent.
  func hundredths(_ verdict: Verdict, mistake: String?, credit: Int, of points: Int) -> Int {
    let percent: Int
    switch verdict {
    case .mistake, .onePath: percent = mistake.flatMap { credits[$0] } ?? credit
    default:
      percent =
        (verdict.isAccurate ? accuracy : 0) + (verdict.isMethodical ? method : 0)
    }
    let (product, over) = max(0, points).multipliedReportingOverflow(by: min(max(percent, 0), 100))
    return over ? 0 : product
  }

  /// The scheme in sentences.
  package var statement: String {
    var parts = [
      "A right number earns \(min(100, accuracy)) % of its row's points",
      "a wrong number that follows from the student's own rows earns \(method) %",
    ]
    if accuracy < 100 {
      parts[0] += " and, where it follows, \(min(100, accuracy + method)) %"
    }
    for name in credits.keys.sorted() { parts.append("\(name) earns \(credits[name] ?? 0) %") }
    return parts.joined(separator: "; ") + ". No marks are taken away."
  }
}

extension Problem {
  static func badScheme(_ part: String) -> Problem {
    Problem(
      "bad-scheme", "\(TypedNumber.shown(part)) is no part of a marking scheme",
      hint: "try: accuracy=100,method=50")
  }

  static func badPercent(_ name: String, _ text: String) -> Problem {
    Problem(
      "bad-scheme", "\(name) needs percent from 0 to 100, and not \(TypedNumber.shown(text))",
      hint: "try: \(name)=50")
  }

  static func noSuchMistake(_ name: String) -> Problem {
    let near = closest(to: name, among: ["accuracy", "method"] + KnownMistake.names)
    return Problem(
      "unknown-mistake", "there is no mistake called \(TypedNumber.shown(name))",
      hint: near.map { "did you mean \($0)?" } ?? "bug lists the mistakes there are")
  }
}
