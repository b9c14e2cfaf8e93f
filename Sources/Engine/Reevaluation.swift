package import Language

// One number changes, and only what depends on it is computed again.
extension Graph {
  /// The value of every node after some nodes have got other numbers.
  ///
  /// `old`: the values before. What comes out is what computing all of it anew would give, to the last
  /// bit: a gate none of whose operands has changed would get the same value again.
  package func values(from old: [Double], changing numbers: [NodeID: Double]) -> [Double] {
    var values = old
    // The nodes whose readers are to be computed, one bit each: far fewer words than nodes to look at.
    var isDue = [UInt64](repeating: 0, count: (nodes.count + 63) / 64)
    func markReaders(of id: NodeID) {
      for reader in readers(of: id) { isDue[reader.gate / 64] |= 1 << UInt64(reader.gate % 64) }
    }
    for (id, number) in numbers where values[id].bitPattern != number.bitPattern {
      values[id] = number
      markReaders(of: id)
    }
    var inputs: [Double] = []
    for word in isDue.indices {
      // A gate stands after its operands, so what it makes due lies ahead, perhaps in this very word.
      while isDue[word] != 0 {
        let bit = isDue[word].trailingZeroBitCount
        isDue[word] &= isDue[word] - 1
        let gate = word * 64 + bit
        guard numbers[gate] == nil else { continue }
        gather(operandsOf: gate, from: values, into: &inputs)
        let value = inputs.withUnsafeBufferPointer { self.value(of: gate, $0) }
        guard value.bitPattern != values[gate].bitPattern else { continue }
        values[gate] = value
        markReaders(of: gate)
      }
    }
    return values
  }

  /// The inputs that a name stands for, where other numbers in them leave all gates as they are.
  ///
  /// Nil where a number of the name decides what gates there are (a subscript, a size, a class), and
  /// where the name does not stand for inputs of this shape. None for a name the graph does not use.
  package func inputs(of name: String, _ shape: Shape) -> [NodeID]? {
    guard decidesNothing(name, shape) else { return nil }
    guard shape != .scalar else {
      guard let node = nodeOfLabel[name] else { return group(named: name) == nil ? [] : nil }
      return isGiven(node) ? [node] : nil
    }
    guard let group = group(named: name) else { return nodeOfLabel[name] == nil ? [] : nil }
    guard group.shape == shape, group.nodes.allSatisfy(isGiven) else { return nil }
    return group.nodes
  }

  private func isGiven(_ node: NodeID) -> Bool {
    nodes[node].kind == .input && nodes[node].hasValue
  }

  private func decidesNothing(_ name: String, _ shape: Shape) -> Bool {
    if countingNames.isEmpty, classNames.isEmpty { return true }
    return (0..<shape.count).allSatisfy { place in
      let label = name + shape.index(of: place)
      return !countingNames.contains(label) && classNames[label] == nil
    }
  }

  /// Puts other numbers into inputs.
  package mutating func set(_ numbers: [NodeID: Double]) {
    for (input, number) in numbers where nodes[input].kind == .input {
      nodes[input].value = number
      nodes[input].hasValue = true
    }
  }
}

extension Definitions.Variable {
  /// The numbers of a name that is nothing but numbers, and so an input; nil for a formula.
  package var givenNumbers: Tensor? {
    guard isInput else { return nil }
    return formula.literal.map { Tensor($0) } ?? tensor
  }
}
