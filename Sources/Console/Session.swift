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
  var upstream: [(name: String, value: Double)] = []
  package var settings = Settings()
  package var learning = Learning()
  /// The graph of the outputs, where it has been made already.
  var graph: Graph?
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
  var answer: Double?
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
      return try run(command, words, line: text)
    }
    repeatable = nil
    return try evaluate(code, words)
  }

  private mutating func run(
    _ command: Command, _ words: Words, line: String
  ) throws(Problem) -> Reply {
    let reply = try command.run(&self, words.dropping(1))
    if command.isSaved { log.append(line) }
    repeatable = command.isRepeatable ? line : nil
    return reply
  }

  /// Whether a variable has taken the place of a short alias.
  func isHidden(_ word: String) -> Bool {
    !Self.isReserved(word) && (definitions.variables[word] != nil || graphKnows(word))
  }

  /// Whether a word is a command's full name, which no variable can take.
  private static func isReserved(_ word: String) -> Bool { Command.named(word)?.name == word }

  private func graphKnows(_ name: String) -> Bool { tape?.graph.nodeOfLabel[name] != nil }

  /// Whether two sessions stand at the same place with the same names.
  func leads(to other: Session) -> Bool {
    definitions.variables.mapValues(\.formula) == other.definitions.variables.mapValues(\.formula)
      && definitions.functions.mapValues(\.formula)
        == other.definitions.functions.mapValues(\.formula)
      && outputs == other.outputs && position == other.position
      && upstream.map(\.value) == other.upstream.map(\.value)
      && stops.map(\.description) == other.stops.map(\.description)
      && displays.map(\.text) == other.displays.map(\.text)
      && settings.conventions == other.settings.conventions && answer == other.answer
  }

  // MARK: - Definitions

  private mutating func define(_ assignments: [Assignment]) throws(Problem) -> Reply {
    var document = Document.empty
    let before = tape.map { Scene($0, at: position, style: settings.style) }
    commitUpdates()
    for assignment in assignments {
      try refuseReserved(assignment)
      try definitions.define(assignment)
      graph = nil
      let isFormula = try dependsOnNames(assignment)
      if isFormula, upstream.isEmpty { outputs = [assignment.name] }
      if isFormula { document += try describe(assignment) }
      if let parameters = assignment.parameters {
        document += Document.line(
          Text(
            "\(assignment.name)(\(parameters.joined(separator: ", "))) = \(assignment.text)    a function; use it in a formula"
          ))
      }
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
    if let id = Primitive.functions[name], Primitive[id].name == name {
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
    guard definitions.order.count <= 1_000 else {
      return .line(Text("\(assignment.name) = \(assignment.text)"))
    }
    let graph = try Graph(of: [assignment.name], in: definitions)
    if outputs == [assignment.name] { self.graph = graph }
    let missing = graph.missingInputs
    let next: String =
      missing.isEmpty
      ? "Type step to begin."
      : missing.count == 1
        ? "\(missing[0]) has no value yet."
        : missing.count <= 6
          ? "\(missing.joined(separator: ", ")) have no value yet."
          : "\(missing.count) of them have no value yet."
    return .line(Text("\(assignment.name) = \(assignment.text)    \(Self.counts(graph)). \(next)"))
  }

  /// `2 inputs, 1 gate`.
  static func counts(_ graph: Graph) -> String {
    let (inputs, gates) = (graph.inputs.count, graph.gates.count)
    return "\(inputs) input\(inputs == 1 ? "" : "s"), \(gates) gate\(gates == 1 ? "" : "s")"
  }

  /// Makes the tape follow a change: same place when only numbers changed, else a new start.
  private mutating func follow(_ before: Scene?) throws(Problem) -> Document {
    guard let before else { return .empty }
    guard outputs == before.graph.outputs.map(before.graph.label) || !upstream.isEmpty else {
      restartTape()
      return .empty
    }
    let graph = try Graph(of: outputs, in: definitions)
    self.graph = graph
    let isPlain = !before.tape.events.contains { $0.kind == .update || $0.kind == .zero }
    let hasSameShape = graph.hasSameShape(as: before.graph)
    let isUntouched = zip(graph.nodes, before.graph.nodes).allSatisfy {
      $0.value.bitPattern == $1.value.bitPattern || $0.kind == .gate
    }
    // A name that the formula does not use, or a number that was there already.
    if isUntouched, hasSameShape { return .empty }
    let hadBegun = position > Tape.Position(0)
    guard hasSameShape, isPlain, graph.missingInputs.isEmpty, hadBegun else {
      restartTape()
      return hadBegun ? Document(lines: ["The tape starts anew."]) : .empty
    }
    let fresh = try newTape(graph)
    tape = fresh
    // Gradients belong to the numbers they were computed from, so a backward pass begins again.
    let endOfForward = fresh.events.firstIndex { $0.kind != .forward } ?? fresh.events.count
    let hadGradients = position > Tape.Position(endOfForward)
    if hadGradients { position = Tape.Position(endOfForward) }
    let now = Scene(fresh, at: position, style: settings.style)
    let changed = graph.outputs.filter {
      now.now.isKnown[$0] && before.now.values[$0].bitPattern != now.now.values[$0].bitPattern
    }
    var lines = changed.prefix(8).map {
      "\(graph.label($0)) is now \(settings.style.number(now.now.values[$0])), was \(settings.style.number(before.now.values[$0]))"
    }
    if hadGradients { lines.append("Gradients have to be computed again: step or backward.") }
    return Document(lines: lines)
  }

  mutating func restartTape() {
    tape = nil
    position = Tape.Position(0)
    marks = [:]
  }

  /// Writes the inputs that updates have moved back into the definitions.
  mutating func commitUpdates() {
    guard let tape, tape.events.prefix(position.event).contains(where: { $0.kind == .update })
    else {
      return
    }
    let now = Snapshot(of: tape, at: position)
    for input in tape.graph.inputs {
      definitions.set(tape.graph.label(input), to: now.values[input])
    }
    graph = nil
  }

  func newTape(_ graph: Graph) throws(Problem) -> Tape {
    try Tape(
      of: graph, conventions: settings.conventions,
      upstream: upstream.isEmpty ? nil : upstream.map(\.value))
  }
}
