internal import Language

/// Text for XML and HTML, in an element or in an attribute between double quotes.
///
/// What is invisible or could turn the line round is spelled out first, as on the terminal.
func escaped(_ text: String) -> String { xmlText(text) }

/// The text without what is invisible, and without what is no character of XML.
func printable(_ text: String) -> String {
  visible(text).rewritten { $0 == "\u{FFFE}" || $0 == "\u{FFFF}" ? "\u{FFFD}" : nil }
}

/// A length in points, with at most two decimals.
func points(_ value: Double) -> String {
  let hundredths = (value * 100).rounded()
  guard let whole = Int(exactly: hundredths) else { return "0" }
  let (units, rest) = (abs(whole) / 100, abs(whole) % 100)
  let sign = whole < 0 ? "-" : ""
  if rest == 0 { return "\(sign)\(units)" }
  let digits = rest % 10 == 0 ? "\(rest / 10)" : rest < 10 ? "0\(rest)" : "\(rest)"
  return "\(sign)\(units).\(digits)"
}
