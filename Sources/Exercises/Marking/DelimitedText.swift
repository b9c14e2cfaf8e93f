internal import Language

/// A table as spreadsheets write it: RFC 4180, with commas, semicolons or tabs.
struct DelimitedText {
  /// One row and the line of the file it begins in, from 1.
  struct Row {
    let line: Int
    let cells: [String]
    /// Whether nothing stands in it.
    var isBlank: Bool { cells.allSatisfy { $0.trimmed.isEmpty } }
  }

  private(set) var rows: [Row] = []

  /// Reads a text; an open quote at its end is the only thing that can be wrong.
  init(_ text: String, file: String) throws(Problem) {
    var reader = Reader(text)
    while let row = reader.next() { rows.append(row) }
    if let line = reader.openQuote { throw .openQuote(file, line: line) }
  }

  /// Goes through the bytes once.
  private struct Reader {
    private let bytes: [UInt8]
    private let separator: UInt8
    private var offset = 0
    private var line = 1
    private(set) var openQuote: Int?

    private static let quote = UInt8(ascii: "\"")
    private static let lineFeed = UInt8(ascii: "\n")
    private static let carriageReturn = UInt8(ascii: "\r")

    init(_ text: String) {
      bytes = Array(text.utf8)
      if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { offset = 3 }
      separator = Self.separator(in: bytes[offset...])
    }

    /// What parts the names of the columns: a tab, else a semicolon, else a comma.
    private static func separator(in bytes: ArraySlice<UInt8>) -> UInt8 {
      var isQuoted = false
      var found: Set<UInt8> = []
      var hasBegun = false
      for byte in bytes {
        if byte == quote { isQuoted.toggle() }
        if isQuoted { continue }
        if byte == lineFeed || byte == carriageReturn {
          if hasBegun { break }
          found = []
        } else {
          found.insert(byte)
          if ![0x20, 0x09, 0x2C, 0x3B].contains(byte) { hasBegun = true }
        }
      }
      let signs = [UInt8(ascii: "\t"), UInt8(ascii: ";")]
      return signs.first(where: found.contains) ?? UInt8(ascii: ",")
    }

    /// The next row; nil at the end.
    mutating func next() -> Row? {
      guard offset < bytes.count else { return nil }
      let first = line
      var cells: [String] = []
      while true {
        cells.append(cell())
        guard offset < bytes.count, bytes[offset] == separator else { break }
        offset += 1
      }
      endLine()
      return Row(line: first, cells: cells)
    }

    private mutating func endLine() {
      guard offset < bytes.count else { return }
      let isPair =
        bytes[offset] == Self.carriageReturn && offset + 1 < bytes.count
        && bytes[offset + 1] == Self.lineFeed
      offset += isPair ? 2 : 1
      line += 1
    }

    private func endsCell(_ byte: UInt8) -> Bool {
      byte == separator || byte == Self.lineFeed || byte == Self.carriageReturn
    }

    private mutating func cell() -> String {
      let start = offset
      while offset < bytes.count, bytes[offset] == 0x20 { offset += 1 }
      guard offset < bytes.count, bytes[offset] == Self.quote else {
        offset = start
        while offset < bytes.count, !endsCell(bytes[offset]) { offset += 1 }
        return String(decoding: bytes[start..<offset], as: UTF8.self)
      }
      let opened = line
      offset += 1
      var content: [UInt8] = []
      while offset < bytes.count {
        let byte = bytes[offset]
        offset += 1
        if byte == Self.quote {
          // Two quotes are one; what follows the last one up to the separator belongs to the cell.
          guard offset < bytes.count, bytes[offset] == Self.quote else {
            while offset < bytes.count, !endsCell(bytes[offset]) {
              content.append(bytes[offset])
              offset += 1
            }
            return String(decoding: content, as: UTF8.self)
          }
          offset += 1
        } else if byte == Self.lineFeed
          || byte == Self.carriageReturn
            && (offset >= bytes.count || bytes[offset] != Self.lineFeed)
        {
          line += 1
        }
        content.append(byte)
      }
      openQuote = opened
      return String(decoding: content, as: UTF8.self)
    }
  }
}
