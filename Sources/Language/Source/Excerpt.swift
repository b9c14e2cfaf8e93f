/// A line with a place to point at, cut to fit a screen.
struct Excerpt {
  private let text: String
  private let span: SourceSpan
  private let room = 72

  init(_ text: String, _ span: SourceSpan) {
    self.text = text
    self.span = span
  }

  /// The line made visible, and a line of carets under the span.
  ///
  /// Offsets are taken as UTF-8 and rounded to whole characters, so that `∂` counts as one column;
  /// of a text with several lines only the one the span begins in is drawn.
  func drawn() -> (text: String, caret: String) {
    var shown: [(cell: String, width: Int, isMarked: Bool)] = []
    var offset = 0
    var first: Int?
    // A million-character line must not be turned into a million cells: look around the span only.
    let window = max(0, span.lowerBound - 400)..<span.lowerBound + 400
    for scalar in text.unicodeScalars {
      let length = UTF8.width(scalar)
      defer { offset += length }
      if offset >= window.upperBound { break }
      if offset < window.lowerBound { continue }
      if scalar == "\n" || scalar == "\r" {
        if offset >= span.lowerBound { break }
        shown = []
        continue
      }
      let isMarked = offset + length > span.lowerBound && offset < span.upperBound
      let cell = scalar == "\t" ? " " : visible(String(scalar))
      if isMarked || (first == nil && offset >= span.lowerBound) { first = first ?? shown.count }
      shown.append((cell, columns(cell), isMarked))
    }
    let mark = first ?? shown.count
    let cutsLeft = cells(before: mark, in: shown.map(\.width))
    var line = cutsLeft > 0 ? "…" : ""
    var caret = cutsLeft > 0 ? " " : ""
    var used = line.count
    for (index, cell) in shown.enumerated().dropFirst(cutsLeft) {
      if used + cell.width > room {
        line += "…"
        break
      }
      if index == mark || (index > mark && cell.isMarked) {
        caret += String(repeating: "^", count: max(1, cell.width))
      } else if index < mark {
        caret += String(repeating: " ", count: cell.width)
      }
      line += cell.cell
      used += cell.width
    }
    if mark >= shown.count { caret += "^" }
    return (line, caret)
  }

  /// How many cells at the left are cut so that the one at `mark` is on the screen.
  private func cells(before mark: Int, in widths: [Int]) -> Int {
    guard widths.prefix(mark).reduce(0, +) > room - 12 else { return 0 }
    var first = mark
    var used = 0
    while first > 0, used + widths[first - 1] <= room / 2 {
      first -= 1
      used += widths[first]
    }
    return first
  }
}
