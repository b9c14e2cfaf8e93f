import Foundation
import TestSupport
import Testing

@testable import Language

/// Bytes that become text, and text that becomes harmless.
@Suite struct TextTests {
  private func offset(_ bytes: [UInt8]) -> Int? {
    do throws(Problem) {
      _ = try decoded(bytes)
      return nil
    } catch {
      guard error.code == "bad-text" else { return nil }
      return error.message.split(separator: " ").last.flatMap { Int($0) }
    }
  }

  /// Counted from 1, in the file as it is.
  @Test func `the first bad byte is named`() {
    let rows: [(bytes: [UInt8], place: Int)] = [
      ([0xFF], 1), ([0x61, 0x62, 0xFF, 0x63], 3), ([0x61, 0xC3], 2), ([0x61, 0xC3, 0x28], 2),
      ([0xC3, 0xA9, 0x80], 3), ([0xE2, 0x88, 0x92, 0xE2, 0x88], 4),
      // A lone surrogate, an overlong slash, a code point above U+10FFFF.
      ([0x61, 0xED, 0xA0, 0x80], 2), ([0xC0, 0xAF], 1), ([0xF4, 0x90, 0x80, 0x80], 1),
      ([0xF0, 0x9F, 0x98, 0x80, 0xFE], 5),
      ([0xEF, 0xBB, 0xBF, 0x61, 0xFF], 5), ([0xFF, 0xFE, 0x61, 0x00], 1),
    ]
    for row in rows { #expect(offset(row.bytes) == row.place, "\(row.bytes)") }
  }

  /// Foundation decides independently what is UTF-8.
  @Test func `what is refused is what is not UTF-8`() {
    var random = SplitMix64(seed: 15)
    var wrong: [[UInt8]] = []
    let pieces: [[UInt8]] = [
      [0x61], [0x00], [0xC3, 0xA9], [0xE2, 0x88, 0x92], [0xF0, 0x9F, 0x98, 0x80], [0x0D, 0x0A],
    ]
    for _ in 0..<5_000 {
      var bytes = (0..<4).flatMap { _ in random.pick(pieces) }
      if random.below(2) == 0 {
        bytes[random.below(bytes.count)] = UInt8(truncatingIfNeeded: random.next())
      }
      let wanted = String(data: Data(bytes), encoding: .utf8)
      let text = try? decoded(bytes)
      if text != wanted || (text == nil) != (offset(bytes) != nil) { wrong.append(bytes) }
    }
    #expect(wrong.prefix(3) == [])
  }

  @Test func `a byte order mark and NUL`() throws {
    #expect(try decoded([0xEF, 0xBB, 0xBF, 0x78]) == "x")
    #expect(try decoded([0xEF, 0xBB, 0xBF]) == "")
    #expect(try decoded([]) == "")
    #expect(Array(try decoded([0x78, 0x00, 0x79]).unicodeScalars) == ["x", "\0", "y"])
  }

  @Test(
    arguments: [
      ("", []), ("a", ["a"]), ("a\nb", ["a", "b"]), ("a\r\nb\r\n", ["a", "b"]),
      ("a\rb\r", ["a", "b"]), ("a\n\nb", ["a", "", "b"]), ("a\r\n\r\nb", ["a", "", "b"]),
      ("a\r\rb", ["a", "", "b"]), ("\n", [""]), ("\r\n", [""]), ("a\n\rb", ["a", "", "b"]),
      ("é\r\n∂", ["é", "∂"]), ("a\u{2028}b", ["a\u{2028}b"]),
    ] as [(String, [String])])
  func `lines end in three ways`(text: String, wanted: [String]) {
    #expect(lines(of: text) == wanted)
  }

  struct Hostile: Decodable {
    let id: String
    let must: String
    let hex: String
    let `class`: String

    var bytes: [UInt8] {
      stride(from: 0, to: hex.utf8.count - 1, by: 2).compactMap {
        UInt8(hex.dropFirst($0).prefix(2), radix: 16)
      }
    }

    static func all() throws -> [Hostile] {
      let file = URL(filePath: #filePath).deletingLastPathComponent()
        .appending(path: "Oracle/hostile.jsonl")
      return try String(contentsOf: file, encoding: .utf8).split(separator: "\n").map {
        try JSONDecoder().decode(Hostile.self, from: Data($0.utf8))
      }
    }
  }

  private func isInert(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0x09, 0x0A: true
    case 0..<0x20, 0x7F..<0xA0: false
    // Bidirectional controls, zero-width characters, separators, tags.
    case 0x61C, 0x200B...0x200F, 0x2028...0x202E, 0x2060...0x206F, 0xFEFF, 0xE0000...0xE007F: false
    default: true
    }
  }

  @Test func `no hostile text reaches the terminal as it is`() throws {
    var wrong: [String] = []
    var terminal = 0
    for record in try Hostile.all() {
      let text = String(decoding: record.bytes, as: UTF8.self)
      let shown = visible(text)
      if record.must.contains("terminal") { terminal += 1 }
      if !shown.unicodeScalars.allSatisfy(isInert) { wrong.append("\(record.id): \(shown)") }
      // Harmless characters stay, in order.
      let kept = text.unicodeScalars.filter { isInert($0) && visible(String($0)) == String($0) }
      var rest = shown.unicodeScalars[...]
      for scalar in kept {
        guard let place = rest.firstIndex(of: scalar) else {
          wrong.append("\(record.id): \(scalar) is gone")
          break
        }
        rest = rest[rest.index(after: place)...]
      }
      // In a message, where the text is quoted.
      let problem = Problem("test", "odd: \(text)", at: 0..<1, in: text, hint: text)
      if !problem.rendered.unicodeScalars.allSatisfy(isInert) {
        wrong.append("\(record.id): drawn")
      }
    }
    #expect(wrong == [])
    #expect(terminal == 30)
  }

  @Test func `a formula holding hostile characters is refused with the code point`() throws {
    for record in try Hostile.all() where ["bidi", "invisible"].contains(record.class) {
      let text = String(decoding: record.bytes, as: UTF8.self)
      let problem = #expect(throws: Problem.self) { try Formula(reading: text) }
      // One of them begins with a broken if(…), which is told first.
      if text.hasPrefix("if") { continue }
      #expect(problem?.code == "stray-character")
      #expect(problem?.message.contains("U+") == true)
    }
  }

  @Test func `a text rewritten in pieces is one rewritten sign by sign`() {
    let signs = ["a", "&", "\u{301}", "\r", "\n", "\"", "\u{FFFE}", "\u{1F642}", "e\u{301}"]
    func other(_ scalar: Unicode.Scalar) -> String? {
      switch scalar {
      case "&": "&amp;"
      case "\n": ""
      case "\u{301}": "^"
      case "\"": "\\\""
      default: nil
      }
    }
    var random = SplitMix64(seed: 11)
    for _ in 0..<2_000 {
      let text = (0..<random.below(7)).map { _ in signs[random.below(signs.count)] }.joined()
      let bytes = text.unicodeScalars.flatMap { Array((other($0) ?? String($0)).utf8) }
      #expect(Array(text.rewritten(other).utf8) == bytes, "\(text.debugDescription)")
    }
    #expect("".rewritten { _ in "x" } == "" && "ab".rewritten { _ in nil } == "ab")
  }

  @Test func `every control character is spelled out, and nothing else is`() {
    #expect(visible("a\u{1B}[0m") == #"a\x1b[0m"#)
    #expect(visible("\u{7}\u{7F}\u{9B}\r") == #"\x07\x7f\x9b\x0d"#)
    #expect(visible("\u{202E}x\u{200B}") == "<U+202E>x<U+200B>")
    #expect(visible("a\tb\nc é ∂ 日 😀") == "a\tb\nc é ∂ 日 😀")
    for value in UInt32(0)..<0x500 {
      guard let scalar = Unicode.Scalar(value) else { continue }
      let isShown = visible(String(scalar)) == String(scalar)
      let isHidden = [0xAD].contains(value)
      #expect(isShown == (isInert(scalar) && !isHidden), "U+\(String(value, radix: 16))")
    }
  }

  @Test(
    arguments: [
      ("tahn", "tanh"), ("sigmod", "sigmoid"), ("Sqrt", "sqrt"), ("reul", "relu"), ("lnn", "ln"),
      ("x", nil), ("w", nil), ("banana", nil), ("", nil), ("exp", nil), ("sine", "sin"),
      ("epx", "exp"), ("softpuls", "softplus"), ("sq", nil), ("absolutely", nil),
    ] as [(String, String?)])
  func `spelling`(word: String, wanted: String?) {
    let known = ["sin", "tan", "tanh", "exp", "ln", "sqrt", "relu", "sigmoid", "softplus", "abs"]
    let others = known.filter { $0 != word }
    #expect(closest(to: word, among: word == "exp" ? ["exp"] : others) == wanted)
  }

  @Test func `columns of narrow, wide and combining characters`() {
    #expect(columns("abc") == 3)
    #expect(columns("日本") == 4)
    #expect(columns("e\u{301}") == 1)
    #expect(columns("∂∇×") == 3)
    #expect(columns("😀") == 2)
  }
}
