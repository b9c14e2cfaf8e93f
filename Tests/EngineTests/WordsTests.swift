import Testing

@testable import Engine

/// `PlainParts.swift` writes nodes as words, and says so how they lie in memory.
@Suite struct WordsTests {
  @Test func `words that are written are the properties that are read`() {
    #expect(MemoryLayout<Graph.Node>.stride == 32)
    var nodes = [Graph.Node](repeating: .input(1, gatesSoFar: 0), count: 2)
    nodes.withUnsafeMutableBufferPointer { nodes in
      guard let base = nodes.baseAddress else { return }
      Graph.Node.write(literal: (0.1).bitPattern, gatesSoFar: 5, at: base)
      Graph.Node.write(gate: 3, firstOperand: 11, count: 4, gatesSoFar: 6, at: base + 1)
    }
    let (literal, gate) = (nodes[0], nodes[1])
    #expect(literal.kind == .constant && literal.hasValue && literal.value == 0.1)
    #expect(literal.primitive == 0 && literal.firstOperand == 0 && literal.operandCount == 0)
    #expect(literal.name == -1 && literal.gatesSoFar == 5)
    #expect(gate.kind == .gate && !gate.hasValue && gate.value.isNaN)
    #expect(gate.primitive == 3 && gate.firstOperand == 11 && gate.operandCount == 4)
    #expect(gate.name == -1 && gate.gatesSoFar == 6)
  }
}
