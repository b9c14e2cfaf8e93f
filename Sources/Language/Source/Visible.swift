/// Makes every character a terminal could act on visible, and leaves the rest alone.
///
/// Control characters become `\x1b`, bidirectional and zero-width ones `<U+202E>`. Newline and tab
/// stay. This is the one place that decides what may reach a screen from text we did not write
/// (CWE-150); every writer passes its text through it.
package func visible(_ text: String) -> String {
  guard text.utf8.contains(where: { $0 < 0x20 && $0 != 0x0A || $0 >= 0x7F }) else { return text }
  return text.rewritten { acts($0) && $0 != "\n" && $0 != "\t" ? spelled($0) : nil }
}

extension String {
  /// The text with some characters written in another way; nil leaves one as it is.
  ///
  /// Most texts have none, or few: what lies between them is taken over in one piece.
  package func rewritten(_ instead: (Unicode.Scalar) -> String?) -> String {
    let scalars = unicodeScalars
    var result = ""
    var (start, place) = (scalars.startIndex, scalars.startIndex)
    while place < scalars.endIndex {
      let next = scalars.index(after: place)
      if let other = instead(scalars[place]) {
        result += self[start..<place]
        result += other
        start = next
      }
      place = next
    }
    if start == scalars.startIndex { return self }
    result += self[start...]
    return result
  }
}

/// How a character that must not reach the terminal is written instead.
package func spelled(_ scalar: Unicode.Scalar) -> String {
  let digits = String(scalar.value, radix: 16)
  if scalar.value < 0x100 { return "\\x" + (digits.count < 2 ? "0" : "") + digits }
  return "<U+" + String(repeating: "0", count: max(0, 4 - digits.count)) + digits.uppercased() + ">"
}

/// Whether a character does something to a terminal, or to the order of what stands around it, and shows
/// nothing: control characters, newline and tab among them, and what turns direction or has no width.
package func acts(_ scalar: Unicode.Scalar) -> Bool {
  switch scalar.value {
  case 0x20..<0x7F: false
  case 0..<0xA0: true
  case 0xAD, 0x061C, 0x180E, 0xFEFF, 0x2028, 0x2029: true
  case 0x200B...0x200F, 0x202A...0x202E, 0x2060...0x206F: true
  case 0xFFF0...0xFFFB, 0xE0000...0xE0FFF: true
  default: false
  }
}

/// The number of terminal columns a text occupies: combining marks count 0, wide ones 2.
package func columns(_ text: String) -> Int {
  text.unicodeScalars.reduce(0) { $0 + columns($1) }
}

/// The number of terminal columns one scalar occupies.
package func columns(_ scalar: Unicode.Scalar) -> Int {
  if scalar.value < 0x300 { return 1 }
  switch scalar.properties.generalCategory {
  case .nonspacingMark, .enclosingMark, .format: return 0
  default: break
  }
  switch scalar.value {
  case 0x1100...0x115F, 0x2E80...0xA4CF, 0xAC00...0xD7A3, 0xF900...0xFAFF, 0xFE30...0xFE6F,
    0xFF00...0xFF60, 0xFFE0...0xFFE6, 0x1F300...0x1FAFF, 0x20000...0x3FFFD:
    return 2
  default: return 1
  }
}
