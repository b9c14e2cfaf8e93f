extension UInt8 {
  /// Whether the byte is a space or a tab.
  var isBlank: Bool { self == 0x20 || self == 0x09 }

  /// Whether the byte is one of `0` to `9`.
  var isDigit: Bool { 0x30...0x39 ~= self }
}

// The questions below are asked byte by byte: a combining mark behind `> ` must not hide the
// marker, as it would if texts were compared character by character.
extension StringProtocol where SubSequence == Substring {
  /// Whether the text begins with exactly these bytes.
  func begins(with prefix: String) -> Bool {
    utf8.starts(with: prefix.utf8)
  }

  /// The text without blanks and newlines at either end.
  var trimmed: Substring {
    guard let first = utf8.firstIndex(where: { !$0.isBlank && $0 != 0x0A }) else {
      return self[endIndex...]
    }
    return self[first...].trimmedAtEnd
  }

  /// The text without blanks and newlines at its end.
  var trimmedAtEnd: Substring {
    let bytes = self[...].utf8
    guard let last = bytes.lastIndex(where: { !$0.isBlank && $0 != 0x0A }) else {
      return self[..<startIndex]
    }
    return self[..<bytes.index(after: last)]
  }

  /// The number of spaces the text begins with; a tab counts as four.
  var indentation: Int {
    var count = 0
    for byte in utf8 {
      guard byte.isBlank else { break }
      count += byte == 0x09 ? 4 : 1
    }
    return count
  }

  /// The text without its first spaces, at most `count` of them.
  func outdented(by count: Int) -> Substring {
    var start = startIndex
    var left = count
    while left > 0, start < endIndex, utf8[start] == 0x20 {
      start = utf8.index(after: start)
      left -= 1
    }
    return self[start...]
  }

  /// The text behind `prefix`, if it begins with exactly these bytes.
  func behind(_ prefix: String) -> Substring? {
    guard begins(with: prefix) else { return nil }
    return self[utf8.index(startIndex, offsetBy: prefix.utf8.count)...]
  }

  /// The texts before and behind the first place where `mark` stands.
  ///
  /// One pass: `mark` must not begin with a part of itself twice over, which no mark here does.
  func divided(at mark: String) -> (before: Substring, behind: Substring)? {
    let bytes = utf8
    guard let first = mark.utf8.first else { return nil }
    var start = startIndex
    while let found = bytes[start...].firstIndex(of: first) {
      if let rest = self[found...].behind(mark) { return (self[..<found], rest) }
      start = bytes.index(after: found)
    }
    return nil
  }
}
