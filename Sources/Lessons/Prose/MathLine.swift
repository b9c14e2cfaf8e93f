/// A formula as a line of text, while it is being put together.
struct MathLine {
  private(set) var text = ""
  private var isAfterWord = false
  private var isAfterSum = false

  /// The text without blanks at its ends and without double ones.
  var joined: String {
    text.utf8.split(whereSeparator: \.isBlank).map { String(decoding: $0, as: UTF8.self) }
      .joined(separator: " ")
  }

  /// Appends a blank.
  mutating func addBlank() {
    if !text.isEmpty { text += " " }
    isAfterWord = false
    isAfterSum = false
  }

  /// Appends a piece that stands next to the one before.
  mutating func add(_ piece: String) {
    // `\ln x` and `\ln{x}` are both ln x: letters would run together otherwise.
    if isAfterWord, piece.unicodeScalars.first.map(MathText.isWord) == true { text += " " }
    text += piece
    isAfterWord = false
    isAfterSum = piece == "Σ" || piece == "Π"
  }

  /// Appends the name of a function.
  mutating func addWord(_ word: String) {
    if text.unicodeScalars.last.map(MathText.isWord) == true { text += " " }
    text += word
    isAfterWord = true
    isAfterSum = false
  }

  /// Appends an index: `w_1` is w1, as the session spells it.
  mutating func addBelow(_ piece: String) {
    let isShort = piece.unicodeScalars.allSatisfy(MathText.isWord)
    // V_{1,1} is V[1,1], as the session spells that too.
    text +=
      isAfterSum ? "_" + (isShort ? piece : "(\(piece))") : isShort ? piece : "[\(piece)]"
    isAfterWord = isAfterWord || isAfterSum
  }

  /// Appends an exponent: a whole number is raised, anything else stands behind `^`.
  mutating func addAbove(_ piece: String) {
    if let raised = MathText.raised(piece), !isAfterSum {
      text += raised
    } else {
      let isMarked = piece.hasPrefix("[") && piece.hasSuffix("]") && !isAfterSum
      text +=
        isMarked
        ? piece
        : "^" + (piece.unicodeScalars.allSatisfy(MathText.isWord) ? piece : "(\(piece))")
    }
    isAfterWord = isAfterWord || isAfterSum
    isAfterSum = false
  }
}

/// Questions about a piece of a formula.
enum MathText {
  /// Whether the character can stand in a name or a number.
  static func isWord(_ scalar: Unicode.Scalar) -> Bool {
    scalar.properties.isAlphabetic || "0"..."9" ~= scalar || scalar == "∂" || scalar == "∇"
      || scalar.properties.generalCategory == .nonspacingMark
  }

  /// A whole number in raised digits.
  static func raised(_ piece: String) -> String? {
    let digits = Array("⁰¹²³⁴⁵⁶⁷⁸⁹".unicodeScalars)
    var result = String.UnicodeScalarView()
    for (index, scalar) in piece.unicodeScalars.enumerated() {
      if scalar == "-", index == 0, piece.utf8.count > 1 {
        result.append("⁻")
      } else if "0"..."9" ~= scalar {
        result.append(digits[Int(scalar.value - 0x30)])
      } else {
        return nil
      }
    }
    return result.isEmpty ? nil : String(result)
  }

  /// The piece, in parentheses unless it can stand above a fraction bar drawn as `/`.
  static func numerator(_ piece: String) -> String {
    var depth = 0
    for (index, scalar) in piece.unicodeScalars.enumerated() {
      if scalar == "(" { depth += 1 }
      if scalar == ")" { depth -= 1 }
      if depth == 0, scalar == " " || "+-−=<>/,".unicodeScalars.contains(scalar) {
        if scalar != "-" || index > 0 { return "(\(piece))" }
      }
    }
    return piece
  }

  /// The piece, in parentheses unless it is one name, one number or one call.
  static func denominator(_ piece: String) -> String {
    let scalars = piece.unicodeScalars
    let rest = scalars.drop(while: { isWord($0) || $0 == "." })
    let head = scalars[..<rest.startIndex]
    // 2x is a product, and 1/2x would be read as x halved.
    let isProduct =
      head.first.map { "0"..."9" ~= $0 } == true
      && !head.allSatisfy { "0"..."9" ~= $0 || $0 == "." }
    if rest.isEmpty { return isProduct ? "(\(piece))" : piece }
    var depth = 0
    for index in rest.indices {
      if rest[index] == "(" { depth += 1 }
      if rest[index] == ")" { depth -= 1 }
      let isEnd = rest.index(after: index) == rest.endIndex
      if depth == 0, !isEnd { return "(\(piece))" }
    }
    let isCall = rest.first == "(" && rest.last == ")" && !isProduct
    return isCall ? piece : "(\(piece))"
  }
}
