internal import Glibc
package import Language

/// Lines from standard input when it is not a terminal, each as soon as it has arrived.
///
/// A program that drives this one may keep its pipe open and wait for the answer to a line before
/// it sends the next, so nothing here waits for more than one line.
package struct LineReader {
  private let limit: Int
  private var buffer: [UInt8]
  private var unread: Range<Int> = 0..<0
  private var isSkipping = false
  private var isFirst = true
  private var isOver = false

  /// Reads lines of at most `limit` bytes.
  package init(limit: Int) {
    self.limit = min(max(0, limit), Int.max - 4)
    buffer = [UInt8](repeating: 0, count: 65_536)
  }

  /// The next line without its end, be that a line feed with or without a carriage return.
  ///
  /// A byte order mark before the first line is dropped, and a last line needs no line feed. A line
  /// over the limit is a problem as soon as it exceeds it; the call after that goes on behind it.
  ///
  /// - Returns: Nil at the end of the input, and also if it was closed from the start.
  package mutating func next() throws(Problem) -> [UInt8]? {
    var line: [UInt8] = []
    while true {
      if unread.isEmpty {
        guard try refill() else { return try last(line) }
      }
      let newline = nextNewline()
      let piece = unread.lowerBound..<(newline ?? unread.upperBound)
      // What exceeds the limit by four may still be a byte order mark and a carriage return.
      if !isSkipping {
        guard line.count + piece.count <= limit + 4 else {
          isSkipping = newline == nil
          unread = (newline.map { $0 + 1 } ?? unread.upperBound)..<unread.upperBound
          throw .lineTooLong(limit)
        }
        line += buffer[piece]
      }
      guard let newline else {
        unread = unread.upperBound..<unread.upperBound
        continue
      }
      unread = newline + 1..<unread.upperBound
      if isSkipping {
        isSkipping = false
        continue
      }
      return try trimmed(line)
    }
  }

  /// Where the line ends, if it does so in the buffer; the system looks for it much faster than a
  /// loop here, which matters when a gigabyte without line feeds is to be passed over.
  private func nextNewline() -> Int? {
    buffer.withUnsafeBytes { bytes in
      guard let start = bytes.baseAddress else { return nil }
      let found = memchr(start + unread.lowerBound, 0x0A, unread.count)
      return found.map { UnsafeRawPointer($0) - start }
    }
  }

  private mutating func refill() throws(Problem) -> Bool {
    if isOver { return false }
    switch readChunk(STDIN_FILENO, into: &buffer) {
    case .bytes(0), .failure(EBADF): return false
    case .bytes(let count):
      unread = 0..<count
      return true
    case .failure(EINTR): throw .interrupted()
    case .failure(let failure):
      isOver = true  // or a caller that goes on after problems would get this one for ever
      throw .unreadableInput(failure)
    }
  }

  private mutating func last(_ line: [UInt8]) throws(Problem) -> [UInt8]? {
    isSkipping = false
    return line.isEmpty ? nil : try trimmed(line)
  }

  private mutating func trimmed(_ line: [UInt8]) throws(Problem) -> [UInt8] {
    var result = line[...]
    if isFirst && result.starts(with: [0xEF, 0xBB, 0xBF]) { result = result.dropFirst(3) }
    isFirst = false
    if result.last == 0x0D { result = result.dropLast() }
    guard result.count <= limit else { throw .lineTooLong(limit) }
    return Array(result)
  }
}
