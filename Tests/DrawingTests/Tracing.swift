import Drawing

/// A reader of drawings that knows only the glyphs: it follows each wire cell by cell.
struct Tracing {
  private(set) var faults: [String] = []
  private let layout: Layout
  private let canvas: Canvas

  /// The arms of a light glyph, from what anyone sees.
  private static let arms: [Character: String] = [
    "─": "ew", "│": "ns", "╭": "es", "╮": "sw", "╰": "ne", "╯": "nw", "├": "nes", "┤": "nsw",
    "┬": "esw", "┴": "new", "┼": "nesw", "╴": "w", "╶": "e", "╵": "n", "╷": "s",
  ]

  /// Starts at the box of every part, follows its wire, and compares the gates it finds.
  init(_ layout: Layout, _ canvas: Canvas, _ circuit: Circuit) {
    self.layout = layout
    self.canvas = canvas
    var gateAt: [Layout.Point: Int] = [:]
    for place in layout.places where circuit.parts[place.part].isGate {
      gateAt[Layout.Point(column: place.column, row: place.row)] = place.part
    }
    var arrivals: [Int: [Int: Layout.Point]] = [:]
    var found: [Set<Int>] = circuit.parts.map { _ in [] }
    for place in layout.places {
      let isGate = circuit.parts[place.part].isGate
      let start = place.column + circuit.parts[place.part].width + (isGate ? 0 : 1)
      for (gate, point) in gates(from: Layout.Point(column: start, row: place.row), gateAt) {
        found[gate].insert(place.part)
        arrivals[gate, default: [:]][place.part] = point
      }
    }
    for (gate, part) in circuit.parts.enumerated() where part.isOrdered {
      checkOrder(of: gate, part.operands, arrivals[gate] ?? [:])
    }
    for (gate, part) in circuit.parts.enumerated() where found[gate] != Set(part.operands) {
      faults.append("gate \(gate) has \(found[gate].sorted()), not \(Set(part.operands).sorted())")
    }
  }

  /// Operands come from top to bottom, or have their numbers.
  private mutating func checkOrder(
    of gate: Int, _ operands: [Int], _ arrivals: [Int: Layout.Point]
  ) {
    guard Set(operands).count == operands.count, operands.count > 1 else { return }
    let points = operands.compactMap { arrivals[$0] }
    guard points.count == operands.count else { return }
    let rows = points.map(\.row)
    if rows == rows.sorted() { return }
    for (slot, point) in points.enumerated() {
      let port = Layout.Point(column: point.column - 1, row: point.row)
      if layout.slots[port] != slot + 1 {
        faults.append("gate \(gate): operand \(slot + 1) has the number \(layout.slots[port] ?? 0)")
      }
    }
  }

  /// All gates a wire leads to, and where it meets them; at a joint before a gate it ends, it does not turn back into another wire.
  private func gates(
    from start: Layout.Point, _ gateAt: [Layout.Point: Int]
  ) -> [(gate: Int, at: Layout.Point)] {
    var result: [(gate: Int, at: Layout.Point)] = []
    var seen: Set<[Int]> = []
    var waiting: [(at: Layout.Point, heading: Character)] = [(start, "e")]
    while let (point, heading) = waiting.popLast() {
      guard seen.insert([point.column, point.row, Int(heading.asciiValue ?? 0)]).inserted else {
        continue
      }
      if heading == "e", let gate = gateAt[point] {
        result.append((gate, point))
        continue
      }
      let glyph = canvas[point].glyph(isUnicode: true)
      guard let arms = Self.arms[glyph] else { continue }
      if layout.joints.contains(point), heading == "e" {
        // The bar of a gate: along it to the box.
        if let gate = gateAlongBar(point, gateAt) { result.append((gate, point)) }
        continue
      }
      let isCrossing = glyph == "┼" && !layout.forks.contains(point)
      for arm in arms {
        let back: Character = ["n": "s", "s": "n", "e": "w", "w": "e"][heading] ?? "w"
        if arm == back { continue }
        if isCrossing, arm != heading { continue }
        waiting.append((neighbour(of: point, arm), arm))
      }
    }
    return result
  }

  private func gateAlongBar(_ joint: Layout.Point, _ gateAt: [Layout.Point: Int]) -> Int? {
    for arm in "ns" {
      var point = joint
      while true {
        let right = Layout.Point(column: point.column + 1, row: point.row)
        if let gate = gateAt[right] { return gate }
        let glyph = canvas[point].glyph(isUnicode: true)
        guard Self.arms[glyph]?.contains(arm) == true else { break }
        point = neighbour(of: point, arm)
      }
    }
    return nil
  }

  private func neighbour(of point: Layout.Point, _ arm: Character) -> Layout.Point {
    switch arm {
    case "n": Layout.Point(column: point.column, row: point.row - 1)
    case "s": Layout.Point(column: point.column, row: point.row + 1)
    case "e": Layout.Point(column: point.column + 1, row: point.row)
    default: Layout.Point(column: point.column - 1, row: point.row)
    }
  }
}
