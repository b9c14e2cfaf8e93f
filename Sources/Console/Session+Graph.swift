internal import Engine
internal import Language
internal import Typesetting

extension Session {
  /// What `graph` understands besides nodes.
  static let graphWords = (["ascii", "names"] + graphParts.keys).sorted()

  /// The words that say what to draw; the others say how.
  private static let graphParts: [String: Document.GraphPart] = [
    "all": .all, "inline": .inline, "split": .split,
  ]

  /// The circuit, or a part of it.
  ///
  /// A node's name wins over a word with a meaning, as it does everywhere.
  mutating func drawGraph(_ words: Words) throws(Problem) -> Document {
    try words.expect(0...3, "graph")
    var scene = try scene()
    var part = Document.GraphPart.whole
    var isPlain = false
    for word in words.all {
      let isNode = known(word.text, in: scene.graph) != nil
      switch word.text {
      case "ascii" where !isNode:
        isPlain = true
        var style = scene.style
        style.unicode = false
        scene = scene.styled(style)
      case "names" where !isNode: scene.showsNames = true
      default:
        if part != .whole { throw .tooManyParts(at: word.span) }
        part = try graphPart(word, in: scene.graph)
      }
    }
    let document = Document.graphView(scene, part)
    return isPlain ? document.inASCII(scene.style) : document
  }

  /// What a word asks for.
  private func graphPart(
    _ word: Words.Word, in graph: Graph
  ) throws(Problem) -> Document.GraphPart {
    if known(word.text, in: graph) == nil, let part = Self.graphParts[word.text] { return part }
    let found = try nodes(word.text, in: graph, at: word.span)
    if found.shape == .scalar, let node = found.nodes.first { return .near(node) }
    return .inside(word.text, found.nodes)
  }
}

extension Problem {
  fileprivate static func tooManyParts(at span: SourceSpan?) -> Problem {
    Problem(
      "too-many-words", "graph draws one thing at a time", at: span,
      hint: "ascii and names go with each of them: graph split names")
  }
}
