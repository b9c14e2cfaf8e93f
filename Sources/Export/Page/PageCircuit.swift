internal import Engine
internal import Language
internal import Typesetting

/// A circuit with everything that happens to it, for a page that steps.
struct PageCircuit {
  let title: String
  let svg: String
  let data: JSON

  /// More events than anybody steps through on a page.
  static let mostEvents = 2_000

  /// Goes along the tape once; the figure stays the same all the way, only its numbers change.
  ///
  /// `id` tells the circuits of a page apart.
  init(_ scene: Scene, title: String, id: String) throws(Problem) {
    var style = scene.style
    (style.drawing, style.speech, style.unicode, style.width) = (false, false, true, 160)
    let tape = scene.tape
    guard tape.events.count <= Self.mostEvents else {
      throw .tooLongForPage(tape.events.count)
    }
    var now = Snapshot(of: tape, at: Tape.Position(0))
    let start = Scene(tape, at: Tape.Position(0), style: style, now: now)
    let make = try Self.maker(start)
    guard let first = make(start) else { throw .tooLargeToDraw(scene.graph.nodes.count) }
    let names = first.boxes.map { Self.name(of: $0, in: start) }
    var boxOfNode: [Int: Int] = [:]
    for (place, box) in first.boxes.enumerated() where box.kind != .constant {
      for node in box.nodes { boxOfNode[node] = place }
    }
    // The same numbers in the same places: room for the longest that comes.
    var room = [Int](repeating: 0, count: first.boxes.count)
    var before = first
    var events: [JSON] = []
    var pass = 0
    var end = start
    for event in tape.events.indices {
      now.advance(over: event, on: tape)
      end = Scene(tape, at: Tape.Position(event + 1), style: style, now: now)
      guard let after = make(end) else { throw .tooLargeToDraw(scene.graph.nodes.count) }
      if event > 0, Self.startsPass(tape.events[event], after: tape.events[event - 1]) { pass += 1 }
      let changes = Self.changes(from: before, to: after)
      events.append(Self.json(end, event, pass: pass, boxOfNode, changes: changes))
      for picture in [before, after] {
        for (place, box) in picture.boxes.enumerated() {
          room[place] = max(room[place], box.value.width, box.gradient.width)
        }
      }
      before = after
    }
    // What stands in the box already, or behind its arrow, need not stand above it.
    let above = zip(first.boxes, names).map { box, name in
      box.kind == .gate && box.result != name ? name : ""
    }
    before.rest()
    guard let figure = Figure(before, names: above, labels: room) else {
      throw .tooLargeToDraw(scene.graph.nodes.count)
    }
    self.title = title
    svg = figure.svg(
      title: title, description: Diagram.description(of: end), id: id, isLive: true)
    data = .object([
      ("boxes", .list(names.map { .text($0) })),
      (
        "start",
        .list(first.boxes.map { .list([.text($0.value.plain), .text($0.gradient.plain)]) })
      ),
      ("events", .list(events)),
    ])
  }

  /// Node by node where that can be drawn, else name by name.
  private static func maker(_ scene: Scene) throws(Problem) -> (Scene) -> Picture? {
    if let picture = Picture(scene), Figure(picture, names: picture.boxes.map { _ in "" }) != nil {
      return { Picture($0) }
    }
    return { Picture(byNames: $0) }
  }

  private static func name(of box: Picture.Box, in scene: Scene) -> String {
    switch box.kind {
    case .constant, .cut: return ""
    case .names:
      let own = Set(box.nodes)
      let group = scene.graph.groups.first { own.isSuperset(of: $0.nodes) }
      return visible(group?.name ?? box.nodes.last.map(scene.graph.label) ?? "")
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

  /// What differs on the wires: box, 0 for its value or 1 for its gradient, and the new text.
  private static func changes(from before: Picture, to after: Picture) -> JSON {
    var changes: [JSON] = []
    for (place, (old, new)) in zip(before.boxes, after.boxes).enumerated() {
      if old.value.plain != new.value.plain {
        changes.append([.count(place), 0, .text(new.value.plain)])
      }
      if old.gradient.plain != new.gradient.plain {
        changes.append([.count(place), 1, .text(new.gradient.plain)])
      }
    }
    return .list(changes)
  }

  /// One event, told by the same card as on the terminal.
  private static func json(
    _ scene: Scene, _ event: Int, pass: Int, _ boxOfNode: [Int: Int], changes: JSON
  ) -> JSON {
    let card = Document.stepCard(scene, event: event, tellsAll: true)
    var titles: [String] = []
    var lines: [JSON] = []
    var heads: [JSON] = []
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
        heads = table.columns.map { .text($0.title) }
        rows += table.rows.enumerated().map { place, cells in
          let box = operands.indices.contains(place) ? boxOfNode[operands[place]] ?? -1 : -1
          return .list([.count(box)] + cells.map { .text(visible($0.plain)) })
        }
      }
    }
    var spoken = scene.style
    spoken.speech = true
    let said = Document.stepCard(
      scene.styled(spoken), event: event
    ).rendered(spoken)
    let node = scene.tape.events[event].node
    // Of several gates with one sign it must be clear which is meant.
    let of = node >= 0 ? [visible(scene.graph.label(node))] : []
    return .object([
      ("title", .text(titles.first ?? "")),
      ("what", .text((titles.dropFirst() + of).joined(separator: ", "))), ("pass", .count(pass)),
      ("box", .count(boxOfNode[node] ?? -1)), ("changes", changes), ("lines", .list(lines)),
      ("heads", .list(heads)), ("rows", .list(rows)), ("notes", .list(notes)),
      ("said", .text(visible(said.split(separator: "\n").joined(separator: " ")))),
    ])
  }
}

extension Problem {
  static func tooLongForPage(_ count: Int) -> Problem {
    Problem(
      "too-large-to-draw",
      "\(count) events are too many for a page: it takes \(PageCircuit.mostEvents)",
      hint: "export a smaller part, or after fewer passes")
  }
}
