/// A grid of dots that lines are drawn on: eight dots in a braille pattern, or one sign in a cell.
struct Raster: Sendable {
  /// What a line is drawn with, so that lines differ in more than colour.
  struct Pen: Hashable, Sendable {
    let role: Text.Role
    /// The sign it leaves in ASCII.
    let sign: Character
    /// How many dots in a row are drawn of each `period`; all of them when they are equal.
    let drawn: Int
    let period: Int

    static func solid(_ role: Text.Role) -> Pen { Pen(role: role, sign: "*", drawn: 1, period: 1) }
    static func dotted(_ role: Text.Role) -> Pen { Pen(role: role, sign: "o", drawn: 1, period: 3) }
    static func dashed(_ role: Text.Role) -> Pen { Pen(role: role, sign: "x", drawn: 5, period: 8) }
  }

  /// A point in places along both axes; `y` goes up.
  struct Point: Hashable, Sendable {
    let x: Double
    let y: Double
  }

  let columns: Int
  let rows: Int
  let isBraille: Bool
  private var cells: [UInt8]
  private var pens: [Pen?]

  init(columns: Int, rows: Int, isBraille: Bool) {
    self.columns = max(1, columns)
    self.rows = max(1, rows)
    self.isBraille = isBraille
    cells = [UInt8](repeating: 0, count: self.columns * self.rows)
    pens = [Pen?](repeating: nil, count: self.columns * self.rows)
  }

  /// How many dots fit beside and above each other.
  var width: Int { isBraille ? 2 * columns : columns }
  var height: Int { isBraille ? 4 * rows : rows }

  /// The cell a point falls into.
  func cell(of point: Point) -> (column: Int, row: Int) {
    let dot = dot(of: point)
    return isBraille ? (dot.x / 2, dot.y / 4) : dot
  }

  /// The place along the upward axis of the middle of a row.
  func place(ofRow row: Int) -> Double {
    guard height > 1 else { return 0.5 }
    let dot = isBraille ? 4 * Double(row) + (row == 0 ? 0 : row == rows - 1 ? 3 : 1.5) : Double(row)
    return 1 - dot / Double(height - 1)
  }

  /// Draws lines that are not joined to one another; a line of one point is a dot.
  mutating func draw(_ lines: [[Point]], with pen: Pen) {
    // A dot counts once towards the pattern, or noise would fill the gaps of a dotted line.
    var isVisited = [Bool](repeating: false, count: width * height)
    let period = isBraille || pen.period == 1 ? pen.period : 2
    let drawn = isBraille ? pen.drawn : 1
    for line in lines {
      var travelled = 0
      var last: (x: Int, y: Int)?
      for point in line {
        let next = dot(of: point)
        for dot in Self.dots(from: last ?? next, to: next) where !isVisited[dot.y * width + dot.x] {
          isVisited[dot.y * width + dot.x] = true
          if travelled % period < drawn { set(dot, pen) }
          travelled += 1
        }
        last = next
      }
    }
  }

  /// A row as text; cells without dots show `blank`.
  func line(_ row: Int, blank: Text.Run = Text.Run(text: " ", role: .plain)) -> Text {
    var line = Text()
    var run = ""
    var role = Text.Role.plain
    for column in 0..<columns {
      let index = row * columns + column
      let pen = pens[index]
      let sign = pen.map { isBraille ? Self.braille(cells[index]) : String($0.sign) } ?? blank.text
      let next = pen?.role ?? blank.role
      if next != role {
        line += Text(run, role)
        run = ""
        role = next
      }
      run += sign
    }
    return line + Text(run, role)
  }

  /// What a pen's line looks like, for a legend.
  func sample(of pen: Pen) -> Text {
    guard isBraille else { return Text(String(pen.sign), pen.role) }
    var raster = Raster(columns: 4, rows: 1, isBraille: true)
    raster.draw([[Point(x: 0, y: 0.5), Point(x: 1, y: 0.5)]], with: pen)
    return raster.line(0)
  }

  private func dot(of point: Point) -> (x: Int, y: Int) {
    (Self.index(point.x, of: width), Self.index(1 - point.y, of: height))
  }

  private static func index(_ place: Double, of count: Int) -> Int {
    guard place.isFinite else { return 0 }
    return Int(exactly: (min(max(place, 0), 1) * Double(count - 1)).rounded()) ?? 0
  }

  private mutating func set(_ dot: (x: Int, y: Int), _ pen: Pen) {
    let index =
      isBraille ? dot.y / 4 * columns + dot.x / 2 : dot.y * columns + dot.x
    guard cells.indices.contains(index) else { return }
    cells[index] |= isBraille ? Self.bits[dot.y % 4 * 2 + dot.x % 2] : 1
    pens[index] = pen
  }

  /// The dots of a straight line, both ends included.
  private static func dots(from a: (x: Int, y: Int), to b: (x: Int, y: Int)) -> [(x: Int, y: Int)] {
    let steps = max((b.x - a.x).magnitude, (b.y - a.y).magnitude)
    guard steps > 0 else { return [b] }
    return (0...Int(steps)).map { step in
      let part = Double(step) / Double(steps)
      let at = { (from: Int, to: Int) in
        Int(exactly: (Double(from) + part * Double(to - from)).rounded()) ?? to
      }
      return (at(a.x, b.x), at(a.y, b.y))
    }
  }

  /// The bit of each dot in a braille pattern, row by row.
  private static let bits: [UInt8] = [0x01, 0x08, 0x02, 0x10, 0x04, 0x20, 0x40, 0x80]

  private static func braille(_ bits: UInt8) -> String {
    Unicode.Scalar(0x2800 + UInt32(bits)).map { String(Character($0)) } ?? " "
  }
}
