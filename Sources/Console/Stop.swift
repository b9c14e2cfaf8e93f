internal import Engine
internal import Language

/// Where `continue` stops.
struct Stop: Sendable {
  enum Kind: Sendable {
    /// When a node is evaluated, in either pass.
    case node(String)
    /// When a condition becomes true.
    case condition(String)
    /// When a gradient arrives at a node.
    case watch(String)
  }
  let number: Int
  let kind: Kind

  var description: String {
    switch kind {
    case .node(let name): "break \(name)"
    case .condition(let text): "break if \(text)"
    case .watch(let name): "watch \(name)"
    }
  }
}

/// An expression shown after every step.
struct Display: Sendable {
  let number: Int
  let text: String
}
