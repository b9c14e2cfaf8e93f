import Engine
import Language
import Lessons
import Testing
import Typesetting

@testable import Console

/// What once ended the program, hung it or misled a learner, found by attacking it.
@Suite struct RegressionTests {
  @Test(arguments: [
    ["x = 1", "assert x = 1.5e-9223372036854775808"],
    ["z = 1", "f = z", "backward", "update rate 1", "step", "micro", "continue", "step"],
    ["x = -3", "f = x^2", "upstream x = 1", "backward", "update rate 1", "step", "backward"],
    ["x = 1", "f = x*x", "step", "undo 99999999999999", "undo 9223372036854775807"],
    ["x = 1", "f = x*x", "step 9223372036854775807", "micro 9223372036854775807"],
    [
      "a=1,b=2,c=3", "f1=a+b+c", "q=tanh(f1)", "step 4", "micro 2", "mark m", "goto 2", "zero",
      "backward", "goto m", "tape", "table", "undo 3",
    ],
    ["x = 1", "f = x", "set width 20", "table", "tree", "tape", "why x", "help", "limits"],
  ])
  func `a session survives`(lines: [String]) throws {
    var session = Session()
    for line in lines { _ = try? session.enter(line) }
    _ = try session.enter("reset")
    #expect(try session.enter("1 + 1").document.rendered(Style()) == "2\n")
  }

  @Test func `a sum too long for one line begins each side on its own`() throws {
    var session = Session()
    _ = try session.enter("set drawing off")
    for index in 0..<10 { _ = try session.enter("weight\(index) = \(index).25") }
    let names = (0..<10).map { "weight\($0)" }
    _ = try session.enter("f = " + names.joined(separator: " + "))
    let card = try session.enter("step").document.rendered(Style()).split(separator: "\n")
      .dropFirst()
    // 0 + 1 + … + 9 is 45, and ten quarters are 2.5.
    #expect(
      card.map(String.init) == [
        "   f = weight0 + weight1 + weight2 + weight3 + weight4 + weight5 + weight6 +",
        "   weight7 + weight8 + weight9",
        "     = 0.25 + 1.25 + 2.25 + 3.25 + 4.25 + 5.25 + 6.25 + 7.25 + 8.25 + 9.25",
        "     = 47.5",
      ])
  }

  @Test func `a formula may depend on a name through a function only`() throws {
    var session = Session()
    try session.enterAll(["w = 3", "g(z) = z*w", "c = g(2)"])
    #expect(try session.enter("grad w").document.rendered(Style()) == "2\n")
    // A function of numbers alone gives a number, and no formula to step through.
    try session.enterAll(["h(z) = z^2", "k = h(4)"])
    #expect(try session.enter("value c").document.rendered(Style()) == "6\n")
    #expect(try session.enter("grad w").document.rendered(Style()) == "2\n")
  }

  @Test func `zero after an update does not bring old values back`() throws {
    var session = Session()
    try session.enterAll(["w = 2, x = 3, b = -1, y = 7", "L = (w*x + b - y)^2", "backward"])
    try session.enterAll(["update rate 0.025 wrt w, b", "zero", "forward", "assert L = 1 ± 1e-9"])
    try session.enterAll(["backward", "assert grad w = -6 ± 1e-9"])
  }

  @Test func `questions after a second pass are about one pass`() throws {
    var session = Session()
    try session.enterAll(["x = 3", "f = x^2", "backward", "backward"])
    #expect(try session.enter("grad x").document.rendered(Style()) == "12\n")
    let why = try session.enter("why x").document.rendered(Style())
    #expect(why.contains("∂f/∂x = 6"))
    #expect(try session.enter("numeric x").document.rendered(Style()).contains("agree"))
  }

  @Test func `a condition sees values at the place of the tape`() throws {
    var session = Session()
    try session.enterAll(["x = 2, y = 3", "a = x + y", "b = a*x", "break if b > 3"])
    let stopped = try session.enter("continue").document.rendered(Style())
    #expect(stopped.contains("Stopped by 1"))
    #expect(session.position.event == 2)
    #expect(throws: Problem.self) { try session.enter("break if b") }
  }

  @Test func `a name that the formula does not use leaves the gradients alone`() throws {
    var session = Session()
    try session.enterAll(["x = 2", "f = x*x", "zz = 5", "backward"])
    #expect(try session.enter("zz = 6").document.rendered(Style()).isEmpty)
    #expect(try session.enter("x = 2").document.rendered(Style()).isEmpty)
    #expect(session.position.event == 3)
  }

  @Test func `a word that can never have a value is refused in a formula`() {
    var session = Session()
    for line in ["y = step*x", "y = grad*2", "y = ans + 1"] {
      let problem = #expect(throws: Problem.self) { try session.enter(line) }
      #expect(problem?.code == "reserved-name")
    }
  }

  @Test func `upstream gradients of one node under two names add`() throws {
    var session = Session()
    try session.enterAll(["x = 3", "f = x*x", "h = f", "upstream f = 1, h = 2"])
    #expect(try session.enter("grad x").document.rendered(Style()) == "18\n")
    #expect(try session.enter("derive x").document.rendered(Style()).contains("= 18 at"))
    let derived = try session.enter("derive x").document.rendered(Style())
    #expect(derived.contains("3 × x + 3 × x"))
    #expect(try session.enter("forward").document.rendered(Style()) == "f = 9\n")
  }

  @Test func `assert understands comparisons on its left`() throws {
    var session = Session()
    try session.enterAll(["x = 1", "assert if(x == 1, 2, 3) = 2", "assert if(x >= 2, 2, 3) = 3"])
    #expect(throws: Problem.self) { try session.enter("assert if(x != 1, 2, 3) = 2") }
  }

  @Test func `a literal that a name stands for is not folded away`() throws {
    var session = Session()
    try session.enterAll(["g(x) = x^2 + x", "w = 2", "f = w*g(2)", "k = 3", "a = k", "p = k*a"])
    #expect(try session.enter("value f").document.rendered(Style()) == "12\n")
    #expect(try session.enter("grad k").document.rendered(Style()) == "6\n")
  }

  @Test func `output makes another formula the current one`() throws {
    var session = Session()
    try session.enterAll(["x = 2", "f = x^2", "g = 3*x", "output f"])
    #expect(try session.enter("grad x").document.rendered(Style()) == "4\n")
    try session.enterAll(["upstream g = 2", "upstream off"])
    #expect(try session.enter("grad x").document.rendered(Style()) == "4\n")
  }

  @Test func `an answer is worked out, not asked back`() throws {
    let text = """
      # T

      ```backstep
      > x = 3
      > f = x^2
      ```

      > **Predict.** What is the gradient?

      <!-- answer: grad x
      hint: The slope of a square.
      -->
      """
    var player = try LessonPlayer(
      try Lesson(parsing: Array(text.utf8)), name: "t", settings: Settings())
    _ = player.proceed()
    for line in ["grad x", "f", "value f", "u + 1", "forward", "save x"] {
      #expect(throws: Problem.self, "\(line)") { try player.enter(line) }
    }
    #expect(try player.enter("2*x").document.rendered(Style()).contains("✓ yes, 6"))
  }

  /// What is typed between cards is looked at in a copy; a definition would be gone with the next line.
  @Test func `a definition between two cards is refused, with the way to try it`() throws {
    let text = "# T\n\n## One\n\nWords.\n\n## Two\n\nWords.\n"
    var player = try LessonPlayer(
      try Lesson(parsing: Array(text.utf8)), name: "t", settings: Settings())
    _ = player.proceed()
    #expect(player.prompt.contains("next card"))
    for line in ["A = 3", "g(x) = x^2"] {
      let problem = #expect(throws: Problem.self) { try player.enter(line) }
      #expect(problem?.code == "play-first" && problem?.hint?.contains("play") == true, "\(line)")
    }
    #expect(try player.enter("1 + 1").document.rendered(Style()) == "2\n")
    _ = try player.enter("play")
    _ = try player.enter("A = 3")
    #expect(try player.enter("A").document.rendered(Style()) == "3\n")
  }

  /// Found by fuzzing: nan is unequal to itself, so what was asked for led "somewhere else".
  @Test func `a command whose answer is nan can be typed in a lesson`() throws {
    let text = """
      # T

      ```backstep type
      > x = 0
      > f = x / x
      > f
      ```
      """
    var player = try LessonPlayer(
      try Lesson(parsing: Array(text.utf8)), name: "t", settings: Settings())
    _ = player.proceed()
    _ = try player.enter("x = 0")
    _ = try player.enter("f = x / x")
    let reply = try player.enter("f").document.rendered(Style())
    #expect(reply.hasPrefix("nan\n") && player.isOver)
    // Another number still leads elsewhere.
    var one = Session()
    try one.enterAll(["x = 0", "0 / x"])
    var other = Session()
    try other.enterAll(["x = 0", "1 / x"])
    #expect(!one.leads(to: other))
  }
}
