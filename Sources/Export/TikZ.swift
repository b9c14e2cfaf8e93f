internal import Typesetting

extension Diagram {
  /// The circuit as a `tikzpicture`, to be put into a document that loads TikZ.
  var tikz: String {
    var lines = [
      "% \(texComment(title)). Needs \\usepackage{tikz}.",
      "% Too wide? Put it into \\resizebox{\\textwidth}{!}{...}, from the graphicx package.",
      "\\begin{tikzpicture}[x=1bp, y=-1bp, line cap=round, font=\\ttfamily\\small]",
      "  \\definecolor{backstepvalue}{HTML}{\(hex(Figure.Ink.value))}",
      "  \\definecolor{backstepgradient}{HTML}{\(hex(Figure.Ink.gradient))}",
      "  \\definecolor{backstepwire}{HTML}{\(hex(Figure.Ink.wire))}",
    ]
    for stroke in figure.strokes {
      let width = stroke.isActive ? "1.8bp" : "0.8bp"
      lines.append("  \\draw[backstepwire, line width=\(width)] \(stroke.path.tikz);")
    }
    for fork in figure.forks {
      lines.append("  \\fill[backstepwire] \(place(fork.centre)) circle[radius=2.4bp];")
    }
    for slot in figure.slots {
      lines.append(
        node("font=\\tiny", Figure.Point(x: slot.at.x, y: slot.at.y - 6), "\(slot.number)"))
    }
    for box in figure.boxes { lines += tikzLines(box) }
    return (lines + ["\\end{tikzpicture}"]).joined(separator: "\n") + "\n"
  }

  private func tikzLines(_ box: Figure.Box) -> [String] {
    var lines: [String] = []
    if box.isGate {
      let radius = box.text.count == 1 ? 11 : 5
      let options =
        "draw, fill=white, rounded corners=\(radius)bp, inner sep=0pt, "
        + "minimum width=\(points(box.width))bp, minimum height=\(points(Figure.boxHeight))bp"
        + (box.isActive ? ", line width=1.6bp" : "")
      lines.append(node(options, box.centre, texText(box.text)))
    } else {
      lines.append(node("inner sep=0pt", box.centre, texText(box.text)))
    }
    if !box.name.isEmpty {
      lines.append(
        node(
          "font=\\ttfamily\\scriptsize", Figure.Point(x: box.centre.x, y: box.centre.y - 17),
          texText(box.name)))
    }
    if box.kind != .constant {
      let number = "font=\\ttfamily\\footnotesize, text="
      for (text, colour, offset) in [
        (box.value, "backstepvalue", -8.0), (box.gradient, "backstepgradient", 9.0),
      ] where !text.isEmpty {
        lines.append(
          node(
            number + colour, Figure.Point(x: box.label.x, y: box.label.y + offset),
            texText(text.plain)))
      }
    }
    if let arrow = box.arrow {
      let tip = arrow.tip
      lines.append(
        "  \\fill[backstepwire] \(place(tip)) -- "
          + "\(place(Figure.Point(x: tip.x - 8, y: tip.y - 4.5))) -- "
          + "\(place(Figure.Point(x: tip.x - 8, y: tip.y + 4.5))) -- cycle;")
      lines.append(
        node(
          "anchor=west, inner sep=0pt", Figure.Point(x: tip.x + 6, y: tip.y), texText(arrow.name)))
    }
    return lines
  }

  private func node(_ options: String, _ at: Figure.Point, _ text: String) -> String {
    "  \\node[\(options)] at \(place(at)) {\(text)};"
  }

  private func place(_ point: Figure.Point) -> String { "(\(points(point.x)),\(points(point.y)))" }

  private func hex(_ colour: String) -> String { String(colour.dropFirst().uppercased()) }

  /// A comment ends with its line, whatever a name contains.
  private func texComment(_ text: String) -> String {
    String(texText(text).filter { !$0.isNewline })
  }
}

extension Path {
  /// The path in TikZ's words; its curves are cubic.
  fileprivate var tikz: String {
    var result = ""
    var last = Figure.Point(x: 0, y: 0)
    for step in steps {
      switch step {
      case .move(let to):
        result += (result.isEmpty ? "" : " ") + text(to)
        last = to
      case .line(let to):
        result += " -- " + text(to)
        last = to
      case .curve(let around, let to):
        let near = { (a: Figure.Point) in
          Figure.Point(x: a.x + (around.x - a.x) * 2 / 3, y: a.y + (around.y - a.y) * 2 / 3)
        }
        result += " .. controls \(text(near(last))) and \(text(near(to))) .. \(text(to))"
        last = to
      }
    }
    return result
  }

  private func text(_ point: Figure.Point) -> String { "(\(points(point.x)),\(points(point.y)))" }
}
