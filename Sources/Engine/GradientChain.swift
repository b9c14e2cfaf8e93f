package import Language

/// How one gradient comes to be very small or very large: the factors it is a product of.
package struct GradientChain: Sendable {
  /// Which end of the gradients is looked at.
  package enum End: Sendable { case smallest, largest }

  /// The input with the smallest or largest gradient; gradients that are 0, nan or infinite do not
  /// take part.
  package let input: NodeID
  package let gradient: Double
  /// The input it is compared with, and its gradient: the largest, or the upstream gradient where
  /// there is no other input.
  package let other: NodeID?
  package let scale: Double
  /// The heaviest way from an output down to the input.
  package let path: Paths.Path
  /// How many ways there are.
  package let pathCount: Double
  /// How many inputs have a gradient of exactly 0.
  package let zeroCount: Int

  /// The gradient's size in terms of what it is compared with.
  package var ratio: Double { (gradient / scale).magnitude }

  /// Below this part of the largest, the smallest gradient is said to vanish.
  package static let vanishing = 0.01
  /// From this multiple of the upstream gradient on, the largest gradient is said to explode.
  package static let exploding = 100.0

  /// The place in the path of the factor that matters most.
  package func place(of end: End) -> Int? {
    let sizes = path.edges.map(\.local.magnitude)
    return end == .smallest
      ? sizes.indices.min { sizes[$0] < sizes[$1] } : sizes.indices.max { sizes[$0] < sizes[$1] }
  }

  /// The chain of the smallest or the largest gradient at a position; nil when all are 0 or no number.
  package init?(_ end: End, of tape: Tape, now: Snapshot) {
    let inputs = tape.graph.inputs
    let moving = inputs.filter { now.gradients[$0].isFinite && now.gradients[$0] != 0 }
    zeroCount = inputs.count { now.gradients[$0] == 0 }
    let size = { (node: NodeID) in now.gradients[node].magnitude }
    guard let smallest = moving.min(by: { size($0) < size($1) }),
      let largest = moving.max(by: { size($0) < size($1) })
    else { return nil }
    input = end == .smallest ? smallest : largest
    gradient = now.gradients[input]
    let paths = Paths(to: input, on: tape, keeping: 8)
    guard let path = paths.heaviest.max(by: { $0.product.magnitude < $1.product.magnitude })
    else { return nil }
    self.path = path
    pathCount = paths.count
    let isCompared = end == .smallest && largest != smallest
    other = isCompared ? largest : nil
    scale = isCompared ? now.gradients[largest] : path.seed
  }

  /// Gates of one kind on the path, and what they do to the gradient together.
  package struct Share: Sendable {
    package let primitive: PrimitiveID
    package let locals: [Double]
    package var product: Double { locals.reduce(1) { $0 * $1.magnitude } }
  }

  /// The kinds of gates that shrink the gradient on the path, or make it grow, the strongest first.
  package func shares(_ end: End, in graph: Graph) -> [Share] {
    var locals: [PrimitiveID: [Double]] = [:]
    for edge in path.edges where (edge.local.magnitude < 1) == (end == .smallest) {
      if edge.local.magnitude == 1 { continue }
      locals[graph.nodes[edge.gate].primitive, default: []].append(edge.local)
    }
    let shares = locals.map { Share(primitive: $0, locals: $1) }
    return shares.sorted {
      let (a, b) = end == .smallest ? ($0.product, $1.product) : ($1.product, $0.product)
      return (a, $0.primitive) < (b, $1.primitive)
    }
  }
}
