internal import Language

/// What stands around a plot: labels on the left, an axis, its labels and a caption.
struct PlotFrame: Sendable {
  /// Where a label keeps to its place on the axis.
  enum Anchor: Hashable, Sendable { case start, middle, end }

  /// A text under the axis.
  struct Label: Hashable, Sendable {
    let text: String
    let column: Int
    var anchor = Anchor.middle
  }

  let style: Style
  /// The columns that labels on the left take.
  let margin: Int
  /// The columns that are left for the plot.
  let columns: Int

  /// The frame around a plot of at most 60 columns, as wide as the screen allows.
  init(labels: [String], style: Style, sides: Int = 1) {
    self.style = style
    let widest = labels.map(Language.columns).max() ?? 0
    let roomy = style.width >= 75 ? max(10, widest) : widest
    margin = roomy
    columns = max(4, min(60, style.width - roomy - 1 - sides))
  }

  /// One row: its label, if it has one, the axis, and what is drawn.
  func row(_ label: String?, _ drawn: Text) -> Text {
    let axis = label == nil ? (style.unicode ? "│" : "|") : style.unicode ? "┤" : "+"
    return side(label) + Text(axis, .dim) + drawn
  }

  /// A label and the blank behind it.
  func side(_ label: String?) -> Text {
    Text(label ?? "", .value).padded(to: margin, .right) + Text(" ")
  }

  /// The axis below, with signs on it: `└────▲────`.
  func axis(_ signs: [Int: String] = [:]) -> Text {
    var line = side(nil) + Text(style.unicode ? "└" : "+", .dim)
    var run = ""
    for column in 0..<columns {
      if let sign = signs[column] {
        line += Text(run, .dim) + Text(sign)
        run = ""
      } else {
        run += style.signs.rule
      }
    }
    return line + Text(run, .dim)
  }

  /// Labels below the axis; a label that would touch an earlier one is left out.
  func below(_ labels: [Label], _ role: Text.Role = .plain) -> Text {
    var line = [Character](repeating: " ", count: columns)
    for label in labels {
      let text = Array(label.text)
      guard text.count <= columns else { continue }
      let wanted =
        switch label.anchor {
        case .start: label.column
        case .middle: label.column - text.count / 2
        case .end: label.column - text.count + 1
        }
      let start = min(max(0, wanted), columns - text.count)
      let around = max(0, start - 1)..<min(columns, start + text.count + 1)
      guard line[around].allSatisfy({ $0 == " " }) else { continue }
      line.replaceSubrange(start..<start + text.count, with: text)
    }
    return Text(String(repeating: " ", count: margin + 2)) + Text(String(line), role).trimmingEnd
  }

  /// A word in the middle below the axis.
  func caption(_ text: String) -> Text {
    below([Label(text: clipped(text), column: columns / 2)], .dim)
  }

  /// Signs and what they mean, in as many lines as they need.
  func legend(_ entries: [(sign: Text, meaning: String)]) -> [Text] {
    let indent = style.width >= 60 ? margin + 2 : 0
    let gap = Text("   ")
    var lines: [Text] = []
    for entry in entries {
      let room = style.width - indent - entry.sign.width - 1
      let text = entry.sign + Text(" " + clipped(entry.meaning, to: room))
      if let last = lines.last, last.width + text.width + 3 <= style.width - indent {
        lines[lines.count - 1] += gap + text
      } else {
        lines.append(text)
      }
    }
    let blanks = Text(String(repeating: " ", count: indent))
    return lines.map { blanks + $0 }
  }

  /// A sentence below the plot, in line with it where there is room.
  func note(_ text: String) -> Text {
    Text(String(repeating: " ", count: style.width >= 60 ? margin + 2 : 0) + text)
  }

  /// A name that may be too long for the plot, or for as many columns as are given.
  func clipped(_ name: String, to room: Int? = nil) -> String {
    let most = room ?? max(8, columns - 8)
    guard Language.columns(name) > most else { return name }
    return String(name.prefix(max(0, most - Language.columns(style.signs.more)))) + style.signs.more
  }
}

/// `1 epoch`, `2 epochs`.
func counted(_ count: Int, _ what: String) -> String { "\(count) \(what)\(count == 1 ? "" : "s")" }

extension Double {
  /// A number for an axis or a sentence about a plot.
  var onAxis: String { formatted(.significant(4)) }
}
