internal import Engine
internal import Language

extension Session {
  /// A vector that was given element by element, where all its elements are in the graph.
  func looseElements(
    of name: String, in graph: Graph
  ) -> (shape: Shape, nodes: [NodeID])? {
    let subscripts = definitions.looseSubscripts(of: name)
    let nodes = subscripts.compactMap { graph.nodeOfLabel["\(name)[\($0)]"] }
    guard !nodes.isEmpty, nodes.count == subscripts.count, subscripts.last == nodes.count else {
      return nil
    }
    return (.vector(nodes.count), nodes)
  }
}
