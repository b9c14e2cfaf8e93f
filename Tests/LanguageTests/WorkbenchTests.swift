import Testing

@testable import Language

/// How many steps the parser may take before it asks for more memory.
@Suite struct WorkbenchTests {
  @Test func `there is memory for every step that is counted`() {
    let nodes = UnsafeMutableBufferPointer<Formula.Node>.allocate(capacity: 40)
    let waiting = UnsafeMutableBufferPointer<Workbench.Pending>.allocate(capacity: 12)
    defer {
      nodes.deallocate()
      waiting.deallocate()
    }
    var bench = Workbench(waiting: waiting)
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

  @Test func `what is empty has room, and nothing waits there`() {
    let nodes = UnsafeMutableBufferPointer<Formula.Node>.allocate(capacity: 40)
    let waiting = UnsafeMutableBufferPointer<Workbench.Pending>.allocate(capacity: 12)
    defer {
      nodes.deallocate()
      waiting.deallocate()
    }
    var bench = Workbench(waiting: waiting)
    #expect(bench.nodes.isEmpty && bench.count == 0 && bench.depth == 0 && bench.room == 0)
    bench.nodes = nodes
    #expect(bench.room == 12)
    #expect(bench.top == nil && bench.innermost == nil)
  }
}
