/// A circuit with a place for everything, in columns and rows of a terminal.
///
/// A picture uses the same places with larger cells.
package struct Layout: Sendable {
  /// What a piece of wire belongs to.
  package enum Net: Hashable, Sendable {
    /// The wire that leaves a part.
    case wire(Int)
    /// The bar at which the inputs of a gate meet.
    case inputs(of: Int)
  }

  /// A straight piece of wire, both ends included.
  package struct Piece: Hashable, Sendable {
    package let net: Net
    /// The only gate it leads to, or nil.
    package let leadsTo: Int?
    package let isVertical: Bool
    /// The row of a horizontal piece, the column of a vertical one.
    package let line: Int
    package let from: Int
    package let to: Int
  }

  /// Where a part's box begins, and the wire with its value and its gradient.
  package struct Place: Hashable, Sendable {
    package let part: Int
    package let column: Int
    package let row: Int
    /// The columns of the wire that belong to the labels.
    package let label: Range<Int>
    /// The column of the arrow of a result, or nil.
    package let arrow: Int?
  }

  /// A cell.
  package struct Point: Hashable, Sendable {
    package let column: Int
    package let row: Int

    package init(column: Int, row: Int) {
      self.column = column
      self.row = row
    }
  }

  package private(set) var places: [Place] = []
  package private(set) var pieces: [Piece] = []
  /// Where a wire forks.
  package private(set) var forks: Set<Point> = []
  /// Where the wire of an input ends at the bar of its gate.
  package private(set) var joints: Set<Point> = []
  /// Numbers of operands, where the order counts and the drawing has another one.
  package private(set) var slots: [Point: Int] = [:]
  package private(set) var width = 0
  package private(set) var height = 0

  /// How often rows are added where wires have no room before the drawing is given up.
  private static let attempts = 60

  /// Draws up a plan; nil where the circuit is too large to be looked at.
  package init?(_ circuit: Circuit, spacing: Circuit.Spacing = .normal) {
    guard var layers = Layers(circuit) else { return nil }
    layers.reduceCrossings()
    var extra = [Int](repeating: 0, count: layers.order.count)
    for attempt in 0..<Self.attempts {
      let rows = Rows.place(layers, extra: extra, spacing)
      let channels = layers.order.indices.dropLast().map { layer in
        Channel(layers, after: layer, rows: rows)
      }
      let routed = channels.compactMap { $0 }
      if routed.count == channels.count {
        assemble(circuit, layers, rows, routed, spacing)
        return
      }
      for layer in channels.indices where channels[layer] == nil {
        extra[layer + 1] += 1 + attempt / 8
      }
    }
    return nil
  }

  private mutating func assemble(
    _ circuit: Circuit, _ layers: Layers, _ rows: [Int], _ channels: [Channel],
    _ spacing: Circuit.Spacing
  ) {
    // Ports may lie above the first row.
    let portRows = channels.flatMap { $0.ports.flatMap { $0.ports.map(\.row) } }
    // A row for the values above the first wire, one for the gradients below the last.
    let shift = 1 - min(0, portRows.min() ?? 0)
    height = max(rows.max() ?? 0, portRows.max() ?? 0) + shift + 2
    var column = 0
    for layer in layers.order.indices {
      let members = layers.order[layer].filter { !layers.vertices[$0].isBend }
      let parts = members.map { circuit.parts[layers.vertices[$0].part] }
      // An input stands clear of the bar of the gates above and below it.
      let boxes = parts.map { $0.width + ($0.isGate || layer == 0 ? 0 : 1) }.max() ?? 0
      let wire = max(parts.map(\.label).max() ?? 0, 1) + spacing.slack
      let start = column + boxes
      let end = start + wire
      for vertex in layers.order[layer] {
        let row = rows[vertex] + shift
        addStub(
          circuit, layers.vertices[vertex], row: row, column: column, start: start, end: end)
      }
      column = end
      guard layer < channels.count else { break }
      let bar = column + 2 * channels[layer].trackCount
      add(channels[layer], layers, circuit, rows, shift: shift, from: column, bar: bar)
      column = bar + 1
    }
    width =
      places.map { place in
        place.arrow.map { $0 + 1 + circuit.parts[place.part].result } ?? 0
      }.max() ?? 0
  }

  /// The box of a part and the wire in its own column; of a bend the wire only.
  private mutating func addStub(
    _ circuit: Circuit, _ vertex: Layers.Vertex, row: Int, column: Int, start: Int, end: Int
  ) {
    let part = circuit.parts[vertex.part]
    var from = column
    if !vertex.isBend {
      let box = part.isGate ? column : start - part.width
      let isResult = vertex.targets.isEmpty
      places.append(
        Place(
          part: vertex.part, column: box, row: row, label: start..<end,
          arrow: isResult ? end : nil))
      from = part.isGate ? column + part.width : start + 1
    }
    pieces.append(
      Piece(
        net: .wire(vertex.part), leadsTo: vertex.leadsTo, isVertical: false, line: row,
        from: from, to: end - 1))
  }

  private mutating func add(
    _ channel: Channel, _ layers: Layers, _ circuit: Circuit, _ rows: [Int], shift: Int,
    from column: Int, bar: Int
  ) {
    var forkTargets: [Int: [Int]] = [:]
    for (target, ports) in channel.ports {
      let vertex = layers.vertices[target]
      let gate = vertex.isBend ? vertex.leadsTo : vertex.part
      let row = rows[target] + shift
      for port in ports {
        let source = layers.vertices[port.source]
        let net = Net.wire(source.part)
        let (start, end) = (rows[port.source] + shift, port.row + shift)
        let track = channel.trackOfSource[port.source].map { column + 2 * $0 } ?? column
        if channel.trackOfSource[port.source] != nil {
          addPiece(net, source.leadsTo, line: start, from: column - 1, to: track)
          if start != end {
            addPiece(net, gate, isVertical: true, line: track, from: start, to: end)
          }
          addPiece(net, gate, line: end, from: track, to: bar)
          forkTargets[port.source, default: []].append(end)
        } else {
          addPiece(net, gate, line: end, from: column - 1, to: bar)
        }
      }
      addBar(ports, vertex, circuit, row: row, shift: shift, at: bar)
    }
    for (source, ends) in forkTargets where ends.count > 1 {
      guard let track = channel.trackOfSource[source].map({ column + 2 * $0 }) else { continue }
      let start = rows[source] + shift
      // A wire forks where it leaves its row, and wherever a branch leaves it on its way.
      forks.insert(Point(column: track, row: start))
      let (low, high) = (min(start, ends.min() ?? start), max(start, ends.max() ?? start))
      for end in ends where end > low && end < high {
        forks.insert(Point(column: track, row: end))
      }
    }
  }

  /// The bar at which the inputs of a gate meet, or the last piece of a wire that arrives alone.
  private mutating func addBar(
    _ ports: [Channel.Port], _ vertex: Layers.Vertex, _ circuit: Circuit, row: Int, shift: Int,
    at bar: Int
  ) {
    guard let first = ports.first, let last = ports.last else { return }
    let gate = vertex.isBend ? vertex.leadsTo : vertex.part
    let net: Net = ports.count > 1 ? .inputs(of: vertex.part) : .wire(pieces[pieces.count - 1].part)
    let (low, high) = (min(first.row + shift, row), max(last.row + shift, row))
    if low < high { addPiece(net, gate, isVertical: true, line: bar, from: low, to: high) }
    addPiece(net, gate, line: row, from: bar, to: bar + 1)
    guard ports.count > 1 else { return }
    for port in ports { joints.insert(Point(column: bar, row: port.row + shift)) }
    let isGate = !vertex.isBend && circuit.parts[vertex.part].isOrdered
    let firsts = ports.compactMap(\.slots.first)
    if isGate, firsts != firsts.sorted() {
      for port in ports {
        guard let slot = port.slots.first else { continue }
        slots[Point(column: bar - 1, row: port.row + shift)] = slot + 1
      }
    }
  }

  private mutating func addPiece(
    _ net: Net, _ leadsTo: Int?, isVertical: Bool = false, line: Int, from: Int, to: Int
  ) {
    pieces.append(
      Piece(
        net: net, leadsTo: leadsTo, isVertical: isVertical, line: line, from: min(from, to),
        to: max(from, to)))
  }
}

extension Layout.Piece {
  /// The part whose wire it is, or whose inputs meet here.
  package var part: Int {
    switch net {
    case .wire(let part), .inputs(of: let part): part
    }
  }
}
