/// A name in the parts that mathematics sets apart: `w12` is w with 12 below it, `W[2,1]` is W with 2,1.
package struct NameParts: Hashable, Sendable {
  /// What stands on the line: `w`, `theta`.
  package let stem: String
  /// The digits at its end; empty where there are none.
  package let index: String
  /// The places of an element: `2` and `1`.
  package let places: [String]

  /// Takes a name apart; an unnamed gate, `@3`, becomes g with 3 below it.
  package init(_ name: String) {
    let isDigits = { (text: Substring) in
      !text.isEmpty && text.utf8.allSatisfy { (0x30...0x39).contains($0) }
    }
    if name.hasPrefix("@"), isDigits(name.dropFirst()) {
      (stem, index, places) = ("g", String(name.dropFirst()), [])
      return
    }
    var own = name[...]
    var found: [String] = []
    if own.hasSuffix("]"), let open = own.firstIndex(of: "["), open > own.startIndex {
      let inner = own[own.index(after: open)...].dropLast().split(
        separator: ",", omittingEmptySubsequences: false)
      if inner.allSatisfy(isDigits) {
        found = inner.map(String.init)
        own = own[..<open]
      }
    }
    places = found
    let letters = own.prefix { !$0.isNumber }
    let digits = own[letters.endIndex...]
    let isIndexed = isDigits(digits) && !letters.isEmpty && !letters.hasSuffix("_")
    stem = String(isIndexed ? letters : own)
    index = isIndexed ? String(digits) : ""
  }

  /// The word of the Greek letter that the stem is: `theta` for `theta` and for `θ`.
  package var greek: String? { Self.words[stem] }

  private static let words: [String: String] = {
    Dictionary(
      zip(letters + spelled, spelled + spelled), uniquingKeysWith: { first, _ in first })
  }()
  private static let spelled =
    "alpha beta gamma delta epsilon zeta eta theta iota kappa lambda mu nu xi pi rho sigma tau upsilon phi chi psi omega"
    .split(separator: " ").map(String.init)
  private static let letters = "αβγδεζηθικλμνξπρστυφχψω".map(String.init)

  // MARK: - In formats

  /// `w_{12}`, `\theta`, `W_{2,1}`, `\mathrm{loss}`.
  package var latex: String {
    let isLetter = stem.unicodeScalars.count == 1
    let plain = stem.unicodeScalars.map(Self.latex).joined()
    var result = greek.map { "\\" + $0 } ?? (isLetter ? plain : "\\mathrm{\(plain)}")
    let below = index.isEmpty ? places.joined(separator: ",") : index
    if !below.isEmpty { result += "_{\(below)}" }
    if !index.isEmpty, !places.isEmpty { result += "[" + places.joined(separator: ",") + "]" }
    return result
  }

  /// What may stand in a name; all else is called by its number.
  private static func latex(_ scalar: Unicode.Scalar) -> String {
    if scalar == "_" { return "\\_" }
    if scalar.properties.isAlphabetic || (0x30...0x39).contains(scalar.value) {
      return String(scalar)
    }
    let digits = String(scalar.value, radix: 16, uppercase: true)
    return "\\text{U+" + String(repeating: "0", count: max(0, 4 - digits.count)) + digits + "}"
  }

  /// The same as an element of MathML.
  package var mathML: String {
    let letter = greek.flatMap { word in Self.spelled.firstIndex(of: word) }
    let shown = letter.map { Self.letters[$0] } ?? xmlText(stem)
    let own = "<mi>\(shown)</mi>"
    let list = places.map { "<mn>\($0)</mn>" }.joined(separator: "<mo>,</mo>")
    if index.isEmpty {
      return places.isEmpty ? own : "<msub>\(own)<mrow>\(list)</mrow></msub>"
    }
    let indexed = "<msub>\(own)<mn>\(index)</mn></msub>"
    return places.isEmpty
      ? indexed : "<mrow>\(indexed)<mo>[</mo>\(list)<mo>]</mo></mrow>"
  }
}

/// Text for XML, in which nothing acts and nothing is invisible.
package func xmlText(_ text: String) -> String {
  visible(text).rewritten { scalar in
    switch scalar {
    case "&": "&amp;"
    case "<": "&lt;"
    case ">": "&gt;"
    case "\"": "&quot;"
    case "'": "&#39;"
    // No characters of XML.
    case "\u{FFFE}", "\u{FFFF}": "\u{FFFD}"
    default: nil
    }
  }
}
