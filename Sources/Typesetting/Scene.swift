package import Engine
internal import Language

/// A tape, a position on it and a style: all that any view is a function of.
package struct Scene: Sendable {
  package let tape: Tape
  package let position: Tape.Position
  package let style: Style
  /// What is known at the position.
  package let now: Snapshot
  /// What gradients are gradients of: `f`, or the loss where upstream gradients were given.
  package let objective: String
  /// Whether the gate at work is pointed out.
  package private(set) var showsWork = true
  /// Whether each gate of a drawing has its name, as tables use it, before its sign.
  package var showsNames = false

  package init(_ tape: Tape, at position: Tape.Position, style: Style) {
    self.init(tape, at: position, style: style, now: Snapshot(of: tape, at: position))
  }

  /// The same with what is known there, for who goes along the tape event by event.
  package init(_ tape: Tape, at position: Tape.Position, style: Style, now: Snapshot) {
    self.tape = tape
    self.position = position
    self.style = style
    self.now = now
    let outputs = tape.graph.outputs
    objective =
      outputs.count == 1 && !tape.hasGivenUpstream ? tape.graph.label(outputs[0]) : style.loss
  }

  package var graph: Graph { tape.graph }

  /// The same without a gate at work.
  package var atRest: Scene {
    var copy = self
    copy.showsWork = false
    return copy
  }

  /// The same in another style.
  package func styled(_ style: Style) -> Scene {
    var copy = Scene(tape, at: position, style: style, now: now)
    copy.showsWork = showsWork
    copy.showsNames = showsNames
    return copy
  }

  func label(_ node: NodeID) -> String { graph.label(node) }

  /// `∂f/∂w1`.
  func gradientName(_ node: NodeID) -> String { style.derivative(objective, label(node)) }

  /// A node's value on a wire or in a table; `·` where it is not known yet.
  package func wireValue(_ node: NodeID) -> Text {
    now.isKnown[node]
      ? Text(now.values[node].formatted(.wire), .value) : Text(style.signs.unknown, .dim)
  }

  /// A node's gradient on a wire or in a table, in one of its four states.
  func wireGradient(_ node: NodeID) -> Text {
    switch now.state(of: node) {
    case .notReached: Text(style.signs.unknown, .dim)
    case .waiting(let sum, _, _): Text(sum.formatted(.wire) + "+", .gradient)
    case .blocked(let gate): Text("0 by \(label(gate))", .gradient)
    case .complete(let gradient): Text(gradient.formatted(.wire), .gradient)
    }
  }

  /// The name of a gate's kind in a header: `+`, `tanh`, `×`.
  func sign(_ gate: NodeID) -> String {
    let primitive = graph.primitive(of: gate)
    return style.unicode ? primitive.sign : primitive.name
  }

  /// Whether a gate is on a way to an output.
  func leads(_ gate: NodeID) -> Bool { now.due[gate] > 0 }

  func explanation(_ gate: NodeID, _ slot: Int) -> Explanation {
    graph.explanation(of: gate, slot: slot, values: now.values, conventions: tape.conventions)
  }

  /// Where an event stands in its pass: `forward 1 of 2`.
  func place(of event: Int) -> (name: String, index: Int, count: Int) {
    let events = tape.events
    let kind = events[event].kind
    var first = event
    while first > 0, events[first - 1].kind == kind, !events[first].startsPass { first -= 1 }
    let index = event - first + 1
    let gates = graph.gates.count
    switch kind {
    case .forward: return ("forward", (index - 1) % max(gates, 1) + 1, gates)
    case .backward: return ("backward", index, gates)
    case .seed: return ("backward", 0, gates)
    case .zero: return ("zero", 0, 0)
    case .update: return ("update", 0, 0)
    }
  }

  /// The event that has just happened, whole or in part; nil at the start.
  var currentEvent: Int? {
    let event = position.part > 0 ? position.event : position.event - 1
    return tape.events.indices.contains(event) ? event : nil
  }

  /// Where the tape stands, for a prompt or a header: `backward 1 of 2`.
  package var place: String {
    guard let event = currentEvent else { return "start" }
    let place = place(of: event)
    if place.count == 0 { return place.name }
    return "\(place.name) \(place.index) of \(place.count)"
  }
}
