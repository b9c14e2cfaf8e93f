package import Language

extension String {
  /// The line up to the first `#`, found by bytes: a line may be long.
  var withoutComment: String {
    guard let mark = utf8.firstIndex(of: UInt8(ascii: "#")) else { return self }
    return String(self[..<mark])
  }
}

extension String {
  /// The parts between commas that stand in no brackets, without blanks around them.
  var separatedAtCommas: [String] { piecesAtCommas.map(\.trimmed) }

  /// The same as typed.
  var piecesAtCommas: [String] {
    var parts: [String] = []
    var depth = 0
    var part: [UInt8] = []
    for byte in utf8 {
      if byte == UInt8(ascii: "(") || byte == UInt8(ascii: "[") { depth += 1 }
      if byte == UInt8(ascii: ")") || byte == UInt8(ascii: "]") { depth -= 1 }
      if byte == UInt8(ascii: ","), depth == 0 {
        parts.append(String(decoding: part, as: UTF8.self))
        part = []
      } else {
        part.append(byte)
      }
    }
    return parts + [String(decoding: part, as: UTF8.self)]
  }
}

/// The words of a command line, each with the place it was typed.
package struct Words: Sendable {
  /// One word and where it was typed.
  package struct Word: Hashable, Sendable {
    package let text: String
    package let span: SourceSpan
  }

  private let words: ArraySlice<Word>
  private let line: String

  /// Splits a line at blanks, from a byte of it on; blanks in square brackets part nothing.
  init(_ line: String, from start: Int = 0) {
    self.line = line
    let bytes = Array(line.utf8)
    var found: [Word] = []
    var index = start
    while index < bytes.count {
      while index < bytes.count, bytes[index] == 0x20 || bytes[index] == 0x09 { index += 1 }
      let first = index
      var depth = 0
      while index < bytes.count, depth > 0 || bytes[index] != 0x20 && bytes[index] != 0x09 {
        if bytes[index] == UInt8(ascii: "[") { depth += 1 }
        if bytes[index] == UInt8(ascii: "]") { depth = max(0, depth - 1) }
        index += 1
      }
      if index > first {
        found.append(
          Word(text: String(decoding: bytes[first..<index], as: UTF8.self), span: first..<index))
      }
    }
    words = found[...]
  }

  private init(_ words: ArraySlice<Word>, _ line: String) {
    self.words = words
    self.line = line
  }

  package var first: Word? { words.first }
  package var count: Int { words.count }
  package var isEmpty: Bool { words.isEmpty }
  package var all: [Word] { Array(words) }
  package subscript(index: Int) -> Word? {
    words.indices.contains(words.startIndex + index) ? words[words.startIndex + index] : nil
  }

  /// The words after the first `count`.
  func dropping(_ count: Int) -> Words { Words(words.dropFirst(count), line) }

  /// The first `count` words.
  func keeping(_ count: Int) -> Words { Words(words.prefix(count), line) }

  /// The text from the first word to the last, as typed.
  package var text: String {
    guard let span else { return "" }
    return String(decoding: Array(line.utf8)[span], as: UTF8.self)
  }

  /// Where they stand in the line.
  package var span: SourceSpan? {
    guard let first = words.first, let last = words.last else { return nil }
    return first.span.lowerBound..<last.span.upperBound
  }

  /// The words, or a problem when there are fewer or more than the command takes.
  func expect(_ range: ClosedRange<Int>, _ command: String) throws(Problem) {
    if words.count < range.lowerBound { throw .missingArgument(command) }
    if words.count > range.upperBound, let extra = self[range.upperBound] {
      throw .extraArgument(command, at: extra.span)
    }
  }

  /// A whole number from 1 up, or a standard one where the word is left out.
  func count(_ index: Int, standard: Int, _ command: String) throws(Problem) -> Int {
    guard let word = self[index] else { return standard }
    guard let number = Int(word.text), number >= 1 else {
      throw .badCount(word.text, command, at: word.span)
    }
    return number
  }
}
