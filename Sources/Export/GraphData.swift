internal import Engine
internal import Language
internal import Typesetting

extension Diagram {
  /// Every node and what is known of it, for other programs; described in `docs/drawing.md`.
  static func json(_ scene: Scene) -> String {
    let graph = scene.graph
    let nodes = graph.nodes.indices.map { node -> JSON in
      let kind = graph.nodes[node].kind
      var members: [(String, JSON)] = [
        ("id", .count(node)), ("label", .text(graph.label(node))), ("kind", .text("\(kind)")),
      ]
      if kind == .gate {
        members += [
          ("gate", .text(graph.primitive(of: node).name)),
          ("operands", .list(graph.operands(of: node).map { .count(Int($0)) })),
        ]
      }
      if scene.now.isKnown[node] { members.append(("value", .number(scene.now.values[node]))) }
      if kind == .constant { return .object(members) }
      switch scene.now.state(of: node) {
      case .notReached: break
      case .waiting(let sum, let received, let due):
        members += [
          ("gradient", .number(sum)), ("received", .count(received)), ("due", .count(due)),
        ]
      case .blocked: members.append(("gradient", .number(0)))
      case .complete(let gradient): members.append(("gradient", .number(gradient)))
      }
      return .object(members)
    }
    let data = JSON.object([
      ("format", "backstep graph 1"),
      ("outputs", .list(graph.outputs.map { .count($0) })),
      ("position", .count(scene.position.event)), ("part", .count(scene.position.part)),
      ("events", .count(scene.tape.events.count)),
      ("nodes", .list(nodes)),
    ])
    return data.written + "\n"
  }
}
