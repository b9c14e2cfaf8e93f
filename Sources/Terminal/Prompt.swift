/// Tells readline which parts of a prompt take no room on the screen.
///
/// Without the marks it counts the letters of a colour as columns, and puts the cursor in the wrong
/// place as soon as a line wraps.
func markingColors(in prompt: String) -> String {
  var result = ""
  var rest = Substring(prompt)
  while let escape = rest.firstIndex(of: "\u{1B}") {
    result += rest[..<escape]
    let sequence = rest[escape...]
    guard let end = sequence.firstIndex(of: "m") else { return result + sequence }
    result += "\u{1}" + sequence[...end] + "\u{2}"
    rest = sequence[sequence.index(after: end)...]
  }
  return result + rest
}
