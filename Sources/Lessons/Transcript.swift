/// A fenced block of commands, each with the output the author saw.
package struct Transcript: Sendable, Hashable {
  /// What a word behind `backstep` on the fence asks for.
  package enum Attribute: String, Sendable, Hashable, CaseIterable {
    /// The learner types the commands.
    case type
    /// The commands are run and not shown.
    case quiet
    /// A fresh session comes first.
    case new
    /// The block is shown and not run.
    case skip
  }

  /// What the fence asks for.
  package let attributes: Set<Attribute>
  /// The commands in order, at least one.
  package let entries: [Entry]
  /// The lines from the opening fence to behind the closing one, counted from 1.
  package let lines: Range<Int>

  /// The line of the opening fence.
  package var line: Int { lines.lowerBound }
}

/// One command of a transcript.
package struct Entry: Sendable, Hashable {
  /// The text behind `> `; empty for a bare `>`.
  package let command: String
  /// The line the command stands in, counted from 1.
  package let line: Int
  /// The expected output, with `\> ` read as `> ` and blank lines at the end left off.
  package let output: [String]

  /// The lines the output occupies in the file, counted from 1.
  ///
  /// Empty, and right behind the command, where no output is expected.
  package var outputLines: Range<Int> { line + 1..<line + 1 + output.count }

  /// Whether the command is an `assert`, whose number is the author's and never accepted anew.
  package var isAssertion: Bool {
    command.utf8.split(whereSeparator: \.isBlank).first.map { $0.elementsEqual("assert".utf8) }
      ?? false
  }
}
