internal import Engine
internal import Language
internal import Typesetting

// `step NAME`: a whole vector or layer at once.
extension Session {
  /// Goes on until all gates of a name have had their turn, and tells what that brought.
  ///
  /// In the backward pass an input has had its turn when its gradient is complete.
  mutating func step(to word: Words.Word) throws(Problem) -> Document {
    let graph = try preparedTape().graph
    let (_, nodes) = try nodes(word.text, in: graph, at: word.span)
    let wanted = Set(nodes)
    if wanted.allSatisfy({ graph.nodes[$0].kind != .gate }) {
      return try step(toGradientOf: nodes, word)
    }
    var told: [Int] = []
    let start = position
    var next = position.event
    while true {
      if next >= (tape?.events.count ?? 0), told.isEmpty {
        position = Tape.Position(next)
        guard try tapeWithNext() != nil else { break }
      }
      guard let events = tape?.events, events.indices.contains(next) else { break }
      let event = events[next]
      let isPass = event.kind == .forward || event.kind == .backward
      // Another pass, an update: what was looked for lies behind.
      if let last = told.last, !isPass || events[last].kind != event.kind { break }
      if isPass, wanted.contains(event.node) { told.append(next) }
      next += 1
      if told.count == wanted.count { break }
    }
    guard let last = told.last else {
      position = start
      return Document(lines: [
        "\(word.text) has had its turn. goto, undo or restart goes back; step goes on."
      ])
    }
    position = Tape.Position(last + 1)
    if told.count == 1 { return try shown(last) }
    let scene = try scene()
    return .groupCard(scene, events: told, name: word.text) + displayed(scene)
  }

  private mutating func step(
    toGradientOf nodes: [NodeID], _ word: Words.Word
  ) throws(Problem) -> Document {
    guard let tape, position.event > 0,
      !tape.events[position.event...].contains(where: { $0.kind == .forward })
    else { throw .stepToInput(word.text, at: word.span) }
    let wanted = Set(nodes)
    let last = tape.events.indices.last { index in
      index >= position.event
        && tape.contributions(of: index).contains { wanted.contains($0.operand) }
    }
    guard let last else { return try atTheEnd() }
    position = Tape.Position(last + 1)
    return try shown(last)
  }
}
