import Language

/// New output for some lines of a lesson file.
package struct Replacement: Sendable, Hashable {
  /// The lines to replace, counted from 1; an empty range says where to insert.
  package let lines: Range<Int>
  /// What the session printed.
  package let output: [String]

  /// Puts `output` in the place of `lines`.
  package init(lines: Range<Int>, output: [String]) {
    self.lines = lines
    self.output = output
  }
}

extension Lesson {
  /// The file with new outputs, and everything else as it was.
  ///
  /// Outputs are escaped so that they read back as they were printed, indented as the command
  /// above them, and end their lines as the file does. Replacements that overlap an earlier one or
  /// reach outside the file are left out.
  package static func rewriting(_ text: String, replacements: [Replacement]) -> String {
    let file = TextLines(text)
    let newline = file.newline
    var result = ""
    var next = 1
    for replacement in applicable(replacements, to: file) {
      for number in next..<replacement.lines.lowerBound { result += file.raw(number) }
      if !result.isEmpty, result.utf8.last != 0x0A { result += newline }
      for line in written(replacement, in: file) { result += line + newline }
      next = replacement.lines.upperBound
    }
    for number in next..<max(next, file.count + 1) { result += file.raw(number) }
    return result
  }

  /// What the replacements change, as `file:line` and the lines that go (`-`) and come (`+`).
  package static func difference(
    in text: String, file name: String, replacements: [Replacement]
  ) -> [String] {
    let file = TextLines(text)
    var result: [String] = []
    for replacement in applicable(replacements, to: file) {
      var old = replacement.lines.map { file.line($0) }[...]
      var new = written(replacement, in: file)[...]
      var line = replacement.lines.lowerBound
      while let one = old.first, one == new.first {
        old.removeFirst()
        new.removeFirst()
        line += 1
      }
      while let one = old.last, one == new.last {
        old.removeLast()
        new.removeLast()
      }
      guard !old.isEmpty || !new.isEmpty else { continue }
      result.append("\(name):\(line)")
      result += old.map { "-" + $0 } + new.map { "+" + $0 }
    }
    return result
  }

  private static func applicable(
    _ replacements: [Replacement], to file: TextLines
  ) -> [Replacement] {
    var end = 1
    return replacements.sorted { $0.lines.lowerBound < $1.lines.lowerBound }.filter {
      guard $0.lines.lowerBound >= end, $0.lines.upperBound <= file.count + 1 else { return false }
      end = $0.lines.upperBound
      return true
    }
  }

  /// The output as it stands in the file.
  private static func written(_ replacement: Replacement, in file: TextLines) -> [String] {
    let command = file.line(replacement.lines.lowerBound - 1)
    let indent = String(repeating: " ", count: min(3, command.indentation))
    var lines = replacement.output.flatMap {
      $0.utf8.split(separator: 0x0A, omittingEmptySubsequences: false).map { line in
        // A tab cannot stand in a transcript, and blanks are equal to blanks.
        let text = line.map { $0 == 0x09 ? 0x20 : $0 }
        let shown = visible(String(decoding: text, as: UTF8.self))
        return OutputEscape.added(to: String(shown.trimmedAtEnd))
      }
    }
    while lines.last?.isEmpty == true { lines.removeLast() }
    return lines.map { $0.isEmpty ? "" : indent + $0 }
  }
}
