internal import Engine
internal import Language

extension FuzzTarget {
  static let formula = FuzzTarget(
    name: "formula",
    summary: "a text read as a formula, written in four ways, and computed forward and backward",
    asserts: [
      "what is written as source reads back as the same gates, and is then written the same",
      "the quick reader and the one that goes token by token agree: the same parts, or the same error at the same place",
      "each part of a formula ends where its operands begin, and stands within the text",
      "tidying up a formula never makes it longer, and is done in one go",
      "the graph's value is the formula's value",
      "the gradients of the tape are those computed without a tape",
      "every error has words, a place within the text, and nothing invisible",
    ],
    maxLength: 160,
    words: {
      formulaWords + ["grad ", "value ", "for i in 1..", "=", "×", "·", "−", "²", "₁", "α"]
    },
    share: 64,
    take: { bytes throws(Violation) in
      let text = String(decoding: bytes, as: UTF8.self)
      do throws(Problem) {
        let formula = try Formula(reading: text)
        guard formula.nodes.isEmpty else { return }
      } catch { return try requirePlaced(error, in: text) }
      throw Violation("a formula of nothing")
    },
    check: { bytes throws(Violation) in
      let text = String(decoding: bytes, as: UTF8.self)
      try checkDefinitions(text)
      let formula: Formula
      do throws(Problem) {
        formula = try Formula(reading: text)
      } catch {
        try requireShowable(error, of: text)
        try compareReaders(text, .failure(error))
        return
      }
      try compareReaders(text, .success(formula))
      try checkParts(of: formula, in: text)
      try checkWriting(formula)
      if formula.nodes.count <= 200 { try checkComputing(formula, text) }
    })

  /// The words of the catalogs: whatever is added there is tried here.
  static var formulaWords: [String] {
    let functions = Primitive.functions.keys.sorted() + Composite.byName.keys.sorted()
    return functions.map { $0 + "(" } + Primitive.catalog.map(\.usage)
      + Composite.byName.values.flatMap { Composite[$0].examples }
  }

  /// The text as a line of definitions.
  private static func checkDefinitions(_ text: String) throws(Violation) {
    do throws(Problem) {
      guard let found = try Assignment.reading(text, functions: ["f": 1, "g": 2]) else { return }
      var definitions = Definitions()
      for assignment in found { try definitions.define(assignment) }
    } catch {
      try requireShowable(error, of: text)
    }
  }

  /// In a session names can be more than names, so nothing is read in the quick way there.
  private static func compareReaders(
    _ text: String, _ plain: Result<Formula, Problem>
  ) throws(Violation) {
    guard !text.contains("grad"), !text.contains("value") else { return }
    let tokens = Result { () throws(Problem) in try Formula(reading: text, as: .session) }
    switch (plain, tokens) {
    case (.success(let plain), .success(let tokens)):
      try require(
        plain.names == tokens.names && plain == tokens
          && zip(plain.nodes, tokens.nodes).allSatisfy {
            $0.span == $1.span && $0.content == $1.content && $0.size == $1.size
              && $0.isBracketed == $1.isBracketed && $0.isIndexed == $1.isIndexed
          }, "the two readers make different formulas: \(plain), \(tokens)")
    case (.failure(let plain), .failure(let tokens)):
      // `@3` is a gate there, and nothing here.
      guard !text.contains("@") else { return }
      try require(
        plain.code == tokens.code && plain.span == tokens.span,
        "the two readers find different errors: \(plain), \(tokens)")
    default:
      guard !text.contains("@") else { return }
      throw Violation("one reader takes it, the other does not: \(plain), \(tokens)")
    }
  }

  private static func checkParts(of formula: Formula, in text: String) throws(Violation) {
    let length = text.utf8.count
    for (index, node) in formula.nodes.enumerated() {
      let operands = formula.operands(of: index)
      let size = operands.reduce(1) { $0 + Int(formula.nodes[$1].size) }
      try require(Int(node.size) == size, "part \(index) has \(node.size) nodes, not \(size)")
      try require(
        node.start >= 0 && node.start <= node.end && Int(node.end) <= length,
        "part \(index) stands at \(node.start)..<\(node.end) of \(length)")
    }
    try require(
      formula.nodes.last.map { Int($0.size) } == formula.nodes.count, "parts that belong to nothing"
    )
  }

  private static func checkWriting(_ formula: Formula) throws(Violation) {
    let source = formula.written(.source)
    let again = try reread(source)
    try require(again == formula, "\(source) reads back as \(again)")
    try require(again.written(.source) == source, "\(source) is then written \(again)")
    for spelling in [Formula.Spelling.display, .latex, .mathML] {
      let text = formula.written(spelling, numbers: .arithmetic)
      try require(!text.isEmpty, "\(source) is nothing as \(spelling)")
      try requirePrintable(withoutMathSigns(text), "\(spelling)")
    }
    let tidy = formula.simplified()
    try require(
      tidy.nodes.count <= formula.nodes.count, "\(source) tidied up is longer: \(tidy)")
    try require(tidy.simplified() == tidy, "\(source) is tidied up to \(tidy), and that again")
  }

  private static func checkComputing(
    _ formula: Formula, _ typed: String
  ) throws(Violation) {
    var definitions = Definitions()
    let graph: Graph
    do throws(Problem) {
      for (place, name) in formula.variables.enumerated() {
        let isVector = formula.nodes.contains {
          $0.kind == .name && $0.isIndexed && formula.names[Int($0.reference)] == name
        }
        // Halves are exact, so that what is compared does not differ by rounding alone.
        let number = Double(place % 7) * 0.5 - 1
        let text = isVector ? "[\(number), 2, 0.5]" : "\(number)"
        for assignment in try Assignment.reading("\(name) = \(text)", functions: [:]) ?? [] {
          try definitions.define(assignment)
        }
      }
      graph = try Graph(of: formula, in: definitions, limit: .exercise)
    } catch {
      try requireShowable(error, of: typed)
      return
    }
    guard graph.missingInputs.isEmpty else { return }
    let values = graph.values()
    let isPlain = formula.nodes.allSatisfy { [.number, .name, .apply].contains($0.kind) }
    if isPlain, let output = graph.outputs.first, graph.outputs.count == 1 {
      let wanted = formula.evaluated { name in
        Double(formula.variables.firstIndex(of: formula.names[name]).map { $0 % 7 } ?? 0) * 0.5 - 1
      }
      try require(
        isNear(values[output], wanted), "the graph says \(values[output]), the formula \(wanted)")
    }
    let tape: Tape
    do throws(Problem) { tape = try Tape(of: graph) } catch {
      return try requireShowable(error, of: typed)
    }
    let end = Snapshot(of: tape, at: tape.end)
    let adjoints = graph.adjoints(at: values, conventions: Conventions())
    for id in graph.nodes.indices where graph.nodes[id].kind != .constant {
      guard let gradient = end.gradient(of: id) else { continue }
      try require(
        isNear(gradient, adjoints[id]),
        "node \(id): \(gradient) on the tape, \(adjoints[id]) without")
    }
  }

  private static func reread(_ source: String) throws(Violation) -> Formula {
    do throws(Problem) { return try Formula(reading: source) } catch {
      throw Violation("\(source) does not read back: \(error.rendered)")
    }
  }

  /// Whether two numbers agree but for rounding; nan agrees with nan.
  static func isNear(_ a: Double, _ b: Double) -> Bool {
    a == b || a.isNaN && b.isNaN || abs(a - b) <= 1e-9 * max(abs(a), abs(b))
  }
}
