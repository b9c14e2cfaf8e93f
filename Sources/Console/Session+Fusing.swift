internal import Engine
internal import Language
internal import Typesetting

// Composite gates: opened into their parts, or closed again.
extension Session {
  mutating func expand(_ words: Words) throws(Problem) -> Reply {
    let name = try formulaName(words, "expand")
    let before = try Graph(of: [name], in: definitions)
    definitions.open(name)
    return try reshaped(name, from: before, "expand")
  }

  mutating func fuse(_ words: Words) throws(Problem) -> Reply {
    let name = try formulaName(words, "fuse")
    let before = try Graph(of: [name], in: definitions)
    definitions.close(name)
    return try reshaped(name, from: before, "fuse")
  }

  /// The name of a formula that a command is about.
  private func formulaName(_ words: Words, _ command: String) throws(Problem) -> String {
    try words.expect(1...1, command)
    guard let word = words.first else { throw .missingArgument(command) }
    let name = definitions.resolved(word.text)
    guard let variable = definitions.variables[name] else {
      throw definitions.variables[Definitions.element(name)?.name ?? ""] == nil
        ? .unknownNode(word.text, known: definitions.order, at: word.span)
        : .wholeName(word.text, command, at: word.span)
    }
    guard variable.tensor == nil, variable.formula.literal == nil else {
      throw .nothingToOpen(word.text, at: word.span)
    }
    return name
  }

  /// What changed, in gates; the tape starts anew.
  private mutating func reshaped(
    _ name: String, from before: Graph, _ command: String
  ) throws(Problem) -> Reply {
    let after = try Graph(of: [name], in: definitions)
    commitUpdates()
    graph = nil
    restartTape()
    if !outputs.isEmpty { graph = try Graph(of: outputs, in: definitions) }
    let counts = { (graph: Graph) in
      let count = graph.gates.count
      return "\(count) gate\(count == 1 ? "" : "s")"
    }
    if before.hasSameShape(as: after) {
      return Reply(.line(Text("\(name) stays as it is: \(counts(after)).")))
    }
    return Reply(
      .line(Text("\(name) has \(counts(after)) now, and had \(counts(before)).")))
  }
}

extension Problem {
  static func nothingToOpen(_ name: String, at span: SourceSpan?) -> Problem {
    Problem(
      "nothing-to-open", "\(name) is an input: it has no gates", at: span,
      hint: "name a formula, such as f")
  }

  static func wholeName(_ label: String, _ command: String, at span: SourceSpan?) -> Problem {
    let name = Definitions.element(label)?.name ?? label
    return Problem(
      "whole-name", "all elements of \(name) are opened and closed together", at: span,
      hint: "\(command) \(name)")
  }
}
