internal import Console
internal import Language

/// A circuit as it is asked for on the command line: a formula with its values, or lines to run.
struct CircuitSource {
  var formula: String?
  var at: [String] = []
  var lets: [String] = []
  var lines: [String] = []
  /// Upstream gradients of the formula: `1,-2,3`.
  var upstream: String?
  /// Lines that are run behind a formula.
  var behind: [String] = []

  /// The session in which the circuit stands.
  func session() throws(Problem) -> Session {
    var session = Session()
    var statement = ""
    for line in typed {
      statement = statement.isEmpty ? line : Conversation.joining(statement, line)
      if formula == nil, Conversation.needsMore(statement) { continue }
      // What needs the outside world would be left out without a word.
      if try session.enter(statement).effect != nil { throw .onlyCircuit(statement) }
      statement = ""
    }
    if !statement.isEmpty { _ = try session.enter(statement) }
    return session
  }

  private var typed: [String] {
    guard let formula else { return lines }
    let names = (try? Formula(reading: formula))?.variables ?? []
    let taken = names + (at + lets).map { String($0.prefix { $0 != "=" }.filter { $0 != " " }) }
    let definition = try? Assignment.reading(formula, functions: [:])
    // The formula gets a name that nothing in it has.
    let free = ["f", "y", "out", "result"].first { !taken.contains($0) } ?? "result_of_it"
    let name = definition?.last?.name ?? free
    let given = upstream.map { text in
      "upstream \(name) = " + (text.contains(",") && !text.hasPrefix("[") ? "[\(text)]" : text)
    }
    return at + lets + [definition == nil ? "\(name) = \(formula)" : formula]
      + (given.map { [$0] } ?? []) + behind
  }
}

extension Problem {
  fileprivate static func onlyCircuit(_ line: String) -> Problem {
    Problem(
      "not-here", "only lines that define and step are run here, and not: \(line)",
      hint: "at the prompt, source FILE runs all lines, and export FORMAT FILE writes a circuit")
  }
}
