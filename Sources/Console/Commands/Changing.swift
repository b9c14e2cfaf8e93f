internal import Engine
internal import Language
internal import Typesetting

extension Command {
  static let changing: [Command] = [
    Command(
      "update", [], "rate R [wrt NAMES]", group: .change,
      argument: .words { session, before in
        before.count == 1 ? ["rate"] : ["wrt"] + session.nodeWords
      },
      "move inputs against their gradients",
      examples: circuit + ["backward", "update rate 0.1 wrt w1, w2", "forward"]
    ) { session, words throws(Problem) in try session.update(words) },
    Command(
      "zero", [], group: .change, "set all gradients back",
      examples: circuit + ["backward", "zero"]
    ) { session, words throws(Problem) in
      try words.expect(0...0, "zero")
      session.tape = try session.truncatedTape().addingZero()
      return Reply(try session.step(1))
    },
    Command(
      "upstream", [], "NODE = R, … | off", group: .change, argument: .node,
      "give the gradients to start from",
      details: ["A vector takes a vector: upstream o = [1, -1, 2]."],
      examples: [
        "x = 3", "w = 2", "o1 = w * x", "o2 = w + x", "upstream o1 = 1, o2 = -1", "backward",
        "upstream off",
      ]
    ) { session, words throws(Problem) in try session.setUpstream(words) },
    Command(
      "output", [], "NAME", group: .change, argument: .expression,
      "make a formula the current graph",
      examples: circuit + ["g = w1 * w2", "output f", "backward"]
    ) { session, words throws(Problem) in
      try words.expect(1...1, "output")
      guard let word = words.first else { return Reply() }
      guard session.definitions.variables[word.text] != nil else {
        throw .notOutput(word.text, at: word.span)
      }
      session.commitUpdates()
      let graph = try Graph(of: [word.text], in: session.definitions)
      (session.outputs, session.upstream, session.formerOutput) = ([word.text], [], nil)
      session.restartTape()
      session.graph = graph
      return Reply(.line(Text("\(word.text) is the current formula: \(Session.counts(graph)).")))
    },
    Command(
      "set", [], "[KEY [VALUE]]", group: .change, argument: .setting, "show or change a setting",
      details: Setting.all.map {
        "  \($0.key)  \($0.summary): \($0.values.joined(separator: ", "))"
      },
      examples: ["set", "set digits 6", "set digits"]
    ) { session, words throws(Problem) in try session.set(words) },
    Command(
      "assert", [], "FORMULA = NUMBER", group: .change, argument: .expression,
      "say nothing if it is true",
      details: ["FORMULA = NUMBER ± BOUND sets how close; without it, the decimals written do."],
      examples: circuit + ["assert grad w1 = -4", "assert value f = -12"]
    ) { session, words throws(Problem) in try session.assert(words) },
    Command(
      "reset", [], group: .change, "forget everything but the settings",
      examples: circuit + ["reset"]
    ) { session, words throws(Problem) in
      try words.expect(0...0, "reset")
      let (settings, attention) = (session.settings, session.attention)
      session = Session()
      session.settings = settings
      session.attention = attention
      return Reply(.line("Forgotten. The settings stay."))
    },
  ]
}

extension Session {
  /// The tape up to the position: what lay ahead gives way to something new.
  mutating func truncatedTape() throws(Problem) -> Tape {
    let tape = try preparedTape()
    position = Tape.Position(position.part > 0 ? position.event + 1 : position.event)
    let shorter = tape.truncated(to: position.event)
    marks = marks.filter { $0.value <= position }
    self.tape = shorter
    return shorter
  }

  fileprivate mutating func update(_ words: Words) throws(Problem) -> Reply {
    guard words.first?.text == "rate", words.count >= 2 else { throw .missingArgument("update") }
    let all = words.all
    let split = all.firstIndex { $0.text == "wrt" } ?? all.count
    let rateText = all[1..<split].map(\.text).joined(separator: " ")
    guard let rateStart = words[1]?.span.lowerBound, split > 1 else {
      throw .missingArgument("update")
    }
    let rate: Double
    do throws(Problem) {
      rate = try number(rateText, in: .session)
    } catch {
      throw error.moved(by: rateStart)
    }
    let tape = try preparedTape()
    let now = Snapshot(of: tape, at: position)
    var inputs: [NodeID] = []
    if split < all.count {
      for word in all[(split + 1)...] {
        for name in word.text.separatedAtCommas where !name.isEmpty {
          // A vector's name stands for all its elements.
          let found = try nodes(name, in: tape.graph, at: word.span).nodes
          guard found.allSatisfy({ tape.graph.nodes[$0].kind == .input }) else {
            throw .notAnInput(name, at: word.span)
          }
          for node in found where !inputs.contains(node) { inputs.append(node) }
        }
      }
      guard !inputs.isEmpty else { throw .missingArgument("update") }
      parameters = inputs.map(tape.graph.label)
    } else {
      inputs = parameters.compactMap { tape.graph.nodeOfLabel[$0] }
      if inputs.isEmpty { inputs = tape.graph.inputs }
    }
    guard inputs.allSatisfy({ now.gradient(of: $0) != nil }) else { throw .nothingBeforeUpdate() }
    let past = try truncatedTape()
    let isStale = past.needsForward
    self.tape = try past.addingUpdate(rate: rate, of: inputs)
    var document = try step(1)
    if split == all.count, parameters.isEmpty, inputs.count > 1 {
      document += Document(lines: ["   All inputs moved, data too; wrt w, b would move some only."])
    }
    if isStale {
      document += Document(lines: ["   These gradients are older than the update before this one."])
    }
    return Reply(document)
  }

  fileprivate mutating func setUpstream(_ words: Words) throws(Problem) -> Reply {
    guard let span = words.span else {
      return Reply(
        upstream.isEmpty
          ? Document(lines: ["No upstream is given: the backward pass starts with 1 at the output."]
          )
          : listedUpstream(in: try currentGraph()))
    }
    if words.text == "off" {
      upstream = []
      outputs = [formerOutput ?? outputs.last].compactMap(\.self)
      formerOutput = nil
      graph = nil
      restartTape()
      return Reply(.line("The backward pass starts with 1 at the output again."))
    }
    let assignments: [Assignment]?
    do throws(Problem) {
      assignments = try Assignment.reading(
        words.text, as: .session, functions: definitions.argumentCounts)
    } catch {
      throw error.moved(by: span.lowerBound)
    }
    guard let assignments, assignments.allSatisfy({ $0.parameters == nil }) else {
      throw .missingArgument("upstream")
    }
    let given = try upstreamGiven(by: assignments, from: span.lowerBound)
    commitUpdates()
    let graph = try Graph(of: given.map(\.name), in: definitions)
    if upstream.isEmpty { formerOutput = outputs.last }
    upstream = given
    outputs = given.map(\.name)
    self.graph = graph
    restartTape()
    return Reply(
      listedUpstream(in: graph)
        + .line(Text("\(Self.counts(graph)). Type step to begin.")))
  }

  /// The gradients that definitions such as `o = [1, -1, 2]` or `o[2] = 1` give, output by output.
  private func upstreamGiven(
    by assignments: [Assignment], from start: Int
  ) throws(Problem) -> [(name: String, values: [Double])] {
    var given: [(name: String, values: [Double])] = []
    for assignment in assignments {
      let span = assignment.nameSpan.lowerBound + start..<assignment.nameSpan.upperBound + start
      guard definitions.variables[assignment.name] != nil else {
        throw .notOutput(assignment.name, at: span)
      }
      let shape = try Graph(of: [assignment.name], in: definitions).outputShapes.first ?? .scalar
      let numbers: Tensor
      do throws(Problem) {
        numbers = try tensor(assignment.text, in: .session)
      } catch {
        throw error.moved(by: assignment.textStart + start)
      }
      if let element = assignment.element {
        guard let place = shape.place(element), let number = numbers.scalar else {
          throw .noSuchElement(
            "\(assignment.name)[\(element.map(String.init).joined(separator: ","))]",
            assignment.name, shape, at: span)
        }
        let index = given.firstIndex { $0.name == assignment.name }
        if index == nil {
          given.append((assignment.name, [Double](repeating: 0, count: shape.count)))
        }
        given[index ?? given.count - 1].values[place] = number
        continue
      }
      guard numbers.shape == shape else {
        throw .upstreamShape(assignment.name, shape, numbers.shape, at: span)
      }
      given.removeAll { $0.name == assignment.name }
      given.append((assignment.name, numbers.values))
    }
    return given
  }

  /// `∂L/∂o = [1, -1, 2]`, a line for each output.
  private func listedUpstream(in graph: Graph?) -> Document {
    let shapes = Dictionary(
      zip(graph?.outputNames ?? [], graph?.outputShapes ?? []), uniquingKeysWith: { $1 })
    return upstream.reduce(Document.empty) { document, given in
      let name = settings.style.derivative(settings.style.loss, given.name)
      let tensor = Tensor(shapes[given.name] ?? .vector(given.values.count), given.values)
      return document
        + .numbers(tensor, settings.style, head: "\(name) = ", role: .plain)
    }
  }

  fileprivate mutating func set(_ words: Words) throws(Problem) -> Reply {
    try words.expect(0...2, "set")
    guard let key = words.first else {
      let rows = Setting.all.map {
        [Text($0.key), Text($0.read(settings), .strong), Text($0.summary)]
      }
      return Reply(
        Document([
          .table(
            Table([.init("setting"), .init("now"), .init("")], rows, indent: 0, underline: .whole))
        ]))
    }
    guard let setting = Setting.all.first(where: { $0.key == key.text }) else {
      throw .unknownSetting(key.text, at: key.span)
    }
    guard let value = words[1] else {
      return Reply(.line(Text("\(setting.key) \(setting.read(settings))    \(setting.summary)")))
    }
    guard setting.write(&settings, value.text) else {
      throw .badSetting(setting, value.text, at: value.span)
    }
    // A convention is part of what the tape was computed with.
    if let old = tape, old.conventions != settings.conventions {
      let place = position
      commitUpdates()
      restartTape()
      if !old.events.contains(where: { $0.kind == .update || $0.kind == .zero }) {
        position = min(place, try preparedTape().end)
      }
    }
    return Reply()
  }
}
