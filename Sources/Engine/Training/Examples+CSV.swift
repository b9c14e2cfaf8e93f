package import Language

extension Examples {
  /// Reads a table with a line of column names and a line of numbers for each row.
  ///
  /// Numbers are written as in formulas; blanks and quotes around a field mean nothing. There is no
  /// library behind this: none says which line and column is wrong, and they need more of the outside
  /// world than this floor may know.
  package init(csv text: String) throws(Problem) {
    var reader = CSVReader(text)
    let columns = try reader.readColumns()
    self.init(columns: columns, numbers: try reader.readRows(of: columns))
  }
}

/// Goes through the bytes of a table once, line by line.
private struct CSVReader {
  private let bytes: [UInt8]
  private var numbers: NumberReader
  private var offset = 0
  /// The number of the line that was read last, from 1.
  private var line = 0

  private static let comma = UInt8(ascii: ",")
  private static let quote = UInt8(ascii: "\"")
  private static let lineFeed = UInt8(ascii: "\n")
  private static let carriageReturn = UInt8(ascii: "\r")

  init(_ text: String) {
    bytes = Array(text.utf8)
    numbers = NumberReader(text)
    if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { offset = 3 }
  }

  // MARK: - Lines and fields

  /// The span of the next line without its end; nil where only blank lines are left.
  private mutating func nextLine() -> SourceSpan? {
    guard let span = anyLine() else { return nil }
    // What follows an empty line is either nothing or an error, so it is looked at once.
    if trimmed(span).isEmpty, isBlank(from: offset) {
      offset = bytes.count
      return nil
    }
    return span
  }

  /// The span of the next line, blank or not; nil at the end.
  private mutating func anyLine() -> SourceSpan? {
    guard offset < bytes.count else { return nil }
    line += 1
    let start = offset
    while offset < bytes.count, bytes[offset] != Self.lineFeed, bytes[offset] != Self.carriageReturn
    {
      offset += 1
    }
    let span = start..<offset
    if offset < bytes.count {
      let isPair = bytes[offset] == Self.carriageReturn && byte(offset + 1) == Self.lineFeed
      offset += isPair ? 2 : 1
    }
    return span
  }

  private func byte(_ index: Int) -> UInt8 { index < bytes.count ? bytes[index] : 0 }

  private func isBlank(_ byte: UInt8) -> Bool { byte == 0x20 || byte == 0x09 }

  private func isBlank(from start: Int) -> Bool {
    bytes[start...].allSatisfy {
      isBlank($0) || $0 == Self.lineFeed || $0 == Self.carriageReturn
    }
  }

  private func trimmed(_ span: SourceSpan) -> SourceSpan {
    var (first, last) = (span.lowerBound, span.upperBound)
    while first < last, isBlank(bytes[first]) { first += 1 }
    while first < last, isBlank(bytes[last - 1]) { last -= 1 }
    return first..<last
  }

  /// The next field of a line, without blanks and quotes, and where the one after it would begin.
  private func field(from start: Int, in line: SourceSpan) -> (content: SourceSpan, next: Int) {
    var end = start
    while end < line.upperBound, isBlank(bytes[end]) { end += 1 }
    if end < line.upperBound, bytes[end] == Self.quote {
      // A comma between quotes parts nothing.
      var close = end + 1
      while close < line.upperBound, bytes[close] != Self.quote { close += 1 }
      var after = min(close + 1, line.upperBound)
      while after < line.upperBound, isBlank(bytes[after]) { after += 1 }
      if close < line.upperBound, after == line.upperBound || bytes[after] == Self.comma {
        return (trimmed(end + 1..<close), after + 1)
      }
    }
    while end < line.upperBound, bytes[end] != Self.comma { end += 1 }
    return (trimmed(start..<end), end + 1)
  }

  private func text(_ span: SourceSpan) -> String { String(decoding: bytes[span], as: UTF8.self) }

  /// A problem that points into a line of the table.
  private func pointing(_ problem: Problem, _ span: SourceSpan, in line: SourceSpan) -> Problem {
    problem.at(span.lowerBound - line.lowerBound..<span.upperBound - line.lowerBound)
      .pointing(into: text(line))
  }

  // MARK: - The table

  mutating func readColumns() throws(Problem) -> [String] {
    guard let header = nextLine() else { throw .emptyTable() }
    var columns: [String] = []
    var known: Set<String> = []
    var start = header.lowerBound
    while start <= header.upperBound {
      let (content, next) = field(from: start, in: header)
      start = next
      guard let name = ColumnName(text(content))?.name else {
        throw pointing(
          .badColumnName(text(content), line: line, place: columns.count + 1), content, in: header)
      }
      guard known.insert(name).inserted else {
        throw pointing(.repeatedColumn(name, line: line), content, in: header)
      }
      columns.append(name)
      try Limit.columns.check(columns.count)
    }
    return columns
  }

  mutating func readRows(of columns: [String]) throws(Problem) -> [Double] {
    var result: [Double] = []
    var count = 0
    while let row = nextLine() {
      count += 1
      if count > Limit.examples.bound { throw tooManyRows(count) }
      var place = 0
      var start = row.lowerBound
      while start <= row.upperBound {
        let (content, next) = field(from: start, in: row)
        start = next
        // Fields beyond the last column are counted only.
        if place < columns.count { result.append(try number(content, columns[place], in: row)) }
        place += 1
      }
      if place != columns.count {
        throw pointing(.raggedRow(line: line, place, columns.count), trimmed(row), in: row)
      }
    }
    if count == 0 { throw .tableWithoutRows() }
    return result
  }

  private mutating func number(
    _ content: SourceSpan, _ column: String, in row: SourceSpan
  ) throws(Problem) -> Double {
    if content.isEmpty {
      if trimmed(row).isEmpty { throw pointing(.emptyRow(line: line), content, in: row) }
      throw pointing(.emptyField(line: line, column), content, in: row)
    }
    guard let number = numbers.number(in: content) else {
      throw pointing(.notANumber(text(content), line: line, column), content, in: row)
    }
    guard number.isFinite else {
      throw pointing(.numberTooLarge(text(content), line: line, column), content, in: row)
    }
    return number
  }

  private mutating func tooManyRows(_ count: Int) -> Problem {
    var count = count
    while let row = anyLine() { count += trimmed(row).isEmpty ? 0 : 1 }
    return .overLimit(.examples, count)
  }
}

/// What a column may be called: a name of the language, or an element of one such as `x[2]`.
struct ColumnName {
  let name: String

  init?(_ text: String) {
    guard let open = text.firstIndex(of: "[") else {
      guard let name = Self.plain(text) else { return nil }
      self.name = name
      return
    }
    guard let base = Self.plain(String(text[..<open])), text.hasSuffix("]") else { return nil }
    let places = text[text.index(after: open)...].dropLast()
      .split(separator: ",", omittingEmptySubsequences: false)
      .map { Int(String($0).trimmed) ?? 0 }
    guard places.count <= 2, places.allSatisfy({ $0 >= 1 }) else { return nil }
    name = base + "[" + places.map { "\($0)" }.joined(separator: ",") + "]"
  }

  /// The name as it is stored, with plain digits for `₁`.
  private static func plain(_ text: String) -> String? {
    guard let formula = try? Formula(reading: text), formula.nodes.count == 1,
      formula.nodes[0].kind == .name, !text.hasPrefix("(")
    else { return nil }
    return formula.names.first
  }
}
