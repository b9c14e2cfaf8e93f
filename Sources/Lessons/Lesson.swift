package import Language

/// A lesson: cards of prose, transcripts and questions, read from one Markdown file.
///
/// Reading checks everything that can be checked without running anything; whether outputs and
/// answers are right needs a session and is left to the caller.
package struct Lesson: Sendable, Hashable {
  /// The `title` of the front matter, or else the text of the `#` heading.
  package let title: String
  /// Where the numbers come from, such as `lecture 4, slides 31-38`.
  package let source: String?
  /// How long the lesson takes.
  package let minutes: Int?
  /// How close a number must come to the one in the file.
  package let tolerance: Tolerance
  /// What makes random draws repeatable.
  package let seed: UInt64?
  /// The pages of the lesson, at least one.
  package let cards: [Card]
  /// What the author should look at, in the order of the file.
  package let warnings: [Remark]
  /// Where the links of the prose lead, in the order of the file.
  package let links: [LessonLink]
  /// What the author allows `lint` to pass over.
  package let allowances: [Allowance]

  /// Reads a lesson file.
  package init(parsing bytes: [UInt8]) throws(LessonProblem) {
    var reader = LessonReader(try SourceText(bytes))
    self = try reader.read()
  }

  init(
    _ matter: FrontMatter, title: String, cards: [Card], warnings: [Remark],
    links: [LessonLink], allowances: [Allowance]
  ) {
    self.title = title
    source = matter.source
    minutes = matter.minutes
    tolerance = matter.tolerance
    seed = matter.seed
    self.cards = cards
    self.warnings = warnings
    self.links = links
    self.allowances = allowances
  }

  /// All transcripts of the lesson, in order.
  package var transcripts: [Transcript] {
    cards.flatMap(\.items).compactMap {
      if case .transcript(let found) = $0.kind { found } else { nil }
    }
  }

  /// All questions of the lesson, in order.
  package var questions: [Question] {
    cards.flatMap(\.items).compactMap {
      if case .question(let found) = $0.kind { found } else { nil }
    }
  }
}

/// One page of a lesson; the player pauses before each but the first.
package struct Card: Sendable, Hashable {
  /// The heading as plain text.
  package let heading: String
  /// The line of the heading, or of the first item where the lesson has no `#` heading.
  package let line: Int
  /// What stands on the card, in order.
  package internal(set) var items: [Item]
}

/// One thing on a card.
package struct Item: Sendable, Hashable {
  /// What an item can be.
  package enum Kind: Sendable, Hashable {
    /// Text to read.
    case prose(Prose)
    /// Commands to run.
    case transcript(Transcript)
    /// Something to answer.
    case question(Question)
  }

  /// What the item is.
  package let kind: Kind
  /// The summary of the `<details>` around the item, nil outside.
  ///
  /// Such an item stays hidden until the question before it is answered or skipped.
  package let summary: String?
  /// The lines the item occupies in the file, counted from 1.
  package let lines: Range<Int>

  /// The line the item begins in.
  package var line: Int { lines.lowerBound }
}

/// A problem and the line of the lesson file it is in.
package struct LessonProblem: Error, Sendable, Hashable {
  /// The line, counted from 1.
  package let line: Int
  /// What is wrong.
  package let problem: Problem

  /// Says in which line a problem is.
  package init(_ line: Int, _ problem: Problem) {
    self.line = line
    self.problem = problem
  }

  /// The problem as a compiler would print it: `file:line: error: message`, and the hint if any.
  package func rendered(file: String) -> String {
    visible("\(file):\(line): ") + problem.rendered
  }
}
