/// What the parser has to know about an operator, in a row of numbers instead of a record.
struct Operator {
  /// The primitive between two operands; -1 where there is none.
  var infix: PrimitiveID = -1
  var precedence: Int8 = 0
  var isRightAssociative = false
  /// Whether `a + b + c` is one gate with three operands.
  var takesMany = false
  var isComparison = false
  /// The primitive before one operand; -1 where there is none.
  var prefix: PrimitiveID = -1
  var prefixPrecedence: Int8 = 0

  /// A row for each kind of token that is an operator, read off the catalog once.
  static let table: [Operator] = Token.Kind.allCases.filter(\.isOperator).map(row)

  private static func row(_ kind: Token.Kind) -> Operator {
    var row = Operator()
    if let infix = Primitive.infixes[kind.spelling] {
      row.infix = infix
      switch Primitive[infix].notation {
      case .infix(let precedence, let isRightAssociative):
        row.precedence = Int8(clamping: precedence)
        row.isRightAssociative = isRightAssociative
      case .comparison: row.isComparison = true
      case .function, .prefix, .gate: break
      }
      if case .variadic = Primitive[infix].operands { row.takesMany = true }
    }
    if let prefix = Primitive.prefixes[kind.spelling],
      case .prefix(let precedence) = Primitive[prefix].notation
    {
      row.prefix = prefix
      row.prefixPrecedence = Int8(clamping: precedence)
    }
    return row
  }
}
