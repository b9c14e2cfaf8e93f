// What is not letters and signs one after the other: TeX and MathML.
extension Formula.Spelling {
  /// What stands around a part in brackets.
  package var brackets: (open: String, close: String) {
    switch self {
    case .source, .display: ("(", ")")
    case .latex: (#"\left("#, #"\right)"#)
    case .mathML: ("<mrow><mo>(</mo><mrow>", "</mrow><mo>)</mo></mrow>")
    }
  }

  /// The same around what is one line high.
  var flatBrackets: (open: String, close: String) {
    guard self == .mathML else { return brackets }
    return (
      "<mrow><mo stretchy=\"false\">(</mo><mrow>", "</mrow><mo stretchy=\"false\">)</mo></mrow>"
    )
  }

  /// A number of MathML in brackets as high as itself.
  package static func bracketed(_ number: String) -> String {
    "<mrow><mo stretchy=\"false\">(</mo>\(number)<mo stretchy=\"false\">)</mo></mrow>"
  }

  /// A sign between two parts.
  package func between(_ sign: String) -> String {
    guard self == .mathML else { return " \(sign) " }
    return self.sign(sign)
  }

  /// A sign before a part.
  package func sign(_ sign: String) -> String {
    guard self == .mathML else { return sign }
    return "<mo>\(xmlText(["-": "−", "×": "⋅"][sign] ?? sign))</mo>"
  }

  /// A name.
  package func name(_ name: String) -> String {
    switch self {
    case .source, .display: name
    case .latex: NameParts(name).latex
    case .mathML: NameParts(name).mathML
    }
  }

  /// A number as it was rounded: `1.5e-7` becomes a power of ten where mathematics is set.
  package func number(_ text: String) -> String {
    guard self == .latex || self == .mathML else { return text }
    let isNegative = text.hasPrefix("-")
    let minus = isNegative ? (self == .latex ? "-" : "−") : ""
    let size = isNegative ? text.dropFirst() : text[...]
    let (digits, power) = Self.parts(of: size)
    if self == .latex {
      switch size {
      case "inf": return minus + #"\infty"#
      case "nan": return #"\mathrm{nan}"#
      default: return minus + digits + (power.map { #" \cdot 10^{\#($0)}"# } ?? "")
      }
    }
    switch size {
    case "inf": return "<mn>\(minus)∞</mn>"
    case "nan": return "<mi>nan</mi>"
    default:
      let own = "<mn>\(minus)\(digits)</mn>"
      guard let power else { return own }
      let shown = power.replacing("-", with: "−")
      return "<mrow>\(own)<mo>⋅</mo><msup><mn>10</mn><mn>\(shown)</mn></msup></mrow>"
    }
  }

  private static func parts(of number: Substring) -> (digits: String, power: String?) {
    guard let e = number.firstIndex(of: "e") else { return (String(number), nil) }
    return (String(number[..<e]), String(number[number.index(after: e)...]))
  }

  /// The head of a function that stands before its brackets.
  func head(_ primitive: Primitive) -> String {
    switch self {
    case .source, .display: return primitive.name
    case .latex: return primitive.latex
    case .mathML:
      let bare = primitive.latex.replacing(#"\mathrm{"#, with: "").filter {
        $0 != "\\" && $0 != "}"
      }
      return "<mi>\(bare == "sigma" ? "σ" : xmlText(bare))</mi><mo>\u{2061}</mo>"
    }
  }

  /// The head of something that has no record of how it is set.
  func word(_ name: String) -> String {
    switch self {
    case .source, .display: name
    case .latex: #"\mathrm{\#(name)}"#
    case .mathML: "<mi>\(xmlText(name))</mi><mo>\u{2061}</mo>"
    }
  }

  /// Words between formulas.
  func words(_ text: String) -> String {
    switch self {
    case .source, .display: text
    case .latex: #"\text{\#(text)}"#
    case .mathML: "<mtext>\(text.replacing(" ", with: "\u{A0}"))</mtext>"
    }
  }

  /// How a gate is set that is more than signs in a row, with `#1` and `#2` for its operands.
  func template(_ primitive: Primitive) -> String? {
    switch self {
    case .source, .display: nil
    case .latex: primitive.latex.contains("#1") ? primitive.latex : nil
    case .mathML: Self.mathMLTemplates[primitive.name]
    }
  }

  private static let mathMLTemplates = [
    "/": "<mfrac><mrow>#1</mrow><mrow>#2</mrow></mfrac>",
    "^": "<msup><mrow>#1</mrow><mrow>#2</mrow></msup>",
    "sqrt": "<msqrt>#1</msqrt>",
    "abs": "<mrow><mo>|</mo>#1<mo>|</mo></mrow>",
  ]
}

extension Formula {
  /// Whether it is written without fractions, so that nothing in it is high.
  var isFlat: Bool {
    !nodes.contains { $0.kind == .apply && Primitive[$0.reference].name == "/" }
  }
}

extension Printer {
  /// A literal with a minus before it, which MathML sets as one number.
  func number(negating operand: Int) -> String? {
    let node = formula.nodes[operand]
    guard spelling == .mathML, node.kind == .number, node.number >= 0 else { return nil }
    return spelling.number("-" + node.number.formatted(numbers))
  }
}

extension Primitive {
  var isSum: Bool { name == Primitive[Primitive.add].name && notation != .function }
  var isPrefix: Bool { if case .prefix = notation { true } else { false } }
}
