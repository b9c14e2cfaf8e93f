internal import Console
internal import Engine
internal import Export
internal import Language
internal import Typesetting

extension FuzzTarget {
  static let prompt = FuzzTarget(
    name: "prompt",
    summary: "a whole session: each line of the text is typed, every command among them",
    asserts: [
      "a line that fails leaves no trace: the session is as it was",
      "all that is shown is printable, in plain text and between colours, with Unicode, in ASCII, and read aloud",
      "ASCII is ASCII",
      "undo after a step leads back to the same place and the same table",
      "the lines that `save` would write lead to the same session, whose table is the same",
      "TAB at the end of each line offers words that can be shown",
      "every error has words, a place within the line, and nothing invisible",
    ],
    maxLength: 240,
    words: { promptWords },
    share: 128,
    take: { bytes throws(Violation) in
      let lines = lines(of: bytes)
      guard !lines.contains(where: isCostly) else { return }
      let patience = Patience()
      var session = Session()
      session.attention.isInterrupted = { patience.isOver() }
      for line in lines {
        patience.begin()
        let reply: Reply
        do throws(Problem) { reply = try session.enter(line) } catch {
          try requirePlaced(error, in: line)
          continue
        }
        // One line in four is shown too.
        if line.utf8.count % 4 == 0 { _ = reply.document.rendered(session.settings.style) }
      }
    },
    check: { bytes throws(Violation) in
      let lines = lines(of: bytes)
      guard !lines.contains(where: isCostly) else { return }
      var typist = Typist()
      for line in lines { try typist.type(line) }
      try typist.checkUndo()
      try typist.checkSaved()
    })

  private static func lines(of bytes: [UInt8]) -> [String] {
    String(decoding: bytes, as: UTF8.self).split(whereSeparator: \.isNewline).prefix(16)
      .map(String.init)
  }

  private static var promptWords: [String] {
    var words = formulaWords + Exporter.all.map(\.name)
    for command in Command.all {
      words += [command.name] + command.aliases + command.examples
      words += command.examples.map { $0 + "\n" }
    }
    for setting in Setting.all { words += setting.values.map { "set \(setting.key) \($0)\n" } }
    for recipe in Examples.recipes { words.append("data \(recipe.name)\n") }
    return words + [" wrt ", " rate ", " epochs ", "w1 = -2, w2 = 5\n", "f = w1 * w2\n"]
  }

  /// Whether a line has a number in it that makes it large: more than three digits, or an exponent.
  static func isCostly(_ line: String) -> Bool {
    var digits = 0
    for byte in line.utf8 {
      digits = (0x30...0x39).contains(byte) ? digits + 1 : 0
      if digits > 3 { return true }
    }
    return line.utf8.count > 200
  }
}

/// Types lines into a session, and watches it.
struct Typist {
  private(set) var session = Session()
  private let patience = Patience()

  init() { session.attention.isInterrupted = { [patience] in patience.isOver() } }

  mutating func type(_ line: String) throws(Violation) {
    let before = session
    let start = line.utf8.count - (line.split(separator: " ").last?.utf8.count ?? 0)
    let word = String(decoding: Array(line.utf8).dropFirst(start), as: UTF8.self)
    if case .words(let words) = session.completions(
      of: word, in: line, at: start, lessons: ["05-x"])
    {
      for word in words { try requirePrintable(word, "a completion") }
    }
    patience.begin()
    let reply: Reply
    do throws(Problem) { reply = try session.enter(line) } catch {
      try requireShowable(error, of: line)
      return try require(session.isAsIt(was: before), "\(line) failed and left something behind")
    }
    try Self.checkShowing(reply.document, session.settings.style)
  }

  /// What a screen, a file, a plain terminal and a voice get.
  private static func checkShowing(_ document: Document, _ style: Style) throws(Violation) {
    var style = style
    for isSpoken in [false, true] {
      style.speech = isSpoken
      try requirePrintable(document.rendered(style), isSpoken ? "what is read aloud" : "a screen")
    }
    style.speech = false
    style.unicode = false
    let plain = document.rendered(style)
    try require(plain.utf8.allSatisfy { $0 < 0x80 }, "no ASCII: \(plain.debugDescription)")
    let coloured = document.rendered(style, colour: true)
    try requirePrintable(withoutColours(coloured), "what is between colours")
  }

  /// The text without what sets colours; anything else that a terminal could act on stays.
  private static func withoutColours(_ text: String) -> String {
    var result: [UInt8] = []
    var rest = Array(text.utf8)[...]
    while let byte = rest.popFirst() {
      if byte == 0x1B, rest.first == UInt8(ascii: "[") {
        let inner = rest.dropFirst().prefix { (0x30...0x39).contains($0) || $0 == 0x3B }
        let after = rest.dropFirst(1 + inner.count)
        if after.first == UInt8(ascii: "m") {
          rest = after.dropFirst()
          continue
        }
      }
      result.append(byte)
    }
    return String(decoding: result, as: UTF8.self)
  }

  /// One step further and back.
  func checkUndo() throws(Violation) {
    guard session.position.part == 0 else { return }
    var walked = session
    guard let start = walked.table else { return }
    let here = walked.position
    do throws(Problem) { _ = try walked.enter("step") } catch { return }
    guard walked.position == Tape.Position(here.event + 1) else { return }
    do throws(Problem) { _ = try walked.enter("undo") } catch {
      throw Violation("undo fails: \(error.rendered)")
    }
    try require(walked.position == here, "undo leads to \(walked.position), not \(here)")
    try require(walked.leads(to: session), "step and undo change more than the place")
    try require(walked.table == start, "another table after step and undo")
  }

  /// The lines that would be saved, typed anew.
  func checkSaved() throws(Violation) {
    var again = Typist()
    for line in session.log {
      again.patience.begin()
      do throws(Problem) { _ = try again.session.enter(line) } catch {
        throw Violation("the saved line \(line) fails: \(error.rendered)")
      }
    }
    try require(again.session.leads(to: session), "the saved lines lead elsewhere")
    var (one, other) = (session, again.session)
    (one.settings, other.settings) = (Settings(), Settings())
    (one.settings.conventions, other.settings.conventions) =
      (session.settings.conventions, session.settings.conventions)
    try require(one.table == other.table, "the saved lines lead to another table")
  }
}

extension Session {
  /// The table of all nodes, as shown; nil where there is none.
  fileprivate var table: String? {
    var copy = self
    do throws(Problem) { return try copy.enter(":table").document.rendered(Style()) } catch {
      return nil
    }
  }

  /// Whether nothing that can be seen from outside has changed.
  fileprivate func isAsIt(was before: Session) -> Bool {
    leads(to: before) && log == before.log && repeatable == before.repeatable
      && settings.style == before.settings.style
      && learning.losses.count == before.learning.losses.count
      && learning.examples?.numbers.count == before.learning.examples?.numbers.count
  }
}
