internal import Language
internal import Engine

/// The nodes of a graph by the name they serve, without a circle among the names.
struct NamedUnits {
  /// The nodes of each unit, in forward order, literals left out.
  private(set) var nodes: [[NodeID]] = []
  /// The group a unit is made of, by its place in the graph.
  private(set) var group: [Int?] = []
  /// The units each one reads, in the order of its operands.
  private(set) var operands: [[Int]] = []
  /// The units, each after those it reads.
  private(set) var order: [Int] = []

  /// Whether any unit is more than a node.
  var isShorter: Bool { nodes.contains { $0.count > 1 } }

  init(_ graph: Graph) {
    var whole = graph.groups.indices.filter { Self.isOfItsOwn(graph.groups[$0], graph) }
    while true {
      build(graph, whole)
      if order.count == nodes.count { return }
      // A vector may have elements that depend on each other by way of other names; such a one is
      // drawn element by element.
      let circular = Set(unitsOnCircles.compactMap { group[$0] })
      guard !circular.isEmpty else { return }
      whole.removeAll { circular.contains($0) }
    }
  }

  /// Whether a vector is more than a list of what has names already: `h = [h1, h2]` is drawn as h1 and h2.
  private static func isOfItsOwn(_ group: Graph.Group, _ graph: Graph) -> Bool {
    guard let first = group.nodes.first else { return false }
    let kind = graph.nodes[first].kind
    return kind != .constant
      && group.nodes.allSatisfy {
        graph.nodes[$0].kind == kind && graph.label($0).hasPrefix(group.name + "[")
      }
  }

  /// The units that could not be put in order, without those that only lead to them or come from them.
  private var unitsOnCircles: Set<Int> {
    var left = Set(nodes.indices).subtracting(order)
    var hasChanged = true
    while hasChanged {
      let read = Set(left.flatMap { operands[$0] })
      let inside = left.filter { read.contains($0) }
      hasChanged = inside.count < left.count
      left = inside
    }
    return left
  }

  /// Whether a wire from each unit tells all that the last gate of another reads.
  ///
  /// It does not where there are literals, or some elements of a vector, or several in an order that counts.
  func readsWhole(_ unit: Int, in graph: Graph) -> Bool {
    guard let gate = nodes[unit].last, graph.nodes[gate].kind == .gate else { return true }
    let read = graph.operands(of: gate).map { Int($0) }
    let asked = Set(read)
    let isWhole = operands[unit].allSatisfy { other in
      group[other].map { graph.groups[$0].nodes.allSatisfy(asked.contains) } ?? true
    }
    let isOrdered = read.count > operands[unit].count && graph.primitive(of: gate).isBinary
    return isWhole && !isOrdered && !read.contains { graph.nodes[$0].kind == .constant }
  }

  private mutating func build(_ graph: Graph, _ whole: [Int]) {
    (nodes, group, operands, order) = ([], [], [], [])
    var unit = [Int](repeating: -1, count: graph.nodes.count)
    var groupOfNode = [Int](repeating: -1, count: graph.nodes.count)
    for place in whole {
      for node in graph.groups[place].nodes where groupOfNode[node] < 0 {
        groupOfNode[node] = place
      }
    }
    var unitOfGroup: [Int: Int] = [:]
    // From the results to the inputs: an unnamed gate serves whoever reads it, if that is one.
    for node in graph.nodes.indices.reversed() where graph.nodes[node].kind != .constant {
      if graph.nodes[node].kind == .input, graph.readers(of: node).isEmpty,
        !graph.outputs.contains(node)
      {
        continue
      }
      var own: Int?
      if groupOfNode[node] >= 0 {
        own = unitOfGroup[groupOfNode[node]]
      } else if graph.nodes[node].kind == .gate, !graph.isNamed(node),
        !graph.outputs.contains(node)
      {
        let readers = Set(graph.readers(of: node).map { unit[$0.gate] })
        if readers.count == 1 { own = readers.first }
      }
      if own == nil {
        own = nodes.count
        nodes.append([])
        group.append(groupOfNode[node] >= 0 ? groupOfNode[node] : nil)
        if groupOfNode[node] >= 0 { unitOfGroup[groupOfNode[node]] = nodes.count - 1 }
      }
      guard let own, own >= 0 else { continue }
      unit[node] = own
      nodes[own].append(node)
    }
    for index in nodes.indices { nodes[index].reverse() }
    connect(graph, unit)
  }

  private mutating func connect(_ graph: Graph, _ unit: [Int]) {
    var missing = [Int](repeating: 0, count: nodes.count)
    var readers = [[Int]](repeating: [], count: nodes.count)
    operands = nodes.indices.map { own in
      var found: [Int] = []
      var seen: Set<Int> = [own]
      for node in nodes[own] where graph.nodes[node].kind == .gate {
        for operand in graph.operands(of: node) {
          let other = unit[Int(operand)]
          if other >= 0, seen.insert(other).inserted { found.append(other) }
        }
      }
      return found
    }
    for own in nodes.indices {
      missing[own] = operands[own].count
      for operand in operands[own] { readers[operand].append(own) }
    }
    var ready = nodes.indices.filter { missing[$0] == 0 }
    while !ready.isEmpty {
      order += ready
      var next: [Int] = []
      for own in ready {
        for reader in readers[own] {
          missing[reader] -= 1
          if missing[reader] == 0 { next.append(reader) }
        }
      }
      ready = next
    }
  }
}
