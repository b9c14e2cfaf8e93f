package import Export
package import Language
internal import Engine
internal import Typesetting

extension Command {
  static let exporting: [Command] = [
    Command(
      "export", [], "FORMAT FILE", group: .files,
      argument: .words { _, _ in Exporter.all.map(\.name) }, isSaved: false,
      "write it as a picture, a page or a script",
      details: Exporter.all.map { "\($0.name)  \($0.summary)" }
        + [
          "The circuit is drawn as it stands at the present step: numbers that are not known yet are left open.",
          "A script says the formulas as they were typed, and prints values and gradients; after train also the mean loss.",
        ],
      examples: circuit + ["step 2", "export svg circuit.svg", "export torch circuit.py"]
    ) { session, words throws(Problem) in
      guard let format = words.first, words.count > 1 else { throw .missingArgument("export") }
      guard let exporter = Exporter.named(format.text) else {
        throw .unknownFormat(format.text, at: format.span)
      }
      let text = try session.exported(as: exporter)
      return Reply(effect: .export(words.dropping(1).text, format: exporter.name, text))
    }
  ]
}

extension Session {
  /// What is computed, as it was defined: `f = q × w3`.
  var formulaTitle: String {
    outputs.map(definition).joined(separator: ", ")
  }

  private func definition(of name: String) -> String {
    definitions.variables[name].map { "\(name) = \(settings.style.formula($0.formula))" } ?? name
  }

  /// What the names in it stand for: `where q = w1 + w2`.
  private func formulaDetails(of graph: Graph) -> String {
    let used = definitions.order.filter { name in
      guard !outputs.contains(name), let formula = definitions.variables[name]?.formula else {
        return false
      }
      return !formula.variables.isEmpty
        && (graph.nodeOfLabel[name] != nil || graph.group(named: name) != nil)
    }
    let written = used.prefix(12).map(definition)
    let more = used.count > 12 ? ", " + settings.style.signs.more : ""
    return written.isEmpty ? "" : "where " + written.joined(separator: ", ") + more
  }

  /// The circuit where the tape stands, in a format.
  package mutating func exported(as exporter: Exporter) throws(Problem) -> String {
    if let framework = exporter.framework {
      let computation = try computation()
      return try Script.of(computation, for: framework, about: formulasAsTyped)
    }
    let scene = try scene()
    return try exporter.text(
      of: scene, title: formulaTitle, about: formulaDetails(of: scene.graph))
  }

  /// What is asked for, as the learner wrote it.
  var formulasAsTyped: [String] {
    outputs.compactMap { name in
      definitions.variables[name].map { "\(name) = \($0.text)" }
    }
  }

  /// What is computed at present, for a script.
  package func computation() throws(Problem) -> Computation {
    guard !outputs.isEmpty else { throw .noFormula(evaluated: lastExpression) }
    let graph = try Graph(of: outputs, in: definitions.unfused)
    let columns = learning.examples?.columns.map { column -> String? in
      let name = inputName(of: column, in: graph)
      guard let node = graph.nodeOfLabel[name], graph.nodes[node].kind == .input else { return nil }
      return name
    }
    return Computation(
      of: outputs, in: definitions, seeds: upstream.isEmpty ? nil : upstream.flatMap(\.values),
      conventions: settings.conventions, examples: learning.examples, columns: columns ?? [])
  }
}

extension Problem {
  package static func unknownFormat(_ format: String, at span: SourceSpan? = nil) -> Problem {
    Problem(
      "unknown-format", "there is no format \(format)", at: span,
      hint: "try one of \(Exporter.all.map(\.name).joined(separator: ", "))")
  }
}
