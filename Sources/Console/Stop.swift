internal import Engine
internal import Language

/// A mark that is known by its number.
protocol Numbered {
  var number: Int { get }
}

/// Where `continue` stops.
struct Stop: Numbered, Sendable {
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
struct Display: Numbered, Sendable {
  let number: Int
  let text: String
}
