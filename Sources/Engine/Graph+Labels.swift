package import Language

// What nodes are called on screen, and how they are found by it.
extension Graph {
  /// What a node is called on screen: its name, `@3`, or the number a literal stands for.
  package func label(_ id: NodeID) -> String {
    let node = nodes[id]
    if node.name >= 0 { return names[Int(node.name)] }
    if node.kind == .constant { return node.value.formatted(.arithmetic) }
    return "@\(nodeOfLabel.unnamedGates(upTo: id))"
  }

  /// The node as part of a formula: its label, or its number if it is a literal.
  package func symbol(_ id: NodeID) -> Formula {
    nodes[id].kind == .constant ? Formula(number: nodes[id].value) : Formula(name: label(id))
  }

  /// Nodes by name, unnamed gates by `@3`.
  package var nodeOfLabel: LabelIndex {
    LabelIndex(nodes: nodes, nodeOfName: nodeOfName, namedGates: namedGates)
  }

  /// Finds nodes by what they are called on screen.
  ///
  /// Unnamed gates are counted, and nothing is written down for them: a list of ten thousand labels
  /// that nobody asks for would take longer than the forward pass.
  package struct LabelIndex: Sendable {
    let nodes: [Node]
    let nodeOfName: [String: NodeID]
    let namedGates: [NodeID]

    /// The node with a name or a label such as `@3`.
    package subscript(label: String) -> NodeID? {
      if let node = nodeOfName[label] { return node }
      guard label.utf8.first == UInt8(ascii: "@"), let number = Int(label.dropFirst()), number >= 1,
        let last = nodes.indices.last, number <= unnamedGates(upTo: last)
      else { return nil }
      // The first node up to which there are as many is the gate itself.
      return first(below: nodes.count) { unnamedGates(upTo: $0) >= number }
    }

    /// How many gates without a name there are up to a node, the node included.
    func unnamedGates(upTo id: NodeID) -> Int {
      let named = first(below: namedGates.count) { namedGates[$0] > id }
      return Int(nodes[id].gatesSoFar) - named
    }

    /// The first number for which something holds that holds for all after it; halving finds it.
    private func first(below end: Int, where holds: (Int) -> Bool) -> Int {
      var (low, high) = (0, end)
      while low < high {
        let middle = low + (high - low) / 2
        if holds(middle) { high = middle } else { low = middle + 1 }
      }
      return low
    }
  }
}
