internal import Language

/// A blank inside the text of a Moodle question: `{1:NUMERICAL:=-4:0.005#Correct.~%0%3:0.005#That is q.}`.
///
/// Braces, `~` and `#` divide it. A sign that divides, or that HTML would act on, is written by its number,
/// `&\#125;`: the backslash keeps Moodle from dividing there and is taken away afterwards, and what is left is
/// the sign, in HTML.
struct ClozeText {
  let part: QuestionBank.Part
  /// How many characters each alternative may have before the box shows how long the right one is.
  let width: Int

  init(_ part: QuestionBank.Part, width: Int) {
    self.part = part
    self.width = width
  }

  /// The length of the longest number among some blanks, at least that of `-88888`.
  static func width(of parts: [QuestionBank.Part]) -> Int {
    parts.reduce(6) { longest, part in
      guard case .number(let right, _, let wrong) = part.answer else { return longest }
      return wrong.reduce(max(longest, right.utf8.count)) { max($0, $1.text.utf8.count) }
    }
  }

  var written: String {
    switch part.answer {
    case .number(let right, let tolerance, let wrong):
      var alternatives = ["=\(right):\(tolerance)#Correct."]
      for wrong in wrong {
        alternatives.append(
          Self.share(wrong.credit) + "\(wrong.text):\(tolerance)" + Self.comment(wrong.feedback))
      }
      // A box is as wide as its longest alternative: one that nobody gives makes all boxes as wide.
      alternatives.append("%0%-" + String(repeating: "8", count: max(1, width - 1)) + ":0")
      alternatives.append("%0%*" + Self.comment(part.advice))
      return "{\(part.points):NUMERICAL:" + alternatives.joined(separator: "~") + "}"
    case .choice(let choices, let right):
      let alternatives = choices.enumerated().map { place, choice in
        (place == right ? "=" : Self.share(choice.credit)) + Self.text(choice.text)
          + Self.comment(choice.feedback)
      }
      return "{\(part.points):MCS:" + alternatives.joined(separator: "~") + "}"
    }
  }

  private static func share(_ credit: Int) -> String { "%\(MoodleWriter.fraction(credit))%" }

  private static func comment(_ words: String) -> String {
    words.isEmpty ? "" : "#" + text(words)
  }

  /// Text in which nothing divides and nothing acts.
  static func text(_ text: String) -> String {
    oneLine(text).unicodeScalars.map { scalar in
      switch scalar {
      case "}", "{", "~", "#", "\\", "&", "<", ">", "\"", "'", "%", "=", "/", "*", ":":
        "&\\#\(scalar.value);"
      default: String(scalar)
      }
    }.joined()
  }
}
