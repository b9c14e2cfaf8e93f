/// The room between two layers, where wires change rows.
///
/// Every row of a channel belongs to one wire only: a gate takes its inputs in rows in which no foreign
/// wire begins. A vertical piece can therefore meet other wires only where they pass straight through,
/// so that whatever order the tracks have, no two wires touch.
struct Channel {
  /// The row in which a wire arrives at a gate or a bend.
  struct Port {
    let source: Int
    let target: Int
    let row: Int
    /// Which operands of the gate it is.
    let slots: [Int]
  }

  /// For each target, from top to bottom.
  private(set) var ports: [(target: Int, ports: [Port])] = []
  /// The track of each wire that changes its row.
  private(set) var trackOfSource: [Int: Int] = [:]
  private(set) var trackCount = 0

  /// Routes the wires from one layer to the next; nil where there are too few free rows.
  init?(_ layers: Layers, after layer: Int, rows: [Int]) {
    let sources = layers.order[layer]
    var owners: [Int: Int] = [:]
    for source in sources { owners[rows[source]] = source }
    let targets = layers.order[layer + 1].filter { !layers.vertices[$0].sources.isEmpty }
    let territories = Self.territories(of: targets, layers, rows, owners)
    for (target, territory) in zip(targets, territories) {
      let arriving = layers.vertices[target].sources.sorted { rows[$0.vertex] < rows[$1.vertex] }
      guard
        let found = Self.rowsOfPorts(
          arriving.map(\.vertex), into: rows[target], territory, rows, owners)
      else { return nil }
      let own = zip(arriving, found).map {
        Port(source: $0.vertex, target: target, row: $1, slots: $0.slots)
      }
      ports.append((target, own.sorted { $0.row < $1.row }))
    }
    layTracks(sources, rows)
  }

  /// The rows in which each target may take its inputs: halfway to its neighbours.
  private static func territories(
    of targets: [Int], _ layers: Layers, _ rows: [Int], _ owners: [Int: Int]
  ) -> [ClosedRange<Int>] {
    let far = 1_000_000
    // A bend whose row is free needs that row only.
    let isPoint = targets.map { target in
      let vertex = layers.vertices[target]
      let owner = owners[rows[target]]
      return vertex.isBend && (owner == nil || owner == vertex.sources.first?.vertex)
    }
    return targets.indices.map { place in
      let row = rows[targets[place]]
      if isPoint[place] { return row...row }
      var (low, high) = (-far, far)
      if place > 0 {
        let above = rows[targets[place - 1]]
        low = isPoint[place - 1] ? above + 1 : (above + row) / 2 + 1
      }
      if place < targets.count - 1 {
        let below = rows[targets[place + 1]]
        high = isPoint[place + 1] ? below - 1 : (row + below) / 2
      }
      return min(low, row)...max(high, row)
    }
  }

  /// Free rows for the inputs of one gate, which come from top to bottom; nil where there are too few.
  private static func rowsOfPorts(
    _ sources: [Int], into row: Int, _ territory: ClosedRange<Int>, _ rows: [Int],
    _ owners: [Int: Int]
  ) -> [Int]? {
    var result = sources.map { territory.contains(rows[$0]) ? rows[$0] : Int.min }
    var taken = Set(result)
    let isFree = { (candidate: Int) in !taken.contains(candidate) && owners[candidate] == nil }
    let direct = result.filter { $0 != Int.min }
    let above = sources.indices.filter { result[$0] == Int.min && rows[sources[$0]] < row }
    let below = sources.indices.filter { result[$0] == Int.min && rows[sources[$0]] >= row }
    // Several inputs arrive around the gate; a single one straight at it.
    let isSingle = sources.count == 1
    for compact in [false, true] {
      var attempt = result
      var used: Set<Int> = []
      let space = isSingle || compact ? 0 : 1
      var next = min(direct.min() ?? row + 1, row + 1 - space) - 1
      for index in above.reversed() {
        while next >= territory.lowerBound, !isFree(next) || used.contains(next) { next -= 1 }
        attempt[index] = next
        used.insert(next)
        next -= 1
      }
      next = max(direct.max() ?? row - 1, row - 1 + space) + 1
      for index in below {
        while next <= territory.upperBound, !isFree(next) || used.contains(next) { next += 1 }
        attempt[index] = next
        used.insert(next)
        next += 1
      }
      if attempt.allSatisfy(territory.contains) {
        result = attempt
        taken.formUnion(used)
        return result
      }
    }
    // No wire keeps its row: any free rows near the gate will do.
    var near: [Int] = []
    for distance in 0...4 * sources.count + 40 where near.count < sources.count {
      for row in distance == 0 ? [row] : [row - distance, row + distance]
      where owners[row] == nil && territory.contains(row) { near.append(row) }
    }
    return near.count < sources.count ? nil : near.prefix(sources.count).sorted()
  }

  /// A column for each wire that changes its row: the left-edge algorithm (Hashimoto and Stevens, 1971).
  private mutating func layTracks(_ sources: [Int], _ rows: [Int]) {
    var ends: [Int: [Int]] = [:]
    for (_, ports) in ports {
      for port in ports { ends[port.source, default: []].append(port.row) }
    }
    var wires: [Span] = []
    for source in sources {
      guard let own = ends[source], own.contains(where: { $0 != rows[source] }) else { continue }
      let all = own + [rows[source]]
      let (low, high) = (all.min() ?? 0, all.max() ?? 0)
      let forks = own.count > 1 ? rows[source] : nil
      wires.append(
        Span(
          low: low, high: high, source: source, forksAtLow: forks == low,
          forksAtHigh: forks == high))
    }
    wires.sort { ($0.low, $0.high, $0.source) < ($1.low, $1.high, $1.source) }
    var tracks: [[Span]] = []
    for wire in wires {
      if let free = tracks.firstIndex(where: { $0.last?.leavesRoom(for: wire) != false }) {
        tracks[free].append(wire)
      } else {
        tracks.append([wire])
      }
    }
    let order = Self.leastCrossing(
      tracks.map { $0.map { ($0.low, $0.high, rows[$0.source], ends[$0.source] ?? []) } })
    trackCount = tracks.count
    for (track, index) in order.enumerated() {
      for wire in tracks[index] { trackOfSource[wire.source] = track }
    }
  }

  /// The rows a wire takes in its track.
  private struct Span {
    let low: Int
    let high: Int
    let source: Int
    /// Whether the wire forks in its first or its last row.
    let forksAtLow: Bool
    let forksAtHigh: Bool

    /// Whether another wire may begin below in the same track.
    ///
    /// A fork is a dot, which does not show where its wire goes: two dots under each other would seem
    /// to be one wire's.
    func leavesRoom(for next: Span) -> Bool {
      high < next.low && !(high + 1 == next.low && forksAtHigh && next.forksAtLow)
    }
  }

  private typealias Wire = (low: Int, high: Int, row: Int, ports: [Int])

  /// The order of tracks from left to right in which their wires cross least.
  private static func leastCrossing(_ tracks: [[Wire]]) -> [Int] {
    var order = Array(tracks.indices)
    // What track `a` to the left of `b` costs: a's wires run right through b's, b's come from the left.
    let cost = { (a: Int, b: Int) -> Int in
      var sum = 0
      for left in tracks[a] {
        for right in tracks[b] {
          sum += left.ports.count { (right.low...right.high).contains($0) }
          sum += (left.low...left.high).contains(right.row) ? 1 : 0
        }
      }
      return sum
    }
    for _ in 0..<order.count {
      var hasImproved = false
      for place in 0..<max(0, order.count - 1) {
        let (a, b) = (order[place], order[place + 1])
        if cost(b, a) < cost(a, b) {
          order.swapAt(place, place + 1)
          hasImproved = true
        }
      }
      if !hasImproved { break }
    }
    return order
  }
}
