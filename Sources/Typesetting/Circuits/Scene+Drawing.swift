internal import Drawing
package import Engine
internal import Language

/// A picture that found its room, as lines.
struct FittedDrawing {
  let lines: [Text]
  let picture: Picture
}

extension Scene {
  /// The node of the event that has just happened.
  package var currentNode: NodeID? {
    currentEvent.map { tape.events[$0].node }.flatMap { $0 >= 0 ? $0 : nil }
  }

  /// How many nodes there are, literals not counted.
  package var nodeCount: Int { graph.nodes.count { $0.kind != .constant } }

  /// What stands above the arithmetic of a step: the whole circuit where it fits, else the
  /// neighbourhood of the gate; nil where even that has no room.
  func stepDrawing() -> FittedDrawing? {
    guard style.drawing, !style.speech, let node = currentNode else { return nil }
    let room = Room(columns: style.width - Self.margin, rows: style.rows - Self.rowsOfArithmetic)
    // More than these never fit; trying would take time at every step.
    if graph.nodes.count <= 80, let picture = Picture(self),
      let fitted = fitted(picture, in: room)
    {
      return fitted
    }
    return neighbourhood(of: node, in: room)
  }

  /// The largest part of the graph around a node that has room.
  func neighbourhood(of node: NodeID, in room: Room) -> FittedDrawing? {
    for (back, on, operands) in Self.reaches {
      let picture = Picture(self, near: node, back: back, on: on, operands: operands)
      if let fitted = fitted(picture, in: room) { return fitted }
    }
    return nil
  }

  /// How many gates back and on, and how many operands of each, from the largest part to the least.
  private static let reaches = [
    (2, 2, 8), (1, 2, 8), (1, 1, 8), (1, 1, 5), (1, 0, 5), (0, 1, 8), (0, 1, 5), (0, 0, 5),
    (0, 0, 3),
  ]

  /// The picture with room between things, or without.
  func fitted(_ picture: Picture, in room: Room) -> FittedDrawing? {
    for spacing in [Circuit.Spacing.normal, .tight] {
      if let lines = picture.lines(style, in: room, spacing) {
        return FittedDrawing(lines: lines, picture: picture)
      }
    }
    return nil
  }

  /// What a heading says of a drawing that does not show everything: `near s1, 11 of 25 nodes`.
  func note(on drawing: FittedDrawing?) -> String? {
    guard let drawing, let centre = drawing.picture.centre,
      drawing.picture.nodeCount < nodeCount
    else { return nil }
    return "near \(label(centre)), \(drawing.picture.nodeCount) of \(nodeCount) nodes"
  }

  /// A drawing inside a card, with a blank line below it.
  func blocks(_ drawing: FittedDrawing?) -> [Document.Block] {
    guard let drawing else { return [] }
    let margin = Text(String(repeating: " ", count: Self.margin))
    return drawing.lines.map { .line(margin + $0) } + [Document.blank]
  }

  private static let margin = 3
  /// What a card needs below its drawing, with the prompt.
  private static let rowsOfArithmetic = 12
}
