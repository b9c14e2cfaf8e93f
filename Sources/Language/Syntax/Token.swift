/// One word of the formula language, with the place it was typed.
///
/// Only numbers and offsets: a token is made for every few bytes of a text, so it owns no memory.
/// What a name says is asked of the lexer, which has the bytes.
struct Token {
  enum Kind: UInt8, CaseIterable {
    // The operators come first: their places are places in `Operator.table`.
    case plus, minus, times, over, power
    case less, atMost, greater, atLeast, equal, unequal
    /// `@` between matrices.
    case product
    case number
    /// A name as it is stored: subscript digits have become plain ones.
    case name
    /// `@3`, an unnamed gate.
    case gate
    /// `²` or `³`: a power and its exponent in one character.
    case superscript
    /// `**`, which is a power only before a number.
    case doubleStar
    case open, close, openSquare, closeSquare, comma, equals, range, end

    /// Whether it stands between operands, or before one.
    var isOperator: Bool { rawValue <= Kind.product.rawValue }

    /// How it is written, for what is always written alike.
    var spelling: String {
      switch self {
      case .plus: "+"
      case .minus: "-"
      case .times: "*"
      case .over: "/"
      case .power: "^"
      case .less: "<"
      case .atMost: "<="
      case .greater: ">"
      case .atLeast: ">="
      case .equal: "=="
      case .unequal: "!="
      case .product: "@"
      case .doubleStar: "**"
      case .open: "("
      case .close: ")"
      case .openSquare: "["
      case .closeSquare: "]"
      case .range: ".."
      case .comma: ","
      case .equals: "="
      case .number, .name, .gate, .superscript, .end: ""
      }
    }
  }

  let kind: Kind
  let start: Int
  let end: Int
  /// The bits of a number or an exponent, or the `NameKey` of a name.
  var bits: UInt64 = 0

  var span: SourceSpan { start..<end }

  /// The number, or the exponent of a superscript.
  var number: Double { Double(bitPattern: bits) }

  /// How a message names the token.
  var description: String {
    switch kind {
    case .number, .name, .gate, .superscript: "this"
    case .comma: "the comma"
    default: kind.spelling
    }
  }
}
