import Console
import Export
import Foundation
import Language
import Lessons
import Testing

/// What stands in scripts, which needs no framework to be seen.
@Suite struct ScriptFormTests {
  private func script(_ lines: [String], _ framework: String) throws -> String {
    var session = Session()
    for line in lines { _ = try session.enter(line) }
    return try session.exported(as: try #require(Exporter.named(framework)))
  }

  @Test func `every primitive and every composite has a spelling in every framework`() {
    for framework in Framework.all {
      for primitive in Primitive.catalog where primitive.notation == .function {
        #expect(framework.primitives[primitive.name] != nil, "\(framework.name) \(primitive.name)")
      }
      // Gates that nobody types are laid out by composites of the same name.
      for primitive in Primitive.catalog where primitive.notation == .gate {
        #expect(Composite.byName[primitive.name] != nil)
      }
      for composite in Composite.catalog {
        #expect(framework.composites[composite.name] != nil, "\(framework.name) \(composite.name)")
      }
      let known =
        Primitive.catalog.filter { $0.notation == .function }.map(\.name)
      #expect(Set(framework.primitives.keys) == Set(known))
      #expect(Set(framework.composites.keys) == Set(Composite.catalog.map(\.name)))
    }
  }

  @Test func `formulas stand as they were defined, in vectors`() throws {
    let lines = [
      "W = [[1, -1], [0.5, 1]], b = [0, -1], x = [1, 2], w = [1, 2, 3]",
      "g(z) = z^2 / 2", "h = tanh(W @ x + b)", "i = sum(w[k+1] * w[k] for k in 1..2)",
      "f = g(h[2]) + i + max(0, h[1])",
    ]
    let torch = try script(lines, "torch")
    for line in [
      "h = torch.tanh(W @ x + b)", "i = sum(w[k] * w[k - 1] for k in range(1, 3))",
      "def g(z):\n    return z ** 2 / 2",
      "f = g(h[1]) + i + torch.maximum(torch.tensor(0.0), h[0])",
      "W = torch.tensor([[1.0, -1.0], [0.5, 1.0]], requires_grad=True)",
    ] { #expect(torch.contains(line), "\(torch)") }
    let jax = try script(lines, "jax")
    for line in [
      "    h = jnp.tanh(W @ x + b)", "    f = g(h[1]) + i + jnp.maximum(0.0, h[0])",
      "def compute(h",
    ].dropLast() { #expect(jax.contains(line), "\(jax)") }
  }

  @Test func `words of Python and of the script are changed, and printed as they were`() throws {
    let torch = try script(
      [
        "lambda = 2, in = 3, torch = 4, F = 5, lambda_ = 6, α = 7",
        "f = lambda*in*torch*F*lambda_*α",
      ],
      "torch")
    #expect(
      torch.contains("lambda__ * in_ * torch_ * F_ * lambda_ * α")
        || torch.contains("lambda_ * in_ * torch_ * F_ * lambda__ * α"))
    #expect(torch.contains("\"lambda\": lambda_"))
  }

  @Test func `a name that a script gives itself is free for nobody`() throws {
    let jax = try script(
      ["with_gradients = 0.2, losses = 0.5", "f = losses * with_gradients"], "jax")
    #expect(jax.contains("f = losses_ * with_gradients_"))
    #expect(jax.contains("gradients = with_gradients(losses_, with_gradients_)"), "\(jax)")
    #expect(jax.contains("\"grad with_gradients\""), "\(jax)")
  }

  @Test func `a slope of relu that was chosen goes with it`() throws {
    let torch = try script(["set relu-at-zero 1", "x = 0", "f = relu(x)"], "torch")
    #expect(torch.contains("f = relu_with_slope(x)") && torch.contains("1.0 * x"))
  }

  @Test func `what has no value yet is no script, and a lesson names it`() throws {
    #expect(throws: Problem.self) { try script(["f = 2*x"], "torch") }
    let lesson = try Lesson(
      parsing: Array("# T\n\n```backstep\n> f = 2*x\n```\n\n```backstep\n> x = 3\n```\n".utf8))
    let text = LessonScript(of: lesson).text(for: Framework.all[0])
    #expect(text.contains("# Circuit 1 is not here: x has no value yet\n# f = 2*x"))
    #expect(text.contains("# ---- Circuit 2. T ----"))
  }

  @Test func `a formula deeper than Python reads is said in parts`() throws {
    let deep = String(repeating: "tanh(", count: 300) + "x" + String(repeating: ")", count: 300)
    let long = Array(repeating: "x", count: 400).joined(separator: " - ")
    for lines in [["x = 0.5", "f = \(deep)"], ["x = 0.5", "f = \(long)"]] {
      let torch = try script(lines, "torch")
      #expect(torch.contains("part1 = "))
      let nested =
        torch.split(separator: "\n").filter { !$0.hasPrefix("#") }.map { line in
          line.count { $0 == "(" }
        }.max() ?? 0
      #expect(nested < 60)
    }
  }
}
