import Foundation
import Testing

/// The prompt on a terminal: what is typed, pressed, pasted and completed.
@Suite struct PromptTests {
  private let place: Place
  init() throws { place = try Place() }

  /// Someone at the prompt, who has typed some lines already.
  private func learner(
    _ lines: [String] = [], _ arguments: [String] = [], _ changes: [String: String?] = [:],
    columns: Int32 = 80
  ) throws -> Learner {
    let learner = try Learner(in: place, arguments, columns: columns, changes)
    try learner.prompt()
    for line in lines { try learner.say(line) }
    return learner
  }

  @Test func `the slides are typed, stepped with Enter and F10, and undone with F9`() throws {
    let learner = try learner(slide)
    #expect(learner.everything.hasPrefix("backstep 0"))
    #expect(try learner.say("step").contains("   q = w1 + w2 = -2 + 5 = 3\n"))
    #expect(try learner.say("").contains("   f = q × w3 = 3 × (-4) = -12\n"))
    try learner.type("\u{1B}[21~")
    try learner.wait(for: "∂f/∂f = 1")
    try learner.prompt()
    try learner.type("\u{1B}[20~")
    try learner.wait(for: "Undid 1 step.")
    try learner.prompt()
    #expect(try learner.say("step 9").contains("∂f/∂w2 = -4"))
    #expect(try learner.say("why w1").contains("one path from f to w1"))
    #expect(try learner.say("").isEmpty, "only steps are repeated")
    try learner.type("quit\r")
    #expect(try learner.end() == 0)
  }

  @Test func `an error at the prompt is part of the conversation`() throws {
    let learner = try learner(["x = 1"])
    #expect(try learner.say("x + tahn(x)").contains("hint: did you mean tanh?"))
    #expect(try learner.say("x + 1") == "2\n")
    try learner.type("q\r")
    #expect(try learner.end() == 0)
  }

  @Test func `TAB completes commands, names, functions, settings and files`() throws {
    try place.write("1 + 1\n", to: "slides.backstep")
    try place.write("", to: "other folder/file")
    let learner = try learner(["w1=-2,w2=5,w3=-4", "foo(x) = 2*x", "f=(w1+w2)*w3"])
    for (typed, completed) in [
      ("backw\t", "backward "), ("why w\t2", "why w2"), ("1 + sigm\t2)", "1 + sigmoid(2)"),
      ("fo\t", "fo"), ("foo\t1)", "foo(1)"), ("set col\tal\t", "set color always "),
      ("source sli\t", "source slides.backstep "), ("undo sli\t", "undo sli"),
      ("limits w\t", "limits w"),
      ("hunt n\t", "hunt nan "), ("help numer\t", "help numeric "), (":wh\t", ":why "),
    ] {
      try learner.type(typed + "\u{1}# \u{5}!\r")
      // The line that was entered is in the history as it then stood.
      try learner.prompt()
      let history = try place.text(of: "state/backstep/history").split(separator: "\n")
      #expect(history.last.map(String.init) == "# \(completed)!")
    }
    try learner.type("why w\t\t")
    try learner.wait(for: "w1  w2  w3")
    try learner.type("\u{3}")
    try learner.prompt()
    try learner.type("\u{4}")
    #expect(try learner.end() == 0)
  }

  @Test func `^C drops a line and an unfinished statement, and ^D leaves`() throws {
    let learner = try learner()
    try learner.type("nonsense\u{3}")
    try learner.prompt()
    #expect(try learner.say("(1 +", prompt: "…  ").isEmpty)
    try learner.type("\u{3}")
    try learner.prompt()
    #expect(try learner.say("1 + 1") == "2\n")
    #expect(try learner.say("(1 +", prompt: "…  ").isEmpty)
    #expect(try learner.say("2)") == "3\n")
    try learner.type("\u{3}")
    #expect(try learner.prompt().contains("quit or ^D leaves."))
    try learner.type("x\u{1}\u{4}\u{4}")  // in a line it deletes; on an empty one it leaves
    #expect(try learner.end() == 0)
    #expect(!learner.everything.contains("error"))
  }

  @Test func `a paste of several lines runs them one by one`() throws {
    let learner = try learner()
    try learner.type("\u{1B}[200~a = 2\nb = (3 +\n4)\na*b\n\u{1B}[201~\r")
    try learner.wait(for: "14\r\n")
    try learner.prompt()
    try learner.type("\u{1B}[200~v = 1\nnonsense\nz = 1\u{1B}[201~\r")
    try learner.wait(for: "unknown name or command: nonsense")
    try learner.prompt()
    #expect(try learner.say("v") == "1\n")
    #expect(try learner.say("z").contains("unknown name"), "the paste ended at the error")
    try learner.type("\u{4}")
    #expect(try learner.end() == 0)
    let history = try place.text(of: "state/backstep/history")
    #expect(history.hasPrefix("a = 2\nb = (3 +\n4)\na*b\n"))
  }

  @Test func `letters outside ASCII are typed and deleted whole`() throws {
    let learner = try learner()
    #expect(try learner.say("σ = 2").isEmpty)
    #expect(try learner.say("σ*3∂\u{7F}") == "6\n")
    #expect(try learner.say("∂σ\u{2}\u{7F}\u{5} + 1") == "3\n")
    try learner.type("\u{4}")
    #expect(try learner.end() == 0)
  }

  @Test func `a line with a control character or broken UTF-8 is refused and harmless`() throws {
    let learner = try learner()
    let answer = try learner.say("1\u{16}\u{1B}[31m")
    #expect(answer.contains("U+001B") && answer.contains(#"\x1b[31m"#))
    #expect(try learner.say("1 + 1") == "2\n")
    try learner.type("\u{4}")
    #expect(try learner.end() == 0)
  }

  @Test func `the settings file may set, and nothing else`() throws {
    try place.write(
      "# mine\nset digits 6\nx = 1\nset colour red\n", to: "config/backstep/init.backstep")
    let learner = try learner()
    #expect(learner.everything.contains("init.backstep:3: error: only set lines"))
    #expect(learner.everything.contains("init.backstep:4: error: "))
    #expect(try learner.say("1/3") == "0.333333\n")
    #expect(try learner.say("x").contains("unknown name"))
    try learner.type("\u{4}")
    #expect(try learner.end() == 0)
    #expect(try place.run(["--no-init", "-e", "1/3"]).output == "0.3333\n")
    #expect(!(try place.run(["check", Place.lesson.path]).errors.contains("init.backstep")))
  }

  @Test func `what is recorded at a wide prompt with Enter is a lesson that passes`() throws {
    let learner = try learner(["record t.md"] + slide + ["step", ""], columns: 150)
    try learner.say("")
    try learner.say("table")
    try learner.type("\u{4}")
    #expect(try learner.end() == 0)
    let check = try place.run(["check", "t.md"])
    #expect(check.status == 0, "\(check.errors)")
    let text = try place.text(of: "t.md")
    #expect(text.components(separatedBy: "> step\n").count == 4)
  }

  @Test func `a sourced file that fails leaves the learner at the prompt`() throws {
    try place.write("x = 1\nnonsense\nx = 2\n", to: "bad")
    let learner = try learner()
    #expect(try learner.say("source bad").contains("bad:2: error: "))
    #expect(try learner.say("x") == "1\n")
    try learner.type("\u{4}")
    #expect(try learner.end() == 0)
  }

  @Test func `-i goes on at the prompt after a script`() throws {
    let learner = try learner([], ["-i", "-e", "x = 41"])
    #expect(try learner.say("x + 1") == "42\n")
    try learner.type("\u{4}")
    #expect(try learner.end() == 0)
  }
}
