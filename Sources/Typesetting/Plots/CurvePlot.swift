internal import Language

extension Document {
  /// Up to three functions of one variable as curves with axes, or what they do in sentences.
  ///
  /// `variable`: what the horizontal axis is called. A line breaks where a value is nan or infinite
  /// and where it jumps. The line y = 0 is drawn where the curves come near it.
  package static func curvePlot(
    _ curves: [Curve], variable: String = "x", style: Style
  ) -> Document {
    let shown = Array(curves.prefix(3))
    let more =
      curves.count > 3 ? ["Only the first 3 of \(curves.count) curves are shown."] : []
    if shown.allSatisfy(\.samples.isEmpty) {
      let names = shown.map(\.name).joined(separator: ", ")
      return Document(lines: [
        shown.allSatisfy(\.xs.isEmpty)
          ? "There is nothing to plot yet."
          : "There is nothing to plot: \(names) is no finite number anywhere here."
      ])
    }
    if style.speech {
      return Document(lines: shown.flatMap { $0.sentences(variable) } + more)
    }
    let drawing = CurveDrawing(shown, style)
    let lost = shown.filter { $0.lostCount > 0 }.map {
      "\(drawing.frame.clipped($0.name)) is no finite number at \($0.lostCount) of \($0.xs.count) places, which are left out."
    }
    let lines =
      [Text()] + drawing.title + drawing.rows + drawing.axis(variable) + drawing.legend
      + (lost + more).map(drawing.frame.note)
    return Document(lines.map { .line($0) })
  }
}

/// The parts of a plot of curves.
private struct CurveDrawing {
  let frame: PlotFrame
  private let curves: [Curve]
  private let across: AxisScale
  private let up: AxisScale
  private let raster: Raster
  private let pens: [Raster.Pen]
  private let ticks: [Int: String]
  private let zeroRow: Int?

  init(_ curves: [Curve], _ style: Style) {
    self.curves = curves
    let samples = curves.flatMap(\.samples)
    let across = AxisScale(samples.map(\.x))
    let up = AxisScale(samples.map(\.y))
    self.across = across
    self.up = up
    let rows = style.unicode ? 13 : 15
    let empty = Raster(columns: 4, rows: rows, isBraille: style.unicode)
    zeroRow =
      up.contains(0)
      ? empty.cell(of: Raster.Point(x: 0, y: up.place(of: 0))).row : nil
    var ticks = [0: up.high.onAxis, rows - 1: up.low.onAxis]
    if let zeroRow {
      // Next to an end, the label of the end stays and the line is enough.
      if ticks[zeroRow] == nil { ticks[zeroRow] = "0" }
    } else {
      ticks[rows / 2] = up.number(at: empty.place(ofRow: rows / 2)).onAxis
    }
    self.ticks = ticks
    frame = PlotFrame(labels: Array(ticks.values), style: style)
    pens = curves.enumerated().map { index, curve in
      index == 0 ? .solid(curve.role) : index == 1 ? .dotted(curve.role) : .dashed(curve.role)
    }
    var raster = Raster(columns: frame.columns, rows: rows, isBraille: style.unicode)
    for (curve, pen) in zip(curves, pens) {
      let lines = curve.stretches.map { stretch in
        stretch.map { Raster.Point(x: across.place(of: $0.x), y: up.place(of: $0.y)) }
      }
      raster.draw(lines, with: pen)
    }
    self.raster = raster
  }

  var title: [Text] {
    guard curves.count == 1, let curve = curves.first else { return [] }
    return [
      frame.below([.init(text: frame.clipped(curve.name), column: 0, anchor: .start)], .strong)
    ]
  }

  var rows: [Text] {
    (0..<raster.rows).map { row in
      // A dotted line where y = 0, unless that is the axis itself.
      let sign = frame.style.unicode ? "┈" : "."
      let blank =
        row == zeroRow
        ? Text.Run(text: sign, role: .dim) : Text.Run(text: " ", role: .plain)
      return frame.row(ticks[row], raster.line(row, blank: blank))
    }
  }

  func axis(_ variable: String) -> [Text] {
    let end = frame.columns - 1
    var labels: [PlotFrame.Label] = [
      .init(text: across.low.onAxis, column: 0, anchor: .start),
      .init(text: across.high.onAxis, column: end, anchor: .end),
    ]
    var signs: [Int: String] = [:]
    if across.low < 0, across.high > 0 {
      let column = raster.cell(of: Raster.Point(x: across.place(of: 0), y: 0)).column
      signs[column] = frame.style.unicode ? "┴" : "+"
      labels.append(.init(text: "0", column: column))
    }
    return [frame.axis(signs), frame.below(labels, .value), frame.caption(variable)]
  }

  var legend: [Text] {
    guard curves.count > 1 else { return [] }
    return frame.legend(
      zip(curves, pens).map { (sign: raster.sample(of: $1), meaning: $0.name) })
  }
}
