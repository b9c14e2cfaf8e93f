import Foundation

/// A string that tries to act where it is only shown: a record of `Oracle/hostile.jsonl`.
struct HostileText: Decodable {
  let id: String
  let `class`: String
  let must: String
  let hex: String

  var bytes: [UInt8] {
    stride(from: 0, to: hex.utf8.count - 1, by: 2).compactMap {
      UInt8(hex.dropFirst($0).prefix(2), radix: 16)
    }
  }
  /// With what is no UTF-8 replaced.
  var text: String { String(decoding: bytes, as: UTF8.self) }
  /// As it can stand on one line and be an argument: without line ends and NUL.
  var row: [UInt8] { bytes.filter { ![0x0A, 0x0D, 0].contains($0) } }

  static func all() throws -> [HostileText] {
    let file = Place.repository.appending(path: "Tests/LanguageTests/Oracle/hostile.jsonl")
    return try String(contentsOf: file, encoding: .utf8).split(separator: "\n").map {
      try JSONDecoder().decode(HostileText.self, from: Data($0.utf8))
    }
  }

  /// Written down here once more, so that the program's own list cannot excuse itself: controls from U+0080 on,
  /// and what turns the direction of text round or has no width.
  static func actsUnseen(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0x80...0x9F, 0xAD, 0x61C, 0x180E, 0x200B...0x200F, 0x2028...0x202E, 0x2060...0x206F,
      0xFEFF:
      true
    case 0xFFF9...0xFFFB, 0xE0000...0xE007F: true
    default: false
    }
  }

  /// The first thing in some output by which it could act on a terminal, with what stands around it; nil if it is inert.
  static func harm(in output: [UInt8]) -> String? {
    guard let text = String(validating: output, as: UTF8.self) else { return "no UTF-8" }
    let scalars = Array(text.unicodeScalars)
    let found = scalars.firstIndex {
      $0.value < 0x20 && $0 != "\n" && $0 != "\t" || $0.value == 0x7F || actsUnseen($0)
    }
    guard let found else { return nil }
    var around = String.UnicodeScalarView()
    around.append(contentsOf: scalars[max(0, found - 60)..<min(scalars.count, found + 20)])
    return String(around).debugDescription
  }
}
