/// Reads the block behind a `backstep` fence.
struct TranscriptReader {
  private let lines: [String]
  private let opening: Fence
  private let start: Int
  private var entries: [Entry] = []
  private var command: (text: String, line: Int)?
  private var output: [String] = []

  /// Prepares to read the block whose fence stands at `lines[start]`.
  init(_ lines: [String], _ opening: Fence, at start: Int) {
    self.lines = lines
    self.opening = opening
    self.start = start
  }

  /// Reads up to and including the closing fence.
  mutating func read() throws(LessonProblem) -> Transcript {
    let attributes = try readAttributes()
    for index in lines.indices.dropFirst(start + 1) {
      let number = index + 1
      if let fence = Fence(lines[index]) {
        guard opening.isClosed(by: fence) else {
          throw LessonProblem(number, .fenceInTranscript(opened: start + 1))
        }
        finishEntry()
        guard !entries.isEmpty else { throw LessonProblem(start + 1, .emptyTranscript()) }
        return Transcript(attributes: attributes, entries: entries, lines: start + 1..<number + 1)
      }
      guard !lines[index].utf8.contains(0x09) else {
        throw LessonProblem(number, .tabInTranscript())
      }
      try take(lines[index].outdented(by: opening.indent), number)
    }
    throw LessonProblem(start + 1, .unclosedFence())
  }

  private mutating func take(_ line: Substring, _ number: Int) throws(LessonProblem) {
    if let text = line == ">" ? "" : line.behind("> ") {
      finishEntry()
      command = (String(text), number)
    } else if command == nil {
      throw LessonProblem(number, .outputBeforeCommand())
    } else {
      output.append(OutputEscape.removed(from: line))
    }
  }

  private mutating func finishEntry() {
    guard let (text, line) = command else { return }
    while output.last?.isEmpty == true { output.removeLast() }
    entries.append(Entry(command: text, line: line, output: output))
    output = []
  }

  private func readAttributes() throws(LessonProblem) -> Set<Transcript.Attribute> {
    var result: Set<Transcript.Attribute> = []
    for word in opening.words.dropFirst() {
      guard let attribute = Transcript.Attribute(rawValue: word) else {
        throw LessonProblem(start + 1, .unknownAttribute(word))
      }
      guard result.insert(attribute).inserted else {
        throw LessonProblem(start + 1, .repeatedAttribute(word))
      }
    }
    // What is not run can neither be typed nor start a session; what is hidden cannot be typed.
    let clashes: [(Transcript.Attribute, Transcript.Attribute)] = [
      (.skip, .type), (.skip, .quiet), (.skip, .new), (.quiet, .type),
    ]
    for (one, other) in clashes where result.contains(one) && result.contains(other) {
      throw LessonProblem(start + 1, .clashingAttributes(one.rawValue, other.rawValue))
    }
    return result
  }
}

/// How an output line that looks like a command or a fence is written in a transcript.
///
/// A backslash goes before `> `, a lone `>` and a fence; a line that already has backslashes there
/// gets one more, so that every output can be written and read back.
enum OutputEscape {
  /// The line as the session printed it.
  static func removed(from line: Substring) -> String {
    line.begins(with: "\\") && isSpecial(line) ? String(line.dropFirst()) : String(line)
  }

  /// The line as it must stand in the file.
  static func added(to line: String) -> String {
    isSpecial(line[...]) ? "\\" + line : line
  }

  private static func isSpecial(_ line: Substring) -> Bool {
    let bare = line.utf8.drop { $0 == 0x5C }
    let text = String(decoding: bare, as: UTF8.self)
    return text == ">" || text.begins(with: "> ") || Fence(text) != nil
  }
}
