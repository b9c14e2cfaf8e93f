/// A circuit in layers: each wire leads from one layer to the next, through a bend where it is longer.
struct Layers {
  /// A part, or a place where a long wire passes a layer.
  struct Vertex {
    /// The part, or for a bend the part whose wire it is.
    let part: Int
    let isBend: Bool
    let layer: Int
    /// Whether the order of its sources counts.
    var isOrdered = false
    /// The vertices of the layer before that lead here, each once, and as which operands.
    var sources: [(vertex: Int, slots: [Int])] = []
    /// The vertices of the next layer, each once.
    var targets: [Int] = []
    /// The only gate all its wires lead to, or nil.
    var leadsTo: Int?
  }

  private(set) var vertices: [Vertex] = []
  /// The vertices of each layer from top to bottom; in the order of the formula at first.
  var order: [[Int]]

  /// More vertices than anyone could look at.
  static let most = 3_000

  /// Puts every part as far to the right as its readers allow; nil where the drawing would be enormous.
  ///
  /// The longest way to the result decides, so that a bias stands beside the gate that uses it and
  /// every wire of a tree has length 1.
  init?(_ circuit: Circuit) {
    let parts = circuit.parts
    guard !parts.isEmpty, parts.count <= Self.most else { return nil }
    var distance = [Int](repeating: 0, count: parts.count)
    for part in parts.indices.reversed() {
      for operand in parts[part].operands {
        distance[operand] = max(distance[operand], distance[part] + 1)
      }
    }
    let deepest = distance.max() ?? 0
    order = [[Int]](repeating: [], count: deepest + 1)
    for part in parts.indices {
      vertices.append(
        Vertex(
          part: part, isBend: false, layer: deepest - distance[part],
          isOrdered: parts[part].isOrdered))
    }
    // One chain of bends for each source: a wire forks as late as possible.
    var chains: [Int: [Int]] = [:]
    for part in parts.indices {
      for (slot, operand) in parts[part].operands.enumerated() {
        let first = vertices[operand].layer + 1
        var chain = chains[operand] ?? []
        while first + chain.count < vertices[part].layer {
          guard vertices.count < Self.most else { return nil }
          let bend = vertices.count
          vertices.append(Vertex(part: operand, isBend: true, layer: first + chain.count))
          connect(chain.last ?? operand, bend, slot: 0)
          chain.append(bend)
        }
        chains[operand] = chain
        let before = vertices[part].layer - 1 - first
        connect(before >= 0 ? chain[before] : operand, part, slot: slot)
      }
    }
    orderAsTyped(parts)
    markWhereWiresLead(partCount: parts.count)
  }

  private mutating func connect(_ source: Int, _ target: Int, slot: Int) {
    if let place = vertices[target].sources.firstIndex(where: { $0.vertex == source }) {
      vertices[target].sources[place].slots.append(slot)
    } else {
      vertices[target].sources.append((source, [slot]))
      vertices[source].targets.append(target)
    }
  }

  /// Depth first, operands from first to last: the order in which a formula is read.
  ///
  /// A tree has no crossing in this order, and it does not change while one steps.
  private mutating func orderAsTyped(_ parts: [Circuit.Part]) {
    var isPlaced = [Bool](repeating: false, count: vertices.count)
    var waiting = Array(vertices.indices.filter { vertices[$0].targets.isEmpty }.reversed())
    while let vertex = waiting.popLast() {
      guard !isPlaced[vertex] else { continue }
      isPlaced[vertex] = true
      order[vertices[vertex].layer].append(vertex)
      waiting += vertices[vertex].sources.reversed().map(\.vertex)
    }
  }

  private mutating func markWhereWiresLead(partCount: Int) {
    for layer in order.reversed() {
      for vertex in layer {
        let gates = vertices[vertex].targets.map { target in
          vertices[target].isBend ? vertices[target].leadsTo : vertices[target].part
        }
        if let first = gates.first, gates.allSatisfy({ $0 == first }) {
          vertices[vertex].leadsTo = first
        }
      }
    }
  }
}
