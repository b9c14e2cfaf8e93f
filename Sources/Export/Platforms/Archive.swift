internal import Language

/// Files in one ZIP package, stored as they are: no compression and no dates, so the same files give the same bytes.
struct Archive {
  private let files: [OutputFile]

  init(_ files: [OutputFile]) { self.files = files }

  /// The package.
  func file(named name: String) throws(Problem) -> OutputFile {
    let size = files.reduce(0) { $0 + $1.bytes.count + 2 * $1.name.utf8.count + 128 }
    guard files.count < 0xFFFF, size < 0x7FFF_FFFF,
      files.allSatisfy({ $0.name.utf8.count < 0xFFFF })
    else { throw .exportIsTooLarge(name) }
    var bytes: [UInt8] = []
    bytes.reserveCapacity(size)
    var directory: [UInt8] = []
    for file in files {
      let start = bytes.count
      let facts = Self.facts(of: file)
      bytes += Self.little(0x0403_4B50, 4) + facts + Array(file.name.utf8) + file.bytes
      directory += Self.little(0x0201_4B50, 4) + Self.little(20, 2) + facts
      // No comment, first disk, no attributes; then where the file begins.
      directory += Self.little(0, 2 + 2 + 2 + 4) + Self.little(start, 4) + Array(file.name.utf8)
    }
    let end =
      Self.little(0x0605_4B50, 4) + Self.little(0, 4) + Self.little(files.count, 2)
      + Self.little(files.count, 2) + Self.little(directory.count, 4)
      + Self.little(bytes.count, 4) + Self.little(0, 2)
    return OutputFile(name: name, bytes: bytes + directory + end)
  }

  /// What both the file's own header and the directory say of it.
  private static func facts(of file: OutputFile) -> [UInt8] {
    // Version 2.0, names in UTF-8, stored; the earliest day the format knows, 1 January 1980.
    let size = little(file.bytes.count, 4)
    return little(20, 2) + little(0x0800, 2) + little(0, 2) + little(0, 2) + little(0x21, 2)
      + little(Int(checksum(file.bytes)), 4) + size + size + little(file.name.utf8.count, 2)
      + little(0, 2)
  }

  private static func little(_ number: Int, _ count: Int) -> [UInt8] {
    (0..<count).map { $0 < 8 ? UInt8(truncatingIfNeeded: number >> (8 * $0)) : 0 }
  }

  /// CRC-32 as ZIP has it.
  static func checksum(_ bytes: [UInt8]) -> UInt32 {
    var sum: UInt32 = 0xFFFF_FFFF
    for byte in bytes { sum = table[Int((sum ^ UInt32(byte)) & 0xFF)] ^ (sum >> 8) }
    return ~sum
  }

  private static let table: [UInt32] = (0..<256).map { start in
    (0..<8).reduce(UInt32(start)) { sum, _ in
      sum & 1 == 1 ? 0xEDB8_8320 ^ (sum >> 1) : sum >> 1
    }
  }
}
