internal import Language
internal import Typesetting

// A line of mathematics, written for a screen.
extension Math {
  /// The line as plain text.
  func text(_ style: Style) -> String {
    var result = ""
    var wantsBlank = false
    for piece in pieces {
      let (text, isLoose) = Self.text(piece, style)
      if case .sign(.comma) = piece {
        result += ","
        wantsBlank = true
        continue
      }
      if wantsBlank || isLoose, !result.isEmpty, !result.hasSuffix("(") { result += " " }
      if case .sign(.close) = piece, result.hasSuffix(" ") { result.removeLast() }
      result += text
      wantsBlank = isLoose
    }
    return result
  }

  /// The text of a part, and whether it stands free, with a blank on either side.
  private static func text(_ piece: Piece, _ style: Style) -> (String, isLoose: Bool) {
    switch piece {
    case .formula(let formula): (style.formula(formula), false)
    case .substituted(let formula):
      (
        formula.written(
          style.unicode ? .display : .source, numbers: style.numbers, bracketsSigns: true), false
      )
    case .name(let name): (name, false)
    case .derivative(let output, let input): (style.derivative(output, input), false)
    case .nabla(let name): (style.unicode ? "∇\(name)" : "grad \(name)", false)
    case .number(let value): (style.number(value), false)
    case .operand(let value): (style.operand(value), false)
    case .digits(let digits): (digits, false)
    case .word(let word): (word, true)
    case .sign(let sign):
      (text(sign, style), [.equals, .times, .plus, .minus, .arrow].contains(sign))
    }
  }

  private static func text(_ sign: Sign, _ style: Style) -> String {
    switch sign {
    case .equals: "="
    case .times: style.signs.times
    case .plus: "+"
    case .minus: "-"
    case .comma: ","
    case .dots: style.signs.more
    case .open: "("
    case .close: ")"
    case .arrow: style.signs.arrow
    case .sum: style.unicode ? "Σ " : "sum "
    }
  }
}
