package import Engine
package import Language
internal import Typesetting

/// One learner's conversation, as a value: copying it is a snapshot, and a failed line leaves no trace.
package struct Session: Sendable {
  package var definitions = Definitions()
  /// The names whose gradients are asked for: the formula defined last, or those given an upstream.
  var outputs: [String] = []
  /// The formula that was current before upstream gradients were given.
  var formerOutput: String?
  /// Upstream gradients by output, when they were given.
  var upstream: [(name: String, values: [Double])] = []
  package var settings = Settings()
  package var learning = Learning()
  /// The graph of the outputs at the numbers of the definitions, where it has been made already.
  var graph: Graph? { didSet { values = nil } }
  /// The values of its nodes, where they have been computed already.
  var values: [Double]?
  /// The tape of that graph, made when it is first needed.
  var tape: Tape?
  package var position = Tape.Position(0)
  var marks: [String: Tape.Position] = [:]
  var stops: [Stop] = []
  var displays: [Display] = []
  /// What an update moves when it does not say.
  var parameters: [String] = []
  /// The formula without a name that was evaluated last, to be offered a name.
  var lastExpression: String?
  /// The value printed last.
  var answer: Tensor?
  /// Where `uniform` and `normal` draw their numbers from; `seed` sets it.
  var random = RandomNumbers(seed: 1)
  /// What happens outside while a training runs.
  package var attention = Attention()
  /// Lines that can be saved, as typed.
  package internal(set) var log: [String] = []
  /// The command an empty line repeats at the prompt.
  package private(set) var repeatable: String?
  /// Aliases whose variable has been pointed out.
  var remindedAliases: Set<String> = []

  package init() {}

  /// Runs one line, or fails and leaves everything as it was.
  ///
  /// The order of the tests decides what a line is: comment, `:command`, definition, command, formula.
  package mutating func enter(_ line: String) throws(Problem) -> Reply {
    try Limit.line.check(line.utf8.count)
    // The log is set aside: a draft that shares it would copy all of it to add one line.
    var entered: [String] = []
    swap(&entered, &log)
    var draft = self
    do throws(Problem) {
      let reply = try draft.run(line)
      entered += draft.log
      self = draft
      log = entered
      return reply
    } catch {
      log = entered
      throw error.pointing(into: line)
    }
  }

  private mutating func run(_ line: String) throws(Problem) -> Reply {
    let code = line.withoutComment
    let text = code.trimmed
    guard !text.isEmpty else { return Reply() }
    if text.hasPrefix(":") {
      let colon = code.utf8.firstIndex(of: UInt8(ascii: ":")) ?? code.startIndex
      let words = Words(code, from: code.utf8.distance(from: code.startIndex, to: colon) + 1)
      guard let first = words.first, let command = Command.named(first.text) else {
        throw .unknownCommand(words.first?.text ?? "", at: words.first?.span)
      }
      return try run(command, words, line: text)
    }
    if let assignments = try Assignment.reading(code, functions: definitions.argumentCounts) {
      let reply = try define(assignments)
      log.append(text)
      repeatable = nil
      return reply
    }
    let words = Words(code)
    if let first = words.first, let command = Command.named(first.text), !isHidden(first.text) {
      // `grad w / value f` is a formula that begins with a word of both worlds.
      let isFormula = ["grad", "value"].contains(command.name) && words.count > 2
      if !isFormula { return try run(command, words, line: text) }
    }
    repeatable = nil
    return try evaluate(code, words)
  }

  private mutating func run(
    _ command: Command, _ words: Words, line: String
  ) throws(Problem) -> Reply {
    let reply = try command.run(&self, words.dropping(1))
    // What the world has yet to do is written down when it is done.
    if command.isSaved, reply.effect == nil { log.append(line) }
    repeatable = command.isRepeatable ? line : nil
    return reply
  }

  /// Whether a variable has taken the place of a short alias.
  func isHidden(_ word: String) -> Bool {
    !Self.isReserved(word)
      && (definitions.variables[word] != nil || definitions.isLoose(word) || graphKnows(word))
  }

  /// Whether a word is a command's full name, which no variable can take.
  private static func isReserved(_ word: String) -> Bool { Command.named(word)?.name == word }

  private func graphKnows(_ name: String) -> Bool { tape?.graph.nodeOfLabel[name] != nil }

  /// Whether two sessions stand at the same place with the same names.
  package func leads(to other: Session) -> Bool {
    definitions.meansTheSame(as: other.definitions) && outputs == other.outputs
      && position == other.position
      && upstream.elementsEqual(other.upstream) { isEqual($0.values, $1.values) }
      && definitions.expanded == other.definitions.expanded
      && definitions.fused == other.definitions.fused
      && stops.map(\.description) == other.stops.map(\.description)
      && displays.map(\.text) == other.displays.map(\.text)
      && settings.conventions == other.settings.conventions
      && answer?.shape == other.answer?.shape
      && isEqual(answer?.values ?? [], other.answer?.values ?? [])
  }

  // MARK: - Definitions

  private mutating func define(_ assignments: [Assignment]) throws(Problem) -> Reply {
    var document = Document.empty
    var reshaped: [String] = []
    let before = tape.map { Scene($0, at: position, style: settings.style) }
    commitUpdates()
    for assignment in assignments {
      try refuseReserved(assignment)
      if assignment.element != nil {
        try setElement(assignment)
        continue
      }
      let before = definitions.variables[assignment.name]
      try definitions.define(assignment)
      try settle(assignment)
      if before != nil,
        before?.tensor?.shape != definitions.variables[assignment.name]?.tensor?.shape
      {
        reshaped.append(assignment.name)
      }
      renewGraph(assignment.name, before: before?.givenNumbers)
      // What was drawn or worked out is numbers now, whatever names it took.
      let isSettled = definitions.variables[assignment.name]?.formula.variables.isEmpty == true
      let isFormula =
        isSettled && !assignment.formula.variables.isEmpty
        ? false : try dependsOnNames(assignment)
      if isFormula, upstream.isEmpty || !outputs.contains(assignment.name) {
        // A new formula is what one wants to step through next, without old upstream gradients.
        (outputs, upstream, formerOutput) = ([assignment.name], [], nil)
      }
      if isFormula { document += try describe(assignment) }
      if let parameters = assignment.parameters {
        document += Document.line(
          Text(
            "\(assignment.name)(\(parameters.joined(separator: ", "))) = \(assignment.text)    a function; use it in a formula"
          ))
      }
    }
    document += droppedUpstream(after: reshaped)
    let broken = brokenFormulas(after: reshaped)
    if !broken.blocks.isEmpty {
      restartTape()
      graph = nil
      return Reply(document + broken)
    }
    document += try follow(before)
    return Reply(document)
  }

  /// Whether a definition is a formula, and not a number however it was written.
  private func dependsOnNames(_ assignment: Assignment) throws(Problem) -> Bool {
    if assignment.parameters != nil { return false }
    if !assignment.formula.variables.isEmpty { return true }
    // g(2) may depend on what the body of g names.
    if assignment.formula.calledFunctions.isEmpty { return false }
    return try !Graph(of: [assignment.name], in: definitions).gates.isEmpty
  }

  private func refuseReserved(_ assignment: Assignment) throws(Problem) {
    let name = assignment.name
    let isTaken = { (word: String) in word == "ans" || Self.isReserved(word) }
    if isTaken(name) {
      throw .reservedName(name, isCommand: name != "ans", at: assignment.nameSpan)
    }
    let isFunction =
      Primitive.functions[name].map { Primitive[$0].name == name }
      ?? (Composite.byName[name] != nil)
    if isFunction {
      throw .builtInName(name, at: assignment.nameSpan)
    }
    // A name that could never get a value.
    for node in assignment.formula.nodes where node.kind == .name {
      let used = assignment.formula.names[Int(node.reference)]
      if isTaken(used), assignment.parameters?.contains(used) != true {
        throw .reservedName(used, isCommand: used != "ans", at: node.span)
      }
    }
  }

  /// What is said to a new formula: how large it is, and what to do next.
  private mutating func describe(_ assignment: Assignment) throws(Problem) -> Document {
    if assignment.formula.nodes.count == 1, let other = assignment.formula.names.first {
      return .line(Text("\(assignment.name) = \(other)    another name for \(other)"))
    }
    // Counting a graph for every line of a long script would take longer than running it.
    guard definitions.count <= 1_000 else {
      return .line(Text("\(assignment.name) = \(assignment.text)"))
    }
    let graph = try Graph(of: [assignment.name], in: definitions)
    if outputs == [assignment.name] { self.graph = graph }
    let missing = graph.missingInputs
    let next: String =
      missing.isEmpty
      ? graph.nodes.count <= Limit.tape.bound
        ? "Type step to begin." : "Too large to step through; \(assignment.name) shows its value."
      : missing.count == 1
        ? "\(missing[0]) has no value yet."
        : missing.count <= 6
          ? "\(missing.joined(separator: ", ")) have no value yet."
          : "\(missing.count) of them have no value yet."
    let shape = graph.outputShapes.first ?? .scalar
    let form = shape == .scalar ? "" : "\(shape.description); "
    let head = Text("\(assignment.name) = \(assignment.text)")
    let rest = Text("    \(form)\(Self.counts(graph)). \(next)")
    // Side by side where there is room for both.
    return (head + rest).width <= settings.style.width
      ? .line(head + rest) : Document([.line(head), .line(rest)])
  }

  /// `2 inputs, 1 gate`.
  static func counts(_ graph: Graph) -> String {
    let (inputs, gates) = (graph.inputs.count, graph.gates.count)
    return "\(inputs) input\(inputs == 1 ? "" : "s"), \(gates) gate\(gates == 1 ? "" : "s")"
  }
}
