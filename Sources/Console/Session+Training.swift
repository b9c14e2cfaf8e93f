package import Engine
package import Language
internal import Typesetting

/// What there is to learn from, and how the last training went.
package struct Learning: Sendable {
  /// The examples that are loaded.
  package var examples: Examples?
  /// Where they come from: `moons`, `flowers.csv`.
  package var source = ""
  /// Every epoch of the last training, for `plot loss`.
  package var history: [Training.Epoch] = []
  /// The loss before the first step and in each epoch, and the same of the validation rows.
  package var losses: [Double] = []
  package var validationLosses: [Double] = []
  /// What foretells the class, as far as it is known.
  var prediction: String?

  package init() {}
}

extension Session {
  /// Every epoch of the last training.
  package var history: [Training.Epoch] { learning.history }

  // MARK: - data

  /// Takes the text of a CSV file that the program has read.
  package mutating func load(csv text: String, from path: String) throws(Problem) -> Reply {
    let examples: Examples
    do throws(Problem) {
      examples = try Examples(csv: text)
    } catch {
      throw error.inFile(path)
    }
    log.append("data \(path)")
    return load(examples, from: path)
  }

  mutating func loadOrShow(_ words: Words) throws(Problem) -> Reply {
    guard let first = words.first else { return Reply(shownExamples) }
    if first.text == "row" { return try takeRow(words.dropping(1)) }
    guard let recipe = Examples.recipe(first.text) else {
      let isPath = first.text.contains(".") || first.text.contains("/")
      guard isPath || words.text.hasSuffix(".csv") else {
        throw .unknownExamples(first.text, at: first.span)
      }
      return Reply(effect: .examples(words.text))
    }
    var count: Int?
    var seed: UInt64 = 1
    var rest = words.dropping(1)
    if let word = rest.first, word.text != "seed" {
      count = try rest.count(0, standard: 1, "data \(recipe.name)")
      rest = rest.dropping(1)
    }
    if let word = rest.first {
      guard word.text == "seed" else { throw .extraArgument("data", at: word.span) }
      guard let number = rest[1] else { throw .optionWithoutNumber("seed", at: word.span) }
      guard let value = UInt64(number.text) else {
        throw .notWhole("seed", number.text, at: number.span)
      }
      seed = value
      if let extra = rest[2] { throw .extraArgument("data", at: extra.span) }
    }
    do throws(Problem) {
      return load(try recipe.examples(count, seed: seed), from: recipe.name)
    } catch {
      throw error.at(words[1]?.span)
    }
  }

  private mutating func load(_ examples: Examples, from source: String) -> Reply {
    learning.examples = examples
    learning.source = source
    // Formulas can be stepped through at once: an input without a number gets that of row 1.
    let graph = try? currentGraph()
    commitUpdates()
    var hasChanged = false
    for (column, value) in zip(examples.columns, examples[row: 0]) {
      let name = inputName(of: column, in: graph)
      let hasValue = graph?.nodeOfLabel[name].map { graph?.nodes[$0].hasValue == true } ?? false
      guard definitions.variables[name] == nil, !hasValue, canBeInput(name, in: graph) else {
        continue
      }
      definitions.set([(name, value)])
      hasChanged = true
    }
    if hasChanged {
      self.graph = nil
      restartTape()
    }
    var document = Document.line(
      Text(
        "\(source): \(counted(examples.count, "row")) of \(examples.columns.joined(separator: ", ")).  data shows them."
      ))
    let computed = examples.columns.filter(isComputed)
    if let name = computed.first {
      document += Document(lines: [
        "\(name) is a formula here, so the column \(name) has no input to fill: use another name, or reset."
      ])
    }
    return Reply(document)
  }

  /// Puts the numbers of a row into the inputs called like the columns.
  private mutating func takeRow(_ words: Words) throws(Problem) -> Reply {
    guard let examples = learning.examples else { throw .noExamplesYet() }
    try words.expect(1...1, "data row")
    let row = try words.count(0, standard: 1, "data row")
    guard row <= examples.count else { throw .noSuchRow(row, examples.count, at: words.span) }
    let graph = try? currentGraph()
    commitUpdates()
    var line = Text("row \(row) of \(examples.count)")
    for (column, value) in zip(examples.columns, examples[row: row - 1]) {
      let name = inputName(of: column, in: graph)
      // A column called like a formula says what it should be, and is not put in its place.
      guard !isComputed(name), canBeInput(name, in: graph) else { continue }
      definitions.set([(name, value)])
      line += Text(gap + "\(name) = ") + Text(settings.style.number(value), .value)
    }
    self.graph = nil
    restartTape()
    return Reply(.line(line))
  }

  /// The input a column fills: the one called like it, or `x[1]` for `x1` where only that exists.
  func inputName(of column: String, in graph: Graph?) -> String {
    if graph?.nodeOfLabel[column] != nil { return column }
    let digits = String(column.reversed().prefix { $0.isASCII && $0.isNumber }.reversed())
    let element = "\(column.dropLast(digits.count))[\(digits)]"
    return !digits.isEmpty && graph?.nodeOfLabel[element] != nil ? element : column
  }

  /// Whether a name may be given a number: commands, functions and elements nobody uses may not.
  private func canBeInput(_ name: String, in graph: Graph?) -> Bool {
    Command.named(name)?.name != name && name != "ans" && Primitive.functions[name] == nil
      && Composite.byName[name] == nil
      && definitions.functions[name] == nil
      && (!name.contains("[") || graph?.nodeOfLabel[name] != nil)
  }

  /// Whether a name is a formula of others, and no number however it was written.
  private func isComputed(_ name: String) -> Bool {
    guard let formula = definitions.variables[name]?.formula else { return false }
    return !formula.variables.isEmpty || !formula.calledFunctions.isEmpty
  }

  /// What separates the parts of a line of facts.
  var gap: String { settings.style.speech ? ", " : "   " }

  /// The number at the head of a line of a table; said with its word, as nobody hears a title.
  func numbered(_ what: String, _ number: Int) -> Text {
    Text(settings.style.speech ? "\(what) \(number)" : "\(number)")
  }

  func counted(_ count: Int, _ what: String) -> String {
    "\(count) \(what)\(count == 1 ? "" : "s")"
  }

  private var shownExamples: Document {
    guard let examples = learning.examples else {
      let rows = Examples.recipes.map {
        [Text($0.name, .strong), Text($0.columns.joined(separator: ", ")), Text($0.summary)]
      }
      return Document([
        .line("Nothing is loaded yet. data NAME loads one of these, data FILE.csv a file:"),
        Document.blank,
        .table(Table([.init("name"), .init("columns"), .init("")], rows, indent: 0)),
      ])
    }
    let shown = Array(0..<min(5, examples.count))
    let rows = shown.map { row in
      [numbered("row", row + 1)]
        + examples[row: row].map { Text(settings.style.number($0), .value) }
    }
    let more = examples.count - shown.count
    let columns = [Table.Column("row", .right)] + examples.columns.map { .init($0, .right) }
    return Document([
      .line(Text("\(learning.source): \(counted(examples.count, "row"))")), Document.blank,
      .table(Table(columns, rows, indent: 0)),
    ])
      + (more > 0
        ? Document([.line(Text("and \(more) more; data row N takes one", .dim))]) : .empty)
  }
}

extension Problem {
  /// The same problem, with the file it is in.
  fileprivate func inFile(_ path: String) -> Problem {
    Problem(code, "\(path), \(message)", at: span, in: excerpt, hint: hint)
  }

  static func noExamplesYet() -> Problem {
    Problem("no-rows", "no examples are loaded yet", hint: "try: data xor")
  }

  static func classInRow(_ row: Int, _ column: String, _ problem: Problem) -> Problem {
    Problem(
      problem.code, "row \(row), column \(column): \(problem.message)", hint: problem.hint)
  }

  static func columnCounts(_ name: String, _ loss: String, at span: SourceSpan?) -> Problem {
    Problem(
      "column-counts",
      "\(name) is a subscript or a size in \(loss), which cannot change from row to row", at: span,
      hint: "softmax_cross_entropy(s, \(name)) takes a class from a column")
  }

  static func noClasses(_ column: String, at span: SourceSpan?) -> Problem {
    Problem(
      "no-classes",
      "accuracy needs two classes, 0 and 1 or -1 and 1, in the last column, \(column)",
      at: span, hint: "leave accuracy out")
  }

  static func needsExamples(_ name: String) -> Problem {
    Problem(
      "missing-value", "\(name) has no value yet, and there are no examples to take it from",
      hint: "try: data xor, or \(name) = 1")
  }

  static func noColumnReaches(_ loss: String, _ columns: [String], at span: SourceSpan?) -> Problem
  {
    Problem(
      "no-column-used",
      "\(loss) depends on none of the columns \(columns.joined(separator: ", ")), so there is nothing to learn from them",
      at: span,
      hint: "use the columns' names in the formula: x = [x1, x2]")
  }

  static func noSuchRow(_ row: Int, _ count: Int, at span: SourceSpan?) -> Problem {
    Problem(
      "unknown-number", "there is no row \(row): there \(count == 1 ? "is 1" : "are \(count)")",
      at: span, hint: "rows are counted from 1")
  }

  static func unknownExamples(_ name: String, at span: SourceSpan) -> Problem {
    let known = Examples.recipes.map(\.name)
    return Problem(
      "unknown-examples", "there are no examples called \(name)", at: span,
      hint: closest(to: name, among: known).map { "did you mean \($0)?" }
        ?? "data lists them; a file has an ending: data \(name).csv")
  }
}
