/// Reads single numbers out of a long text, such as a table, with the syntax that formulas have.
package struct NumberReader: Sendable {
  private let bytes: [UInt8]

  package init(_ text: String) { bytes = Array(text.utf8) }

  /// The number, perhaps with a sign, that fills a span of UTF-8 offsets; nil for anything else.
  package func number(in span: SourceSpan) -> Double? {
    bytes.withUnsafeBufferPointer { bytes in
      var lexer = Lexer(bytes)
      lexer.move(to: span.lowerBound)
      guard var token = try? lexer.next() else { return nil }
      let isNegative = token.kind == .minus
      if isNegative || token.kind == .plus {
        guard let next = try? lexer.next() else { return nil }
        token = next
      }
      guard token.kind == .number, token.end == span.upperBound else { return nil }
      return isNegative ? -token.number : token.number
    }
  }
}
