internal import Engine
internal import Language
internal import Typesetting

/// A circuit with everything that happens to it, for a page that steps.
struct PageCircuit {
  let title: String
  let svg: String
  let data: JSON

  /// Replays the tape; the figure stays the same all the way, only its numbers change.
  ///
  /// `id` tells the circuits of a page apart.
  init(_ scene: Scene, title: String, id: String) throws(Problem) {
    var style = scene.style
    (style.drawing, style.speech, style.unicode, style.width) = (false, false, true, 160)
    let tape = scene.tape
    let at = { (event: Int) in Scene(tape, at: Tape.Position(event), style: style) }
    let end = at(tape.events.count)
    let make = try Self.maker(end)
    guard let last = make(end) else { throw .tooLargeToDraw(scene.graph.nodes.count) }
    let names = last.boxes.map { Self.name(of: $0, in: end) }
    // The same numbers in the same places: room for the longest that comes.
    var pictures: [[(String, String)]] = []
    var room = [Int](repeating: 0, count: last.boxes.count)
    for event in 0...tape.events.count {
      guard let picture = make(at(event)) else { continue }
      pictures.append(picture.boxes.map { ($0.value.plain, $0.gradient.plain) })
      for (place, box) in picture.boxes.enumerated() {
        room[place] = max(room[place], box.value.width, box.gradient.width)
      }
    }
    var drawn = last
    drawn.rest()
    let above = zip(last.boxes, names).map { $0.result == $1 || $0.operands.isEmpty ? "" : $1 }
    guard let figure = Figure(drawn, names: above, labels: room), !pictures.isEmpty else {
      throw .tooLargeToDraw(scene.graph.nodes.count)
    }
    let diagram = try Diagram(end, title: title)
    self.title = title
    svg = figure.svg(title: title, description: diagram.description, id: id, isLive: true)
    var boxOfNode: [Int: Int] = [:]
    for (place, box) in last.boxes.enumerated() where box.kind != .constant {
      for node in box.nodes { boxOfNode[node] = place }
    }
    var pass = 0
    let events = tape.events.indices.map { event -> JSON in
      if event > 0, Self.startsPass(tape.events[event], after: tape.events[event - 1]) { pass += 1 }
      return Self.json(
        at(event + 1), event, pass: pass, boxOfNode, changes: Self.changes(pictures, event))
    }
    data = .object([
      ("boxes", .list(names.map { .text($0) })),
      ("start", .list(pictures[0].map { .list([.text($0.0), .text($0.1)]) })),
      ("events", .list(events)),
    ])
  }

  /// Node by node where that can be drawn, else name by name.
  private static func maker(_ end: Scene) throws(Problem) -> (Scene) -> Picture? {
    if let picture = Picture(end), Figure(picture, names: picture.boxes.map { _ in "" }) != nil {
      return { Picture($0) }
    }
    return { Picture(byNames: $0) }
  }

  private static func name(of box: Picture.Box, in scene: Scene) -> String {
    switch box.kind {
    case .constant, .cut: return ""
    case .names: return visible(box.text)
    case .input, .gate: return box.nodes.first.map { visible(scene.graph.label($0)) } ?? ""
    }
  }

  private static func startsPass(_ event: Tape.Event, after last: Tape.Event) -> Bool {
    switch event.kind {
    case .forward: last.kind != .forward
    case .seed: event.startsPass
    case .backward: false
    case .zero, .update: true
    }
  }

  private static func changes(_ pictures: [[(String, String)]], _ event: Int) -> JSON {
    guard event + 1 < pictures.count else { return [] }
    var changes: [JSON] = []
    for (place, (before, after)) in zip(pictures[event], pictures[event + 1]).enumerated() {
      if before.0 != after.0 { changes.append([.count(place), 0, .text(after.0)]) }
      if before.1 != after.1 { changes.append([.count(place), 1, .text(after.1)]) }
    }
    return .list(changes)
  }

  /// One event, told by the same card as on the terminal.
  private static func json(
    _ scene: Scene, _ event: Int, pass: Int, _ boxOfNode: [Int: Int], changes: JSON
  ) -> JSON {
    let card = Document.stepCard(scene, event: event)
    var titles: [String] = []
    var lines: [JSON] = []
    var rows: [JSON] = []
    var notes: [JSON] = []
    let operands = scene.tape.contributions(of: event).map(\.operand)
    for block in card.blocks {
      switch block {
      case .rule(let found): titles = found
      case .line(let text):
        let plain = text.plain.trimmed
        if plain.isEmpty { continue }
        if rows.isEmpty {
          lines.append(.text(visible(plain)))
        } else {
          notes.append(.text(visible(plain)))
        }
      case .table(let table):
        rows += table.rows.enumerated().map { place, cells in
          let box = operands.indices.contains(place) ? boxOfNode[operands[place]] ?? -1 : -1
          return .list([.count(box)] + cells.map { .text(visible($0.plain)) })
        }
      }
    }
    var spoken = scene.style
    spoken.speech = true
    let said = Document.stepCard(
      Scene(scene.tape, at: scene.position, style: spoken), event: event
    ).rendered(spoken)
    let node = scene.tape.events[event].node
    return .object([
      ("title", .text(titles.first ?? "")),
      ("what", .text(titles.dropFirst().joined(separator: ", "))), ("pass", .count(pass)),
      ("box", .count(boxOfNode[node] ?? -1)), ("changes", changes), ("lines", .list(lines)),
      ("rows", .list(rows)), ("notes", .list(notes)),
      ("said", .text(visible(said.split(separator: "\n").joined(separator: " ")))),
    ])
  }
}
