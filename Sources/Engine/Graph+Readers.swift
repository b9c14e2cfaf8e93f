// Who uses a node: the wires the other way round.
extension Graph {
  /// One use of a node: the gate that reads it, and as which operand.
  package struct Reader: Hashable, Sendable {
    package let gate: NodeID
    package let slot: Int
  }

  /// A column of readers, and where each node's part of it begins.
  struct ReaderIndex: Sendable {
    var starts: [Int32]
    var readers: [Reader]
  }

  /// Every use of a node, in forward order; `x*x` uses `x` twice.
  ///
  /// A graph that was not made `withReaders` looks through all its wires for them.
  package func readers(of id: NodeID) -> ArraySlice<Reader> {
    if let index = readerIndex {
      return index.readers[Int(index.starts[id])..<Int(index.starts[id + 1])]
    }
    var found: [Reader] = []
    for gate in nodes.indices where nodes[gate].kind == .gate {
      for (slot, operand) in operands(of: gate).enumerated() where operand == id {
        found.append(Reader(gate: gate, slot: slot))
      }
    }
    return found[...]
  }

  /// The same graph with its readers written down, for those who ask about many nodes.
  ///
  /// Evaluating a formula never asks, and writing them down takes as long as building the graph.
  package var withReaders: Graph {
    guard readerIndex == nil else { return self }
    var starts = [Int32](repeating: 0, count: nodes.count + 1)
    for operand in operands { starts[Int(operand) + 1] += 1 }
    for index in 1..<starts.count { starts[index] += starts[index - 1] }
    var readers = [Reader](repeating: Reader(gate: 0, slot: 0), count: operands.count)
    var next = starts
    for gate in nodes.indices where nodes[gate].kind == .gate {
      for (slot, operand) in operands(of: gate).enumerated() {
        readers[Int(next[Int(operand)])] = Reader(gate: gate, slot: slot)
        next[Int(operand)] += 1
      }
    }
    var copy = self
    copy.readerIndex = ReaderIndex(starts: starts, readers: readers)
    return copy
  }
}
