internal import Engine
internal import Language
internal import Typesetting

// What a change of the definitions means for the tape.
extension Session {
  /// Makes the tape follow a change: same place when only numbers changed, else a new start.
  mutating func follow(_ before: Scene?) throws(Problem) -> Document {
    guard let before else { return .empty }
    guard outputs == before.graph.outputNames || !upstream.isEmpty else {
      restartTape()
      return .empty
    }
    let graph: Graph
    do throws(Problem) {
      graph = if let kept = self.graph { kept } else { try Graph(of: outputs, in: definitions) }
    } catch {
      // The next line may bring the shape that fits.
      restartTape()
      self.graph = nil
      return Document(lines: [
        "\(outputs.joined(separator: ", ")) cannot be computed now: \(error.message)."
      ])
    }
    if self.graph == nil { self.graph = graph }
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
    definitions.absorb(tape.graph) { now.values[$0] }
    graph = nil
  }

  func newTape(_ graph: Graph) throws(Problem) -> Tape {
    try Tape(
      of: graph, conventions: settings.conventions,
      upstream: upstream.isEmpty ? nil : upstream.flatMap(\.values))
  }
}
