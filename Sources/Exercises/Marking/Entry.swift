package import Language
internal import Typesetting

/// What a student put into one blank.
package enum Entry: Hashable, Sendable {
  case number(Rational)
  /// One of the options, by its place.
  case choice(Int)
  case blank
  /// Why it could not be read.
  case unreadable(String)

  /// Reads what was typed into a blank: a number, or the letter or the text of an option.
  package init(_ text: String, for answer: Blank.Answer, decimalComma: Bool = false) {
    switch answer {
    case .number:
      switch TypedNumber(text, decimalComma: decimalComma) {
      case .number(let number): self = .number(number)
      case .blank: self = .blank
      case .unreadable(let reason): self = .unreadable(reason)
      }
    case .choice(let options, _): self = Self.choice(text, among: options)
    }
  }

  private static func choice(_ text: String, among options: [String]) -> Entry {
    let typed = folded(text)
    let byText = options.firstIndex { folded($0) == typed }
    if byText == nil, TypedNumber.isBlank(typed) { return .blank }
    let letter = letter(typed, of: options.count)
    switch (byText, letter) {
    case (nil, nil):
      let last = options.isEmpty ? "" : " to \(Typesetting.letter(options.count - 1))"
      return .unreadable(
        "\(TypedNumber.shown(text)) is none of the options; write a letter, a\(last)")
    case (let place?, nil), (nil, let place?): return .choice(place)
    case (let place?, let other?):
      return place == other
        ? .choice(place)
        : .unreadable(
          "\(TypedNumber.shown(text)) is the text of one option and the letter of another; write \(Typesetting.letter(place))) or \(Typesetting.letter(other)))"
        )
    }
  }

  /// `b`, `B`, `b)`, `(b)` or `b.` as a place; nil for anything else.
  private static func letter(_ typed: String, of count: Int) -> Int? {
    let bare = typed.filter { !["(", ")", "."].contains($0) }
    guard bare.utf8.count == 1, typed.count <= 3, let byte = bare.utf8.first,
      (0x61...0x7A).contains(byte), Int(byte) - 0x61 < count
    else { return nil }
    return Int(byte) - 0x61
  }

  /// The text in small letters, with single blanks and plain signs.
  private static func folded(_ text: String) -> String {
    TypedNumber.plain(text).lowercased().split(separator: " ").joined(separator: " ")
  }
}
