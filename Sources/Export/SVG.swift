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

  /// The figure as an SVG element, which looks the same wherever it is put.
  ///
  /// `id` makes the names of its parts different from those of other figures on a page. `isLive`: whether its
  /// parts say what they belong to, for a page's script and style.
  func svg(
    title: String, description: String, id: String = "circuit", isLive: Bool = false
  ) -> String {
    let writer = SVGWriter(isLive: isLive)
    let head = [
      """
      <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 \(points(width)) \(points(height))" \
      width="\(points(width))" height="\(points(height))" role="img" \
      aria-labelledby="\(id)-title" aria-describedby="\(id)-desc" font-family="ui-monospace, 'DejaVu Sans Mono', \
      Menlo, Consolas, monospace" font-size="13">
      """,
      "<title id=\"\(id)-title\">\(escaped(title))</title>",
      "<desc id=\"\(id)-desc\">\(escaped(description))</desc>",
    ]
    let wires = mergedStrokes.map(writer.element) + forks.map { writer.fork($0.part, $0.centre) }
    let numbers = slots.map { writer.slot($0.number, $0.at) }
    let lines = head + wires + numbers + boxes.flatMap(writer.elements) + ["</svg>"]
    return lines.filter { !$0.isEmpty }.joined(separator: "\n") + "\n"
  }

  /// Strokes with the same meaning.
  fileprivate struct Wire {
    let stroke: Stroke
    var d: String
  }

  /// Strokes with the same meaning in one path: a page has fewer elements to look through.
  private var mergedStrokes: [Wire] {
    var order: [[Int]] = []
    var merged: [[Int]: Wire] = [:]
    for stroke in strokes {
      let key = [stroke.isBar ? -1 : stroke.part, stroke.gate ?? -1, stroke.isActive ? 1 : 0]
      if merged[key] == nil { order.append(key) }
      merged[key, default: Wire(stroke: stroke, d: "")].d += stroke.path.d
    }
    return order.compactMap { merged[$0] }
  }
}

/// Writes the elements of a figure.
private struct SVGWriter {
  let isLive: Bool

  private typealias Ink = Figure.Ink
  private typealias Point = Figure.Point

  /// What a page's script and style know an element by.
  private func hook(_ role: String, _ facts: (String, Int)...) -> String {
    guard isLive else { return "" }
    return " class=\"\(role)\"" + facts.map { " data-\($0.0)=\"\($0.1)\"" }.joined()
  }

  func element(_ wire: Figure.Wire) -> String {
    let stroke = wire.stroke
    let hook =
      switch (stroke.isBar, stroke.gate) {
      case (true, let gate): hook("bar", ("gate", gate ?? stroke.part))
      case (false, let gate?): hook("wire", ("part", stroke.part), ("gate", gate))
      case (false, nil): hook("wire", ("part", stroke.part))
      }
    return """
      <path\(hook) d="\(wire.d)" fill="none" stroke="\(Ink.wire)" \
      stroke-width="\(stroke.isActive ? "3" : "1.4")" stroke-linecap="round"/>
      """
  }

  func fork(_ part: Int, _ centre: Figure.Point) -> String {
    """
    <circle\(hook("fork", ("part", part))) cx="\(points(centre.x))" cy="\(points(centre.y))" \
    r="3" fill="\(Ink.wire)"/>
    """
  }

  func slot(_ number: Int, _ at: Figure.Point) -> String {
    text("\(number)", Point(x: at.x, y: at.y - 4), Ink.wire, 9, hook("slot"))
  }

  func elements(_ box: Figure.Box) -> [String] {
    let (x, y) = (box.centre.x, box.centre.y)
    let (left, top) = (x - box.width / 2, y - Figure.boxHeight / 2)
    let stroke =
      box.isGate
      ? "stroke=\"\(Ink.box)\" stroke-width=\"\(box.isActive ? "2.5" : "1.2")\""
      : "stroke=\"none\""
    var lines = [
      "<g\(hook("box \(box.isGate ? "gate" : box.kind == .names ? "input" : "\(box.kind)")", ("box", box.part)))>",
      """
      <rect x="\(points(left))" y="\(points(top))" width="\(points(box.width))" \
      height="\(points(Figure.boxHeight))" rx="\(box.isGate && box.text.count == 1 ? "11" : "6")" \
      fill="\(box.isGate ? Ink.paper : "none")" \(stroke)/>
      """,
      text(
        box.text, Point(x: x, y: y + 4.5), Ink.box, 13, hook("sign"), isBold: box.kind != .cut),
    ]
    if !box.name.isEmpty {
      lines.append(text(box.name, Point(x: x, y: top - 4), Ink.box, 10, hook("name")))
    }
    lines.append("</g>")
    if box.kind != .constant {
      lines += [
        text(
          box.value.plain, Point(x: box.label.x, y: box.label.y - 5), Ink.value, 12,
          hook("value", ("box", box.part))),
        text(
          box.gradient.plain, Point(x: box.label.x, y: box.label.y + 14), Ink.gradient, 12,
          hook("gradient", ("box", box.part))),
      ]
    }
    if let arrow = box.arrow {
      let (x, y) = (arrow.tip.x, arrow.tip.y)
      lines += [
        """
        <path\(hook("arrow", ("part", box.part))) d="M\(points(x)) \(points(y))\
        L\(points(x - 8)) \(points(y - 4.5))V\(points(y + 4.5))Z" fill="\(Ink.wire)"/>
        """,
        text(
          arrow.name, Point(x: x + 6, y: y + 4.5), Ink.box, 13,
          hook("result", ("box", box.part)), anchor: "start", isBold: true),
      ]
    }
    return lines
  }

  private func text(
    _ text: String, _ at: Figure.Point, _ colour: String, _ size: Int, _ hook: String,
    anchor: String = "middle", isBold: Bool = false
  ) -> String {
    // A page fills in numbers later; elsewhere an empty text is nothing.
    if text.isEmpty, !isLive { return "" }
    return """
      <text\(hook) x="\(points(at.x))" y="\(points(at.y))" text-anchor="\(anchor)" \
      font-size="\(size)"\(isBold ? " font-weight=\"600\"" : "") fill="\(colour)">\
      \(escaped(text))</text>
      """
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
