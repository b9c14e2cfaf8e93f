internal import Engine
internal import Language

// Nodes by the names they were given: a vector is told in one line.
extension Scene {
  /// Some nodes under the names that stand for them; those of a vector together.
  func named(_ nodes: [NodeID]) -> [(name: String, shape: Shape, nodes: [NodeID])] {
    var groupOfNode: [NodeID: Int] = [:]
    for (place, group) in graph.groups.enumerated() {
      for node in group.nodes where groupOfNode[node] == nil { groupOfNode[node] = place }
    }
    let asked = Set(nodes)
    var told: Set<Int> = []
    // Asked once for each vector, not for each of its elements.
    var isWhole: [Int: Bool] = [:]
    var result: [(name: String, shape: Shape, nodes: [NodeID])] = []
    for node in nodes {
      guard let place = groupOfNode[node] else {
        result.append((label(node), .scalar, [node]))
        continue
      }
      let known = isWhole[place]
      let isComplete =
        known
        ?? graph.groups[place].nodes.allSatisfy {
          asked.contains($0) && groupOfNode[$0] == place
        }
      isWhole[place] = isComplete
      guard isComplete else {
        result.append((label(node), .scalar, [node]))
        continue
      }
      guard told.insert(place).inserted else { continue }
      let group = graph.groups[place]
      result.append((group.name, group.shape, group.nodes))
    }
    return result
  }

  /// `∂L/∂w = [3, 5, -1]`, with a word on what is blocked.
  func gradientLine(_ part: (name: String, shape: Shape, nodes: [NodeID])) -> Document {
    let head = "\(style.derivative(objective, part.name)) = "
    if part.shape == .scalar, let node = part.nodes.first {
      var line = Text(head) + Text(gradientSoFar(node), .gradient)
      if case .blocked(let gate) = now.state(of: node) {
        let reason = slopes(of: gate, above: node)
        line += Text("    blocked at \(label(gate)), \(reason.dropLast())")
      }
      return .line(line)
    }
    let numbers = part.nodes.map { now.gradient(of: $0) ?? .nan }
    let most = 64
    if numbers.count > most, let least = numbers.min(), let largest = numbers.max() {
      return .line(
        Text(head)
          + Text("\(style.number(least)) \(style.reach) \(style.number(largest))", .gradient)
          + Text("    \(part.shape.description)"))
    }
    var document = Document.numbers(
      Tensor(part.shape, numbers), style, head: head, role: .gradient)
    var blockers: [String] = []
    for node in part.nodes {
      if case .blocked(let gate) = now.state(of: node), !blockers.contains(label(gate)) {
        blockers.append(label(gate))
      }
    }
    if !blockers.isEmpty {
      let more = blockers.count > 6 ? ", \(style.signs.more)" : ""
      let names = blockers.prefix(6).joined(separator: ", ") + more
      document += .line(Text("   0 where a slope at \(names) is 0"))
    }
    return document
  }
}
