internal import Engine
internal import Language
internal import Typesetting

extension Command {
  /// What the examples of moving commands start from.
  static let circuit = ["w1 = -2, w2 = 5, w3 = -4", "q = w1 + w2", "f = q * w3"]

  static let moving: [Command] = [
    Command(
      "step", ["s"], "[N|NAME]", group: .move, key: "F10", argument: .node, isRepeatable: true,
      isEssential: true, "go one gate further, N, or to NAME",
      details: [
        "step NAME goes on until NAME, a vector with all its elements, has its value; in the backward pass, until it has handed its gradient on."
      ],
      examples: circuit + ["step", "step 2", "step q"]
    ) { session, words throws(Problem) in
      try words.expect(0...1, "step")
      if let word = words.first,
        word.text.utf8.first.map({ !(0x30...0x39).contains($0) && $0 != 0x2D }) == true
      {
        return Reply(try session.step(to: word))
      }
      return Reply(try session.step(try words.count(0, standard: 1, "step")))
    },
    Command(
      "micro", ["m"], "[N]", group: .move, isRepeatable: true,
      "go one contribution further, or N", examples: circuit + ["step 3", "micro"]
    ) { session, words throws(Problem) in
      try words.expect(0...1, "micro")
      return Reply(try session.micro(try words.count(0, standard: 1, "micro")))
    },
    Command(
      "undo", ["u"], "[N]", group: .move, key: "F9", isRepeatable: true, isEssential: true,
      "go one step back in time, or N", examples: circuit + ["step 4", "undo", "undo 2"]
    ) { session, words throws(Problem) in
      try words.expect(0...1, "undo")
      return Reply(try session.undo(try words.count(0, standard: 1, "undo")))
    },
    Command(
      "goto", [], "N|NAME", group: .move,
      argument: .words { session, _ in Array(session.marks.keys) },
      "go to event N of the tape, or to a mark",
      examples: circuit + ["goto 3", "mark here", "step", "goto here"]
    ) { session, words throws(Problem) in
      try words.expect(1...1, "goto")
      guard let word = words.first else { return Reply() }
      return Reply(try session.goTo(word))
    },
    Command(
      "mark", [], "NAME", group: .move,
      "name the present position", examples: circuit + ["step", "mark here"]
    ) { session, words throws(Problem) in
      try words.expect(1...1, "mark")
      _ = try session.preparedTape()
      guard let word = words.first else { return Reply() }
      if Int(word.text) != nil { throw .numberAsMark(word.text, at: word.span) }
      try Limit.marks.check(session.marks.count + 1, at: word.span)
      session.marks[word.text] = session.position
      return Reply(.line(Text("\(word.text) marks event \(session.position.event)")))
    },
    Command(
      "restart", [], group: .move, "go back to where nothing is computed",
      examples: circuit + ["step", "restart"]
    ) { session, words throws(Problem) in
      try words.expect(0...0, "restart")
      session.position = Tape.Position(0)
      return Reply(.line("Back at the start: inputs only."))
    },
    Command(
      "forward", ["fwd"], group: .move,
      "finish the forward pass", examples: circuit + ["forward"]
    ) { session, words throws(Problem) in
      try words.expect(0...0, "forward")
      return Reply(try session.finishForward())
    },
    Command(
      "backward", ["bwd"], group: .move, isEssential: true,
      "finish the backward pass, list gradients",
      examples: circuit + ["backward"]
    ) { session, words throws(Problem) in
      try words.expect(0...0, "backward")
      return Reply(try session.finishBackward())
    },
  ]
}

extension Session {
  /// Goes `count` events further and shows the last of them.
  mutating func step(_ count: Int) throws(Problem) -> Document {
    var last: Int?
    for _ in 0..<count {
      guard try tapeWithNext() != nil else { break }
      last = position.event
      position = Tape.Position(position.event + 1)
    }
    guard let last else { return try atTheEnd() }
    return try shown(last)
  }

  /// The tape, made longer when the position is at its end and it is clear what comes next.
  mutating func tapeWithNext() throws(Problem) -> Tape? {
    let tape = try preparedTape()
    if position.event < tape.events.count { return tape }
    if tape.needsForward {
      self.tape = try tape.addingForward()
    } else if let last = tape.events.last?.kind, [.zero, .forward, .update].contains(last) {
      self.tape = try tape.addingBackward()
    } else {
      return nil
    }
    return self.tape
  }

  mutating func atTheEnd() throws(Problem) -> Document {
    guard !(try preparedTape().events.isEmpty) else {
      return Document(lines: ["There is nothing to compute here."])
    }
    return Document(lines: [
      "The backward pass is complete. Try why, update rate 0.1, zero or restart."
    ])
  }

  /// The card of an event, with the displays under it.
  mutating func shown(_ event: Int, parts: Range<Int>? = nil) throws(Problem) -> Document {
    let scene = try scene()
    return .stepCard(scene, event: event, parts: parts) + displayed(scene)
  }

  mutating func micro(_ count: Int) throws(Problem) -> Document {
    var last: (event: Int, parts: Range<Int>)?
    for _ in 0..<count {
      guard let tape = try tapeWithNext() else { break }
      let first =
        last.map { $0.event == position.event ? $0.parts.lowerBound : position.part }
        ?? position.part
      last = (position.event, first..<position.part + 1)
      position.part += 1
      if position.part >= tape.parts(of: position.event) {
        position = Tape.Position(position.event + 1)
      }
    }
    guard let last else { return try atTheEnd() }
    let isBackward = try preparedTape().events[last.event].kind == .backward
    return try shown(last.event, parts: isBackward ? last.parts : nil)
  }

  mutating func undo(_ count: Int) throws(Problem) -> Document {
    _ = try preparedTape()
    guard position > Tape.Position(0) else {
      return Document(lines: ["This is the start: there is nothing to undo."])
    }
    var undone = 0
    while undone < count, position > Tape.Position(0) {
      position =
        position.part > 0
        ? Tape.Position(position.event, part: position.part - 1)
        : Tape.Position(position.event - 1)
      undone += 1
    }
    return Document(lines: ["Undid \(undone) step\(undone == 1 ? "" : "s")."]) + (try here())
  }

  /// The card of what happened last, or word that nothing has.
  private mutating func here() throws(Problem) -> Document {
    if position.part > 0 { return try shown(position.event, parts: 0..<position.part) }
    guard position.event > 0 else { return Document(lines: ["Back at the start: inputs only."]) }
    return try shown(position.event - 1)
  }

  mutating func goTo(_ word: Words.Word) throws(Problem) -> Document {
    let tape = try preparedTape()
    if let mark = marks[word.text] {
      position = min(mark, tape.end)
      // What lay ahead of the mark may have given way to something else since.
      let parts = position.event < tape.events.count ? tape.parts(of: position.event) : 1
      if position.part >= parts { position.part = 0 }
    } else if let number = Int(word.text), (0...tape.events.count).contains(number) {
      position = Tape.Position(number)
    } else if let number = Int(word.text), number > 0 {
      throw Problem(
        "unknown-mark", "the tape has \(tape.events.count) events, so there is no event \(number)",
        at: word.span, hint: "tape lists the events")
    } else {
      throw .unknownMark(word.text, known: marks.keys.sorted(), at: word.span)
    }
    return try here()
  }

  // MARK: - Whole passes

  mutating func finishForward() throws(Problem) -> Document {
    var tape = try preparedTape()
    if tape.needsForward, position.event == tape.events.count {
      tape = try tape.addingForward()
      self.tape = tape
    }
    position.part = 0
    let isBeforeForward = { (event: Int) in
      event < tape.events.count && tape.events[event].kind == .forward
    }
    // A zero between the update and the forward pass is gone over.
    if position.event < tape.events.count, tape.events[position.event].kind == .zero,
      isBeforeForward(position.event + 1)
    {
      position.event += 1
    }
    while isBeforeForward(position.event) { position.event += 1 }
    let scene = try scene()
    return .forwardSummary(scene) + displayed(scene)
  }

  mutating func finishBackward() throws(Problem) -> Document {
    var document = Document.empty
    var tape = try preparedTape()
    let isOutOfDate = tape.needsForward && position.event == tape.events.count
    let isInForward =
      position.event < tape.events.count && tape.events[position.event].kind == .forward
    if isOutOfDate || isInForward {
      document += try finishForward()
      tape = try preparedTape()
    }
    let isInBackward =
      position.event < tape.events.count
      && (tape.events[position.event].kind == .seed
        || tape.events[position.event].kind == .backward)
    if !isInBackward, position.event == tape.events.count {
      tape = try tape.addingBackward()
      self.tape = tape
    }
    position = Tape.Position(position.part > 0 ? position.event + 1 : position.event)
    if position.event < tape.events.count, tape.events[position.event].kind == .seed {
      position.event += 1
    }
    while position.event < tape.events.count,
      tape.events[position.event].kind == .backward
        || tape.events[position.event].kind == .seed && !tape.events[position.event].startsPass
    {
      position.event += 1
    }
    let scene = try scene()
    return document + .backwardSummary(scene) + displayed(scene)
  }
}
