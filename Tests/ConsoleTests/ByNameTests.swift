import Engine
import Language
import Testing
import Typesetting

@testable import Console

/// Circuits in which a vector is one box: what such a box may hide, and what it may not.
@Suite struct ByNameTests {
  private func shown(_ lines: [String], _ style: (inout Style) -> Void = { _ in }) throws -> String
  {
    var session = Session()
    style(&session.settings.style)
    var last = Document.empty
    for line in lines { last = try session.enter(line).document }
    return last.rendered(session.settings.style)
  }

  @Test func `a list of things that have names is drawn as these things`() throws {
    let list = try shown([
      "x = [1, 2], z = 3", "y = [x[1], z]", "w = [1, 1]", "f = dot(y, w)", "graph",
    ])
    for word in ["x [2] ─", "z ─", "w [2] ─"] { #expect(list.contains(word), "\(list)") }
    #expect(!list.contains("y ["))
    let mixed = try shown(["x = 2", "y = [x*2, 3, x]", "graph"])
    #expect(mixed.contains("x ─") && mixed.contains("[×2]") && mixed.contains("▶ y[1]"), "\(mixed)")
  }

  @Test func `the numbers of a vector are those of all its elements`() throws {
    let text = try shown(["x = [1, 2, 3, 4]", "f = x[2] * x[3]", "backward", "graph"])
    #expect(text.contains("1.00 … 4.00") && text.contains("0.00 … 3.00"), "\(text)")
  }

  @Test func `a gate between boxes says what it computes of them`() throws {
    let lines = [
      "x = [1, 2]", "f = x[1] - x[2]", "g = x[2] - x[1]", "upstream f = 1, g = 1", "graph",
    ]
    let text = try shown(lines)
    #expect(text.contains("[x[1]-x[2]]") && text.contains("[x[2]-x[1]]"), "\(text)")
    let literal = try shown(
      ["x = [1, 2]", "s = sum(x)", "f = 123456789 - s", "g = s - 123456789"]
        + ["upstream f = 1, g = 1", "graph"])
    #expect(literal.contains("[123456789-s]") && literal.contains("[s-123456789]"), "\(literal)")
  }

  @Test func `a box names every kind of gate in it, or counts them`() throws {
    let lines = ["W = [[1, -1], [0.5, 1]], x = [2, 1], t = [0, 1]", "h = tanh(W @ x)"]
    #expect(try shown(lines + ["f = sum(h)", "graph"]).contains("[h [2]: dot, tanh]"))
    let loss = try shown(lines + ["L = sum((h - t)^2) / 2 + exp(h[1])", "graph"])
    #expect(loss.contains("[L: 8 gates]"), "\(loss)")
  }

  @Test func `elements that depend on each other by way of names are drawn apart`() throws {
    let lines =
      ["x = [1, 2, 3]", "h1 = tanh(x[1])", "g = sigmoid(h1)", "h2 = tanh(g + x[2])"]
      + ["h = [h1, h2]", "y = h * 2", "f = sum(y)"]
    let whole = try shown(lines + ["graph"])
    #expect(whole.contains("[y [2]: ×]") && !whole.contains("h [2]"), "\(whole)")
    let open = try shown(lines + ["graph h"])
    #expect(open.contains("▶ h1") && open.contains("▶ h2"), "\(open)")
    let next = try shown(lines + ["graph y"])
    #expect(next.contains("▶ y[1]") && next.contains("▶ y[2]"), "\(next)")
  }

  @Test func `what is no circuit is a table`() throws {
    for lines in [
      ["w = [1, 2]", "u = w[1] * w[2]", "graph w"],
      ["x = [1, 2]", "y = x", "f = sum(y)", "graph y"],
    ] {
      let text = try shown(lines)
      #expect(text.contains("[1]  input") && text.contains("[2]  input"), "\(text)")
    }
    let heard = try shown(["x = [1, 2]", "y = x", "f = sum(y)", "graph y"]) { $0.speech = true }
    #expect(
      heard == "x[1] is an input. Value 1.00. Gradient not known yet.\n"
        + "x[2] is an input. Value 2.00. Gradient not known yet.\n")
  }

  @Test func `what has no room says so`() throws {
    let lines =
      ["W = [[1,-1],[0.5,1],[0,2]], x = [2,1], b = [0.5,-0.5,0]", "s = W @ x + b"]
      + ["p = softmax(s)", "L = -ln(p[2])", "backward"]
    for command in ["graph", "graph all", "graph split"] {
      let text = try shown(lines + [command])
      #expect(text.contains("no room in 80 columns"), "\(text)")
      #expect(text.contains("graph all") == (command == "graph"), "\(text)")
    }
    let wide = try shown(lines + ["graph all"]) { $0.width = 200 }
    #expect(wide.contains("W[3,2] ─") && !wide.contains("no room"), "\(wide)")
  }

  @Test func `a long chain is drawn in strips that go on where the one above ends`() throws {
    let layers = (1...8).map { "z\($0) = sigmoid(w\($0) * z\($0 - 1))" }
    let inputs = ["z0 = 0.6, " + (1...8).map { "w\($0) = \($0)" }.joined(separator: ", ")]
    let text = try shown(inputs + layers + ["backward", "graph"])
    #expect(text.contains("strips"), "\(text)")
    // Each weight and each gate once, and what is cut is named at both ends.
    for layer in 1...8 { #expect(text.ranges(of: "w\(layer) ─").count == 1, "\(text)") }
    #expect(text.ranges(of: "(×)").count == 8 && text.ranges(of: "(σ)").count == 8, "\(text)")
    let ends = text.matches(of: /▶ (\S+)/).map { String($0.1) }
    let starts = text.matches(of: /…(\S+) ─/).map { String($0.1) }
    #expect(ends == starts + ["z8"] && !starts.isEmpty, "\(text)")
  }

  @Test func `results that are read, and many readers, leave a trace`() throws {
    let results = ["a = 2, b = 3", "q = a * b", "f = q + a", "upstream q = 1, f = 1", "backward"]
    #expect(try shown(results + ["graph"]).contains("q:(×)"))
    let text = try shown(
      ["w = 2, a = 1", "f = w*a + w*(a+1) + w*(a+2) + w*(a+3) + w*(a+4)", "graph w"])
    #expect(text.contains("…3 more"), "\(text)")
  }

  @Test func `a placeholder is nobody's name`() throws {
    #expect(try shown(["x = 5, y = 2", "f = y^2 + x", "graph"]).contains("[z²]"))
    #expect(try shown(["x = 5, y = 2", "f = x^2 + y", "graph"]).contains("[x²]"))
    let taken = try shown(
      ["x=1,z=2,u=3,v=4,a=5,k=6,w=1", "f = w^2 + x + z + u + v + a + k", "graph"])
    #expect(taken.contains("(^)") && taken.contains("2 ─"), "\(taken)")
    for (formula, box) in [
      ("a - a", "[x-x]"), ("a * a", "[x×x]"), ("1 - a", "[1-x]"), ("a - 1", "[x-1]"),
      ("a + 1", "[+1]"), ("2 * a", "[×2]"), ("2^a", "[2^x]"), ("-a", "[-x]"), ("1/a", "[1/x]"),
    ] {
      let text = try shown(["a = 3", "f = \(formula)", "graph"])
      #expect(text.contains(box), "\(formula): \(text)")
    }
  }

  @Test func `names and inline, together and alone`() throws {
    let neuron = ["w = 2, x = 3, b = -1", "z = w * x + b", "a = tanh(z)", "backward"]
    let named = try shown(neuron + ["graph names"])
    #expect(
      named.contains("@1:(×)") && named.contains("z:(+)") && named.contains("a:[tanh]"), "\(named)")
    let inline = try shown(neuron + ["graph inline"])
    // 1 - tanh(5)^2 = 0.000182: the slope arrives at each input of the sum.
    let lines = inline.split(separator: "\n")
    #expect(lines.count == 3, "\(inline)")
    #expect(lines[0].hasPrefix("w 2.00│5.4e-4") && inline.contains("-1.00│1.8e-4"), "\(inline)")
    #expect(inline.contains("1.00│1.00") && lines.contains { $0.hasSuffix("▶ a") }, "\(inline)")
    #expect(try shown(neuron + ["graph inline ascii"]).utf8.allSatisfy { $0 < 0x80 })
    let shared = try shown(["x = 2", "q = x * x", "f = q + tanh(q)", "graph inline"])
    #expect(shared.contains("inline draws trees"), "\(shared)")
  }
}
