internal import Language
internal import Typesetting

extension Diagram {
  /// The circuit for Graphviz: `dot` arranges it anew, `neato -n` keeps the places.
  ///
  /// Each wire is a small table of two rows, the value above the line and the gradient below.
  var dot: String {
    let figure = figureWithNamesInWires ?? figure
    var lines = [
      "digraph circuit {",
      "  graph [rankdir=LR, ranksep=0.15, nodesep=0.2, label=\(quoted(title)), labelloc=t, "
        + "tooltip=\(quoted(description))];",
      "  node [fontname=\"DejaVu Sans Mono\", fontsize=12, margin=\"0.05,0.02\", height=0.3];",
      "  edge [arrowhead=none, tailport=e, headport=w];",
    ]
    var drawn: Set<String> = []
    for box in figure.boxes {
      let shape =
        !box.isGate
        ? "plaintext" : box.text.count == 1 ? "circle" : "box, style=rounded"
      let pen = box.isActive ? ", penwidth=2.5" : ""
      lines.append(
        "  b\(box.part) [label=\(quoted(box.text)), shape=\(shape)\(pen), "
          + "pos=\(position(box.centre))];")
      if box.kind != .constant {
        lines.append(
          "  w\(box.part) [shape=plain, label=\(table(box)), pos=\(position(box.label))];")
        lines.append("  b\(box.part) -> w\(box.part);")
      }
      if let arrow = box.arrow {
        lines.append(
          "  r\(box.part) [label=\(quoted(arrow.name)), shape=plaintext, "
            + "pos=\(position(Figure.Point(x: arrow.tip.x + 12, y: arrow.tip.y)))];")
        let source = box.kind == .constant ? "b" : "w"
        lines.append("  \(source)\(box.part) -> r\(box.part) [arrowhead=normal];")
      }
    }
    for (place, box) in picture.boxes.enumerated() {
      for (slot, operand) in box.operands.enumerated() {
        let source = picture.boxes[operand].kind == .constant ? "b\(operand)" : "w\(operand)"
        let number = box.isOrdered ? " [headlabel=\"\(slot + 1)\", labelfontsize=8]" : ""
        let edge = "  \(source) -> b\(place)\(number);"
        // `x*x` is one wire, as in the other drawings.
        if drawn.insert(edge).inserted { lines.append(edge) }
      }
    }
    return (lines + ["}"]).joined(separator: "\n") + "\n"
  }

  /// Names stand beside values here; they need room in the wires.
  private var figureWithNamesInWires: Figure? {
    let names = figure.boxes.map(\.name)
    let room = zip(names, picture.boxes).map { name, box in
      max(box.gradient.width, box.value.width + (name.isEmpty ? 0 : columns(name) + 3))
    }
    guard names.count == picture.boxes.count else { return nil }
    return Figure(picture, names: names, labels: room)
  }

  private func table(_ box: Figure.Box) -> String {
    let cell = { (text: Text, colour: String) in
      "<TR><TD><FONT POINT-SIZE=\"11\" COLOR=\"\(colour)\">"
        + "\(text.isEmpty ? " " : escaped(text.plain))</FONT></TD></TR>"
    }
    return "<<TABLE BORDER=\"0\" CELLBORDER=\"0\" CELLSPACING=\"0\" CELLPADDING=\"1\">"
      + cell(Text(box.name.isEmpty ? "" : box.name + " = ") + box.value, Figure.Ink.value) + "<HR/>"
      + cell(box.gradient, Figure.Ink.gradient)
      + "</TABLE>>"
  }

  /// Rows count upwards there.
  private func position(_ point: Figure.Point) -> String {
    "\"\(points(point.x)),\(points(-point.y))!\""
  }

  /// A text as a string of the language: backslashes would be read as instructions.
  private func quoted(_ text: String) -> String {
    let inner = printable(text).rewritten { scalar in
      switch scalar {
      case "\\", "\"": "\\" + String(scalar)
      case "\n": " "
      // Labels know HTML's names of characters.
      case "&": "&amp;"
      default: nil
      }
    }
    return "\"\(inner)\""
  }
}
