package import Language

/// The place of a node in a graph.
package typealias NodeID = Int

/// Formulas flattened into scalar nodes, each one after the nodes it uses.
///
/// Because nodes stand in this order, the forward pass is the list and the backward pass is the list
/// reversed. Storage is a few flat columns: no object and no array per node.
package struct Graph: Sendable {
  /// What a node of a graph is.
  package enum Kind: UInt8, Sendable {
    /// A name that has, or has yet to get, a number; gradients arrive here.
    case input
    /// A literal; no gradient is kept for it.
    case constant
    /// A primitive applied to other nodes.
    case gate
  }

  /// One number of a computation, given or computed.
  package struct Node: Sendable {
    package let kind: Kind
    /// Whether `value` holds the number of an input or a constant.
    package internal(set) var hasValue: Bool
    package let primitive: PrimitiveID
    var firstOperand: Int32
    let operandCount: Int32
    /// An index into `names`, or -1.
    var name: Int32 = -1
    /// How many gates there are up to here, this one included; what `@3` counts follows from it.
    var gatesSoFar: Int32
    /// The number of an input or a constant.
    package internal(set) var value: Double
  }

  package internal(set) var nodes: [Node] = []
  /// The operands of all gates, one gate after the other.
  package internal(set) var operands: [Int32] = []
  package internal(set) var names: [String] = []
  /// The nodes gradients start from, in the order they were asked for.
  package internal(set) var outputs: [NodeID] = []
  /// What was asked for: the name and the shape behind each part of `outputs`.
  package internal(set) var outputNames: [String] = []
  package internal(set) var outputShapes: [Shape] = []
  /// The vectors and matrices among the names, in the order they were met.
  package internal(set) var groups: [Group] = []
  /// The inputs whose numbers decided about the shape of the graph: subscripts, bounds, sizes.
  package internal(set) var countingNames: Set<String> = []
  /// The inputs that say which class is the true one, and how many classes there are.
  package internal(set) var classNames: [String: Int] = [:]
  /// What fused gates compute.
  var fusedPrimitives: [FusedPrimitive] = []
  /// Nodes by name.
  var nodeOfName: [String: NodeID] = [:]
  /// The gates that have names, in order.
  var namedGates: [NodeID] = []
  /// Who reads whom; nil as long as nobody has asked for it.
  var readerIndex: ReaderIndex?

  /// A name that stands for many nodes.
  package struct Group: Sendable {
    package let name: String
    package let shape: Shape
    /// Row by row.
    package let nodes: [NodeID]
  }

  /// The vector or matrix of a name.
  package func group(named name: String) -> Group? { groups.first { $0.name == name } }

  /// The operands of a gate, first operand first.
  package func operands(of id: NodeID) -> ArraySlice<Int32> {
    let first = Int(nodes[id].firstOperand)
    return operands[first..<first + Int(nodes[id].operandCount)]
  }

  /// Puts the values of a gate's operands into a buffer that is used again and again.
  func gather(operandsOf id: NodeID, from values: [Double], into inputs: inout [Double]) {
    inputs.removeAll(keepingCapacity: true)
    let first = Int(nodes[id].firstOperand)
    for index in first..<first + Int(nodes[id].operandCount) {
      inputs.append(values[Int(operands[index])])
    }
  }

  /// For each node, whether a change of `target` can reach it; `target` itself included.
  package func depends(on target: NodeID) -> [Bool] { depends(on: [target]) }

  /// For each node, whether a change of one of `targets` can reach it; they themselves included.
  package func depends(on targets: [NodeID]) -> [Bool] {
    var isAbove = [Bool](repeating: false, count: nodes.count)
    for target in targets { isAbove[target] = true }
    for gate in nodes.indices where nodes[gate].kind == .gate && !isAbove[gate] {
      isAbove[gate] = operands(of: gate).contains { isAbove[Int($0)] }
    }
    return isAbove
  }

  /// Whether the node has a name of its own.
  package func isNamed(_ id: NodeID) -> Bool { nodes[id].name >= 0 }

  /// The inputs in the order they are first used.
  package var inputs: [NodeID] { nodes.indices.filter { nodes[$0].kind == .input } }

  /// The gates in forward order.
  package var gates: [NodeID] { nodes.indices.filter { nodes[$0].kind == .gate } }

  /// The inputs that have no number yet.
  package var missingInputs: [String] {
    inputs.filter { !nodes[$0].hasValue }.map(label)
  }

  /// What one pass costs: nodes and wires.
  package var work: Int { nodes.count + operands.count }

  /// The labels of all nodes that can be asked about.
  package var labels: [String] {
    nodes.indices.filter { nodes[$0].kind != .constant }.map(label)
  }

  /// Whether the other graph has the same gates and names, whatever its numbers.
  package func hasSameShape(as other: Graph) -> Bool {
    nodes.count == other.nodes.count && operands == other.operands && names == other.names
      && outputs == other.outputs
      && fusedPrimitives.map(\.formula) == other.fusedPrimitives.map(\.formula)
      && zip(nodes, other.nodes).allSatisfy {
        $0.kind == $1.kind && $0.primitive == $1.primitive && $0.name == $1.name
          && $0.operandCount == $1.operandCount && ($0.kind != .constant || $0.value == $1.value)
      }
  }
}
