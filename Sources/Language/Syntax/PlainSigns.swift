/// What a byte can be in plain text, as bits of a table, so that a reader asks a byte once.
enum PlainByte {
  /// A letter, a digit or an underscore.
  static let name: UInt8 = 1
  static let digit: UInt8 = 2
  /// A letter or an underscore, with which a name begins.
  static let letter: UInt8 = 4
  /// What can follow a name that is no more than a name.
  ///
  /// A bracket makes it a call or a vector, and a byte of 128 or more may belong to the name.
  static let afterName: UInt8 = 8
  /// What can follow a number that is complete.
  static let afterNumber: UInt8 = 16

  /// The bits of all 256 bytes.
  static let table: [UInt8] = (0...UInt8.max).map { byte in
    let isLetter = Lexer.isLetter(byte)
    let isDigit = Lexer.isDigit(byte)
    var bits: UInt8 = 0
    if isLetter || isDigit { bits |= name }
    if isDigit { bits |= digit }
    if isLetter { bits |= letter }
    if byte > 0x20, byte < 0x80, byte != UInt8(ascii: "("), byte != UInt8(ascii: "[") {
      bits |= afterName
    }
    if byte | 0x20 != UInt8(ascii: "e"), byte != UInt8(ascii: ".") { bits |= afterNumber }
    return bits
  }
}

/// What `Parser.readPlain` has to know about an operator of one byte.
struct PlainSign {
  /// What waits for the right operand: the first word of a `Workbench.Pending`.
  var head: UInt64 = 0
  /// The same where further operands join it, as in `a + b + c`; else what is no such word.
  var chain = UInt64.max
  var precedence: Int8 = 0
  var isOperator = false

  private static let kinds: [UInt8: Token.Kind] = [
    UInt8(ascii: "+"): .plus, UInt8(ascii: "-"): .minus, UInt8(ascii: "*"): .times,
    UInt8(ascii: "/"): .over,
  ]

  /// A row for each byte.
  static let table: [PlainSign] = (0...UInt8.max).map { byte in
    var sign = PlainSign()
    guard let kind = kinds[byte] else { return sign }
    let row = Operator.table[Int(kind.rawValue)]
    sign.head = Workbench.Pending.head(.infix, row.infix, precedence: row.precedence)
    if row.takesMany { sign.chain = sign.head }
    sign.precedence = row.precedence
    sign.isOperator = true
    return sign
  }
}
