internal import Language

/// What a part of a formula comes to while a graph is built: nodes in a shape.
enum Value {
  case scalar(NodeID)
  case tensor(Shape, [NodeID])
  /// A name that is indexed and that nobody has defined: its elements are inputs without a number.
  case undefined(String)
  /// `2..4`, counted from 1.
  case range(Int, Int)

  init(_ shape: Shape, _ nodes: [NodeID]) {
    self = shape == .scalar ? .scalar(nodes.first ?? 0) : .tensor(shape, nodes)
  }

  var shape: Shape {
    switch self {
    case .scalar, .undefined: .scalar
    case .tensor(let shape, _): shape
    case .range(let first, let last): .vector(max(0, last - first + 1))
    }
  }

  var nodes: [NodeID] {
    switch self {
    case .scalar(let node): [node]
    case .tensor(_, let nodes): nodes
    case .undefined, .range: []
    }
  }
}
