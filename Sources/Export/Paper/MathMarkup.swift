internal import Language
internal import Typesetting

// A line of mathematics for TeX and for web pages: both go through the printer of formulas.
extension Math {
  /// The line for TeX, without what it is put between.
  ///
  /// `isDisplay`: whether it has a line of its own, and room for fractions.
  func latex(_ style: Style, isDisplay: Bool = false) -> String {
    let opened = pieces.count { $0 == .sign(.open) }
    let isBalanced = opened == pieces.count { $0 == .sign(.close) }
    var result = ""
    for piece in pieces {
      let part: String
      switch piece {
      case .derivative(let output, let input):
        let (above, below) = (NameParts(output).latex, NameParts(input).latex)
        part =
          isDisplay
          ? #"\frac{\partial \#(above)}{\partial \#(below)}"#
          : #"\partial \#(above)/\partial \#(below)"#
      case .nabla(let name): part = #"\nabla \#(NameParts(name).latex)"#
      case .word(let word):
        // Blanks where something stands beside it.
        let (before, behind) = (result.isEmpty ? "" : " ", pieces.count > 1 ? " " : "")
        part = #"\text{\#(before)\#(Self.plain(word))\#(behind)}"#
      case .sign(.open): part = isDisplay && isBalanced ? #"\left("# : "("
      case .sign(.close): part = isDisplay && isBalanced ? #"\right)"# : ")"
      case .sign(let sign): part = Self.latexSigns[sign] ?? ""
      default: part = written(piece, .latex, style)
      }
      result += part
    }
    return result.replacing(#"\left|"#, with: #"\left\lvert "#)
      .replacing(#"\right|"#, with: #"\right\rvert "#)
  }

  private static let latexSigns: [Sign: String] = [
    .equals: " = ", .times: #" \cdot "#, .plus: " + ", .minus: " - ", .comma: ", ",
    .dots: #"\ldots "#, .arrow: #" \to "#, .sum: #"\sum "#,
  ]

  /// Letters, digits and marks of a sentence; TeX's own signs with a stroke before them.
  private static func plain(_ word: String) -> String {
    visible(word).unicodeScalars.map { scalar in
      if "%_&#".unicodeScalars.contains(scalar) { return "\\\(scalar)" }
      let isPlain =
        scalar.properties.isAlphabetic || scalar.properties.numericType != nil
        || " .,;:!?()+-=/[]'".unicodeScalars.contains(scalar)
      return isPlain ? String(scalar) : scalar == "\"" ? "''" : "?"
    }.joined()
  }

  /// What a formula, a name or a number is in a spelling.
  private func written(_ piece: Piece, _ spelling: Formula.Spelling, _ style: Style) -> String {
    switch piece {
    case .formula(let formula): return formula.written(spelling, numbers: style.numbers)
    case .substituted(let formula):
      return formula.written(spelling, numbers: style.numbers, bracketsSigns: true)
    case .name(let name): return spelling.name(name)
    case .number(let value): return spelling.number(style.number(value))
    case .digits(let digits): return spelling.number(digits)
    case .operand(let value):
      let text = style.number(value)
      let number = spelling.number(text)
      guard text.hasPrefix("-") else { return number }
      return spelling == .mathML
        ? Formula.Spelling.bracketed(number) : "(\(number))"
    default: return ""
    }
  }

  /// The line as a `<math>` element.
  func mathML(_ style: Style, isDisplay: Bool = false) -> String {
    var inner = ""
    for piece in pieces {
      switch piece {
      case .derivative(let output, let input):
        let above = "<mrow><mi>∂</mi>\(NameParts(output).mathML)</mrow>"
        let below = "<mrow><mi>∂</mi>\(NameParts(input).mathML)</mrow>"
        inner +=
          isDisplay
          ? "<mfrac>\(above)\(below)</mfrac>"
          : "<mrow>\(above)<mo lspace=\"0\" rspace=\"0\">/</mo>\(below)</mrow>"
      case .nabla(let name): inner += "<mrow><mi>∇</mi>\(NameParts(name).mathML)</mrow>"
      case .word(let word): inner += "<mtext>\u{A0}\(xmlText(word))\u{A0}</mtext>"
      case .sign(.open), .sign(.close):
        // Between other parts a browser would take them for signs with room around them.
        let (form, sign) = piece == .sign(.open) ? ("prefix", "(") : ("postfix", ")")
        inner += "<mo form=\"\(form)\" stretchy=\"\(isDisplay)\">\(sign)</mo>"
      case .sign(let sign): inner += "<mo>\(Self.mathMLSigns[sign] ?? "")</mo>"
      default: inner += written(piece, .mathML, style)
      }
    }
    let display = isDisplay ? " display=\"block\"" : ""
    return """
      <math xmlns="http://www.w3.org/1998/Math/MathML"\(display) alttext="\(xmlText(text(style)))">\
      <mrow>\(inner)</mrow></math>
      """
  }

  private static let mathMLSigns: [Sign: String] = [
    .equals: "=", .times: "⋅", .plus: "+", .minus: "−", .comma: ",", .dots: "…", .arrow: "→",
    .sum: "∑",
  ]
}
