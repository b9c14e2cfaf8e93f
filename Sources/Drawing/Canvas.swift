/// Cells in which wires have arms: what a terminal shows of a layout.
package struct Canvas: Sendable {
  /// How thick an arm is.
  package enum Weight: UInt8, Sendable { case none, light, heavy }

  /// The arms of one cell, and whose they are.
  package struct Cell: Hashable, Sendable {
    package fileprivate(set) var north = Weight.none
    package fileprivate(set) var east = Weight.none
    package fileprivate(set) var south = Weight.none
    package fileprivate(set) var west = Weight.none
    // By arm, clockwise from the north; see `Layout.Net.number`.
    fileprivate var owners = SIMD4<Int32>(repeating: nobody)

    fileprivate init() {}

    /// A cell whose arms north, east, south and west are as thick as said: 0, 1 or 2.
    package init(_ weights: [Int]) {
      let all = weights.map { Weight(rawValue: UInt8(clamping: $0)) ?? .none }
      guard all.count == 4 else { return }
      (north, east, south, west) = (all[0], all[1], all[2], all[3])
    }
  }

  private let columns: Int
  private let rows: Int
  private var cells: [Cell]
  /// Whether two wires touch somewhere: then the layout is wrong, and nobody should see it.
  package private(set) var hasOverlap = false

  /// Paints a layout; `isHeavy` says which pieces belong to the gate that is looked at.
  package init(_ layout: Layout, isHeavy: (Layout.Piece) -> Bool = { _ in false }) {
    (columns, rows) = (max(0, layout.width), max(0, layout.height))
    cells = [Cell](repeating: Cell(), count: columns * rows)
    for piece in layout.pieces { paint(piece, isHeavy(piece) ? .heavy : .light) }
    openGates(layout)
    checkJoints(layout)
  }

  /// The cell at a point; an empty one outside.
  package subscript(point: Layout.Point) -> Cell { place(of: point).map { cells[$0] } ?? Cell() }

  private func place(of point: Layout.Point) -> Int? {
    guard point.column >= 0, point.column < columns, point.row >= 0, point.row < rows else {
      return nil
    }
    return point.row * columns + point.column
  }

  private enum Arm: Int { case north, east, south, west }

  private mutating func paint(_ piece: Layout.Piece, _ weight: Weight) {
    let net = piece.net.number
    var step = piece.from
    while step <= piece.to {
      let point =
        piece.isVertical
        ? Layout.Point(column: piece.line, row: step) : Layout.Point(column: step, row: piece.line)
      guard let place = place(of: point) else {
        hasOverlap = true
        return
      }
      let isAlone = piece.from == piece.to
      if step > piece.from || isAlone {
        grow(piece.isVertical ? .north : .west, place, net, weight)
      }
      if step < piece.to || isAlone { grow(piece.isVertical ? .south : .east, place, net, weight) }
      step += 1
    }
  }

  private mutating func grow(_ arm: Arm, _ place: Int, _ net: Int32, _ weight: Weight) {
    let owner = cells[place].owners[arm.rawValue]
    if owner != nobody, owner != net { hasOverlap = true }
    cells[place].owners[arm.rawValue] = net
    switch arm {
    case .north: cells[place].north = heavier(cells[place].north, weight)
    case .east: cells[place].east = heavier(cells[place].east, weight)
    case .south: cells[place].south = heavier(cells[place].south, weight)
    case .west: cells[place].west = heavier(cells[place].west, weight)
    }
  }

  private func heavier(_ a: Weight, _ b: Weight) -> Weight { a.rawValue < b.rawValue ? b : a }

  /// A bar with a wire from the left and the gate at its right would look like a crossing.
  private mutating func openGates(_ layout: Layout) {
    for point in layout.joints {
      guard let place = place(of: point), cells[place].isFull else { continue }
      cells[place].east = .none
      cells[place].owners[Arm.east.rawValue] = nobody
    }
  }

  /// Two wires may share a cell only by crossing straight, or where an input meets the bar of its gate.
  private mutating func checkJoints(_ layout: Layout) {
    for place in cells.indices {
      let owners = cells[place].owners
      guard owners != SIMD4(repeating: nobody) else { continue }
      var first = nobody
      var isShared = false
      for arm in 0..<4 where owners[arm] != nobody {
        if first == nobody { first = owners[arm] }
        if owners[arm] != first { isShared = true }
      }
      guard isShared, owners[0] != owners[2] || owners[1] != owners[3] || owners[0] == nobody
      else { continue }
      let point = Layout.Point(column: place % columns, row: place / columns)
      if !layout.joints.contains(point) { hasOverlap = true }
    }
  }
}

/// The owner of an arm that is not there.
private let nobody: Int32 = -1

extension Layout.Net {
  fileprivate var number: Int32 {
    switch self {
    case .wire(let part): Int32(clamping: 2 * part)
    case .inputs(of: let part): Int32(clamping: 2 * part + 1)
    }
  }
}

extension Canvas.Cell {
  fileprivate var isFull: Bool {
    north != .none && east != .none && south != .none && west != .none
  }

  /// Whether two different wires cross here without touching.
  package var isCrossing: Bool { isFull && owners[0] != owners[1] }

  /// The sign of its arms: every mixture of light and heavy has one.
  package func glyph(isUnicode: Bool) -> Character {
    guard isUnicode else { return asciiGlyph }
    let index = [north, east, south, west].reduce(0) { $0 * 3 + Int($1.rawValue) }
    return Self.glyphs[index]
  }

  private var asciiGlyph: Character {
    let across = max(east.rawValue, west.rawValue)
    let down = max(north.rawValue, south.rawValue)
    switch (across, down) {
    case (0, 0): return " "
    case (1, 0): return "-"
    case (_, 0): return "="
    default:
      guard across == 0 || isCrossing else { return "+" }
      return down == 1 ? "|" : "#"
    }
  }

  /// By the weights of the arms north, east, south and west, as digits of a number in base 3.
  private static let glyphs = Array(
    " ╴╸╷╮┑╻┒┓╶─╾╭┬┭┎┰┱╺╼━┍┮┯┏┲┳╵╯┙│┤┥╽┧┪╰┴┵├┼"
      + "┽┟╁╅┕┶┷┝┾┿┢╆╈╹┚┛╿┦┩┃┨┫┖┸┹┞╀╃┠╂╉┗┺┻┡╄╇┣╊╋")
}
