internal import Drawing
internal import Engine
internal import Language
internal import Typesetting

/// A circuit drawn in points, for pictures and pages: the terminal's layout with larger cells.
struct Figure: Sendable {
  /// A place in points, from the upper left corner.
  struct Point: Hashable, Sendable {
    var x: Double
    var y: Double
  }

  /// A stroke: lines, with rounded corners between them.
  struct Stroke: Sendable {
    /// Whose value or inputs it carries.
    let part: Int
    /// The only gate it leads to, or nil.
    let gate: Int?
    /// Whether it is the bar at which the inputs of `gate` meet.
    let isBar: Bool
    let isActive: Bool
    let path: Path
  }

  /// A box with what belongs to it.
  struct Box: Sendable {
    let part: Int
    let kind: Picture.Box.Kind
    let isGate: Bool
    let isActive: Bool
    /// Its sign or its name, without the brackets that a terminal needs.
    let text: String
    /// The name of a gate, above its box; empty where it has none.
    let name: String
    let centre: Point
    let width: Double
    let value: Text
    let gradient: Text
    /// The middle of its wire.
    let label: Point
    /// The tip of its arrow and the name behind it, where it is a result.
    let arrow: (tip: Point, name: String)?
  }

  let width: Double
  let height: Double
  private(set) var strokes: [Stroke] = []
  private(set) var forks: [(part: Int, centre: Point)] = []
  private(set) var boxes: [Box] = []
  /// The numbers of operands whose order is not the drawing's.
  private(set) var slots: [(number: Int, at: Point)] = []

  /// A column and a row of the layout in points.
  static let column = 8.0
  static let row = 17.0
  static let boxHeight = 22.0
  private static let margin = 10.0
  /// How far a corner is rounded.
  private static let bend = 6.0

  /// Lays out a picture; nil where it is too large.
  ///
  /// `names`: what stands above each box. `labels`: the columns to reserve for the numbers of each
  /// wire, where they will change; those of the present numbers else.
  init?(_ picture: Picture, names: [String], labels: [Int]? = nil) {
    let parts = picture.boxes.indices.map { place -> Circuit.Part in
      let box = picture.boxes[place]
      let own = max(box.value.width, box.gradient.width)
      return Circuit.Part(
        width: max(columns(box.text), Self.columnsOfName(names[place])),
        label: max(own, labels?[place] ?? 0), operands: box.operands, isOrdered: box.isOrdered,
        result: box.result.isEmpty ? 0 : columns(box.result) + 1)
    }
    guard let layout = Layout(Circuit(parts)), !Canvas(layout).hasOverlap else { return nil }
    width = Double(layout.width) * Self.column + 2 * Self.margin
    height = Double(layout.height) * Self.row + 2 * Self.margin
    draw(layout, picture, names)
  }

  /// A name above a box is set smaller than the sign in it.
  private static func columnsOfName(_ name: String) -> Int { (columns(name) * 4 + 4) / 5 }

  private static func x(_ column: Int) -> Double { margin + (Double(column) + 0.5) * Self.column }
  private static func y(_ row: Int) -> Double { margin + (Double(row) + 0.5) * Self.row }

  private mutating func draw(_ layout: Layout, _ picture: Picture, _ names: [String]) {
    strokes = Self.strokes(layout, picture)
    forks = layout.forks.sorted { ($0.column, $0.row) < ($1.column, $1.row) }.map { fork in
      let owner = layout.pieces.first {
        $0.isVertical && $0.line == fork.column && ($0.from...$0.to).contains(fork.row)
      }
      return (owner?.part ?? 0, Point(x: Self.x(fork.column), y: Self.y(fork.row)))
    }
    slots = layout.slots.sorted { ($0.key.column, $0.key.row) < ($1.key.column, $1.key.row) }.map {
      ($0.value, Point(x: Self.x($0.key.column), y: Self.y($0.key.row)))
    }
    for place in layout.places.sorted(by: { $0.part < $1.part }) {
      let box = picture.boxes[place.part]
      let isGate = !box.operands.isEmpty && box.kind != .cut
      let text = isGate ? String(box.text.dropFirst().dropLast()) : box.text
      let columns = max(Language.columns(box.text), Self.columnsOfName(names[place.part]))
      // A name is not written right up to the edge of its box.
      let padding = isGate ? 0.0 : 4
      let left = Self.x(place.column) - Self.column / 2 - padding
      let width = Double(columns) * Self.column + 2 * padding
      let y = Self.y(place.row)
      let middle =
        Self.x(place.label.lowerBound) + Double(place.label.count - 1) * Self.column / 2
      boxes.append(
        Box(
          part: place.part, kind: box.kind, isGate: isGate, isActive: place.part == picture.current,
          text: text,
          name: names[place.part], centre: Point(x: left + width / 2, y: y), width: width,
          value: box.value, gradient: box.gradient, label: Point(x: middle, y: y),
          arrow: place.arrow.flatMap { arrow in
            box.result.isEmpty
              ? nil : (Point(x: Self.x(arrow) + Self.column / 2, y: y), box.result)
          }))
    }
  }

  private static func strokes(_ layout: Layout, _ picture: Picture) -> [Stroke] {
    let corners = Corners(layout.pieces)
    let arrows = Set(
      layout.places.compactMap { place in
        place.arrow.map { Layout.Point(column: $0 - 1, row: place.row) }
      })
    return layout.pieces.enumerated().map { index, piece in
      let isBar = if case .inputs = piece.net { true } else { false }
      return Stroke(
        part: piece.part, gate: piece.leadsTo, isBar: isBar, isActive: picture.isActive(piece),
        path: path(piece, index, corners, arrows))
    }
  }

  /// A piece as a path: a vertical one takes the round corners at its ends with it.
  private static func path(
    _ piece: Layout.Piece, _ index: Int, _ corners: Corners, _ arrows: Set<Layout.Point>
  ) -> Path {
    var path = Path()
    if piece.isVertical {
      let x = x(piece.line)
      let (top, bottom) = (y(piece.from), y(piece.to))
      let radius = min(bend, (bottom - top) / 2)
      if let side = corners.side(of: index, atEnd: false) {
        path.move(to: Point(x: x + side * radius, y: top))
        path.curve(around: Point(x: x, y: top), to: Point(x: x, y: top + radius))
      } else {
        path.move(to: Point(x: x, y: top))
      }
      if let side = corners.side(of: index, atEnd: true) {
        path.line(to: Point(x: x, y: bottom - radius))
        path.curve(around: Point(x: x, y: bottom), to: Point(x: x + side * radius, y: bottom))
      } else {
        path.line(to: Point(x: x, y: bottom))
      }
      return path
    }
    let y = y(piece.line)
    var (left, right) = (x(piece.from), x(piece.to))
    // A wire begins at the edge of its box, and ends there.
    left += corners.lengthOfTurn(of: index, atEnd: false).map { min(bend, $0 * row / 2) } ?? 0
    right -= corners.lengthOfTurn(of: index, atEnd: true).map { min(bend, $0 * row / 2) } ?? 0
    if corners.startsAtBox.contains(index) { left -= column / 2 }
    if arrows.contains(Layout.Point(column: piece.to, row: piece.line)) { right += column }
    path.move(to: Point(x: left, y: y))
    path.line(to: Point(x: max(left, right), y: y))
    return path
  }
}

/// Lines and curves, as every format of pictures has them.
struct Path: Sendable {
  enum Step: Sendable {
    case move(Figure.Point)
    case line(Figure.Point)
    /// A quadratic curve.
    case curve(around: Figure.Point, to: Figure.Point)
  }

  private(set) var steps: [Step] = []

  mutating func move(to point: Figure.Point) { steps.append(.move(point)) }
  mutating func line(to point: Figure.Point) { steps.append(.line(point)) }
  mutating func curve(around corner: Figure.Point, to point: Figure.Point) {
    steps.append(.curve(around: corner, to: point))
  }
}
