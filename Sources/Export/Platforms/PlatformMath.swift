internal import Language
internal import Typesetting

extension Math {
  /// The line for TeX, in a form that cannot end the text around it.
  var latex: String {
    // What TeX or Markdown would act on cannot be typed as part of a name; a sign stands for it.
    let safe = oneLine(latex(Style())).unicodeScalars.map { scalar -> String in
      switch scalar {
      case "$", "`", "#", "%", "~": "?"
      case "|": "\\vert "
      default: String(scalar)
      }
    }
    return safe.joined().trimmed
  }

  /// The line as text: `∂f/∂w1 = -4 × 1`.
  var plain: String { oneLine(text(Style())) }
}

extension String {
  /// Whether there is nothing to see.
  var isBlank: Bool { unicodeScalars.allSatisfy(\.properties.isWhitespace) }
}
