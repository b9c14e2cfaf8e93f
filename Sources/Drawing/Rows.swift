/// The row of every vertex: wires as short and as straight as the distances allow.
struct Rows {
  private let order: [[Int]]
  private let offsets: [[Double]]
  private var heights: [Double]
  /// Wires in one list, by source; those of a vertex are `firstWire[vertex]..<firstWire[vertex + 1]`.
  private var wires: [Wire] = []
  private var firstWire: [Int]
  /// The uppermost and the lowest vertex that leads to each vertex, or -1.
  private var highest: [Int]
  private var lowest: [Int]
  private let isBend: [Bool]

  /// Where a vertex wants to stand above or below the target of its wire.
  private struct Wire {
    let target: Int
    let offset: Double
  }

  private static let sweeps = 40

  /// Rows for all vertices, the first row being 0.
  ///
  /// `extra`: rows to add to every distance of a layer.
  static func place(_ layers: Layers, extra: [Int], _ spacing: Circuit.Spacing) -> [Int] {
    var rows = Rows(layers, extra, spacing)
    rows.settle()
    return rows.rounded()
  }

  /// How far two neighbours must stand apart: a part has a value above its wire and a gradient below.
  private static func distance(
    _ a: Layers.Vertex, _ b: Layers.Vertex, _ spacing: Circuit.Spacing
  ) -> Int {
    if a.isBend && b.isBend { return 1 }
    return a.isBend || b.isBend ? min(2, spacing.distance) : spacing.distance
  }

  private init(_ layers: Layers, _ extra: [Int], _ spacing: Circuit.Spacing) {
    let vertices = layers.vertices
    order = layers.order
    isBend = vertices.map(\.isBend)
    heights = [Double](repeating: 0, count: vertices.count)
    var place = [Int](repeating: 0, count: vertices.count)
    var offsets: [[Double]] = []
    for (layer, members) in layers.order.enumerated() {
      var own: [Double] = []
      for (index, vertex) in members.enumerated() {
        place[vertex] = index
        let gap =
          index == 0
          ? 0
          : Self.distance(vertices[members[index - 1]], vertices[vertex], spacing) + extra[layer]
        own.append((own.last ?? 0) + Double(gap))
        heights[vertex] = own[index]
      }
      offsets.append(own)
    }
    self.offsets = offsets
    highest = [Int](repeating: -1, count: vertices.count)
    lowest = highest
    firstWire = [0]
    // The inputs of a gate would like to stand around it, as close to each other as they may.
    var wishes = [[Wire]](repeating: [], count: vertices.count)
    for target in vertices.indices where !vertices[target].sources.isEmpty {
      let sources = vertices[target].sources.map(\.vertex).sorted { place[$0] < place[$1] }
      highest[target] = sources[0]
      lowest[target] = sources[sources.count - 1]
      var steps: [Double] = [0]
      for (a, b) in zip(sources, sources.dropFirst()) {
        let gap = Self.distance(vertices[a], vertices[b], spacing) + extra[vertices[a].layer]
        steps.append(steps[steps.count - 1] + Double(gap))
      }
      let middle = steps[steps.count - 1] / 2
      for (source, step) in zip(sources, steps) {
        wishes[source].append(Wire(target: target, offset: step - middle))
      }
    }
    for own in wishes {
      wires += own
      firstWire.append(wires.count)
    }
  }

  private mutating func settle() {
    var best = heights
    var least = Double.infinity
    var last = Double.infinity
    for sweep in 0..<Self.sweeps {
      let isForward = sweep.isMultiple(of: 2)
      for layer in isForward ? Array(order.indices) : order.indices.reversed() {
        place(layer, isForward: isForward)
      }
      guard isForward, sweep >= 6 else { continue }
      let length = wireLength
      if length < least - 1e-6 { (best, least) = (heights, length) }
      // Nothing moves any more.
      if abs(length - last) < 1e-9 { break }
      last = length
    }
    heights = best
  }

  private var wireLength: Double {
    var sum = 0.0
    var vertex = 0
    while vertex < heights.count {
      var wire = firstWire[vertex]
      while wire < firstWire[vertex + 1] {
        sum += abs(heights[vertex] - heights[wires[wire].target])
        wire += 1
      }
      vertex += 1
    }
    return sum
  }

  /// The rows of one layer that come nearest to what its vertices wish for: isotonic regression by
  /// pooling neighbours that would stand too close (Ayer and others, 1955).
  private mutating func place(_ layer: Int, isForward: Bool) {
    let members = order[layer]
    let offsets = offsets[layer]
    var pools: [Pool] = []
    pools.reserveCapacity(members.count)
    var index = 0
    while index < members.count {
      let vertex = members[index]
      var weight = isBend[vertex] ? 8.0 : 1.0
      var wish: Double
      if isForward, highest[vertex] >= 0 {
        wish = (heights[highest[vertex]] + heights[lowest[vertex]]) / 2
        if !isBend[vertex] { weight = 2 }
      } else {
        wish = wishFromTargets(vertex)
        if isForward { weight = 0.5 }
      }
      wish -= offsets[index]
      pools.append(Pool(sum: wish * weight, weight: weight, count: 1))
      while pools.count > 1 {
        let (upper, lower) = (pools[pools.count - 2], pools[pools.count - 1])
        guard upper.sum / upper.weight > lower.sum / lower.weight else { break }
        pools.removeLast()
        pools[pools.count - 1] = Pool(
          sum: upper.sum + lower.sum, weight: upper.weight + lower.weight,
          count: upper.count + lower.count)
      }
      index += 1
    }
    index = 0
    for pool in pools {
      let end = index + pool.count
      while index < end {
        heights[members[index]] = pool.sum / pool.weight + offsets[index]
        index += 1
      }
    }
  }

  /// Neighbours that stand as close as they may, and want to stand closer.
  private struct Pool {
    let sum: Double
    let weight: Double
    let count: Int
  }

  private func wishFromTargets(_ vertex: Int) -> Double {
    let (first, end) = (firstWire[vertex], firstWire[vertex + 1])
    guard first < end else { return heights[vertex] }
    var sum = 0.0
    var wire = first
    while wire < end {
      sum += heights[wires[wire].target] + wires[wire].offset
      wire += 1
    }
    return sum / Double(end - first)
  }

  /// Whole rows, the distances kept.
  private func rounded() -> [Int] {
    var rows = [Int](repeating: 0, count: heights.count)
    for (layer, members) in order.enumerated() {
      var above: Int?
      for (index, vertex) in members.enumerated() {
        var row = Int(exactly: (heights[vertex] + 0.5).rounded(.down)) ?? 0
        if let above {
          let gap = Int(exactly: offsets[layer][index] - offsets[layer][index - 1]) ?? 3
          row = max(row, above + gap)
        }
        rows[vertex] = row
        above = row
      }
    }
    let first = rows.min() ?? 0
    return rows.map { $0 - first }
  }
}
