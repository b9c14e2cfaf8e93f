import Foundation
import Engine
import Language
import Testing
import Typesetting

@testable import Console

@Suite struct SessionTests {
  @Test func `every command's own example runs`() throws {
    for command in Command.all {
      var session = Session()
      #expect(!command.examples.isEmpty, "\(command.name) has no example")
      for line in command.examples {
        do throws(Problem) {
          _ = try session.enter(line)
        } catch {
          Issue.record("\(command.name): \(line): \(error.rendered)")
        }
      }
      let isShown = command.examples.contains { $0.hasPrefix(command.name) }
      #expect(isShown, "\(command.name): the examples do not use it")
    }
  }

  @Test func `names and aliases mean one thing each`() {
    let words = Command.all.flatMap { [$0.name] + $0.aliases }
    #expect(Set(words).count == words.count)
    let spellings = Set(Primitive.functions.keys)
    // step is a command and a function: the bracket tells them apart.
    #expect(words.filter(spellings.contains) == ["step"])
    #expect(Command.all.flatMap(\.aliases).filter { $0.count > 4 } == [])
  }

  @Test(arguments: [
    ("", ""), ("   ", ""), ("# a comment", ""), ("1 + 2 # three", "3\n"),
    ("s = 4", ""), (":help quit", "quit    leave\n"),
  ])
  func `a line is what the grammar says`(line: String, begins: String) throws {
    var session = Session()
    let shown = try session.enter(line).document.rendered(Style())
    #expect(begins.isEmpty ? shown.isEmpty : shown.hasPrefix(begins))
  }

  @Test func `a definition wins over a command, a variable over an alias`() throws {
    var session = Session()
    try session.enterAll(["s = 4", "t = 5"])
    let shown = try session.enter("s").document.rendered(Style())
    #expect(shown == "4\ns is a variable here; the command is step or :s\n")
    #expect(try session.enter("s").document.rendered(Style()) == "4\n")
    #expect(try session.enter("s + t").document.rendered(Style()) == "9\n")
    try session.enterAll(["f = s*t"])
    #expect(try session.enter(":s").document.rendered(Style()).contains("forward 1 of 1"))
  }

  @Test func `a failed line leaves no trace`() throws {
    var session = Session()
    try session.enterAll(["w = 2", "f = w^2", "step 2"])
    let lines = [
      "w = ", "w = 3, f = (", "w = 3, g = g + 1", "step 99x", "update rate x", "q = 1 +",
      "w = 5, step = 2", "upstream z = 1", "set digits 99", "goto nowhere", "break if", "f = h(2)",
    ]
    for line in lines {
      let before = session
      #expect(throws: Problem.self, "\(line)") { try session.enter(line) }
      #expect(session.leads(to: before), "\(line)")
      #expect(session.log == before.log)
    }
    #expect(try session.enter("value w").document.rendered(Style()) == "2\n")
  }

  @Test func `an error points into the line as typed`() throws {
    var session = Session()
    try session.enterAll(["w = 2", "f = w^2"])
    let cases = [
      ("why «u»", "unknown-node"), ("  nudge w 2«x»", "implicit-product"),
      ("goto «99»", "unknown-mark"), ("step «-1»", "bad-count"), ("step 1 «2»", "extra-argument"),
      ("set «widht» 80", "unknown-setting"), ("a = 1, b = «u(2)»", "unknown-function"),
      ("break if w «>»", "expected-operand"), ("upstream «z» = 1", "unknown-node"),
      ("«step» = 4", "reserved-name"), ("«exp» = 4", "reserved-name"), ("«stpe»", "unknown-name"),
    ]
    for (marked, code) in cases {
      let pieces = marked.split(omittingEmptySubsequences: false) { $0 == "«" || $0 == "»" }
      let problem = #expect(throws: Problem.self) { try session.enter(pieces.joined()) }
      #expect(problem?.code == code, "\(marked)")
      let start = pieces[0].utf8.count
      let isEnd = code == "expected-operand"
      #expect(
        isEnd || problem?.span?.lowerBound == start,
        "\(marked): \(String(describing: problem?.span))")
      #expect(problem?.excerpt == pieces.joined(), "\(marked)")
    }
  }

  @Test func `changing a number keeps the place, changing the graph starts anew`() throws {
    var session = Session()
    try session.enterAll(["w = 2, x = 3", "f = w*x", "backward"])
    #expect(
      try session.enter("w = 5").document.rendered(Style())
        == "f is now 15, was 6\nGradients have to be computed again: step or backward.\n")
    #expect(try session.enter("grad x").document.rendered(Style()) == "5\n")
    #expect(session.position.event == 1)
    _ = try session.enter("f = w + x")
    #expect(session.position.event == 0)
    #expect(try session.enter("value f").document.rendered(Style()) == "8\n")
  }

  @Test func `an update is part of the tape and of what follows`() throws {
    var session = Session()
    try session.enterAll(["v = 2, x = 3", "f = v*x", "backward", "update rate 0.5 wrt v"])
    #expect(try session.enter("v").document.rendered(Style()) == "0.5\n")
    try session.enterAll(["undo"])
    #expect(try session.enter("v").document.rendered(Style()) == "2\n")
    try session.enterAll(["step", "zero", "backward"])
    #expect(try session.enter("grad x").document.rendered(Style()) == "0.5\n")
    try session.enterAll(["x = 4"])
    #expect(try session.enter("value f").document.rendered(Style()) == "2\n")
  }

  @Test(arguments: [
    ("", 0, "st", ["step", "step("]), ("why ", 4, "w", ["w"]), ("why ", 4, "@", ["@1"]),
    ("set ", 4, "re", ["relu-at-zero"]), ("set color ", 10, "", ["always", "auto", "never"]),
    ("f = ta", 4, "ta", ["tan(", "tanh("]), ("help ", 5, "led", ["ledger"]), ("zero ", 5, "", []),
  ])
  func `completion knows where it stands`(
    line: String, start: Int, word: String, expected: [String]
  ) throws {
    var session = Session()
    try session.enterAll(["w = 2", "f = (w + 1)*w"])
    #expect(session.completions(of: word, in: line, at: start, lessons: []) == .words(expected))
    #expect(session.completions(of: "x", in: "source x", at: 7, lessons: []) == .files)
  }

  @Test(arguments: [
    ("(a + b", true), ("a +", true), ("f = ", true), ("a * b", false), ("step", false),
    ("a \\", true), ("# (", false), ("w = -2,", true), ("help -", false), ("", false),
    ("why w1", false),
  ])
  func `a line goes on while it cannot mean anything yet`(line: String, more: Bool) {
    #expect(Conversation.needsMore(line) == more)
  }

  @Test func `what a lesson or a name holds cannot act on the terminal`() throws {
    var session = Session()
    let problem = #expect(throws: Problem.self) { try session.enter("w\u{1B}[31m = 3\u{202E}") }
    let shown = problem?.rendered ?? ""
    #expect(!shown.unicodeScalars.contains { $0.value < 32 && $0 != "\n" || $0.value == 0x202E })
    #expect(shown.contains("\\x1b"))
  }
}

@Suite struct HelpRowTests {
  @Test func `the first page of help fits a terminal of 24 rows, with the prompt below it`() {
    let rows = Document.helpPage.rendered(Style()).split(
      separator: "\n", omittingEmptySubsequences: false
    ).dropLast()
    #expect(rows.count <= 23)
    #expect(rows.allSatisfy { columns(String($0)) <= 80 })
  }

  /// `help all` has three columns at 80; a summary that is longer would push its row out of them.
  @Test func `every command's row fits`() {
    let widest = Command.all.map { $0.summary.count }.max() ?? 0
    #expect(widest <= 42, "\(Command.all.filter { $0.summary.count > 42 }.map(\.name))")
  }
}
