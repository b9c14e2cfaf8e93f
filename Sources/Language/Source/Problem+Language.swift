// Everything that can go wrong while reading a formula, in alphabetical order.
extension Problem {
  package static func badText(_ reason: String, at offset: Int) -> Problem {
    Problem(
      "bad-text", "this is not UTF-8 text: \(reason) at byte \(offset + 1)",
      hint: "save the file as UTF-8, or type the line again")
  }

  static func comparisonOutsideIf(at span: SourceSpan) -> Problem {
    Problem(
      "comparison-outside-if", "a comparison belongs at the start of if(…)", at: span,
      hint: "write if(x > 0, a, b)")
  }

  static func emptyBrackets(at span: SourceSpan) -> Problem {
    Problem("expected-operand", "there is nothing between these brackets", at: span)
  }

  static func expectedOperand(before what: String, at span: SourceSpan) -> Problem {
    Problem(
      "expected-operand",
      what.isEmpty
        ? "the formula stops where a number or a name should follow"
        : "a number or a name should come before \(what)", at: span,
      hint: what == "@" ? "a matrix product is written A @ B, and a gate @1" : nil)
  }

  static func expectedName(after word: String, at span: SourceSpan) -> Problem {
    Problem(
      "expected-name", "\(word) should be followed by the name of a node", at: span,
      hint: "write \(word) w1, or \(word) @2")
  }

  static func implicitProduct(_ left: String, _ right: String, at span: SourceSpan) -> Problem {
    Problem(
      "implicit-product", "two things stand side by side with no operator between them", at: span,
      hint: hintForProduct(left, right))
  }

  private static func hintForProduct(_ left: String, _ right: String) -> String {
    guard !left.isEmpty, left.utf8.count + right.utf8.count < 40 else {
      return "for a product, write * between them"
    }
    if Primitive.functions[left] != nil || Composite.byName[left] != nil {
      return "a function takes brackets: \(left)(\(right == "(" ? "…" : right))"
    }
    if left == "grad" || left == "value" {
      return "\(left) \(right) is understood at the prompt and in answers, not inside a definition"
    }
    if Double(left) != nil, right.utf8.first.map({ $0 &- 0x30 < 10 || $0 == 0x5F }) == true {
      return "digits are not grouped: write 1000"
    }
    let isCall = right == "(" || Primitive.functions[right] != nil
    return "for a product, write \(left)*\(right == "(" ? "" : right)\(isCall ? "(…)" : "")"
  }

  static func invisibleCharacter(_ scalar: Unicode.Scalar, at span: SourceSpan) -> Problem {
    Problem(
      "stray-character", "an invisible character, \(codePoint(scalar)), is in this line", at: span,
      hint: "delete it, or type the line by hand")
  }

  static func nameTooLong(at span: SourceSpan) -> Problem {
    Problem(
      "name-too-long", "this name is longer than \(Limit.name.bound) bytes", at: span,
      hint: "names like w1 or hidden_2 are easier to follow")
  }

  package static func overLimit(_ limit: Limit, _ count: Int, at span: SourceSpan? = nil) -> Problem
  {
    Problem(
      "over-limit", "\(limit.subject) may have \(limit.bound) \(limit.unit), and this has \(count)",
      at: span, hint: "type limits to see every limit")
  }

  static func powerBetweenNames(at span: SourceSpan) -> Problem {
    Problem(
      "stray-operator", "** is read as a power only before a number", at: span,
      hint: "write ^ for a power, as in a^b")
  }

  static func strayCharacter(_ scalar: Unicode.Scalar, at span: SourceSpan) -> Problem {
    Problem(
      "stray-character",
      scalar.isASCII
        ? "\(scalar) means nothing in a formula"
        : "\(scalar) (\(codePoint(scalar))) means nothing in a formula", at: span,
      hint: hints[scalar])
  }

  static func strayComma(at span: SourceSpan) -> Problem {
    Problem(
      "stray-comma", "a comma only separates the arguments of a function", at: span,
      hint: "decimal numbers are written with a point: 1.5")
  }

  static func strayEquals(at span: SourceSpan) -> Problem {
    Problem(
      "stray-equals", "= gives a name a meaning, and does not stand inside a formula", at: span,
      hint: "write name = formula, or compare with == inside if(…)")
  }

  static func unknownFunction(_ name: String, known: [String], at span: SourceSpan) -> Problem {
    let near = closest(to: name, among: known)
    let hint =
      near.map { "did you mean \($0)?" }
      ?? otherWords[name]
      ?? "help functions lists them; for a product, write \(name)*(…)"
    return Problem(
      "unknown-function", "there is no function called \(name)", at: span, hint: hint)
  }

  /// What other languages have, and how it is written here.
  private static let otherWords = [
    "log10": "write ln(x)/ln(10)",
    "transpose": "there is no transpose: v @ W multiplies by columns",
    "zeros": "write [0 for i in 1..3]", "ones": "write [1 for i in 1..3]",
    "rand": "write uniform(0, 1)", "randn": "write normal(0, 1)", "matmul": "write A @ B",
    "length": "write the number, or a name for it: n = 3", "len": "write the number: n = 3",
  ]

  static func unmatchedBracket(_ bracket: String, at span: SourceSpan) -> Problem {
    Problem("unmatched-bracket", "this \(bracket) closes nothing", at: span)
  }

  static func unreadableNumber(_ text: String, at span: SourceSpan) -> Problem {
    Problem(
      "unreadable-number", "\(text) is not a number", at: span,
      hint: "numbers look like 3, 0.5, .5 or 1e-3")
  }

  static func unclosedBracket(_ bracket: String, at span: SourceSpan) -> Problem {
    Problem(
      "unclosed-bracket", "this \(bracket) is never closed", at: span,
      hint: "add a \(bracket == "[" ? "]" : ")")")
  }

  static func wrongArgumentCount(
    _ usage: String, wanted: String, got: Int, at span: SourceSpan
  ) -> Problem {
    Problem(
      "wrong-argument-count", "\(usage) takes \(wanted), not \(got)", at: span)
  }

  private static func codePoint(_ scalar: Unicode.Scalar) -> String {
    let digits = String(scalar.value, radix: 16, uppercase: true)
    return "U+" + String(repeating: "0", count: max(0, 4 - digits.count)) + digits
  }

  /// What to write instead of characters people paste or borrow from other languages.
  private static let hints: [Unicode.Scalar: String] = [
    "!": "there is no factorial here",
    "%": "there is no remainder here; write x/100 for a percentage",
    "@": "a gate is written @1, and only where a node is asked for",
    "{": "use round brackets: ( )",
    "}": "use round brackets: ( )",
    "&": "nest two if(…) instead",
    "|": "write abs(x) for a magnitude",
    ";": "separate definitions with a comma, or type them on lines of their own",
    "√": "write sqrt(x)",
    "∑": "write the sum out: a + b + c",
    "≤": "write <=",
    "≥": "write >=",
    "≠": "write !=",
    "‘": "quotes mean nothing in a formula",
    "ŷ": "write yhat",
  ]
}
