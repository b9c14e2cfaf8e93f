/// A line the session printed, ready to be compared.
struct ActualLine {
  /// The characters without blanks at either end.
  let scalars: [Unicode.Scalar]
  /// For each number, by the offset it begins at, its end.
  private(set) var numbers: [Int: (number: PrintedNumber, end: Int)] = [:]

  /// Takes a line apart.
  init(_ line: String) {
    scalars = Array(line.trimmed.unicodeScalars)
    var lexer = NumberLexer(scalars)
    while let (token, range) = lexer.next() {
      if case .number(let number) = token { numbers[range.lowerBound] = (number, range.upperBound) }
    }
  }
}

/// A line the author wrote, as a pattern for lines the session prints.
struct ExpectedLine {
  /// Whether the line is `...` alone, which stands for any number of lines.
  let isGap: Bool
  private var items: [Item] = []

  private enum Item {
    case blank
    case character(Unicode.Scalar)
    case number(PrintedNumber)
    /// Any characters: `[..]`.
    case gap
  }

  /// How a comparison came out.
  enum Outcome {
    case same
    case different
    /// The first thing that differs is a number.
    case differentNumber(expected: String, actual: String)
  }

  /// Takes a line apart.
  init(_ line: String) {
    let text = Array(line.trimmed.unicodeScalars)
    isGap = text == Array("...".unicodeScalars)
    var start = 0
    while let gap = Self.gap(in: text, from: start) {
      add(text[start..<gap], isBeforeGap: true)
      items.append(.gap)
      start = gap + 4
    }
    add(text[start...], isBeforeGap: false)
  }

  private static func gap(in text: [Unicode.Scalar], from start: Int) -> Int? {
    var index = start
    while index + 4 <= text.count {
      if text[index] == "[", text[index + 1] == ".", text[index + 2] == ".", text[index + 3] == "]"
      {
        return index
      }
      index += 1
    }
    return nil
  }

  /// Adds a part without gaps.
  ///
  /// A number that touches a gap may be a part of one only, so its characters are compared.
  private mutating func add(_ part: ArraySlice<Unicode.Scalar>, isBeforeGap: Bool) {
    let part = Array(part)
    let isBehindGap = !items.isEmpty
    var lexer = NumberLexer(part)
    while let (token, range) = lexer.next() {
      switch token {
      case .blank: items.append(.blank)
      case .character(let scalar): items.append(.character(scalar))
      case .number(let number):
        let touches =
          isBehindGap && range.lowerBound == 0 || isBeforeGap && range.upperBound == part.count
        items += touches ? part[range].map { .character($0) } : [.number(number)]
      }
    }
  }

  /// Compares a line with the pattern.
  ///
  /// Of all places to go on from, only the last gap matters: a match further left leaves more of
  /// the line for what comes after. So the time is at most the product of the lengths.
  func compare(_ line: ActualLine, _ tolerance: Tolerance) -> Outcome {
    var item = 0
    var place = 0
    var lastGap: (item: Int, place: Int)?
    while true {
      if item == items.count, place == line.scalars.count { return .same }
      if item < items.count {
        if case .gap = items[item] {
          // Nothing behind the gap: the rest of the line is in it.
          if item + 1 == items.count { return .same }
          lastGap = (item, place)
          item += 1
          continue
        }
        if let next = end(of: items[item], in: line, at: place, tolerance) {
          item += 1
          place = next
          continue
        }
      }
      guard let gap = lastGap, gap.place < line.scalars.count else {
        return lastGap == nil ? failure(item, line, place) : .different
      }
      lastGap = (gap.item, gap.place + 1)
      item = gap.item + 1
      place = gap.place + 1
    }
  }

  /// Where the line goes on if the item is found at `place`.
  private func end(
    of item: Item, in line: ActualLine, at place: Int, _ tolerance: Tolerance
  ) -> Int? {
    guard place < line.scalars.count else { return nil }
    switch item {
    case .character(let scalar): return line.scalars[place] == scalar ? place + 1 : nil
    case .number(let expected):
      guard let (actual, end) = line.numbers[place] else { return nil }
      return expected.accepts(actual, tolerance) ? end : nil
    case .blank:
      var end = place
      while end < line.scalars.count, NumberLexer.isBlank(line.scalars[end]) { end += 1 }
      return end > place ? end : nil
    case .gap: return nil
    }
  }

  private func failure(_ item: Int, _ line: ActualLine, _ place: Int) -> Outcome {
    guard item < items.count, case .number(let expected) = items[item],
      let actual = line.numbers[place]?.number
    else { return .different }
    return .differentNumber(expected: expected.text, actual: actual.text)
  }
}
