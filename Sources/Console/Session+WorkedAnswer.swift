internal import Engine
package import Language
package import Typesetting

extension Session {
  /// The current formula worked out, both passes of it.
  ///
  /// `constant`: the names of inputs that are data, with no gradient asked.
  package mutating func workedAnswer(constant: Set<String> = []) throws(Problem) -> WorkedAnswer {
    let scene = try scene()
    let graph = scene.tape.graph
    for name in constant.sorted() where graph.group(named: name) == nil {
      guard let node = graph.nodeOfLabel[name], graph.nodes[node].kind == .input else {
        throw .noSuchInput(name, graph.labels)
      }
    }
    let used = definitions.order.filter { name in
      guard let formula = definitions.variables[name]?.formula, !formula.variables.isEmpty else {
        return false
      }
      return outputs.contains(name) || graph.nodeOfLabel[name] != nil
        || graph.group(named: name) != nil
    }
    let written = used.compactMap { name in
      definitions.variables[name].map {
        WorkedAnswer.Definition(name: name, formula: $0.formula)
      }
    }
    return try WorkedAnswer(
      of: scene.tape, title: formulaTitle, definitions: written,
      constant: constant, loss: settings.style.loss)
  }
}

extension Problem {
  static func noSuchInput(_ name: String, _ labels: [String]) -> Problem {
    Problem(
      "no-such-input", "\(name) is no input of this formula",
      hint: closest(to: name, among: labels).map { "did you mean \($0)?" })
  }
}
