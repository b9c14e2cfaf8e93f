internal import Engine
internal import Language
internal import Typesetting

/// A circuit ready to be written in any format: boxes, their places, and words about it.
struct Diagram {
  let scene: Scene
  let picture: Picture
  let figure: Figure
  let title: String

  /// The whole circuit, or the circuit by name where it is large.
  init(_ asked: Scene, title: String) throws(Problem) {
    self.title = title
    var style = asked.style
    style.unicode = true
    let same = asked.styled(style)
    // A run that is over has no gate at work.
    let isOver = asked.position >= asked.tape.end
    let scene = isOver ? same.atRest : same
    let pictures = [{ Picture(scene) }, { Picture(byNames: scene) }]
    for make in pictures {
      guard let picture = make() else { continue }
      let names = picture.boxes.map { box -> String in
        guard box.kind == .gate, let node = box.nodes.first, scene.graph.isNamed(node) else {
          return ""
        }
        // A result has its name behind its arrow.
        let label = visible(scene.graph.label(node))
        return label == box.result ? "" : label
      }
      if let figure = Figure(picture, names: names) {
        (self.scene, self.picture, self.figure) = (scene, picture, figure)
        return
      }
    }
    throw .tooLargeToDraw(scene.graph.nodes.count)
  }

  /// The numbers in words, for who does not see the picture.
  var description: String { Self.description(of: scene) }

  /// The numbers of a scene in words.
  static func description(of scene: Scene) -> String {
    let facts = scene.graph.nodes.indices.lazy
      .filter { scene.graph.nodes[$0].kind != .constant }.prefix(200)
      .map { node -> String in
        let value = scene.now.isKnown[node] ? scene.wireValue(node).plain : "not known yet"
        let gradient = scene.gradientBelow(node).plain
        return "\(scene.graph.label(node)): value \(value)"
          + (gradient.isEmpty ? "" : ", gradient \(gradient)")
      }
    return facts.joined(separator: "; ") + "."
  }
}

extension Problem {
  static func tooLargeToDraw(_ count: Int) -> Problem {
    Problem(
      "too-large-to-draw", "a circuit of \(count) nodes is too large to be drawn",
      hint: "draw a part of it: make the part you mean the current formula")
  }
}
