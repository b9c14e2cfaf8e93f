internal import Language

/// The ways along which a change of one node reaches the outputs.
///
/// Each way contributes the product of the slopes along it, and the gradient is their sum. Their
/// number doubles with every shared layer, so they are counted without being listed, and only the
/// heaviest are kept.
package struct Paths: Sendable {
  /// One way from an output down to the node.
  package struct Path: Sendable {
    /// The gates and the operand taken at each, from the output downward.
    package let edges: [Edge]
    /// The upstream gradient at the output times all slopes.
    package let product: Double
    /// The gradient the output was given.
    package let seed: Double
  }

  /// One factor of a path: from a gate down to one of its operands.
  package struct Edge: Hashable, Sendable {
    package let gate: NodeID
    package let slot: Int
    package let operand: NodeID
    package let local: Double
  }

  /// How many there are; exact up to 2^53.
  package let count: Double
  /// The heaviest by magnitude, then in the order of the formula; all of them when they are few.
  package let heaviest: [Path]

  /// A way found so far: its last edge and the place of the rest of it.
  private struct Partial {
    let product: Double
    let edge: Edge?
    /// The gate above and which of its partial ways this one continues.
    let above: (node: NodeID, index: Int)?
    let seed: Double
    var weight: Double { product.isNaN ? .infinity : product.magnitude }
  }

  /// Finds the ways to `target`, keeping at most `most`.
  package init(to target: NodeID, on tape: Tape, keeping most: Int = 8) {
    let graph = tape.graph
    // Only what lies above the target matters.
    let isAbove = graph.depends(on: target)
    var counts = [Double](repeating: 0, count: graph.nodes.count)
    var ways = [[Partial]](repeating: [], count: graph.nodes.count)
    for (output, seed) in zip(graph.outputs, tape.upstream) where isAbove[output] {
      counts[output] += 1
      ways[output].append(Partial(product: seed, edge: nil, above: nil, seed: seed))
    }
    let values = Snapshot(of: tape, at: Self.valuesPosition(of: tape)).values
    for gate in graph.nodes.indices.reversed()
    where isAbove[gate] && gate != target && graph.nodes[gate].kind == .gate && !ways[gate].isEmpty
    {
      let locals = graph.locals(of: gate, values: values, conventions: tape.conventions)
      for (slot, operand) in graph.operands(of: gate).enumerated() where isAbove[Int(operand)] {
        let operand = Int(operand)
        counts[operand] += counts[gate]
        let local = locals[slot]
        let edge = Edge(gate: gate, slot: slot, operand: operand, local: local)
        for (index, way) in ways[gate].enumerated() {
          ways[operand].append(
            Partial(product: way.product * local, edge: edge, above: (gate, index), seed: way.seed))
        }
        if ways[operand].count > most { ways[operand] = Self.heaviest(ways[operand], most) }
      }
    }
    count = counts[target]
    let found = ways[target].map { way -> Path in
      var edges: [Edge] = []
      var next: Partial? = way
      while let partial = next, let edge = partial.edge {
        edges.append(edge)
        next = partial.above.map { ways[$0.node][$0.index] }
      }
      return Path(edges: edges.reversed(), product: way.product, seed: way.seed)
    }
    heaviest =
      count <= Double(most)
      ? found.sorted { Self.order($0).lexicographicallyPrecedes(Self.order($1)) }
      : found.sorted { $0.product.magnitude > $1.product.magnitude }
  }

  private static func heaviest(_ ways: [Partial], _ most: Int) -> [Partial] {
    // Sorting is not stable, so the place decides between equals.
    let ranked = ways.enumerated().sorted {
      ($0.element.weight, -$0.offset) > ($1.element.weight, -$1.offset)
    }
    return ranked.prefix(most).sorted { $0.offset < $1.offset }.map(\.element)
  }

  /// Ways through earlier gates and earlier operands come first.
  private static func order(_ path: Path) -> [Int] {
    path.edges.flatMap { [$0.operand, $0.slot] }
  }

  /// The last position at which all values are those the gradients were computed from.
  private static func valuesPosition(of tape: Tape) -> Tape.Position {
    Tape.Position(
      tape.events.lastIndex { $0.kind == .backward }.map { $0 + 1 } ?? tape.events.count)
  }
}
