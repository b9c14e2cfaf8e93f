import Language

/// The wording of everything that can be wrong with a lesson file or with the name of a lesson.
extension Problem {
  static func ambiguousLesson(_ query: String, _ names: [String]) -> Problem {
    Problem(
      "lesson-ambiguous", "\(brief(query)) fits several lessons: \(names.joined(separator: ", "))",
      hint: "type the number or more of the name")
  }

  static func badFrontMatterValue(_ value: String, key: String) -> Problem {
    let wanted =
      switch key {
      case "minutes": "a whole number from 1 to 999"
      case "seed": "a whole number from 0 to \(UInt64.max)"
      case "tolerance": "printed, or a number between 0 and 1 such as 1e-6"
      default: "a text"
      }
    let shown = value.isEmpty ? "is empty" : "is \(brief(value))"
    return Problem("lesson-front-matter-value", "\(key) \(shown), but must be \(wanted)")
  }

  static func choiceOutOfOrder(_ letter: String) -> Problem {
    Problem(
      "lesson-choice-order", "choice \(letter) is out of order",
      hint: "the choices are a), b), c) and so on, each once")
  }

  static func clashingAttributes(_ one: String, _ other: String) -> Problem {
    Problem("lesson-attribute-clash", "a transcript cannot be both \(one) and \(other)")
  }

  static func commentInsideLine() -> Problem {
    Problem(
      "lesson-comment-start", "this comment does not end in its line",
      hint: "begin a comment of several lines at the beginning of a line, and end it with -->")
  }

  static func crowdedFence() -> Problem {
    Problem(
      "lesson-details-blank", "code inside <details> needs a blank line before and behind it",
      hint: "without them GitHub shows the block as running text")
  }

  static func emptyAnswerLine(_ key: String) -> Problem {
    Problem("lesson-answer-empty", "nothing stands behind \(brief(key)):")
  }

  static func emptyChoice(_ letter: String) -> Problem {
    Problem("lesson-choice-empty", "choice \(letter) has no text")
  }

  static func emptyHeading() -> Problem {
    Problem("lesson-heading-empty", "this heading has no text")
  }

  static func emptyLesson() -> Problem {
    Problem("lesson-empty", "there is nothing in this lesson")
  }

  static func emptyQuestion() -> Problem {
    Problem("lesson-question-empty", "this question has no text")
  }

  static func emptyTranscript() -> Problem {
    Problem("lesson-transcript-empty", "this transcript has no command", hint: commandHint)
  }

  static func feedbackForAnswer(_ condition: String) -> Problem {
    Problem("lesson-feedback-answer", "if \(brief(condition)) is the right answer, not a wrong one")
  }

  static func fenceInTranscript(opened line: Int) -> Problem {
    Problem(
      "lesson-fence-in-transcript", "a fence opens inside the transcript of line \(line)",
      hint: "is that transcript closed? an output line that looks like a fence is written \\```")
  }

  static func hiddenCharacter(_ scalar: Unicode.Scalar, at byte: Int) -> Problem {
    Problem(
      "lesson-hidden-character",
      "the character \(spelled(scalar)) cannot be used in a lesson (byte \(byte) of the line)",
      hint: "it cannot be seen, or changes how the text around it is shown; delete it")
  }

  static func indentedTranscript() -> Problem {
    Problem(
      "lesson-transcript-indented", "a transcript must begin at the beginning of a line",
      hint: "at most three spaces may stand before the fence")
  }

  static func lateTitle() -> Problem {
    Problem(
      "lesson-title-late", "the # heading must come first, and only once",
      hint: "begin a further card with ##")
  }

  static func malformedText(byte: UInt8, at place: Int) -> Problem {
    let digits = String(byte, radix: 16, uppercase: true)
    return Problem(
      "lesson-not-utf8", "0x\(digits) is not UTF-8 here (byte \(place) of the line)",
      hint: "save the lesson as UTF-8")
  }

  static func missingAnswer() -> Problem {
    Problem(
      "lesson-answer-missing", "this question needs an answer comment next",
      hint: "write <!-- answer: … --> behind the question, with only blank lines between")
  }

  static func missingTitle() -> Problem {
    Problem(
      "lesson-title-missing", "the lesson has no title",
      hint: "begin with a # heading, or put a title: into the front matter")
  }

  static func nestedDetails(opened line: Int) -> Problem {
    Problem("lesson-details-nested", "<details> opens inside the <details> of line \(line)")
  }

  static func outputBeforeCommand() -> Problem {
    Problem(
      "lesson-transcript-start", "a transcript must begin with a command", hint: commandHint)
  }

  static func repeatedAnswerLine(_ key: String) -> Problem {
    Problem("lesson-answer-repeated", "there is more than one \(brief(key)): for this question")
  }

  static func repeatedAttribute(_ word: String) -> Problem {
    Problem("lesson-attribute-repeated", "\(brief(word)) stands twice")
  }

  static func repeatedFrontMatterKey(_ key: String) -> Problem {
    Problem("lesson-front-matter-repeated", "\(key) stands twice in the front matter")
  }

  static func strayAnswer() -> Problem {
    Problem(
      "lesson-answer-stray", "this answer has no question before it",
      hint: "a question begins with > **Predict.** or > **Choose.**, spelled exactly so")
  }

  static func strayDetailsEnd() -> Problem {
    Problem("lesson-details-stray", "</details> closes nothing")
  }

  static func tabInTranscript() -> Problem {
    Problem("lesson-tab", "a tab stands in a transcript", hint: "write spaces instead")
  }

  static func tooFewChoices() -> Problem {
    Problem(
      "lesson-choice-few", "a **Choose.** question needs at least two choices",
      hint: "write each in a line of its own: > a) the + gate")
  }

  static func tooMuchFeedback(_ most: Int) -> Problem {
    Problem("lesson-feedback-many", "a question can have at most \(most) if lines")
  }

  static func transcriptInListing(opened line: Int) -> Problem {
    Problem(
      "lesson-fence-in-listing", "a transcript opens inside the block of code of line \(line)",
      hint: "is that block closed, and was it meant to be a transcript?")
  }

  static func unclosedComment() -> Problem {
    Problem("lesson-unclosed-comment", "this comment is not closed", hint: "end it with -->")
  }

  static func unclosedDetails() -> Problem {
    Problem(
      "lesson-unclosed-details", "this <details> is not closed",
      hint: "write </details> at the beginning of a line, before the next card")
  }

  static func unclosedFence() -> Problem {
    Problem("lesson-unclosed-fence", "this fence is not closed")
  }

  static func unclosedFrontMatter() -> Problem {
    Problem(
      "lesson-unclosed-front-matter", "the front matter is not closed", hint: "end it with ---")
  }

  static func unclosedSummary() -> Problem {
    Problem("lesson-unclosed-summary", "this <summary> is not closed")
  }

  static func unknownAttribute(_ word: String) -> Problem {
    let all = Transcript.Attribute.allCases.map(\.rawValue).joined(separator: ", ")
    return Problem(
      "lesson-attribute-unknown", "a transcript cannot be \(brief(word))", hint: "it can be \(all)")
  }

  static func unknownChoice(_ letter: String, _ letters: [String]) -> Problem {
    Problem(
      "lesson-choice-unknown", "there is no choice \(brief(letter))",
      hint: "the choices are \(letters.joined(separator: ", "))")
  }

  static func unknownFrontMatterKey(_ key: String, keys: [String]) -> Problem {
    Problem(
      "lesson-front-matter-key", "the front matter has no key \(brief(key))",
      hint: "the keys are \(keys.joined(separator: ", "))")
  }

  static func unknownLesson(_ query: String, _ names: [String]) -> Problem {
    Problem(
      "lesson-unknown", "there is no lesson \(brief(query))",
      hint: names.isEmpty ? nil : "there are \(names.count), from \(names[0]) on; lesson lists them"
    )
  }

  static func unreadableAnswerLine(_ text: String) -> Problem {
    Problem(
      "lesson-answer-line", "cannot read \(brief(text)) in an answer",
      hint: "a line begins with answer:, hint:, if …: or because:")
  }

  static func unreadableFrontMatter(_ text: String) -> Problem {
    Problem(
      "lesson-front-matter", "cannot read \(brief(text)) in the front matter",
      hint: "write key: value, and end the front matter with ---")
  }

  private static var commandHint: String { "a command stands behind > and a space" }
}
