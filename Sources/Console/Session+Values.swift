internal import Engine
internal import Language
internal import Typesetting

extension Session {
  /// The tape, made now if it was not needed before.
  mutating func preparedTape() throws(Problem) -> Tape {
    if let tape { return tape }
    guard !outputs.isEmpty else { throw .noFormula(evaluated: lastExpression) }
    let current: Graph = if let graph { graph } else { try Graph(of: outputs, in: definitions) }
    let fresh = try newTape(current)
    graph = current
    tape = fresh
    return fresh
  }

  /// Where the tape stands, such as `backward 1 of 2`; nil before the first step.
  var place: String? {
    guard let tape, position > Tape.Position(0) else { return nil }
    return Scene(tape, at: position, style: settings.style).place
  }

  /// The graph of the current formula, which needs no values; nil where there is no formula.
  func currentGraph() throws(Problem) -> Graph? {
    if let graph { return graph }
    if let tape { return tape.graph }
    return outputs.isEmpty ? nil : try Graph(of: outputs, in: definitions)
  }

  /// The present scene: what every view is a function of.
  mutating func scene() throws(Problem) -> Scene {
    Scene(try preparedTape(), at: position, style: settings.style)
  }

  /// The scene where the backward pass that is under way is over, on a copy.
  ///
  /// Questions such as `why` and `grad` are answered there, so that a script need not step first.
  func completedScene() throws(Problem) -> Scene {
    var copy = self
    let tape = try copy.preparedTape()
    let isFirstPass =
      !tape.events.contains { $0.kind == .zero || $0.kind == .update }
      && tape.events.count { $0.startsPass } == 1
    if isFirstPass { return Scene(tape, at: tape.end, style: settings.style) }
    let last = position.event - 1
    let passes = Snapshot(of: tape, at: position).passes
    // After a second pass without zero the inputs hold a sum, which is no derivative.
    if passes == 1, position.part == 0, tape.events.indices.contains(last),
      tape.events[last].kind == .backward,
      last + 1 == tape.events.count || tape.events[last + 1].kind != .backward
    {
      return Scene(tape, at: position, style: settings.style)
    }
    copy.commitUpdates()
    let fresh = try copy.newTape(try Graph(of: outputs, in: copy.definitions))
    return Scene(fresh, at: fresh.end, style: settings.style)
  }

  /// The node a word names: a name, another name for one, or `@3`.
  func node(_ word: String, in graph: Graph, at span: SourceSpan?) throws(Problem) -> NodeID {
    if let node = graph.nodeOfLabel[word] { return node }
    if let node = graph.nodeOfLabel[definitions.resolved(word)] { return node }
    let isKnown = definitions.variables[word] != nil
    throw isKnown
      ? .notInGraph(word, outputs.joined(separator: ", "), at: span)
      : .unknownNode(word, known: graph.labels, at: span)
  }

  /// A formula's value, with `grad w1`, `value q`, `@2` and `ans` understood.
  ///
  /// `scene`: where gradients are read; the completed pass when nil.
  func number(
    _ text: String, in place: Formula.Place, at scene: Scene? = nil
  ) throws(Problem) -> Double {
    let formula = try Formula(reading: text, as: place, functions: definitions.argumentCounts)
    var quantities: [String: Double] = [:]
    for (index, name) in formula.names.enumerated() {
      guard
        let node = formula.nodes.first(where: { $0.kind == .name && Int($0.reference) == index })
      else { continue }
      if let value = try quantity(name, at: scene, node.span) { quantities[name] = value }
    }
    let settled = formula.substituting { index in
      quantities[formula.names[index]].map { Formula(number: $0) }
    }
    var copy = self
    copy.commitUpdates()
    let graph = try Graph(of: settled, in: copy.definitions)
    let missing = graph.missingInputs
    if let first = missing.first {
      let node = formula.nodes.first {
        $0.kind == .name && formula.names[Int($0.reference)] == first
      }
      let known = Array(copy.definitions.variables.keys).sorted()
      guard let node else {
        // An input further down: point at the whole of what was asked for.
        throw Problem.missingValues(missing).at(formula.nodes.last?.span)
      }
      throw .unknownValue(first, known: known, isAlone: formula.nodes.count == 1, at: node.span)
    }
    return graph.values()[graph.outputs[0]]
  }

  /// The number behind `grad w1`, `value q`, `@2` or `ans`; nil for an ordinary name.
  private func quantity(
    _ name: String, at scene: Scene?, _ span: SourceSpan
  ) throws(Problem) -> Double? {
    // At a place of the tape a name is what it is there: nothing, before it has been computed.
    if let scene, let node = scene.graph.nodeOfLabel[definitions.resolved(name)] {
      return scene.now.isKnown[node] ? scene.now.values[node] : .nan
    }
    if name == "ans" {
      guard let answer else { throw .noAnswerYet(at: span) }
      return answer
    }
    let words = name.split(separator: " ").map(String.init)
    if words.count == 2 {
      return words[0] == "grad"
        ? try gradient(words[1], at: scene, span) : try value(words[1], at: scene, span)
    }
    return name.hasPrefix("@") ? try value(name, at: scene, span) : nil
  }

  /// A node's value: at the position if it is known there, else at the end of the pass.
  func value(_ name: String, at scene: Scene? = nil, _ span: SourceSpan?) throws(Problem) -> Double
  {
    // A name outside the current graph has a value all the same.
    let graph = try currentGraph()
    let isInGraph = graph?.nodeOfLabel[definitions.resolved(name)] != nil
    if definitions.variables[name] != nil, !isInGraph { return try number(name, in: .plain) }
    if let scene {
      let node = try node(name, in: scene.graph, at: span)
      return scene.now.isKnown[node] ? scene.now.values[node] : .nan
    }
    var copy = self
    let present = try copy.scene()
    let node = try node(name, in: present.graph, at: span)
    if present.now.isKnown[node] { return present.now.values[node] }
    return try completedScene().now.values[node]
  }

  /// A node's gradient: at the position if all of it has arrived, else at the end of the pass.
  func gradient(
    _ name: String, at scene: Scene? = nil, _ span: SourceSpan?
  ) throws(Problem) -> Double {
    if let scene {
      let node = try node(name, in: scene.graph, at: span)
      return scene.now.received[node] > 0 ? scene.now.gradients[node] : .nan
    }
    var copy = self
    let present = try copy.scene()
    let node = try node(name, in: present.graph, at: span)
    if present.graph.nodes[node].kind == .constant { throw .noGradient(name, at: span) }
    if let gradient = present.now.gradient(of: node) { return gradient }
    return try completedScene().now.gradients[node]
  }
}
