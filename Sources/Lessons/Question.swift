/// Something the learner is asked before the session shows it.
package struct Question: Sendable, Hashable {
  /// How the question is answered.
  package enum Kind: Sendable, Hashable {
    /// With a number.
    case predict
    /// With the letter of one of several choices.
    case choose([Choice])
  }

  /// One of the answers offered.
  package struct Choice: Sendable, Hashable {
    /// `a`, `b`, and so on.
    package let letter: String
    /// What the letter stands for.
    package let text: Prose
  }

  /// What to say to one particular wrong answer.
  package struct Feedback: Sendable, Hashable {
    /// A number, an expression or, for a choice, a letter.
    package let condition: String
    /// What the author says to it.
    package let message: Prose
    /// The line it stands in, counted from 1.
    package let line: Int
  }

  /// How the question is answered.
  package let kind: Kind
  /// The question itself, without the word in bold it begins with.
  package let prompt: Prose
  /// A session expression with one number as its result or, for a choice, a letter.
  package let answer: String
  /// The line of the answer, counted from 1.
  package let answerLine: Int
  /// From a nudge to nearly the answer.
  package let hints: [Prose]
  /// What to say to expected wrong answers.
  package let feedback: [Feedback]
  /// What to say after the right answer.
  package let because: Prose?
  /// The lines of the question as the learner sees it, without the answer, counted from 1.
  package let lines: Range<Int>

  /// The line the question begins in.
  package var line: Int { lines.lowerBound }
}
