package import Language

// Everything that can go wrong between a formula and its gradients, in alphabetical order.
extension Problem {
  static func noMemory(_ bytes: Int) -> Problem {
    Problem(
      "no-memory", "this needs \(bytes / 1_048_576) MB of memory, and the machine gives no more",
      hint: "take fewer rows in one batch, or a smaller network")
  }

  static func cycle(_ path: [String], at span: SourceSpan) -> Problem {
    let shown =
      path.count <= 8 ? path : Array(path.prefix(4)) + ["…"] + Array(path.suffix(3))
    return Problem(
      "cycle", "this would make a circle: \(shown.joined(separator: " → "))", at: span,
      hint: path.count == 2
        ? "use another name on the left, such as \(path[0].replacing("()", with: ""))2"
        : "a name cannot depend on itself")
  }

  static func functionInUse(_ name: String, _ count: Int, at span: SourceSpan) -> Problem {
    Problem(
      "function-in-use",
      "\(name) is used with \(count) argument\(count == 1 ? "" : "s") elsewhere", at: span,
      hint: "give the new function another name")
  }

  static func nameIsFunction(_ name: String, at span: SourceSpan) -> Problem {
    Problem(
      "name-is-function", "\(name) is a function, so it cannot be a number as well", at: span,
      hint: "try \(name)1 = …")
  }

  static func nameIsVariable(_ name: String, at span: SourceSpan) -> Problem {
    Problem(
      "name-is-variable", "\(name) is a variable, so it cannot be a function as well", at: span,
      hint: "try \(name)1(…) = …")
  }

  package static func missingValues(_ names: [String]) -> Problem {
    let shown = names.prefix(6).joined(separator: ", ") + (names.count > 6 ? ", …" : "")
    return Problem(
      "missing-value",
      names.count == 1 ? "\(shown) has no value yet" : "these inputs have no value yet: \(shown)",
      hint: "try: " + names.prefix(3).map { "\($0) = 1" }.joined(separator: ", "))
  }

  static func tooManyNodes(_ limit: Limit, calling function: String?) -> Problem {
    let cause = function.map { "; \($0) is what makes it grow" } ?? ""
    return Problem(
      "too-many-nodes", "this graph would have more than \(limit.bound) nodes\(cause)",
      hint: "type limits to see every limit")
  }

  package static func unknownNode(
    _ name: String, known: [String], at span: SourceSpan? = nil
  ) -> Problem {
    Problem(
      "unknown-node", "there is no node called \(name) in this graph", at: span,
      hint: closest(to: name, among: known).map { "did you mean \($0)?" }
        ?? "table lists the nodes")
  }

  static func upstreamDoesNotFit(_ given: Int, _ wanted: Int) -> Problem {
    Problem(
      "upstream-does-not-fit",
      "\(given) upstream gradients are given, and there are \(wanted) outputs",
      hint: "give them again: upstream o = [1, 0, 0]")
  }
}
