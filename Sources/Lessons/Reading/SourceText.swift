import Language

/// The lines of a lesson file, checked to hold nothing a reader or a terminal could trip over.
struct SourceText {
  /// The lines without their ends and without trailing blanks.
  let lines: [String]

  /// Splits and checks a file.
  init(_ bytes: [UInt8]) throws(LessonProblem) {
    let mark: [UInt8] = [0xEF, 0xBB, 0xBF]
    let text = bytes.starts(with: mark) ? bytes.dropFirst(mark.count) : bytes[...]
    var lines: [String] = []
    for line in text.split(separator: 0x0A, omittingEmptySubsequences: false) {
      let end = line.last == 0x0D ? line.dropLast() : line
      lines.append(try Self.checked(end, number: lines.count + 1))
    }
    // What stands behind the last newline is not a line.
    if lines.count > 1, lines.last == "" { lines.removeLast() }
    self.lines = lines
  }

  /// Decodes one line and refuses what must not be in it.
  private static func checked(
    _ line: ArraySlice<UInt8>, number: Int
  ) throws(LessonProblem) -> String {
    var end = line.endIndex
    while end > line.startIndex, line[end - 1].isBlank { end -= 1 }
    let bytes = line[..<end]
    guard let text = String(validating: bytes, as: UTF8.self) else {
      let place = firstMalformed(bytes)
      let byte = bytes[bytes.startIndex + place]
      throw LessonProblem(number, .malformedText(byte: byte, at: place + 1))
    }
    guard visible(text) != text else { return text }
    var offset = 0
    for scalar in text.unicodeScalars {
      let shown = String(scalar)
      if visible(shown) != shown {
        throw LessonProblem(number, .hiddenCharacter(scalar, at: offset + 1))
      }
      offset += UTF8.width(scalar)
    }
    return text
  }

  /// The offset of the first byte that does not belong to a scalar.
  private static func firstMalformed(_ bytes: ArraySlice<UInt8>) -> Int {
    var parser = UTF8.ForwardParser()
    var iterator = bytes.makeIterator()
    var offset = 0
    while case .valid(let scalar) = parser.parseScalar(from: &iterator) { offset += scalar.count }
    return min(offset, bytes.count - 1)
  }
}
