internal import Language

/// A number as it is printed, with the value and the precision it stands for.
struct PrintedNumber: Sendable, Hashable {
  /// The characters, sign included.
  let text: String
  let value: Double
  /// How far a number may be away that is printed the same way.
  let slack: Double

  /// Takes the characters of a number apart.
  init(_ text: String) {
    self.text = text
    let bare = text.utf8.first == 0x2B ? String(text.dropFirst()) : text
    value = Double(bare) ?? .nan
    let parts = bare.utf8.split(maxSplits: 1, whereSeparator: { $0 | 0x20 == 0x65 })
    let point = parts.first?.firstIndex(of: 0x2E)
    let decimals = point.flatMap { parts.first?[$0...].count }.map { $0 - 1 } ?? 0
    if decimals > 0 {
      let exponent = parts.count > 1 ? Int(String(decoding: parts[1], as: UTF8.self)) ?? 0 : 0
      let (power, overflow) = exponent.subtractingReportingOverflow(decimals)
      slack = overflow ? 0 : Double("0.5e\(power)") ?? 0
    } else {
      // A whole number accepts itself only; 0 has no size to be relative to.
      slack = value == 0 ? 1e-9 : 1e-9 * value.magnitude
    }
  }

  /// Whether `actual` is close enough to this expected number.
  func accepts(_ actual: PrintedNumber, _ tolerance: Tolerance) -> Bool {
    if isEqual(value, actual.value) { return true }
    guard value.isFinite, actual.value.isFinite else { return false }
    let distance = (actual.value - value).magnitude
    switch tolerance {
    case .printed:
      // Half a unit itself is within: decimal fractions are off by a few units in the last place.
      let rounding = 4 * max(value.magnitude, actual.value.magnitude).ulp
      return distance <= slack + rounding
    case .bound(let bound):
      return distance <= bound + bound * value.magnitude
    }
  }
}

/// A line taken apart into numbers, blanks and other characters.
///
/// Digits in names are not numbers (`w11`, `@3`, `x²`), and a sign right behind a digit, a letter
/// or a closing bracket is an operator: `2-2-1` holds 2, 2 and 1.
struct NumberLexer {
  enum Token {
    /// A run of blanks.
    case blank
    case character(Unicode.Scalar)
    case number(PrintedNumber)
  }

  private let line: [Unicode.Scalar]
  private var index = 0

  /// Prepares to read a line.
  init(_ line: [Unicode.Scalar]) {
    self.line = line
  }

  /// The next token with the offsets it spans, until the line ends.
  mutating func next() -> (token: Token, range: Range<Int>)? {
    guard index < line.count else { return nil }
    let start = index
    if Self.isBlank(line[index]) {
      while index < line.count, Self.isBlank(line[index]) { index += 1 }
      return (.blank, start..<index)
    }
    if let end = numberEnd() {
      index = end
      let text = String(String.UnicodeScalarView(line[start..<end]))
      return (.number(PrintedNumber(text)), start..<end)
    }
    index += 1
    return (.character(line[start]), start..<index)
  }

  static func isBlank(_ scalar: Unicode.Scalar) -> Bool { scalar == " " || scalar == "\t" }

  private static func isDigit(_ scalar: Unicode.Scalar?) -> Bool {
    scalar.map { "0"..."9" ~= $0 } ?? false
  }

  /// Whether the character can stand in a name; raised and lowered digits do.
  private static func isName(_ scalar: Unicode.Scalar?) -> Bool {
    guard let scalar else { return false }
    switch scalar {
    case "a"..."z", "A"..."Z", "0"..."9", "_", "@": return true
    default: break
    }
    guard scalar.value >= 0x80 else { return false }
    switch scalar.properties.generalCategory {
    case .otherNumber, .nonspacingMark: return true
    default: return scalar.properties.isAlphabetic
    }
  }

  private func scalar(_ offset: Int) -> Unicode.Scalar? {
    line.indices.contains(offset) ? line[offset] : nil
  }

  /// Where the number ends that begins here, if one does.
  private func numberEnd() -> Int? {
    let before = scalar(index - 1)
    guard !Self.isName(before), before != "." else { return nil }
    var position = index
    if line[position] == "-" || line[position] == "+" {
      guard before != ")", before != "]" else { return nil }
      position += 1
    }
    return wordEnd(position) ?? digitsEnd(position)
  }

  /// Where `nan` or `inf` ends.
  private func wordEnd(_ start: Int) -> Int? {
    for word in ["nan", "inf"] where line[start...].starts(with: word.unicodeScalars) {
      return Self.isName(scalar(start + 3)) ? nil : start + 3
    }
    return nil
  }

  private func digitsEnd(_ start: Int) -> Int? {
    var position = start
    while Self.isDigit(scalar(position)) { position += 1 }
    let hasWhole = position > start
    if scalar(position) == ".", Self.isDigit(scalar(position + 1)) {
      position += 1
      while Self.isDigit(scalar(position)) { position += 1 }
    } else if !hasWhole {
      return nil
    }
    guard scalar(position) == "e" || scalar(position) == "E" else { return position }
    var exponent = position + 1
    if scalar(exponent) == "-" || scalar(exponent) == "+" { exponent += 1 }
    guard Self.isDigit(scalar(exponent)) else { return position }
    while Self.isDigit(scalar(exponent)) { exponent += 1 }
    return exponent
  }
}
