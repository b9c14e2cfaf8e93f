/// Compares what a session prints with what a lesson says it prints.
package enum Comparison {
  /// Where two outputs part.
  package struct Difference: Sendable, Hashable {
    /// Two numbers that are not close enough, as they are written.
    package struct Numbers: Sendable, Hashable {
      /// The one in the lesson.
      package let expected: String
      /// The one the session printed.
      package let actual: String
    }

    /// The index of the expected line; nil if the session printed more than expected.
    package let expectedIndex: Int?
    /// The expected line.
    package let expectedLine: String?
    /// The index of the line printed; nil if the session printed less than expected.
    package let actualIndex: Int?
    /// The line printed.
    package let actualLine: String?
    /// The two numbers, where a number is what differs.
    package let numbers: Numbers?
  }

  /// The first place where the outputs differ, or nil if they agree.
  ///
  /// Runs of blanks are equal, blank lines at the end do not count, numbers are compared by value,
  /// a line `...` stands for any number of lines and `[..]` for any characters. Behind a `...` the
  /// difference named is the one furthest down the expected lines.
  package static func firstDifference(
    expected: [String], actual: [String], tolerance: Tolerance
  ) -> Difference? {
    let patterns = expected[..<usedCount(expected)].map { ExpectedLine($0) }
    let lines = actual[..<usedCount(actual)].map { ActualLine($0) }
    var search = LineSearch(patterns: patterns, lines: lines)
    guard let miss = search.firstMiss(tolerance) else { return nil }
    let hasPattern = miss.pattern < patterns.count
    let hasLine = miss.line < lines.count
    return Difference(
      expectedIndex: hasPattern ? miss.pattern : nil,
      expectedLine: hasPattern ? expected[miss.pattern] : nil,
      actualIndex: hasLine ? miss.line : nil,
      actualLine: hasLine ? actual[miss.line] : nil,
      numbers: miss.numbers)
  }

  /// The number of lines without the blank ones at the end.
  private static func usedCount(_ lines: [String]) -> Int {
    (lines.lastIndex { !$0.trimmed.isEmpty } ?? -1) + 1
  }
}

/// Lays expected lines over printed ones, stretching the gaps.
private struct LineSearch {
  let patterns: [ExpectedLine]
  let lines: [ActualLine]
  private var best: Miss?

  init(patterns: [ExpectedLine], lines: [ActualLine]) {
    self.patterns = patterns
    self.lines = lines
  }

  struct Miss {
    let pattern: Int
    let line: Int
    let numbers: Comparison.Difference.Numbers?
  }

  /// As within a line, only the last gap needs to be stretched again.
  mutating func firstMiss(_ tolerance: Tolerance) -> Miss? {
    var pattern = 0
    var line = 0
    var lastGap: (pattern: Int, line: Int)?
    while true {
      if pattern == patterns.count, line == lines.count { return nil }
      if pattern < patterns.count, patterns[pattern].isGap {
        if pattern + 1 == patterns.count { return nil }
        lastGap = (pattern, line)
        pattern += 1
        continue
      }
      if agrees(pattern, line, tolerance) {
        pattern += 1
        line += 1
        continue
      }
      guard let gap = lastGap, gap.line < lines.count else { return best }
      lastGap = (gap.pattern, gap.line + 1)
      pattern = gap.pattern + 1
      line = gap.line + 1
    }
  }

  /// Compares two lines and remembers the most telling of the differences.
  private mutating func agrees(_ pattern: Int, _ line: Int, _ tolerance: Tolerance) -> Bool {
    guard pattern < patterns.count, line < lines.count else {
      remember(Miss(pattern: pattern, line: line, numbers: nil))
      return false
    }
    switch patterns[pattern].compare(lines[line], tolerance) {
    case .same: return true
    case .different: remember(Miss(pattern: pattern, line: line, numbers: nil))
    case .differentNumber(let expected, let actual):
      remember(
        Miss(
          pattern: pattern, line: line,
          numbers: Comparison.Difference.Numbers(expected: expected, actual: actual)))
    }
    return false
  }

  private mutating func remember(_ miss: Miss) {
    guard let best, best.pattern >= miss.pattern else { return self.best = miss }
    if best.pattern == miss.pattern, best.numbers == nil, miss.numbers != nil { self.best = miss }
  }
}
