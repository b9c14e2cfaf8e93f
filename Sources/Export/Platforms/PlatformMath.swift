internal import Language
internal import Typesetting

extension Math {
  /// The line for TeX, in a form that cannot end the text around it.
  var latex: String {
    let text = pieces.map { piece in
      switch piece {
      case .formula(let formula): formula.written(.latex, numbers: .arithmetic)
      case .name(let name): Self.latex(name)
      case .derivative(let output, let input):
        "\\frac{\\partial \(Self.latex(output))}{\\partial \(Self.latex(input))}"
      case .number(let number): Self.latex(number)
      case .operand(let number):
        number < 0 ? "(\(Self.latex(number)))" : Self.latex(number)
      case .digits(let digits): digits
      case .sign(let sign): Self.latex(sign)
      case .word(let word): "\\text{ \(Self.plainWord(word)) }"
      }
    }.joined(separator: " ")
    // What TeX or Markdown would act on cannot be typed as part of a name; a sign stands for it.
    let safe = oneLine(text).unicodeScalars.map { scalar -> String in
      switch scalar {
      case "$", "`", "#", "%", "~": "?"
      case "|": "\\vert "
      default: String(scalar)
      }
    }
    return safe.joined().trimmed
  }

  private static func plainWord(_ word: String) -> String {
    String(
      String.UnicodeScalarView(word.unicodeScalars.filter { $0 != "{" && $0 != "}" && $0 != "\\" }))
  }

  private static func latex(_ name: String) -> String { Formula(name: name).written(.latex) }

  private static func latex(_ number: Double) -> String {
    let text = number.formatted(.arithmetic)
    guard let place = text.firstIndex(of: "e") else {
      return number.isFinite ? text : "\\mathrm{\(text)}"
    }
    return "\(text[..<place]) \\times 10^{\(text[text.index(after: place)...])}"
  }

  private static func latex(_ sign: Sign) -> String {
    switch sign {
    case .equals: "="
    case .times: "\\times"
    case .plus: "+"
    case .minus: "-"
    case .comma: ",\\;"
    case .dots: "\\dots"
    case .open: "("
    case .close: ")"
    case .arrow: "\\to"
    case .sum: "\\sum"
    }
  }

  /// The line as text: `∂f/∂w1 = -4 × 1`.
  var plain: String {
    var result = ""
    for piece in pieces {
      let (text, isTight) = Self.plain(piece)
      let joins = result.isEmpty || result.hasSuffix("(") || isTight
      result += (joins ? "" : " ") + text
    }
    return oneLine(result)
  }

  /// A part, and whether it stands right behind what is before it.
  private static func plain(_ piece: Piece) -> (String, Bool) {
    switch piece {
    case .formula(let formula): (formula.written(.display, numbers: .arithmetic), false)
    case .name(let name): (name, false)
    case .derivative(let output, let input): ("∂\(output)/∂\(input)", false)
    case .number(let number): (number.formatted(.arithmetic), false)
    case .operand(let number):
      (number < 0 ? "(\(number.formatted(.arithmetic)))" : number.formatted(.arithmetic), false)
    case .digits(let digits): (digits, false)
    case .word(let word): (word, false)
    case .sign(.equals): ("=", false)
    case .sign(.times): ("×", false)
    case .sign(.plus): ("+", false)
    case .sign(.minus): ("-", false)
    case .sign(.comma): (",", true)
    case .sign(.dots): ("…", false)
    case .sign(.open): ("(", false)
    case .sign(.close): (")", true)
    case .sign(.arrow): ("→", false)
    case .sign(.sum): ("Σ", false)
    }
  }
}

extension String {
  /// The text without the blanks around it.
  var trimmed: String {
    let kept = unicodeScalars.drop { $0 == " " }
    return String(String.UnicodeScalarView(kept.reversed().drop { $0 == " " }.reversed()))
  }

  /// Whether there is nothing to see.
  var isBlank: Bool { unicodeScalars.allSatisfy(\.properties.isWhitespace) }
}
