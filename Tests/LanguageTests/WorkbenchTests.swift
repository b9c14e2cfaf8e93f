import Testing

@testable import Language

/// How many steps the parser may take before it asks for more memory.
@Suite struct WorkbenchTests {
  /// An empty bench, and memory for 40 parts that it may be given; 12 may wait.
  private func withBench(
    _ body: (inout Workbench, UnsafeMutableBufferPointer<Formula.Node>) -> Void
  ) {
    let nodes = UnsafeMutableBufferPointer<Formula.Node>.allocate(capacity: 40)
    let waiting = UnsafeMutableBufferPointer<Workbench.Pending>.allocate(capacity: 12)
    defer {
      nodes.deallocate()
      waiting.deallocate()
    }
    var bench = Workbench(waiting: waiting)
    body(&bench, nodes)
  }

  @Test func `there is memory for every step that is counted`() {
    withBench { bench, nodes in
      bench.nodes = nodes
      var wrong: [String] = []
      for count in 0...40 {
        for depth in 0...min(12, 40 - count) {
          bench.count = count
          bench.depth = depth
          let room = bench.room
          // A step adds two parts at most, and what waits will be a part itself.
          let fits = count + depth + 2 * room <= 40 && depth + room <= 12
          if room < 0 || !fits { wrong.append("\(count) parts, \(depth) waiting: \(room)") }
        }
      }
      #expect(wrong == [])
    }
  }

  @Test func `what is empty has room, and nothing waits there`() {
    withBench { bench, nodes in
      #expect(bench.nodes.isEmpty && bench.count == 0 && bench.depth == 0 && bench.room == 0)
      bench.nodes = nodes
      #expect(bench.room == 12)
      #expect(bench.top == nil && bench.innermost == nil)
    }
  }

  @Test func `only a part that was read is marked, and nothing before the memory`() {
    withBench { bench, nodes in
      nodes.initialize(repeating: Formula.Node(kind: .name, reference: 0))
      bench.nodes = UnsafeMutableBufferPointer(rebasing: nodes[1...])
      bench.indexLast()
      bench.bracketLast()
      bench.countOperand()
      #expect(nodes.allSatisfy { !$0.isIndexed && !$0.isBracketed })
      bench.count = 1
      bench.indexLast()
      #expect(nodes.map(\.isIndexed) == [false, true] + nodes.dropFirst(2).map { _ in false })
      bench.bracketLast()
      #expect(nodes[1].isBracketed)
    }
  }
}
