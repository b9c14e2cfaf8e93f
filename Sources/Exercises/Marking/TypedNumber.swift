package import Language

/// One number as a person writes it: `-4`, `−4`, `1/3`, `.5`, `5e-1`.
///
/// What can be read in two ways is not read at all, and it is said why: a marker must not guess.
package enum TypedNumber: Hashable, Sendable {
  case number(Rational)
  /// Nothing, or a sign that means nothing: `-`, `?`.
  case blank
  /// What is wrong with it, as a sentence without a final period.
  case unreadable(String)

  /// Reads a text.
  ///
  /// `decimalComma`: whether `0,5` is a half, as a class may write it.
  package init(_ text: String, decimalComma: Bool = false) {
    let plain = Self.plain(text)
    guard !Self.isBlank(plain) else {
      self = .blank
      return
    }
    switch Self.value(plain, typed: Self.shown(text), decimalComma) {
    case .success(let number): self = .number(number)
    case .failure(let reason): self = .unreadable(reason.words)
    }
  }

  /// Why a text is no number.
  private struct Reason: Error { let words: String }

  /// Whether a plain text stands for an answer that was not given.
  static func isBlank(_ plain: String) -> Bool { ["", "-", "?", "—"].contains(plain) }

  /// The text with one kind of minus and of stroke, and without blanks around it.
  static func plain(_ text: String) -> String {
    var result = String.UnicodeScalarView()
    for scalar in text.unicodeScalars {
      switch scalar.value {
      // Minus, hyphens and dashes as keyboards, spreadsheets and word processors make them.
      case 0x2212, 0x2010, 0x2011, 0x2012, 0x2013, 0xFF0D, 0xFE63: result.append("-")
      case 0x2044, 0x2215: result.append("/")
      case 0x09, 0x0A, 0x0D, 0xA0, 0x2007, 0x2009, 0x202F: result.append(" ")
      default: result.append(scalar)
      }
    }
    return String(result).trimmed
  }

  /// The text as it is quoted in a sentence.
  static func shown(_ text: String) -> String {
    let text = text.trimmed
    return text.unicodeScalars.count > 40
      ? String(String.UnicodeScalarView(text.unicodeScalars.prefix(39))) + "…" : text
  }

  // MARK: - Numbers

  private static func value(
    _ plain: String, typed: String, _ decimalComma: Bool
  ) -> Result<Rational, Reason> {
    let parts = plain.split(separator: "/", omittingEmptySubsequences: false)
    guard parts.count <= 2 else { return unread("\(typed) has more than one stroke") }
    var numbers: [Rational] = []
    for part in parts {
      switch decimal(String(part).trimmed, typed: typed, decimalComma) {
      case .success(let number): numbers.append(number)
      case .failure(let reason): return .failure(reason)
      }
    }
    guard let first = numbers.first else { return unread("\(typed) is not a number") }
    guard numbers.count == 2 else { return .success(first) }
    if numbers[1].isZero { return unread("\(typed) divides by 0") }
    guard let quotient = first.over(numbers[1]) else { return unread(tooLong(typed)) }
    return .success(quotient)
  }

  private static func decimal(
    _ text: String, typed: String, _ decimalComma: Bool
  ) -> Result<Rational, Reason> {
    var text = text
    if text.contains(",") {
      guard decimalComma else { return unread(comma(typed, text)) }
      guard !text.contains("."), text.count(where: { $0 == "," }) == 1 else {
        return unread("\(typed) is not a number; write thousands without a sign between them")
      }
      text = text.replacing(",", with: ".")
    } else if decimalComma, looksLikeThousands(text) {
      return unread("\(typed) may be thousands or a decimal; write it with a comma or in full")
    }
    // A blank may follow the sign, and stands nowhere else.
    if text.hasPrefix("- ") || text.hasPrefix("+ ") {
      text = String(text.prefix(1)) + String(text.dropFirst()).trimmed
    }
    guard isDecimal(text) else {
      return unread(
        text.contains(" ") && text.contains(where: \.isNumber)
          ? "\(typed) has a blank in it; write one number without blanks"
          : "\(typed) is not a number")
    }
    guard let number = Rational(decimal: text) else { return unread(tooLong(typed)) }
    return .success(number)
  }

  /// `1.000`, which is a thousand to one half of the readers.
  private static func looksLikeThousands(_ text: String) -> Bool {
    let digits = text.drop { $0 == "-" || $0 == "+" || $0 == " " }
    let parts = digits.split(separator: ".", omittingEmptySubsequences: false)
    return parts.count == 2 && (1...3).contains(parts[0].count) && !parts[0].hasPrefix("0")
      && parts[1].count == 3
  }

  private static func unread(_ words: String) -> Result<Rational, Reason> {
    .failure(Reason(words: words))
  }

  private static func comma(_ typed: String, _ text: String) -> String {
    let point = text.replacing(",", with: ".")
    guard text.count(where: { $0 == "," }) == 1, isDecimal(point) else {
      return "\(typed) has a comma; write one number, with a point for the decimals"
    }
    let whole = text.replacing(",", with: "")
    return looksLikeThousands(point)
      ? "\(typed) has a comma; write \(whole) or \(point), whichever is meant"
      : "\(typed) has a comma; write \(point), or mark with --decimal-comma"
  }

  private static func tooLong(_ typed: String) -> String {
    "\(typed) has more digits than can be read exactly; write at most 17"
  }

  /// Whether it is digits with at most one sign, point and exponent.
  private static func isDecimal(_ text: String) -> Bool {
    var bytes = text.utf8[...]
    func skipSign() {
      if bytes.first == UInt8(ascii: "-") || bytes.first == UInt8(ascii: "+") {
        bytes.removeFirst()
      }
    }
    func skipDigits() -> Int {
      let digits = bytes.prefix { (0x30...0x39).contains($0) }.count
      bytes.removeFirst(digits)
      return digits
    }
    skipSign()
    var digits = skipDigits()
    if bytes.first == UInt8(ascii: ".") {
      bytes.removeFirst()
      digits += skipDigits()
    }
    guard digits > 0 else { return false }
    if bytes.first == UInt8(ascii: "e") || bytes.first == UInt8(ascii: "E") {
      bytes.removeFirst()
      skipSign()
      guard skipDigits() > 0 else { return false }
    }
    return bytes.isEmpty
  }
}
