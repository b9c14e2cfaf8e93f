internal import Engine
package import Language
package import Typesetting

/// A format a circuit can be written in; its record drives the command, help, completion and docs.
package struct Exporter: Sendable {
  /// What is typed: `svg`.
  package let name: String
  package let summary: String
  /// Whether a lesson can be written in it.
  package var takesLessons = false
  let kind: Kind

  /// What is written: a circuit where its tape stands, or the formulas as they were typed.
  enum Kind: Sendable {
    case scene(@Sendable (Scene, Caption) throws(Problem) -> String)
    case script(Framework)
  }

  /// The framework that its scripts are for; nil for pictures, pages and data.
  package var framework: Framework? {
    if case .script(let framework) = kind { framework } else { nil }
  }

  /// The scene in this format: its circuit at its position, or its whole tape.
  ///
  /// `title`: what is computed, such as `f = q × w3`. `about`: more of it, `where q = w1 + w2`.
  package func text(
    of scene: Scene, title: String, about: String = ""
  ) throws(Problem) -> String {
    guard case .scene(let write) = kind else { throw .notInScripts("a circuit without formulas") }
    return try write(scene, Caption(title: title, about: about))
  }

  /// What a picture or a page says of itself.
  struct Caption {
    let title: String
    let about: String
  }

  /// Every format, the one most people want first.
  package static let all: [Exporter] =
    [
      Exporter(
        name: "svg", summary: "a picture for pages and slides",
        kind: .scene { (scene: Scene, caption: Caption) throws(Problem) -> String in
          let diagram = try Diagram(scene, title: caption.title)
          return diagram.figure.svg(title: diagram.title, description: diagram.description)
        }),
      Exporter(
        name: "dot", summary: "the graph for Graphviz",
        kind: .scene { (scene: Scene, caption: Caption) throws(Problem) -> String in
          try Diagram(scene, title: caption.title).dot
        }),
      Exporter(
        name: "tikz", summary: "a tikzpicture for LaTeX",
        kind: .scene { (scene: Scene, caption: Caption) throws(Problem) -> String in
          try Diagram(scene, title: caption.title).tikz
        }),
      Exporter(
        name: "html", summary: "a page that steps through the whole tape", takesLessons: true,
        kind: .scene { (scene: Scene, caption: Caption) throws(Problem) -> String in
          try Page(
            title: caption.title, about: caption.about,
            sections: [.circuit(scene, title: caption.title, events: nil)]
          ).html()
        }),
      Exporter(
        name: "json", summary: "all nodes with their numbers, for programs",
        kind: .scene { (scene: Scene, caption: Caption) throws(Problem) -> String in
          Diagram.json(scene)
        }),
    ]
    + Framework.all.map { framework in
      Exporter(
        name: framework.name, summary: "a script for \(framework.title) that computes the same",
        takesLessons: true, kind: .script(framework))
    }

  /// The formats a circuit alone can be written in, without the formulas it was made of.
  package static let pictures = all.filter { $0.framework == nil }

  /// The exporter of a format.
  package static func named(_ name: String) -> Exporter? { all.first { $0.name == name } }
}
