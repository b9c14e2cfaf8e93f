/// One word of the formula language, with the place it was typed.
struct Token {
  enum Kind: Equatable {
    case number(Double)
    /// A name as it is stored: subscript digits have become plain ones.
    case name(String)
    /// `@3`, an unnamed gate.
    case gate(String)
    /// An operator by the spelling the catalog knows: `+ - * / ^ @ < <= > >= == !=`.
    case symbol(String)
    /// `²` or `³`: a power and its exponent in one character.
    case superscript(Double)
    /// `**`, which is a power only before a number.
    case doubleStar
    case open, close, openSquare, closeSquare, comma, equals, range, end
  }

  let kind: Kind
  let start: Int
  let end: Int

  var span: SourceSpan { start..<end }

  /// How a message names the token.
  var description: String {
    switch kind {
    case .number, .name, .gate, .superscript: "this"
    case .symbol(let text): text
    case .doubleStar: "**"
    case .open: "("
    case .close: ")"
    case .openSquare: "["
    case .closeSquare: "]"
    case .range: ".."
    case .comma: "the comma"
    case .equals: "="
    case .end: ""
    }
  }
}
