/// A line of at least three backticks or tildes, with what stands behind them.
struct Fence {
  /// How many spaces stand before it, at most three.
  let indent: Int
  /// The backtick or the tilde.
  let mark: UInt8
  /// How many marks there are.
  let length: Int
  /// The words behind the marks.
  let words: [String]

  /// The word that makes a block a transcript.
  static let transcriptWord = "backstep"

  init?(_ line: some StringProtocol) {
    let bytes = line.utf8
    let start = bytes.firstIndex { $0 != 0x20 } ?? bytes.endIndex
    guard start < bytes.endIndex, bytes[start] == 0x60 || bytes[start] == 0x7E else { return nil }
    mark = bytes[start]
    indent = bytes.distance(from: bytes.startIndex, to: start)
    let marks = bytes[start...].prefix { [mark] in $0 == mark }
    length = marks.count
    let info = bytes[marks.endIndex...]
    // Behind backticks a backtick makes the line inline code, as in ```x```.
    guard indent <= 3, length >= 3, mark == 0x7E || !info.contains(mark) else { return nil }
    words = info.split(whereSeparator: \.isBlank).map { String(decoding: $0, as: UTF8.self) }
  }

  /// Whether a transcript begins here.
  var opensTranscript: Bool { words.first == Self.transcriptWord }

  /// Whether `line` ends the block that begins here.
  func isClosed(by line: String) -> Bool {
    guard let other = Fence(line) else { return false }
    return isClosed(by: other)
  }

  /// Whether `other` ends the block that begins here.
  func isClosed(by other: Fence) -> Bool {
    other.mark == mark && other.length >= length && other.words.isEmpty
  }
}
