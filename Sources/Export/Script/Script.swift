package import Language

/// A program in Python that computes what was computed here, and prints values and gradients.
package struct Script {
  let framework: Framework
  private var imports: [String]
  private var helpers: [(name: String, lines: [String])] = []
  private var sections: [[String]] = []
  private var count = 0

  package init(for framework: Framework) {
    self.framework = framework
    imports = framework.head
  }

  /// The script of one computation.
  package static func of(
    _ computation: Computation, for framework: Framework, about: [String]
  ) throws(Problem) -> String {
    var script = Script(for: framework)
    try script.add(computation, about: about, isNumbered: false)
    return script.text
  }

  /// The script of several computations one after the other; what cannot be said is named with its reason.
  package static func of(
    _ computations: [(computation: Computation, about: [String])], for framework: Framework
  ) -> String {
    var script = Script(for: framework)
    for (computation, about) in computations {
      do throws(Problem) {
        try script.add(computation, about: about, isNumbered: true)
      } catch {
        script.count += 1
        script.sections.append(
          [
            pythonComment("Circuit \(script.count) is not here: \(error.message)")
          ] + about.map(pythonComment))
      }
    }
    return script.text
  }

  private mutating func add(
    _ computation: Computation, about: [String], isNumbered: Bool
  ) throws(Problem) {
    let body = try ScriptBody(computation, for: framework)
    count += 1
    for helper in body.writer.helpers where !helpers.contains(where: { $0.name == helper.name }) {
      helpers.append(helper)
    }
    var lines: [String] = []
    if isNumbered {
      let title = computation.title.isEmpty ? "" : ". " + computation.title
      lines += [pythonComment("---- Circuit \(count)\(title) ----")]
    }
    lines += about.map(pythonComment)
    if isNumbered { lines.append("\(pythonPrint)(\"circuit \(count)\")") }
    let rows = ScriptRows(computation, body)
    sections.append(
      lines
        + (framework.isFunctional
          ? functionalLines(body, computation, rows) : statementLines(body, computation, rows)))
  }

  /// The whole script.
  package var text: String {
    let all = (helpers.flatMap(\.lines) + sections.flatMap(\.self)).joined(separator: "\n")
    var lines = [
      "# Written by backstep for \(framework.title): values first, then gradients.",
      "# Elements are counted from 0 here, and numbers have 64 bits, as backstep's have.",
    ]
    lines += imports
    if let shortcut = framework.shortcut, all.contains("F.") { lines.append(shortcut) }
    lines += [""] + framework.show
    for helper in helpers { lines += ["", ""] + helper.lines }
    for section in sections { lines += ["", ""] + section }
    return lines.joined(separator: "\n") + "\n"
  }
}

extension Script {
  /// Lines of a list of names, each with its value: `{"q": q, "f": f}`.
  static func dictionary(_ names: [(name: String, identifier: String)]) -> String {
    "{"
      + names.map { "\"\(PythonNames.printed($0.name))\": \($0.identifier)" }.joined(
        separator: ", ")
      + "}"
  }

  static func indented(_ lines: [String]) -> [String] {
    lines.flatMap { $0.split(separator: "\n", omittingEmptySubsequences: false) }.map {
      $0.isEmpty ? "" : "    " + $0
    }
  }
}

extension ScriptBody {
  /// What is printed of what was computed: no second names.
  var shown: [Statement] { statements.filter { !$0.isAlias } }

  /// The learner's functions, with the blank lines around them.
  func functionLines(where isWanted: (ScriptWriter.Function) -> Bool) -> [String] {
    writer.functions.filter(isWanted).flatMap { ["", ""] + $0.lines }
  }

  /// The gradients that a pass starts from, for each output.
  func seeds(_ computation: Computation) -> [Tensor?] {
    var rest = computation.seeds?[...]
    return outputs.map { output in
      guard let numbers = rest?.prefix(output.shape.count) else { return nil }
      rest = rest?.dropFirst(output.shape.count)
      return Tensor(output.shape, Array(numbers))
    }
  }
}
