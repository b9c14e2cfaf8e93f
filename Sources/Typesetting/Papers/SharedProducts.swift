package import Engine
internal import Language

/// Dot products that share operands: a filter that slides, or one input of many neurons.
///
/// A gradient there is a sum over the products, so it is worked in a table with a column for each.
package struct SharedProducts: Sendable {
  /// One operand of one gate.
  package struct Edge: Hashable, Sendable {
    package let gate: NodeID
    package let slot: Int
  }

  /// What one product sends to one operand.
  package struct Cell: Hashable, Sendable {
    package let local: Double
    package let amount: Double
  }

  /// The contributions to one operand, a cell for each product that uses it.
  package struct Row: Hashable, Sendable {
    package let node: NodeID
    package let cells: [Cell?]
    package let sum: Double
  }

  /// A vector that several of the products use.
  package struct Side: Hashable, Sendable {
    package let name: String
    package let nodes: [NodeID]
    package let rows: [Row]
  }

  /// The gates, in the order of the outputs.
  package let gates: [NodeID]
  /// The gradient of each gate: what arrives from above.
  package let upstream: [Double]
  package let sides: [Side]
  /// The two vectors that are paired, with all their elements.
  package let weights: Graph.Group
  package let inputs: Graph.Group
  /// Whether a filter slides over an input.
  package let isSliding: Bool
  /// Whether it does so in steps of one, without padding, over a single row.
  package let isPlain: Bool

  package var rows: [Row] { sides.flatMap(\.rows) }
  package let edges: [Edge]

  /// All such families of an answer's graph, in forward order.
  static func all(of answer: WorkedAnswer) -> [SharedProducts] {
    let graph = answer.tape.graph
    var owner: [NodeID: Int] = [:]
    for (place, group) in graph.groups.enumerated() {
      for node in group.nodes where owner[node] == nil { owner[node] = place }
    }
    var order: [[Int]] = []
    var members: [[Int]: [NodeID]] = [:]
    for gate in graph.gates where graph.nodes[gate].primitive == Primitive.dot {
      let operands = graph.operands(of: gate).map { Int($0) }
      let count = operands.count / 2
      guard count > 0, let left = owner[operands[0]], let right = owner[operands[count]],
        operands[..<count].allSatisfy({ owner[$0] == left }),
        operands[count..<2 * count].allSatisfy({ owner[$0] == right })
      else { continue }
      if members[[left, right]] == nil { order.append([left, right]) }
      members[[left, right], default: []].append(gate)
    }
    let filters = SlidingFilters(in: graph)
    return order.compactMap { key in
      SharedProducts(
        members[key] ?? [], graph.groups[key[0]], graph.groups[key[1]], answer, filters)
    }
  }

  private init?(
    _ gates: [NodeID], _ weights: Graph.Group, _ inputs: Graph.Group, _ answer: WorkedAnswer,
    _ filters: SlidingFilters
  ) {
    guard gates.count > 1 else { return nil }
    let graph = answer.tape.graph
    self.gates = gates
    (self.weights, self.inputs) = (weights, inputs)
    isSliding = gates.allSatisfy(filters.isWindow)
    upstream = gates.map { answer.gradients[$0] }
    let operands = gates.map { graph.operands(of: $0).map { Int($0) } }
    var sides: [Side] = []
    var edges: [Edge] = []
    for (place, group) in [weights, inputs].enumerated() where weights.name != inputs.name {
      var slots: [NodeID: [Int: Int]] = [:]
      for (column, own) in operands.enumerated() {
        let count = own.count / 2
        for slot in place * count..<(place + 1) * count {
          slots[own[slot]] = (slots[own[slot]] ?? [:]).merging([column: slot]) { $1 }
        }
      }
      guard slots.values.contains(where: { $0.count > 1 }),
        group.nodes.contains(where: answer.isFollowed)
      else { continue }
      let rows = group.nodes.map { node -> Row in
        let cells = gates.indices.map { column -> Cell? in
          guard let slot = slots[node]?[column] else { return nil }
          let count = operands[column].count / 2
          let partner = operands[column][slot < count ? slot + count : slot - count]
          let local = answer.values[partner]
          edges.append(Edge(gate: gates[column], slot: slot))
          return Cell(local: local, amount: answer.gradients[gates[column]] * local)
        }
        // In the order in which the pass brings them.
        let sum = cells.reversed().reduce(0) { $0 + ($1?.amount ?? 0) }
        return Row(node: node, cells: cells, sum: sum)
      }
      sides.append(Side(name: group.name, nodes: group.nodes, rows: rows))
    }
    guard !sides.isEmpty else { return nil }
    self.sides = sides
    self.edges = edges
    let size = weights.nodes.count
    isPlain =
      isSliding && weights.shape == .vector(size)
      && gates.count == inputs.nodes.count - size + 1
      && operands.enumerated().allSatisfy { place, own in
        let count = own.count / 2
        return Array(own[..<count]) == weights.nodes
          && Array(own[count..<2 * count])
            == Array(inputs.nodes[place..<min(place + size, inputs.nodes.count)])
      }
  }
}
