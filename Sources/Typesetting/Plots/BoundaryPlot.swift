internal import Language

extension Document {
  /// Where a classifier says class 1, as a map with examples on it, or in sentences.
  ///
  /// `score` is asked in the middle of every half cell of the map, so it should be quick; from
  /// `threshold` on it means class 1. `axes`: what the two features are called. Throws what `score`
  /// throws.
  package static func boundaryPlot<Failure: Error>(
    _ region: Region, points: [LabelledPoint], threshold: Double = 0.5,
    axes: (String, String) = ("x1", "x2"), style: Style,
    score: (Double, Double) throws(Failure) -> Double
  ) throws(Failure) -> Document {
    let shown = points.filter(region.contains)
    var verdicts: [Bool?] = []
    for point in shown {
      let value = try score(point.x1, point.x2)
      verdicts.append(value.isNaN ? nil : value >= threshold)
    }
    let tally = PointTally(shown, verdicts, outside: points.count - shown.count)
    if style.speech {
      let map = try ScoreMap(region, columns: 60, rows: 40, threshold: threshold, score: score)
      return Document(lines: map.sentences(region, axes) + tally.sentences)
    }
    let drawing = BoundaryDrawing(region, axes, style)
    let map = try ScoreMap(
      region, columns: drawing.frame.columns,
      rows: style.unicode ? 2 * drawing.rows : drawing.rows, threshold: threshold, score: score)
    var lines = [Text()] + drawing.picture(of: map, shown)
    lines += drawing.legend(hasBoth: drawing.hasBoth(shown), isSilent: map.silentCount > 0)
    if tally.outside > 0 { lines.append(drawing.frame.note(tally.outsideSentence)) }
    return Document(lines.map { .line($0) })
  }
}

/// The parts of a map of decisions.
private struct BoundaryDrawing {
  let frame: PlotFrame
  let rows: Int
  private let region: Region
  private let axes: (String, String)
  private let style: Style
  private let signs: (negative: String, positive: String, both: String)

  init(_ region: Region, _ axes: (String, String), _ style: Style) {
    self.region = region
    self.axes = axes
    self.style = style
    signs = style.unicode ? ("○", "●", "◐") : ("o", "x", "*")
    let labels = [region.x2.upperBound, Self.middle(region.x2), region.x2.lowerBound].map(\.onAxis)
    frame = PlotFrame(labels: labels + [String(axes.1.prefix(8))], style: style, sides: 2)
    // A cell is twice as high as it is wide; a map keeps its shape where the screen has room.
    let shape =
      (region.x2.upperBound / 2 - region.x2.lowerBound / 2)
      / (region.x1.upperBound / 2 - region.x1.lowerBound / 2)
    let natural = Double(frame.columns) / 2 * shape
    rows = natural.isFinite ? Int(exactly: min(max(natural, 8), 17).rounded()) ?? 17 : 17
  }

  private static func middle(_ range: ClosedRange<Double>) -> Double {
    range.lowerBound / 2 + range.upperBound / 2
  }

  func picture(of map: ScoreMap, _ points: [LabelledPoint]) -> [Text] {
    let bar = style.unicode ? "│" : "|"
    let corners = style.unicode ? ("┌", "┐", "└", "┘") : ("+", "+", "+", "+")
    let rule = String(repeating: style.signs.rule, count: frame.columns)
    let marks = marks(points)
    var lines = [
      frame.side(String(axes.1.prefix(8))) + Text(corners.0 + rule + corners.1, .dim)
    ]
    for row in 0..<rows {
      let label =
        row == 0
        ? region.x2.upperBound
        : row == rows - 1
          ? region.x2.lowerBound
          : row == rows / 2 && rows % 2 == 1 ? Self.middle(region.x2) : nil
      lines.append(
        frame.side(label?.onAxis) + Text(bar, .dim) + self.row(row, map, marks) + Text(bar, .dim))
    }
    lines.append(frame.side(nil) + Text(corners.2 + rule + corners.3, .dim))
    let end = frame.columns - 1
    lines.append(
      frame.below(
        [
          .init(text: region.x1.lowerBound.onAxis, column: 0, anchor: .start),
          .init(text: region.x1.upperBound.onAxis, column: end, anchor: .end),
          .init(text: Self.middle(region.x1).onAxis, column: end / 2),
        ], .value))
    lines.append(frame.caption(axes.0))
    return lines
  }

  /// One row of cells, neighbours of one kind in one run.
  private func row(_ row: Int, _ map: ScoreMap, _ marks: [Int: String]) -> Text {
    var line = Text()
    var run = ""
    var role: Text.Role?
    for column in 0..<frame.columns {
      let cell = cell(column, row, map, marks[row * frame.columns + column])
      if let previous = role, previous != cell.role {
        line += Text(run, previous)
        run = ""
      }
      run += cell.text
      role = cell.role
    }
    return line + Text(run, role ?? .plain)
  }

  private func cell(
    _ column: Int, _ row: Int, _ map: ScoreMap, _ mark: String?
  ) -> (text: String, role: Text.Role) {
    let upper = style.unicode ? 2 * row : row
    let lower = style.unicode ? 2 * row + 1 : row
    if let mark { return (mark, .mark(on: map.shade(column, lower))) }
    guard let isUpper = map.isPositive(column, upper), let isLower = map.isPositive(column, lower)
    else { return ("?", .dim) }
    let shade = Text.Role.shade(upper: map.shade(column, upper), lower: map.shade(column, lower))
    if !style.unicode { return (isUpper ? "#" : " ", shade) }
    return (isUpper ? (isLower ? "█" : "▀") : isLower ? "▄" : " ", shade)
  }

  /// The signs of the points by cell; a cell with points of both classes has a sign of its own.
  private func marks(_ points: [LabelledPoint]) -> [Int: String] {
    points.reduce(into: [:]) { marks, point in
      let sign = point.isPositive ? signs.positive : signs.negative
      let cell = cell(of: point)
      marks[cell] = marks[cell].map { $0 == sign ? sign : signs.both } ?? sign
    }
  }

  private func cell(of point: LabelledPoint) -> Int {
    let index = { (number: Double, range: ClosedRange<Double>, count: Int) -> Int in
      let place =
        (number / 2 - range.lowerBound / 2) / (range.upperBound / 2 - range.lowerBound / 2)
      guard place.isFinite else { return 0 }
      let cell = Int(exactly: (place * Double(count)).rounded(.down)) ?? 0
      return min(max(cell, 0), count - 1)
    }
    let up = index(point.x2, region.x2, rows)
    return (rows - 1 - up) * frame.columns + index(point.x1, region.x1, frame.columns)
  }

  func hasBoth(_ points: [LabelledPoint]) -> Bool { marks(points).values.contains(signs.both) }

  func legend(hasBoth: Bool, isSilent: Bool) -> [Text] {
    let full = style.unicode ? "█" : "#"
    var entries: [(sign: Text, meaning: String)] = [
      (Text(signs.negative), "class 0"), (Text(signs.positive), "class 1"),
      (Text(full, .shade(upper: 15, lower: 15)), "the network says class 1"),
    ]
    if hasBoth { entries.insert((Text(signs.both), "both"), at: 2) }
    if isSilent { entries.append((Text("?", .dim), "no number")) }
    return frame.legend(entries)
  }
}
