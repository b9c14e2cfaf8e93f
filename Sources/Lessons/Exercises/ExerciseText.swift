internal import Language

/// A problem file taken apart: front matter, text to read, and the lines of its `problem` block.
///
/// It is Markdown like a lesson, and shows on any web site; what its lines mean is for the floor above.
package struct ExerciseText: Sendable {
  /// A line of the block with its number in the file, counted from 1.
  package struct Line: Hashable, Sendable {
    package let number: Int
    package let text: String
  }

  /// An entry of the front matter.
  package struct Entry: Hashable, Sendable {
    package let key: String
    package let value: String
    package let line: Int
  }

  /// The text of the `#` heading.
  package let title: String
  package let matter: [Entry]
  /// The Markdown between heading and block, and behind the block.
  package let prose: String
  package let lines: [Line]

  /// The word behind the fence that begins the block.
  package static let fenceWord = "problem"

  /// Reads a problem file.
  ///
  /// `keys`: what may stand in the front matter.
  package init(parsing bytes: [UInt8], keys: [String]) throws(LessonProblem) {
    let text = try SourceText(bytes).lines
    let (entries, length) = try FrontMatter.entries(text, keys: keys)
    matter = entries.map { Entry(key: $0.key, value: $0.value, line: $0.line) }
    var title: String?
    var prose: [String] = []
    var lines: [Line] = []
    var hasBlock = false
    var index = length
    while index < text.count {
      let line = text[index]
      index += 1
      if let fence = Fence(line), fence.words.first == Self.fenceWord {
        if hasBlock { throw LessonProblem(index, .secondProblemBlock()) }
        hasBlock = true
        let opening = index
        while index < text.count, !fence.isClosed(by: text[index]) {
          let line = text[index].withoutHash
          if !line.isEmpty { lines.append(Line(number: index + 1, text: line)) }
          index += 1
        }
        if index >= text.count { throw LessonProblem(opening, .unclosedFence()) }
        index += 1
      } else if title == nil, let heading = Heading(line[...]), heading.level == 1 {
        title = heading.text.trimmed
      } else {
        prose.append(line)
      }
    }
    guard let title, !title.isEmpty else { throw LessonProblem(1, .missingHeading()) }
    guard hasBlock else { throw LessonProblem(1, .missingProblemBlock()) }
    self.title = title
    self.prose = prose.joined(separator: "\n").trimmed
    self.lines = lines
  }
}

extension String {
  /// A line of a problem without a comment behind `#`, and without blanks at its ends.
  fileprivate var withoutHash: String {
    (utf8.firstIndex(of: UInt8(ascii: "#")).map { String(self[..<$0]) } ?? self).trimmed
  }
}

extension Problem {
  static func missingProblemBlock() -> Problem {
    Problem(
      "problem-block", "there is no problem in this file",
      hint: "it stands between ```problem and ```: definitions, ranges such as w1 in -5..5, and ask"
    )
  }

  static func missingHeading() -> Problem {
    Problem("problem-title", "the problem has no title", hint: "write # and a title above its text")
  }

  static func secondProblemBlock() -> Problem {
    Problem(
      "problem-block", "a second problem begins here", hint: "write each problem into its own file")
  }
}
