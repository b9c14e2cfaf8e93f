import Testing

@testable import Language

/// `Workbench+Words.swift` writes structs as words, and says so how they lie in memory.
@Suite struct WordsTests {
  @Test func `a node lies in three words`() {
    typealias Node = Formula.Node
    #expect(MemoryLayout<Node>.stride == Workbench.stride)
    #expect(MemoryLayout<Node>.offset(of: \.kind) == 0)
    #expect(MemoryLayout<Node>.offset(of: \.isBracketed) == 1)
    #expect(MemoryLayout<Node>.offset(of: \.isIndexed) == 2)
    #expect(MemoryLayout<Node>.offset(of: \.size) == 4)
    #expect(MemoryLayout<Node>.offset(of: \.start) == 8)
    #expect(MemoryLayout<Node>.offset(of: \.end) == 12)
    #expect(MemoryLayout<Node>.offset(of: \.content) == 16)
  }

  @Test func `what waits lies in three words`() {
    typealias Pending = Workbench.Pending
    #expect(MemoryLayout<Pending>.stride == Workbench.stride)
    #expect(MemoryLayout<Pending>.offset(of: \.kind) == 0)
    #expect(MemoryLayout<Pending>.offset(of: \.precedence) == 1)
    #expect(MemoryLayout<Pending>.offset(of: \.reference) == 4)
    #expect(MemoryLayout<Pending>.offset(of: \.start) == 8)
    #expect(MemoryLayout<Pending>.offset(of: \.end) == 12)
    #expect(MemoryLayout<Pending>.offset(of: \.arity) == 16)
    #expect(MemoryLayout<Pending>.offset(of: \.base) == 20)
  }

  @Test func `words that are written are the properties that are read`() {
    var nodes = [Formula.Node](repeating: Formula.Node(number: 0), count: 3)
    nodes.withUnsafeMutableBytes { bytes in
      guard let base = bytes.baseAddress else { return }
      Workbench.write(.name, 7, from: 3, length: 2, at: base)
      Workbench.write(.number, (2.5).bitPattern, from: 6, length: 3, at: base + Workbench.stride)
      var waiting = Workbench.Pending(
        kind: .infix, precedence: 2, reference: 4, start: 5, end: 6, arity: 2, base: 1)
      withUnsafeMutableBytes(of: &waiting) { waiting in
        guard let top = waiting.baseAddress else { return }
        #expect(
          Workbench.Pending.head(at: top) == Workbench.Pending.head(.infix, 4, precedence: 2))
        #expect(Workbench.apply(top, to: base, count: 2))
        Workbench.Pending.write(
          Workbench.Pending.head(.bracket, 0, precedence: .min), arity: 1, count: 9, from: 8,
          at: top)
      }
      #expect(waiting.kind == .bracket && waiting.precedence == .min && waiting.reference == 0)
      #expect(waiting.start == 8 && waiting.end == 9 && waiting.arity == 1 && waiting.base == 9)
    }
    #expect(nodes[0].kind == .name && nodes[0].reference == 7 && nodes[0].arity == 0)
    #expect(nodes[0].span == 3..<5 && nodes[0].size == 1)
    #expect(nodes[1].kind == .number && nodes[1].number == 2.5 && nodes[1].span == 6..<9)
    #expect(nodes[2].kind == .apply && nodes[2].reference == 4 && nodes[2].arity == 2)
    #expect(nodes[2].span == 3..<9 && nodes[2].size == 3)
    #expect(!nodes[2].isBracketed && !nodes[2].isIndexed)
  }

  @Test func `an operator with no operand to its left is not applied`() {
    var nodes = [Formula.Node](repeating: Formula.Node(number: 0), count: 3)
    var waiting = Workbench.Pending(
      kind: .infix, precedence: 2, reference: 4, start: 5, end: 6, arity: 2, base: 0)
    var isApplied: Bool?
    nodes.withUnsafeMutableBytes { bytes in
      withUnsafeMutableBytes(of: &waiting) { waiting in
        guard let base = bytes.baseAddress, let top = waiting.baseAddress else { return }
        // Counted from the second node on, so there is memory before them.
        isApplied = Workbench.apply(top, to: base + Workbench.stride, count: 1)
      }
    }
    #expect(isApplied == false)
  }

  @Test func `the first word of what waits, whatever lies in between`() {
    typealias Pending = Workbench.Pending
    for precedence in [Int8.min, 0, 2, 5] {
      var waiting = Pending(
        kind: .function, precedence: precedence, reference: 4, start: 5, end: 6, arity: 2, base: 1)
      var head: UInt64?
      withUnsafeMutableBytes(of: &waiting) { bytes in
        bytes[2] = 0xFF
        bytes[3] = 0xFF
        head = bytes.baseAddress.map { Pending.head(at: $0) }
      }
      let wanted = Pending.head(.function, 4, precedence: precedence)
      #expect(head == wanted && Pending.precedence(wanted) == precedence)
      #expect(Pending.kind(wanted) == Pending.Kind.function.rawValue)
    }
  }
}
