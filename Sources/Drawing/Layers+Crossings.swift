// Fewer crossings: barycentre sweeps with swaps of neighbours.
extension Layers {
  /// Rounds after which the best order so far is good enough.
  private static let rounds = 24
  /// Rounds without a better order after which there will be none.
  private static let patience = 6

  /// Looks for an order of each layer in which fewer wires cross; ties keep the order of the formula.
  mutating func reduceCrossings() {
    var best = order
    var fewest = crossings()
    var lastGain = 0
    for round in 0..<Self.rounds where fewest > 0 && round - lastGain < Self.patience {
      sweep(isForward: round.isMultiple(of: 2))
      swapNeighbours()
      let count = crossings()
      if count < fewest { (best, fewest, lastGain) = (order, count, round) }
    }
    order = best
  }

  /// Where each vertex stands in its layer.
  private var places: [Int] {
    var result = [Int](repeating: 0, count: vertices.count)
    for layer in order {
      for (place, vertex) in layer.enumerated() { result[vertex] = place }
    }
    return result
  }

  private mutating func sweep(isForward: Bool) {
    var places = self.places
    let layers =
      isForward ? Array(order.indices.dropFirst()) : Array(order.indices.dropLast()).reversed()
    for layer in layers {
      let keyed = order[layer].map { vertex -> (key: Double, place: Int, vertex: Int) in
        let neighbours =
          isForward ? vertices[vertex].sources.map(\.vertex) : vertices[vertex].targets
        let own = places[vertex]
        guard !neighbours.isEmpty else { return (Double(own), own, vertex) }
        let sum = neighbours.reduce(0) { $0 + places[$1] }
        return (Double(sum) / Double(neighbours.count), own, vertex)
      }
      order[layer] = keyed.sorted { ($0.key, $0.place) < ($1.key, $1.place) }.map(\.vertex)
      for (place, vertex) in order[layer].enumerated() { places[vertex] = place }
    }
  }

  /// Swaps vertices that stand next to each other as long as that removes crossings.
  private mutating func swapNeighbours() {
    var places = self.places
    for _ in 0..<8 {
      var hasImproved = false
      for layer in order.indices where order[layer].count > 1 {
        for place in 0..<order[layer].count - 1 {
          let (upper, lower) = (order[layer][place], order[layer][place + 1])
          let now = crossings(upper, above: lower, places)
          guard now > 0, crossings(lower, above: upper, places) < now else { continue }
          order[layer].swapAt(place, place + 1)
          (places[upper], places[lower]) = (place + 1, place)
          hasImproved = true
        }
      }
      if !hasImproved { return }
    }
  }

  /// How often the wires of two vertices cross while one stands above the other.
  private func crossings(_ upper: Int, above lower: Int, _ places: [Int]) -> Int {
    var count = 0
    for a in vertices[upper].sources {
      for b in vertices[lower].sources where places[a.vertex] > places[b.vertex] { count += 1 }
    }
    for a in vertices[upper].targets {
      for b in vertices[lower].targets where places[a] > places[b] { count += 1 }
      if vertices[a].isOrdered { count += reversals(upper, above: lower, into: a) }
    }
    return count
  }

  /// Whether a gate whose operands have an order has the first of two below the second.
  ///
  /// Their numbers would have to be read off the drawing, which is as bad as a crossing.
  private func reversals(_ upper: Int, above lower: Int, into gate: Int) -> Int {
    let sources = vertices[gate].sources
    guard let first = sources.first(where: { $0.vertex == upper })?.slots.first,
      let second = sources.first(where: { $0.vertex == lower })?.slots.first
    else { return 0 }
    return first > second ? 1 : 0
  }

  /// The pairs of operands that stand the wrong way round before a gate where that counts.
  private func reversals(into gate: Int, _ places: [Int]) -> Int {
    let sources = vertices[gate].sources
    guard vertices[gate].isOrdered, sources.count > 1 else { return 0 }
    var count = 0
    for (place, a) in sources.enumerated() {
      for b in sources.dropFirst(place + 1) {
        let isFirst = (a.slots.first ?? 0) < (b.slots.first ?? 0)
        if isFirst != (places[a.vertex] < places[b.vertex]) { count += 1 }
      }
    }
    return count
  }

  /// How often wires cross, over all layers.
  func crossings() -> Int {
    let places = self.places
    var count = 0
    for layer in order {
      // From top to bottom, each end below which earlier ones lie is a crossing with each of them.
      var ends: [Int] = []
      for vertex in layer {
        count += reversals(into: vertex, places)
        let own = vertices[vertex].targets.map { places[$0] }.sorted()
        for end in own { count += ends.count - ends.partitioningPoint(above: end) }
        for end in own { ends.insert(end, at: ends.partitioningPoint(above: end)) }
      }
    }
    return count
  }
}

extension [Int] {
  /// In a sorted list, the place of the first number that is larger.
  fileprivate func partitioningPoint(above number: Int) -> Int {
    var (low, high) = (0, count)
    while low < high {
      let middle = (low + high) / 2
      if self[middle] > number { high = middle } else { low = middle + 1 }
    }
    return low
  }
}
