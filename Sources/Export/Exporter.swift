internal import Engine
package import Language
package import Typesetting

/// A format a circuit can be written in; its record drives the command, help, completion and docs.
package struct Exporter: Sendable {
  /// What is typed: `svg`.
  package let name: String
  /// What a file of it is called at its end, without the dot.
  package let fileExtension: String
  package let summary: String
  let write: @Sendable (Scene, _ title: String) throws(Problem) -> String

  /// The scene in this format: its circuit at its position, or its whole tape.
  ///
  /// `title`: what is computed, such as `f = q × w3`.
  package func text(of scene: Scene, title: String) throws(Problem) -> String {
    try write(scene, title)
  }

  /// Every format, the one most people want first.
  package static let all: [Exporter] = [
    Exporter(
      name: "svg", fileExtension: "svg", summary: "a picture for pages and slides",
      write: { (scene: Scene, title: String) throws(Problem) -> String in
        let diagram = try Diagram(scene, title: title)
        return diagram.figure.svg(title: diagram.title, description: diagram.description)
      }),
    Exporter(
      name: "dot", fileExtension: "dot", summary: "the graph for Graphviz",
      write: { (scene: Scene, title: String) throws(Problem) -> String in
        try Diagram(scene, title: title).dot
      }),
    Exporter(
      name: "tikz", fileExtension: "tex", summary: "a tikzpicture for LaTeX",
      write: { (scene: Scene, title: String) throws(Problem) -> String in
        try Diagram(scene, title: title).tikz
      }),
    Exporter(
      name: "html", fileExtension: "html", summary: "a page that steps through the whole tape",
      write: { (scene: Scene, title: String) throws(Problem) -> String in
        try Page(
          title: title, about: "", sections: [.circuit(scene, title: title, events: nil)]
        ).html()
      }),
    Exporter(
      name: "json", fileExtension: "json", summary: "all nodes with their numbers, for programs",
      write: { (scene: Scene, title: String) throws(Problem) -> String in Diagram.json(scene) }),
  ]

  /// The exporter of a format.
  package static func named(_ name: String) -> Exporter? { all.first { $0.name == name } }
}
