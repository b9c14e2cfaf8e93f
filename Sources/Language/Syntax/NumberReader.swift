/// Reads single numbers out of a long text, such as a table, with the syntax that formulas have.
package struct NumberReader: Sendable {
  /// One lexer over the whole text: a lexer for each number would copy millions of small texts.
  private var lexer: Lexer

  package init(_ text: String) { lexer = Lexer(text) }

  /// The number, perhaps with a sign, that fills a span of UTF-8 offsets; nil for anything else.
  package mutating func number(in span: SourceSpan) -> Double? {
    lexer.move(to: span.lowerBound)
    guard var token = try? lexer.next() else { return nil }
    let isNegative = token.kind == .symbol("-")
    if isNegative || token.kind == .symbol("+") {
      guard let next = try? lexer.next() else { return nil }
      token = next
    }
    guard case .number(let value) = token.kind, token.end == span.upperBound else { return nil }
    return isNegative ? -value : value
  }
}
