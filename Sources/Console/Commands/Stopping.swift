internal import Engine
internal import Language
internal import Typesetting

extension Command {
  static let stopping: [Command] = [
    Command(
      "continue", ["c"], group: .move, isRepeatable: true,
      "go on to a stop or the end of the pass",
      examples: circuit + ["break q", "continue"]
    ) { session, words throws(Problem) in
      try words.expect(0...0, "continue")
      return Reply(try session.goOn())
    },
    Command(
      "break", ["b"], "[NODE | if CONDITION]", group: .move, argument: .node,
      "stop at NODE, or when CONDITION holds",
      examples: circuit + ["break q", "break if grad w1 < 0", "break"]
    ) { session, words throws(Problem) in
      if words.isEmpty { return Reply(session.listedStops()) }
      if let first = words.first, first.text == "if" {
        let condition = words.dropping(1)
        guard let span = condition.span else { throw .missingArgument("break") }
        let formula: Formula
        do throws(Problem) {
          formula = try Formula(
            reading: condition.text, as: .condition, functions: session.definitions.argumentCounts)
        } catch {
          throw error.moved(by: span.lowerBound)
        }
        guard formula.isComparison else { throw .notACondition(condition.text, at: span) }
        // A vector is no condition, whatever its numbers will be.
        var copy = session
        if let scene = try? copy.scene() {
          do throws(Problem) {
            _ = try session.number(condition.text, in: .condition, at: scene)
          } catch  where error.code == "needs-number" {
            throw error.moved(by: span.lowerBound)
          } catch {}
        }
        return Reply(try session.addStop(.condition(condition.text), at: span))
      }
      try words.expect(1...1, "break")
      let graph = try session.preparedTape().graph
      guard let word = words.first else { return Reply() }
      if let span = words.span, word.text.contains(where: { "<>=".contains($0) }) {
        throw .breakIf(words.text, at: span)
      }
      _ = try session.node(word.text, in: graph, at: word.span)
      return Reply(try session.addStop(.node(word.text), at: word.span))
    },
    Command(
      "watch", [], "NODE", group: .move, argument: .node, "stop when a gradient arrives at NODE",
      examples: circuit + ["watch w1", "continue"]
    ) { session, words throws(Problem) in
      try words.expect(1...1, "watch")
      let graph = try session.preparedTape().graph
      guard let word = words.first else { return Reply() }
      _ = try session.node(word.text, in: graph, at: word.span)
      return Reply(try session.addStop(.watch(word.text), at: word.span))
    },
    Command(
      "delete", [], "[N]", group: .move, "forget stop N, or all of them",
      examples: circuit + ["break q", "delete 1"]
    ) { session, words throws(Problem) in
      let number = try words.taking(
        "delete", from: &session.stops, kind: "breakpoint or watch", list: "break")
      return Reply(
        .line(Text(number.map { "Stop \($0) is gone." } ?? "No breakpoints and no watches now.")))
    },
    Command(
      "display", [], "[FORMULA]", group: .move, argument: .expression,
      "show a formula after every step",
      examples: circuit + ["display grad w1", "step"]
    ) { session, words throws(Problem) in
      guard let span = words.span else { return Reply(session.listedDisplays()) }
      do throws(Problem) {
        _ = try Formula(
          reading: words.text, as: .session, functions: session.definitions.argumentCounts)
      } catch {
        throw error.moved(by: span.lowerBound)
      }
      // A name that nothing will ever have is refused now; a number that is not there yet is not.
      var copy = session
      if let scene = try? copy.scene() {
        do throws(Problem) {
          _ = try session.number(words.text, in: .session, at: scene)
        } catch  where error.code == "unknown-node" {
          throw error.moved(by: span.lowerBound)
        } catch {}
      }
      try Limit.marks.check(session.displays.count + 1, at: span)
      let number = (session.displays.last?.number ?? 0) + 1
      session.displays.append(Display(number: number, text: words.text))
      guard session.tape != nil else { return Reply(.line(Text("\(number): \(words.text)"))) }
      return Reply(session.displayed(try session.scene()))
    },
    Command(
      "undisplay", [], "[N]", group: .move, "end display N, or all of them",
      examples: circuit + ["display q", "undisplay 1"]
    ) { session, words throws(Problem) in
      let number = try words.taking(
        "undisplay", from: &session.displays, kind: "display", list: "display")
      return Reply(
        .line(Text(number.map { "Display \($0) is gone." } ?? "Nothing is displayed now.")))
    },
  ]
}

extension Words {
  /// Takes the mark of the given number out of `marks`, or all where no number is given.
  ///
  /// Returns the number. A number that no mark has is refused: `list` is the command that shows
  /// which there are.
  fileprivate func taking<Mark: Numbered>(
    _ command: String, from marks: inout [Mark], kind: String, list: String
  ) throws(Problem) -> Int? {
    try expect(0...1, command)
    guard let word = first else {
      marks = []
      return nil
    }
    let number = try count(0, standard: 1, command)
    guard marks.contains(where: { $0.number == number }) else {
      throw .unknownNumber(number, kind, list: list, at: word.span)
    }
    marks.removeAll { $0.number == number }
    return number
  }
}

extension Problem {
  /// The problem with its span moved, when the text it points into is part of a longer one.
  func moved(by offset: Int) -> Problem {
    guard excerpt == nil, let span else { return self }
    var copy = self
    copy.span = span.lowerBound + offset..<span.upperBound + offset
    return copy
  }
}

extension Session {
  mutating func addStop(_ kind: Stop.Kind, at span: SourceSpan) throws(Problem) -> Document {
    try Limit.marks.check(stops.count + 1, at: span)
    let stop = Stop(number: (stops.last?.number ?? 0) + 1, kind: kind)
    stops.append(stop)
    return .line(Text("\(stop.number): \(stop.description)"))
  }

  func listedDisplays() -> Document {
    displays.isEmpty
      ? Document(lines: ["Nothing is displayed. Show something: display grad w1"])
      : Document(lines: displays.map { "\($0.number): \($0.text)" })
  }

  func listedStops() -> Document {
    stops.isEmpty
      ? Document(lines: ["There are no breakpoints. Set one: break q, break if grad w1 > 1"])
      : Document(lines: stops.map { "\($0.number): \($0.description)" })
  }

  /// The displays, as far as what they use is known at the scene.
  func displayed(_ scene: Scene) -> Document {
    guard !displays.isEmpty else { return .empty }
    return displays.reduce(Document([Document.blank])) { document, display in
      let head = "   \(display.number): \(display.text) = "
      guard let value = try? tensor(display.text, in: .session, at: scene),
        value.values.contains(where: { !$0.isNaN })
      else { return document + .line(Text(head) + Text(scene.style.signs.unknown, .value)) }
      return document + .numbers(value, scene.style, head: head)
    }
  }

  /// Goes on until a stop applies or the pass is over.
  mutating func goOn() throws(Problem) -> Document {
    let tape = try preparedTape()
    guard position.event < tape.events.count else { return try step(1) }
    var before = Scene(tape, at: position, style: settings.style)
    let isForward = tape.events[position.event].kind == .forward
    let needsScenes = stops.contains { if case .condition = $0.kind { true } else { false } }
    while position.event < tape.events.count {
      let event = position.event
      if (tape.events[event].kind == .forward) != isForward { break }
      position = Tape.Position(event + 1)
      let now = needsScenes ? Scene(tape, at: position, style: settings.style) : before
      if let stop = stops.first(where: { applies($0, event, tape, before, now) }) {
        return Document(lines: ["Stopped by \(stop.number): \(stop.description)"])
          + (try shown(event))
      }
      before = now
    }
    let scene = try scene()
    return (isForward ? Document.forwardSummary(scene) : .backwardSummary(scene)) + displayed(scene)
  }

  private func applies(
    _ stop: Stop, _ event: Int, _ tape: Tape, _ before: Scene, _ now: Scene
  ) -> Bool {
    switch stop.kind {
    case .node(let name):
      guard let node = try? node(name, in: tape.graph, at: nil) else { return false }
      return tape.events[event].node == node
        || tape.contributions(of: event).contains {
          $0.operand == node && tape.graph.nodes[node].kind == .input
        }
    case .watch(let name):
      guard let node = try? node(name, in: tape.graph, at: nil) else { return false }
      return tape.contributions(of: event).contains { $0.operand == node }
        || tape.events[event].kind == .seed && tape.events[event].node == node
    case .condition(let text):
      let holds = { (scene: Scene) in (try? number(text, in: .condition, at: scene)) == 1 }
      return holds(now) && !holds(before)
    }
  }
}
