internal import Engine
internal import Language
internal import Typesetting

// `step NAME`: a whole vector or layer at once.
extension Session {
  /// Goes on until all gates of a name have had their turn, and shows the last of them.
  mutating func step(to word: Words.Word) throws(Problem) -> Document {
    let graph = try preparedTape().graph
    let wanted = Set(try nodes(word.text, in: graph, at: word.span).nodes)
    if wanted.allSatisfy({ graph.nodes[$0].kind != .gate }) {
      throw .stepToInput(word.text, at: word.span)
    }
    var last: Int?
    var next = position.event
    while true {
      if next >= (tape?.events.count ?? 0), last == nil {
        position = Tape.Position(next)
        guard try tapeWithNext() != nil else { break }
      }
      guard let events = tape?.events, events.indices.contains(next) else { break }
      let event = events[next]
      if [.forward, .backward].contains(event.kind) {
        if wanted.contains(event.node) {
          if let last, events[last].kind != event.kind { break }
          last = next
        } else if let last, next - last > graph.nodes.count {
          break
        }
      } else if last != nil {
        break
      }
      next += 1
    }
    guard let last else { return try atTheEnd() }
    position = Tape.Position(last + 1)
    return try shown(last)
  }
}
