package import Language

extension Document {
  /// Numbers in their shape: one line where it fits, a line for each row of a matrix else.
  ///
  /// What is very long is shown by its two ends and a count.
  package static func numbers(
    _ tensor: Tensor, _ style: Style, head: String = "", role: Text.Role = .value
  ) -> Document {
    let written = { (values: ArraySlice<Double>) -> String in
      let most = 24
      guard values.count > most else {
        return "[" + values.map(style.number).joined(separator: ", ") + "]"
      }
      let ends = (values.prefix(most - 4), values.suffix(2))
      return "[" + ends.0.map(style.number).joined(separator: ", ")
        + ", \(style.signs.more) \(values.count - most + 2) more, "
        + ends.1.map(style.number).joined(separator: ", ") + "]"
    }
    switch tensor.shape {
    case .scalar:
      return .line(Text(head) + Text(style.number(tensor.values.first ?? .nan), role))
    case .vector: return .line(Text(head) + Text(written(tensor.values[...]), role))
    case .matrix(let rows, let columns):
      let most = 24
      let shown = rows > most ? Array(0..<most - 4) + Array(rows - 2..<rows) : Array(0..<rows)
      let lines = shown.map { written(tensor.values[$0 * columns..<($0 + 1) * columns]) }
      let whole = "[" + lines.joined(separator: ", ") + "]"
      if rows <= most, Language.columns(head + whole) <= style.width {
        return .line(Text(head) + Text(whole, role))
      }
      let margin = String(repeating: " ", count: Language.columns(head))
      return Document(
        lines.enumerated().map { place, line in
          let isGap = rows > most && place == most - 4
          let gap = isGap ? "\(style.signs.more) \(rows - most + 2) rows more" : ""
          let open = place == 0 ? "[" : " "
          let close = place == lines.count - 1 ? "]" : ","
          return .line(
            Text(place == 0 ? head : margin) + Text(open + line + close, role)
              + Text(gap.isEmpty ? "" : "   \(gap)", .dim))
        })
    }
  }
}
