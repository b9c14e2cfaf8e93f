internal import Language
internal import Typesetting

extension Figure {
  /// The colours of a picture on white paper; a page replaces them by its own.
  enum Ink {
    static let wire = "#495057"
    static let box = "#212529"
    static let value = "#0b7285"
    static let gradient = "#9c1f80"
    static let paper = "#ffffff"
  }

  /// The figure as an SVG element.
  ///
  /// `id` makes the names of its parts different from those of other figures on a page.
  func svg(title: String, description: String, id: String = "circuit") -> String {
    var lines = [
      """
      <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 \(points(width)) \(points(height))" \
      width="\(points(width))" height="\(points(height))" role="img" \
      aria-labelledby="\(id)-title \(id)-desc" font-family="ui-monospace, 'DejaVu Sans Mono', \
      Menlo, Consolas, monospace" font-size="13">
      """,
      "<title id=\"\(id)-title\">\(escaped(title))</title>",
      "<desc id=\"\(id)-desc\">\(escaped(description))</desc>",
    ]
    lines += mergedStrokes.map { stroke in
      let gate = stroke.gate.map { " data-gate=\"\($0)\"" } ?? ""
      let part = stroke.isBar ? "" : " data-part=\"\(stroke.part)\""
      return """
        <path class="\(stroke.isBar ? "bar" : "wire")"\(part)\(gate) d="\(stroke.d)" fill="none" \
        stroke="\(Ink.wire)" stroke-width="\(stroke.isActive ? "3" : "1.4")" \
        stroke-linecap="round"/>
        """
    }
    lines += forks.map {
      """
      <circle class="fork" data-part="\($0.part)" cx="\(points($0.centre.x))" \
      cy="\(points($0.centre.y))" r="3" fill="\(Ink.wire)"/>
      """
    }
    lines += slots.map {
      label("slot", "\($0.number)", Point(x: $0.at.x, y: $0.at.y - 4), "middle", Ink.wire, 9)
    }
    lines += boxes.flatMap(svgLines)
    return (lines + ["</svg>"]).joined(separator: "\n") + "\n"
  }

  private func svgLines(_ box: Box) -> [String] {
    let isGate = box.kind == .gate || (box.kind == .names && box.text != box.name)
    let (left, top) = (box.centre.x - box.width / 2, box.centre.y - Self.boxHeight / 2)
    let kind = "\(box.kind)"
    var lines = ["<g class=\"box \(kind)\" data-box=\"\(box.part)\">"]
    let stroke =
      isGate
      ? "stroke=\"\(Ink.box)\" stroke-width=\"\(box.isActive ? "2.5" : "1.2")\""
      : "stroke=\"none\""
    lines.append(
      """
      <rect x="\(points(left))" y="\(points(top))" width="\(points(box.width))" \
      height="\(points(Self.boxHeight))" rx="\(box.text.count == 1 ? "11" : "6")" \
      fill="\(isGate ? Ink.paper : "none")" \(stroke)/>
      """)
    let weight = box.kind == .cut ? "" : " font-weight=\"600\""
    lines.append(
      label(
        "sign", box.text, Point(x: box.centre.x, y: box.centre.y + 4.5), "middle", Ink.box, 13,
        weight))
    if !box.name.isEmpty {
      lines.append(
        label("name", box.name, Point(x: box.centre.x, y: top - 4), "middle", Ink.box, 10))
    }
    lines.append("</g>")
    if box.kind != .constant {
      let data = " data-box=\"\(box.part)\""
      lines += [
        label(
          "value", box.value.plain, Point(x: box.label.x, y: box.label.y - 5), "middle", Ink.value,
          12, data),
        label(
          "gradient", box.gradient.plain, Point(x: box.label.x, y: box.label.y + 14), "middle",
          Ink.gradient, 12, data),
      ]
    }
    if let arrow = box.arrow {
      let (x, y) = (arrow.tip.x, arrow.tip.y)
      lines += [
        """
        <path class="arrow" data-part="\(box.part)" d="M\(points(x)) \(points(y))L\(points(x - 8)) \
        \(points(y - 4.5))V\(points(y + 4.5))Z" fill="\(Ink.wire)"/>
        """,
        label(
          "result", arrow.name, Point(x: x + 6, y: y + 4.5), "start", Ink.box, 13,
          " data-box=\"\(box.part)\" font-weight=\"600\""),
      ]
    }
    return lines
  }

  private func label(
    _ role: String, _ text: String, _ at: Point, _ anchor: String, _ colour: String, _ size: Int,
    _ more: String = ""
  ) -> String {
    """
    <text class="\(role)"\(more) x="\(points(at.x))" y="\(points(at.y))" text-anchor="\(anchor)" \
    font-size="\(size)" fill="\(colour)">\(escaped(text))</text>
    """
  }

  /// Strokes with the same meaning in one path: a page has fewer elements to look through.
  private var mergedStrokes: [(part: Int, gate: Int?, isBar: Bool, isActive: Bool, d: String)] {
    var order: [[Int]] = []
    var merged: [[Int]: (Stroke, String)] = [:]
    for stroke in strokes {
      let key = [stroke.isBar ? -1 : stroke.part, stroke.gate ?? -1, stroke.isActive ? 1 : 0]
      if merged[key] == nil { order.append(key) }
      merged[key] = (stroke, (merged[key]?.1 ?? "") + stroke.path.d)
    }
    return order.compactMap { merged[$0] }.map { ($0.part, $0.gate, $0.isBar, $0.isActive, $1) }
  }
}

extension Path {
  /// The path in the language of SVG.
  var d: String {
    steps.map { step in
      switch step {
      case .move(let to): "M\(points(to.x)) \(points(to.y))"
      case .line(let to): "L\(points(to.x)) \(points(to.y))"
      case .curve(let around, let to):
        "Q\(points(around.x)) \(points(around.y)) \(points(to.x)) \(points(to.y))"
      }
    }.joined()
  }
}
