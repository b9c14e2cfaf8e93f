internal import Engine
internal import Language

// What is kept when a name gets other numbers: the graph, and the values of all that does not depend on it.
extension Session {
  /// Brings the graph up to date after a name has been defined, or gives it up.
  ///
  /// `before`: what the name was, element by element. Where it was a number and is one still, the graph
  /// is the same but for that number, and only what depends on it is computed again.
  mutating func renewGraph(_ name: String, before: Tensor?) {
    guard let before, let now = definitions.variables[name]?.givenNumbers,
      before.shape == now.shape
    else {
      graph = nil
      return
    }
    renewGraph(name, to: now)
  }

  /// The same for a name that keeps its shape.
  mutating func renewGraph(_ name: String, to numbers: Tensor) {
    guard let inputs = graph?.inputs(of: name, numbers.shape) else {
      graph = nil
      return
    }
    var changes: [NodeID: Double] = [:]
    for (input, number) in zip(inputs, numbers.values)
    where graph?.nodes[input].value.bitPattern != number.bitPattern {
      changes[input] = number
    }
    guard !changes.isEmpty else { return }
    let old = values
    // Who reads a node is asked for every node that changes.
    if old != nil { graph = graph?.withReaders }
    graph?.set(changes)
    // A graph that has changed in any way has lost its values.
    values = old.flatMap { old in graph?.values(from: old, changing: changes) }
  }

  /// Works out the values of a graph that is too large for a tape, and keeps them for the next question.
  mutating func keepLargeValues() {
    guard tape == nil, !outputs.isEmpty else { return }
    if graph == nil { graph = try? Graph(of: outputs, in: definitions) }
    guard let graph, graph.nodes.count > Limit.tape.bound else { return }
    keepValues()
  }

  /// Works out the values of the graph there is, unless inputs have no number yet.
  private mutating func keepValues() {
    guard values == nil, let graph else { return }
    if graph.nodes.contains(where: { $0.kind == .input && !$0.hasValue }) { return }
    values = graph.values()
  }

  /// The value of a defined name that is asked for by itself, from what is known already.
  ///
  /// Nil where there is no such name in the graph; then it is computed as any formula is.
  mutating func keptValue(of name: String) -> Tensor? {
    guard definitions.variables[name] != nil, !hasUpdates else { return nil }
    if graph == nil, outputs.contains(name) { graph = try? Graph(of: outputs, in: definitions) }
    guard let graph, let (shape, nodes) = known(name, in: graph) else { return nil }
    keepValues()
    return values.map { values in Tensor(shape, nodes.map { values[$0] }) }
  }

  /// Whether inputs have been moved by updates that the definitions do not know of yet.
  private var hasUpdates: Bool { tape?.events.contains { $0.kind == .update } == true }
}
