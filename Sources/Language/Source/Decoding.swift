/// The text that bytes spell in UTF-8, or a problem that names the first bad byte.
///
/// A byte order mark at the start is dropped. Nothing is repaired silently: Swift's own decoder would
/// put U+FFFD in the place of what it cannot read.
package func decoded(_ bytes: some Sequence<UInt8>) throws(Problem) -> String {
  let bytes = Array(bytes)
  let mark = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
  if let text = String(validating: bytes.dropFirst(mark), as: UTF8.self) { return text }
  let offset = firstInvalidByte(in: bytes)
  throw .badText("an invalid sequence", at: offset)
}

private func firstInvalidByte(in bytes: [UInt8]) -> Int {
  var decoder = UTF8()
  var iterator = bytes.makeIterator()
  var offset = 0
  while case .scalarValue(let scalar) = decoder.decode(&iterator) { offset += UTF8.width(scalar) }
  return min(offset, bytes.count)
}

/// The lines of a text, split at `\n`, `\r\n` and `\r` on the level of bytes.
///
/// Swift counts `\r\n` as one `Character`, so splitting a `String` at `"\n"` would miss it.
package func lines(of text: String) -> [String] {
  lines(of: text.utf8).map { String(decoding: $0, as: UTF8.self) }
}

/// The same for bytes that need not be UTF-8, so that a bad one is known by its line.
package func lines(of bytes: some Sequence<UInt8>) -> [[UInt8]] {
  var result: [[UInt8]] = []
  var line: [UInt8] = []
  var previous: UInt8 = 0
  for byte in bytes {
    if byte == 0x0A || byte == 0x0D {
      if byte == 0x0A && previous == 0x0D {
        previous = byte
        continue
      }
      result.append(line)
      line.removeAll(keepingCapacity: true)
    } else {
      line.append(byte)
    }
    previous = byte
  }
  if !line.isEmpty { result.append(line) }
  return result
}
