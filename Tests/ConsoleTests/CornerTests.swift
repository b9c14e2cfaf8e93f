import Engine
import Language
import Testing
import Typesetting

@testable import Console

/// Corners of the screens that few sessions reach; what they say is worked out here by hand.
@Suite struct CornerTests {
  private func said(after lines: [String], _ line: String) throws -> String {
    var session = Session()
    try session.enterAll(["set drawing off"] + lines)
    return try session.enter(line).document.rendered(Style())
  }

  /// sqrt has an infinite slope at 0, and the upstream that meets it is 0.
  @Test func `0 times infinity is found on the way back`() throws {
    let text = try said(after: ["x = 0", "p = x*0", "g = sqrt(p) * 0"], "hunt nan")
    #expect(text.contains("All values are finite; the first is a gradient"))
    #expect(text.contains("0 × inf = nan"))
    #expect(text.contains("The upstream is 0, but 0 × inf is not 0"))
    // In sentences too, without a sign that nobody can hear.
    var session = Session()
    try session.enterAll(["set speech on", "x = 0", "p = x*0", "g = sqrt(p) * 0"])
    let spoken = try session.enter("hunt nan").document.rendered(session.settings.style)
    #expect(!spoken.contains("×") && spoken.contains("nan"))
  }

  /// Half a nudge makes a quarter of the change of a square, and half the change of a bend.
  @Test func `a nudge from a flat place tells a minimum from a corner`() throws {
    let square = ["x = 0", "f = x^2", "backward"]
    #expect(try said(after: square, "nudge x 0.1").contains("all of it is curvature"))
    #expect(try said(after: square, "nudge x -3").contains("all of it is curvature"))
    let corner = ["x = 0", "f = relu(x) + 1", "backward"]
    #expect(try said(after: corner, "nudge x 0.1").contains("a bend or a jump"))
    #expect(try said(after: ["x = 0", "f = step(x)", "backward"], "nudge x -1").contains("a bend"))
  }

  /// a takes part twice, at -1 and by itself: the two shares cancel, and no gate is dead.
  @Test func `gradients of inputs that cancel are not called all gradients`() throws {
    let lines = ["a = -1", "h(x) = x^2 + a", "k = h(3) + h(a)", "backward"]
    let text = try said(after: lines, "hunt vanish")
    #expect(text.hasPrefix("The gradient of every input is 0"))
    #expect(try said(after: lines, "hunt dead").contains("No gate is dead"))
  }

  @Test func `nobody is asked to step where there are too many nodes`() throws {
    let lines = ["x = uniform(0, 1, 9, 999)", "x2 = uniform(0, 1, 9, 999)"]
    #expect(try said(after: lines, "f = sum(x * x)").contains("Type step to begin."))
    let text = try said(after: lines, "g = sum(x * x2) + sum(x2)")
    #expect(text.contains("Too large to step through; g shows its value."))
    #expect(try !said(after: lines + ["g = sum(x * x2) + sum(x2)"], "g").contains("error"))
  }

  @Test func `a fault may be an input`() throws {
    let text = try said(after: ["x = 1/0", "f = x*2"], "hunt nan")
    #expect(text.contains("The first is an input: x was given inf."))
  }

  /// 3 is given at f, and f is used nowhere else: it all comes from outside.
  @Test func `a given upstream has a row in the ledger`() throws {
    let text = try said(after: ["w = 2", "f = w^2", "upstream f = 3", "backward"], "ledger f")
    let rows = text.split(separator: "\n").map { $0.split(separator: " ").map(String.init) }
    #expect(rows.contains(["given", "3", "3"]))
    #expect(try said(after: ["w = 2", "f = w^2", "upstream f = 3"], "grad w") == "12\n")
  }

  /// dp/ds of a softmax is p(1 - p) on the diagonal and -p q beside it, however many gates it is.
  @Test func `an opened softmax has the same gradients`() throws {
    let lines = ["z = [1, 2, 3]", "s = softmax(z)", "f = s[1] + 2*s[2]"]
    let powers = [1.0, 2, 3].map(Real.exp)
    let shares = powers.map { $0 / powers.reduce(0, +) }
    let mean = shares[0] + 2 * shares[1]
    let wanted = zip(shares, [1.0, 2, 0]).map { share, weight in share * (weight - mean) }
    for opening in [[], ["expand s"]] {
      var session = Session()
      try session.enterAll(lines + opening)
      for place in 1...3 {
        let found = try session.number("grad z[\(place)]", in: .session)
        #expect(abs(found - wanted[place - 1]) < 1e-12)
      }
    }
    let opened = try said(after: lines, "expand s")
    // Three powers, one sum, three quotients.
    #expect(opened.contains("7 gates"))
  }

  @Test func `a loss explains itself with an example that is right`() throws {
    // ((1-3)^2 + (2+1)^2) / 2
    let text = try said(after: [], "help mse")
    #expect(text.contains("It stands for mean((y - p)^2)."))
    #expect(text.contains("mse([1, 2], [3, -1])\n6.5\n"))
    let filter = try said(after: [], "help conv")
    #expect(filter.contains("stride is 1 if left out; padding is 0 if left out."))
    #expect(try said(after: ["k = 2", "f(x) = k*x"], "help f").hasPrefix("f(x) = k*x"))
  }

  @Test func `long lists are cut and say how much is left`() throws {
    var session = Session()
    _ = try session.enter("set drawing off")
    let names = (1...250).map { "x\($0)" }
    for name in names { _ = try session.enter("\(name) = 1") }
    _ = try session.enter("f = " + names.joined(separator: " + "))
    let show = { (line: String) in try session.enter(line).document.rendered(Style()) }
    let tree = try show("tree")
    #expect(tree.contains("─ x199 ") && !tree.contains("─ x200 "))
    #expect(tree.contains("and more below; tree NODE shows a part"), "a cut is never silent")
    let table = try show("table all")
    for name in names { #expect(table.contains("\(name) ")) }
    #expect(try show("backward").contains("more"))
    // 40 numbers in a row are all there, 60 are cut in the middle, and the two counts agree.
    _ = try session.enter("v = [i for i in 1..60]")
    let vector = try show("v").replacing("\n", with: " ")
    let shown = vector.filter { !"[]\n".contains($0) }.split(separator: ",")
      .compactMap { Int($0.trimming(" ")) }
    let left = try #require(
      vector.split(separator: "…").last?.split(separator: " ").first.flatMap { Int($0) })
    #expect(shown.count + left == 60)
    #expect(shown.first == 1 && shown.last == 60)
  }

  @Test func `TAB offers what can stand there`() throws {
    var session = Session()
    try session.enterAll(["w = 2", "f = w^2", "step", "mark here"])
    let offered = { (line: String) -> Completion in
      session.completions(of: "", in: line, at: line.utf8.count, lessons: [])
    }
    #expect(offered("update ") == .words(["rate"]))
    #expect(offered("goto ") == .words(["here"]))
    for (line, words) in [
      ("update rate 1 ", ["wrt", "w"]), ("export ", ["svg", "html"]),
      ("table ", ["all", "w", "f"]),
      ("graph ", ["split", "w"]), ("data ", ["xor", "moons"]), ("data moons ", ["seed"]),
      ("train ", ["f"]), ("train f ", ["wrt", "rate", "epochs", "w"]),
    ] {
      guard case .words(let all) = offered(line) else {
        Issue.record("\(line) offers no words")
        continue
      }
      #expect(Set(words).subtracting(all) == [], "\(line)")
    }
    #expect(offered("data ") != .words([]))
  }

  @Test func `settings can be put back to what the terminal says`() throws {
    var session = Session()
    try session.enterAll(["set width 40", "set color always"])
    #expect(session.settings.width == 40 && session.settings.colour == .always)
    try session.enterAll(["set width auto", "set color auto"])
    #expect(session.settings.width == nil && session.settings.colour == .auto)
  }
}

extension Substring {
  fileprivate func trimming(_ sign: Character) -> String { filter { $0 != sign } }
}
