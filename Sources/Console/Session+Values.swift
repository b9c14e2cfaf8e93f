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
    if graph == nil { graph = current }
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
    let graph: Graph =
      if let kept = copy.graph { kept } else { try Graph(of: outputs, in: copy.definitions) }
    let fresh = try copy.newTape(graph)
    return Scene(fresh, at: fresh.end, style: settings.style)
  }

  /// The node a word names: a name, an element such as `W[2,1]`, another name for one, or `@3`.
  func node(_ word: String, in graph: Graph, at span: SourceSpan?) throws(Problem) -> NodeID {
    let (shape, nodes) = try nodes(word, in: graph, at: span)
    guard shape == .scalar, let node = nodes.first else {
      throw .needsElement(word, shape, at: span)
    }
    return node
  }

  /// The nodes a word names, and their shape.
  func nodes(
    _ word: String, in graph: Graph, at span: SourceSpan?
  ) throws(Problem) -> (shape: Shape, nodes: [NodeID]) {
    if let found = known(word, in: graph) { return found }
    let element = Definitions.element(word)
    if let (name, _) = element, let (shape, _) = known(name, in: graph) {
      throw .noSuchElement(word, name, shape, at: span)
    }
    let isKnown = definitions.variables[element?.name ?? word] != nil
    throw isKnown
      ? .notInGraph(word, outputs.joined(separator: ", "), at: span)
      : .unknownNode(
        word, known: graph.labels.count <= 1_000 ? graph.labels : graph.groups.map(\.name), at: span
      )
  }

  /// The same, or nil for a word the graph does not know.
  func known(_ word: String, in graph: Graph) -> (shape: Shape, nodes: [NodeID])? {
    let word = String(word.filter { $0 != " " })
    if let node = graph.nodeOfLabel[word] { return (.scalar, [node]) }
    if let group = graph.group(named: word) { return (group.shape, group.nodes) }
    if let elements = looseElements(of: word, in: graph) { return elements }
    var other = definitions.resolved(word)
    if let (name, _) = Definitions.element(word), let bracket = word.firstIndex(of: "[") {
      other = definitions.resolved(name) + word[bracket...]
    }
    guard other != word else { return nil }
    if let node = graph.nodeOfLabel[other] { return (.scalar, [node]) }
    return graph.group(named: other).map { ($0.shape, $0.nodes) }
  }

  /// A formula's value as one number.
  func number(
    _ text: String, in place: Formula.Place, at scene: Scene? = nil
  ) throws(Problem) -> Double {
    let tensor = try tensor(text, in: place, at: scene)
    guard let number = tensor.scalar else {
      throw .needsNumber(text.trimmed, tensor.shape, at: 0..<text.utf8.count)
    }
    return number
  }

  /// A formula's value, with `grad w1`, `value q`, `@2` and `ans` understood.
  ///
  /// `scene`: where gradients are read; the completed pass when nil.
  func tensor(
    _ text: String, in place: Formula.Place, at scene: Scene? = nil
  ) throws(Problem) -> Tensor {
    var none: RandomNumbers?
    return try tensor(text, in: place, at: scene, random: &none)
  }

  /// The same, where numbers may be drawn.
  func tensor(
    _ text: String, in place: Formula.Place, at scene: Scene? = nil, random: inout RandomNumbers?
  ) throws(Problem) -> Tensor {
    let formula = try Formula(reading: text, as: place, functions: definitions.argumentCounts)
    let span = { (name: String) in
      formula.nodes.first { $0.kind == .name && formula.names[Int($0.reference)] == name }?.span
        ?? formula.nodes.last?.span ?? 0..<0
    }
    var quantities: [String: Tensor] = [:]
    for name in formula.variables {
      if let value = try quantity(name, at: scene, span(name)) { quantities[name] = value }
    }
    let settled = formula.replacingNames({ name in
      quantities[name].map { tensor in
        var builder = FormulaBuilder()
        builder.tensor(tensor)
        return builder.formula
      }
    })
    var copy = self
    copy.commitUpdates()
    let graph = try Graph(of: settled, in: copy.definitions, random: &random)
    let missing = graph.missingInputs
    if let first = missing.first {
      let node = formula.nodes.first {
        $0.kind == .name && formula.names[Int($0.reference)] == first
      }
      let known = copy.definitions.variables.keys.sorted()
      guard let node else {
        // An input further down: point at the whole of what was asked for.
        throw Problem.missingValues(missing).at(formula.nodes.last?.span)
      }
      throw .unknownValue(first, known: known, isAlone: formula.nodes.count == 1, at: node.span)
    }
    let values = graph.values()
    return Tensor(graph.outputShapes.first ?? .scalar, graph.outputs.map { values[$0] })
  }

  /// The numbers behind `grad w1`, `value q`, `@2` or `ans`; nil for an ordinary name.
  private func quantity(
    _ name: String, at scene: Scene?, _ span: SourceSpan
  ) throws(Problem) -> Tensor? {
    // At a place of the tape a name is what it is there: nothing, before it has been computed.
    if let scene, let (shape, nodes) = known(name, in: scene.graph) {
      return Tensor(
        shape, nodes.map { scene.now.isKnown[$0] ? scene.now.values[$0] : .nan })
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

  /// The value behind a name: at the position if it is known there, else at the end of the pass.
  func value(_ name: String, at scene: Scene? = nil, _ span: SourceSpan?) throws(Problem) -> Tensor
  {
    // A name outside the current graph has a value all the same.
    // A formula that cannot be computed now keeps no other name from being shown.
    let graph = (try? currentGraph()) ?? nil
    let isInGraph = graph.flatMap { known(name, in: $0) } != nil
    let base = Definitions.element(name)?.name ?? name
    if definitions.variables[base] != nil, !isInGraph {
      do throws(Problem) {
        return try tensor(name, in: .plain)
      } catch {
        throw error.moved(by: span?.lowerBound ?? 0)
      }
    }
    if let scene {
      let (shape, nodes) = try nodes(name, in: scene.graph, at: span)
      return Tensor(shape, nodes.map { scene.now.isKnown[$0] ? scene.now.values[$0] : .nan })
    }
    var copy = self
    let present = try copy.scene()
    let (shape, nodes) = try nodes(name, in: present.graph, at: span)
    if nodes.allSatisfy({ present.now.isKnown[$0] }) {
      return Tensor(shape, nodes.map { present.now.values[$0] })
    }
    let completed = try completedScene().now
    return Tensor(shape, nodes.map { completed.values[$0] })
  }

  /// The gradient behind a name: at the position if all of it has arrived, else at the end of the pass.
  func gradient(
    _ name: String, at scene: Scene? = nil, _ span: SourceSpan?
  ) throws(Problem) -> Tensor {
    if let scene {
      let (shape, nodes) = try nodes(name, in: scene.graph, at: span)
      return Tensor(
        shape, nodes.map { scene.now.received[$0] > 0 ? scene.now.gradients[$0] : .nan })
    }
    var copy = self
    if let large = try copy.largeGradients(name, span) { return large }
    let present = try copy.scene()
    let (shape, nodes) = try nodes(name, in: present.graph, at: span)
    if let literal = nodes.first(where: { present.graph.nodes[$0].kind == .constant }) {
      throw .noGradient(shape == .scalar ? name : present.graph.label(literal), at: span)
    }
    let arrived = nodes.compactMap { present.now.gradient(of: $0) }
    if arrived.count == nodes.count { return Tensor(shape, arrived) }
    let completed = try completedScene().now
    return Tensor(shape, nodes.map { completed.gradients[$0] })
  }

  /// Gradients in a graph that is too large for a tape: computed in one go, without steps.
  private mutating func largeGradients(
    _ name: String, _ span: SourceSpan?
  ) throws(Problem) -> Tensor? {
    guard tape == nil, let graph = try currentGraph(), graph.nodes.count > Limit.tape.bound else {
      return nil
    }
    guard graph.missingInputs.isEmpty else { throw .missingValues(graph.missingInputs) }
    let (shape, nodes) = try nodes(name, in: graph, at: span)
    let adjoints = graph.adjoints(
      at: values ?? graph.values(), conventions: settings.conventions,
      seeds: upstream.isEmpty ? nil : upstream.flatMap(\.values))
    return Tensor(shape, nodes.map { adjoints[$0] })
  }
}
