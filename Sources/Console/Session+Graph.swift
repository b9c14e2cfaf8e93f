internal import Engine
internal import Language
internal import Typesetting

extension Session {
  /// What `graph` understands besides nodes.
  static let graphWords = ["all", "ascii", "inline", "split"]

  /// The circuit, or a part of it.
  ///
  /// A node's name wins over a word with a meaning, as it does everywhere.
  mutating func drawGraph(_ words: Words) throws(Problem) -> Document {
    try words.expect(0...2, "graph")
    var scene = try scene()
    var part = Document.GraphPart.whole
    for word in words.all {
      if let asked = try graphPart(word, in: scene.graph) {
        if part != .whole { throw .tooManyParts(at: word.span) }
        part = asked
      } else {
        var style = scene.style
        style.unicode = false
        scene = Scene(scene.tape, at: scene.position, style: style)
      }
    }
    return .graphView(scene, part)
  }

  /// What a word asks for; nil for `ascii`, which says how.
  private func graphPart(
    _ word: Words.Word, in graph: Graph
  ) throws(Problem) -> Document.GraphPart? {
    if known(word.text, in: graph) == nil {
      switch word.text {
      case "ascii": return nil
      case "all": return .all
      case "split": return .split
      case "inline": return .inline
      default: break
      }
    }
    let found = try nodes(word.text, in: graph, at: word.span)
    if found.shape == .scalar, let node = found.nodes.first { return .near(node) }
    return .inside(word.text)
  }
}

extension Problem {
  fileprivate static func tooManyParts(at span: SourceSpan?) -> Problem {
    Problem(
      "too-many-words", "graph draws one thing at a time", at: span,
      hint: "for example: graph split ascii")
  }
}
