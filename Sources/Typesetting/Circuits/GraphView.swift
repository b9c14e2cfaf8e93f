internal import Drawing
package import Engine
internal import Language

extension Document {
  /// What of a graph is to be drawn, and how.
  package enum GraphPart: Hashable, Sendable {
    /// Vectors as one box each; every node where there are none.
    case whole
    /// Every node.
    case all
    /// Every node, an input once for each of its uses.
    case split
    /// Values and gradients in the wires.
    case inline
    /// A node and its neighbours.
    case near(NodeID)
    /// What a name stands for.
    case inside(String, [NodeID])
  }

  /// The circuit as large as it is, or what of it fits the width.
  package static func graphView(_ scene: Scene, _ part: GraphPart) -> Document {
    if scene.style.speech { return spokenGraph(scene, part) }
    let scene = scene.atRest
    let room = Room(columns: scene.style.width, rows: 1_000)
    switch part {
    case .whole:
      if !scene.graph.groups.isEmpty, let document = byNames(scene, in: room) { return document }
      return nodeByNode(scene, in: room)
    case .all: return nodeByNode(scene, in: room)
    case .split:
      guard let picture = Picture(scene, isSplit: true),
        let drawing = scene.fitted(picture, in: room)
      else {
        return nodeByNode(scene, in: room)
          + note(scene, "Split into its uses it has no room in \(scene.style.width) columns.")
      }
      return Document(drawing.lines)
    case .inline:
      guard let picture = Picture(scene, isSplit: true), picture.isTree,
        let lines = picture.lines(scene.style, in: room, .inline)
      else {
        return nodeByNode(scene, in: room)
          + note(scene, "inline draws trees that fit the width; this is the other drawing.")
      }
      return Document(lines)
    case .near(let node):
      guard let drawing = scene.neighbourhood(of: node, in: room) else {
        return treeView(scene, from: [node])
      }
      return Document(drawing.lines) + remark(scene, drawing)
    case .inside(let name, let own):
      let nodes = Picture.nodes(behind: own, in: scene)
      let gates = nodes.filter { scene.graph.nodes[$0].kind == .gate }
      // Inputs alone are no circuit.
      if gates.isEmpty { return tableView(scene, isWhole: false, only: own) }
      let picture = Picture(scene, gates: gates, results: own)
      guard picture.boxes.count <= Picture.most, let drawing = scene.fitted(picture, in: room)
      else {
        return tableView(scene, isWhole: false, only: nodes)
          + note(scene, "The drawing of \(name) has no room in \(scene.style.width) columns.")
      }
      return Document(drawing.lines)
    }
  }

  /// Lines of a drawing that stands alone.
  private init(_ lines: [Text]) { self.init(lines.map { .line($0) }) }

  /// Every node, or the names, or strips, or the neighbourhood of where the tape stands, or the tree.
  private static func nodeByNode(_ scene: Scene, in room: Room) -> Document {
    if let picture = Picture(scene), let drawing = scene.fitted(picture, in: room) {
      return Document(drawing.lines)
    }
    if let document = byNames(scene, in: room, isSecondBest: true) { return document }
    if let strips = scene.strips(in: room) {
      let lines = strips.map(\.lines).joined(separator: [Text()])
      return Document(Array(lines))
        + note(scene, "\(strips.count) strips; each goes on where the one above ends.")
    }
    let node = scene.currentNode ?? scene.graph.outputs.first
    if let node, let drawing = scene.neighbourhood(of: node, in: room) {
      return Document(drawing.lines) + remark(scene, drawing)
    }
    return treeView(scene, from: scene.graph.outputs)
      + note(scene, "The drawing has no room in \(scene.style.width) columns; this is its tree.")
  }

  /// One box for each name.
  ///
  /// `isSecondBest`: whether every node was to be drawn, and had no room.
  private static func byNames(
    _ scene: Scene, in room: Room, isSecondBest: Bool = false
  ) -> Document? {
    // A long chain of layers is drawn without its numbers before it is not drawn at all.
    var found: FittedDrawing?
    for hasNumbers in [true, false] where found == nil {
      guard let picture = Picture(byNames: scene, hasNumbers: hasNumbers) else { return nil }
      found = scene.fitted(picture, in: room)
    }
    guard let drawing = found else { return nil }
    let picture = drawing.picture
    let opened = picture.boxes.filter { $0.kind == .names && !$0.operands.isEmpty }
    let example = scene.graph.groups.first { group in
      opened.contains { Set($0.nodes).isSuperset(of: group.nodes) }
    }
    let open = example.map { "graph \($0.name) opens one" } ?? ""
    let isBare = picture.boxes.allSatisfy { $0.value.isEmpty }
    let all = isSecondBest ? "" : "graph all draws every node"
    var document =
      Document(drawing.lines)
      + note(
        scene,
        "\(picture.boxes.count) boxes for \(scene.nodeCount) nodes"
          + [open, all].filter { !$0.isEmpty }.map { "; \($0)" }.joined() + ".")
    let room = "has no room in \(scene.style.width) columns"
    if isSecondBest {
      document += .line(Text("Every node \(room): set width, or graph NODE.", .dim))
    }
    if isBare { document += .line(Text("With its numbers it \(room); table shows them.", .dim)) }
    return document
  }

  private static func remark(_ scene: Scene, _ drawing: FittedDrawing) -> Document {
    guard let words = scene.note(on: drawing) else { return .empty }
    return note(scene, "\(words); graph NODE draws another part.")
  }

  private static func note(_ scene: Scene, _ words: String) -> Document {
    Document([blank, .line(Text(words, .dim))])
  }

  private static func spokenGraph(_ scene: Scene, _ part: GraphPart) -> Document {
    switch part {
    case .near(let node): treeView(scene, from: [node])
    case .inside(_, let nodes): treeView(scene, from: nodes)
    case .whole, .all, .split, .inline: treeView(scene, from: scene.graph.outputs)
    }
  }
}
