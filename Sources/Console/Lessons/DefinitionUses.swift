internal import Language

/// The names that transcripts define, and which of them something uses.
struct DefinitionUses {
  private var lines: [(name: String, line: Int)] = []
  private var used: Set<String> = []

  /// Takes in a line that has been entered.
  ///
  /// `functions`: those known before it. `outputs`: the current formula after it, which any command
  /// looks at or moves through without naming it.
  mutating func read(
    _ command: String, at line: Int, functions: [String: Int], outputs: [String]
  ) {
    let code = command.withoutComment
    guard let assignments = try? Assignment.reading(code, functions: functions) else {
      use(code)
      if !code.allSatisfy(\.isWhitespace) { used.formUnion(outputs) }
      return
    }
    for assignment in assignments {
      used.formUnion(assignment.formula.variables)
      used.formUnion(assignment.formula.calledFunctions)
      let isNew = !lines.contains { $0.name == assignment.name }
      if isNew { lines.append((assignment.name, line)) }
    }
  }

  /// Takes in a text that may mention names.
  mutating func use(_ text: String) {
    for word in text.split(whereSeparator: { !($0.isLetter || $0.isNumber || $0 == "_") }) {
      used.insert(String(word))
    }
  }

  /// The names that nothing used, with the line that first defined each.
  var unused: [(name: String, line: Int)] { lines.filter { !used.contains($0.name) } }
}
