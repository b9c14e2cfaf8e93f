internal import Language

/// A value in the language of JSON, written without a blank too many.
enum JSON: ExpressibleByStringLiteral, ExpressibleByIntegerLiteral, ExpressibleByArrayLiteral {
  case text(String)
  case number(Double)
  case list([JSON])
  /// Keys stand in the order given, so that the same input gives the same bytes.
  case object([(String, JSON)])

  init(stringLiteral text: String) { self = .text(text) }
  init(integerLiteral number: Int) { self = .number(Double(number)) }
  init(arrayLiteral elements: JSON...) { self = .list(elements) }

  static func count(_ number: Int) -> JSON { .number(Double(number)) }

  /// The value as text; nan and infinities are the strings "nan", "inf" and "-inf".
  ///
  /// It may stand in a page: `<`, `>` and `&` are written by their numbers.
  var written: String {
    var result = ""
    write(to: &result)
    return result
  }

  private func write(to result: inout String) {
    switch self {
    case .text(let text): Self.write(text, to: &result)
    case .number(let number):
      let text = number.formatted(.data)
      result += number.isFinite ? text : "\"\(text)\""
    case .list(let values):
      result += "["
      for (place, value) in values.enumerated() {
        if place > 0 { result += "," }
        value.write(to: &result)
      }
      result += "]"
    case .object(let members):
      result += "{"
      for (place, member) in members.enumerated() {
        if place > 0 { result += "," }
        Self.write(member.0, to: &result)
        result += ":"
        member.1.write(to: &result)
      }
      result += "}"
    }
  }

  private static func write(_ text: String, to result: inout String) {
    result += "\""
    result += text.rewritten { scalar in
      switch scalar {
      case "\"": "\\\""
      case "\\": "\\\\"
      case "\n": "\\n"
      case "<", ">", "&": escaped(scalar)
      // What cannot be seen could turn lines around for who looks at the file.
      default: acts(scalar) ? escaped(scalar) : nil
      }
    }
    result += "\""
  }

  /// A sign by its number; one beyond 16 bits by the two numbers UTF-16 has for it.
  private static func escaped(_ scalar: Unicode.Scalar) -> String {
    (UTF16.encode(scalar) ?? UTF16.encodedReplacementCharacter).map { unit in
      let digits = String(unit, radix: 16)
      return "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
    }.joined()
  }
}
