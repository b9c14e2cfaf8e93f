import Language
import TestSupport
import Testing

@testable import Engine

/// What happens, in which order, and what is known in between.
@Suite struct TapeTests {
  @Test func `the slide's first example, event by event`() throws {
    let tape = try tape("w1 = -2, w2 = 5, w3 = -4", "q = w1 + w2", "f = q * w3")
    #expect(
      tape.story == ["forward q", "forward f", "seed f", "backward f", "backward q"])
    #expect(tape.events.map(\.startsPass) == [false, false, true, false, false])
    let first = tape.contributions(of: 3)
    #expect(first.map(\.upstream) == [1, 1])
    #expect(first.map(\.local) == [-4, 3])
    #expect(tape.contributions(of: 4).map(\.amount) == [-4, -4])
    let final = tape.final
    #expect(final.values[try tape.node("f")] == -12)
    #expect(try ["w1", "w2", "w3", "q", "f"].map(tape.gradient) == [-4, -4, 3, -4, 1])
    #expect(tape.contributions(of: 0).isEmpty && tape.changes(of: 0).isEmpty)
  }

  @Test func `unnamed gates are counted in forward order`() throws {
    let tape = try tape("a = 1, b = 2, c = 3", "f = (a + b) * (b + c) + a*b")
    #expect(
      tape.story.prefix(5) == [
        "forward @1", "forward @2", "forward @3", "forward @4", "forward f",
      ])
    #expect(tape.graph.formula(of: try tape.node("@2")).description == "b + c")
    #expect(tape.graph.labels.contains("@4") && !tape.graph.labels.contains("@5"))
  }

  @Test func `x times x sends two contributions into one node`() throws {
    let tape = try tape("x = 3", "f = x*x")
    let node = try tape.node("x")
    #expect(tape.graph.readers(of: node).count == 2)
    let parts = try tape.contributions(of: #require(tape.events.indices.last))
    #expect(parts.map(\.operand) == [node, node])
    #expect(parts.map(\.slot) == [0, 1])
    #expect(parts.map(\.amount) == [3, 3])
    let half = Snapshot(of: tape, at: Tape.Position(2, part: 1))
    #expect(half.state(of: node) == .waiting(3, received: 1, due: 2))
    #expect(half.gradient(of: node) == nil)
    #expect(try tape.state("x") == .complete(6))
  }

  @Test func `literals get no gradient and unused names no node`() throws {
    let tape = try tape("x = 3, unused = 7", "other = unused + 1", "f = 2 * x + 1")
    #expect(tape.graph.labels.sorted() == ["@1", "f", "x"])
    for event in tape.events.indices {
      for part in tape.contributions(of: event) {
        #expect(tape.graph.nodes[part.operand].kind != .constant)
      }
    }
    #expect(try tape.gradient("x") == 2)
  }

  /// All that a snapshot says must follow from the events before its position.
  @Test func `every position of a random tape is consistent`() throws {
    var wrong: [String] = []
    for seed in 0..<60 as Range<UInt64> {
      let random = RandomGraph(seed: 500 + seed, cornered: true, size: 1...6)
      let tape = try random.tape()
      let graph = tape.graph
      var visits: [Tape.Position] = []
      for event in tape.events.indices {
        for part in 0..<tape.parts(of: event) { visits.append(Tape.Position(event, part: part)) }
      }
      visits.append(tape.end)
      var arrived = [Double](repeating: 0, count: graph.nodes.count)
      var counts = [Int32](repeating: 0, count: graph.nodes.count)
      for position in visits {
        let snapshot = Snapshot(of: tape, at: position)
        let done = Set(
          tape.events.prefix(position.event).filter { $0.kind == .forward }.map(\.node))
        for node in graph.nodes.indices {
          let known = graph.nodes[node].kind != .gate || done.contains(node)
          if snapshot.isKnown[node] != known { wrong.append("\(random) known \(position) \(node)") }
        }
        if snapshot.gradients.map(\.bitPattern) != arrived.map(\.bitPattern)
          || snapshot.received != counts
        {
          wrong.append("\(random): sums at \(position)")
        }
        for node in graph.nodes.indices where graph.nodes[node].kind != .constant {
          if let problem = inconsistency(snapshot, node) {
            wrong.append("\(random): \(problem) at \(position), \(graph.label(node))")
          }
        }
        guard position.event < tape.events.count else { continue }
        let event = tape.events[position.event]
        if event.kind == .seed {
          arrived[event.node] += event.value
          counts[event.node] += 1
        }
        let parts = Array(tape.contributions(of: position.event))
        guard parts.indices.contains(position.part) else { continue }
        arrived[parts[position.part].operand] += parts[position.part].amount
        counts[parts[position.part].operand] += 1
      }
    }
    #expect(wrong.prefix(2) == [])
  }

  private func inconsistency(_ snapshot: Snapshot, _ node: NodeID) -> String? {
    let received = snapshot.received[node]
    let due = snapshot.due[node]
    if received > due { return "received more than was due" }
    switch snapshot.state(of: node) {
    case .notReached: return received == 0 ? nil : "not reached"
    case .waiting(let sum, let got, let all):
      return sum == snapshot.gradients[node] && got == received && all == due && received < due
        ? nil : "waiting"
    case .blocked: return received == due && snapshot.gradients[node] == 0 ? nil : "blocked"
    case .complete(let sum):
      return received == due && sum == snapshot.gradients[node]
        && snapshot.gradient(of: node) == sum ? nil : "complete"
    }
  }

  @Test func `a tape with several passes is replayed exactly after undo`() throws {
    for seed in 0..<30 as Range<UInt64> {
      let random = RandomGraph(seed: 900 + seed, cornered: true)
      let first = try random.tape()
      let longer = try first.addingUpdate(rate: 0.1, of: first.graph.inputs).addingForward()
        .addingBackward().addingZero()
      #expect(Array(longer.events.prefix(first.events.count)) == first.events)
      for event in 0...first.events.count {
        let position = Tape.Position(event)
        #expect(
          same(Snapshot(of: first, at: position), Snapshot(of: longer, at: position)), "\(random)")
      }
      let back = longer.truncated(to: first.events.count)
      #expect(back.events == first.events)
      #expect(same(back.final, first.final))
      #expect(longer.truncated(to: 10_000).events == longer.events)
    }
  }

  private func same(_ a: Snapshot, _ b: Snapshot) -> Bool {
    a.values.map(\.bitPattern) == b.values.map(\.bitPattern) && a.isKnown == b.isKnown
      && a.gradients.map(\.bitPattern) == b.gradients.map(\.bitPattern)
      && a.received == b.received && a.due == b.due && a.passes == b.passes
      && a.values.indices.allSatisfy { a.state(of: $0) == b.state(of: $0) }
  }
}
