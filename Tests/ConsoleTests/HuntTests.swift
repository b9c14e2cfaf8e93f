import Language
import Testing
import Typesetting

@testable import Console

/// The hunts as a learner sees them.
@Suite struct HuntTests {
  private static let deep =
    ["x = 1, " + (1...10).map { "w\($0) = 1" }.joined(separator: ", "), "h1 = sigmoid(w1*x)"]
    + (2...9).map { "h\($0) = sigmoid(w\($0)*h\($0 - 1))" } + ["yhat = sigmoid(w10*h9)"]
    + ["hunt vanish", "hunt explode", "hunt dead"]
  private static let network = [
    "w11 = 1, w12 = -1, w21 = 0.5, w22 = 1, b1 = 0, b2 = -1, v1 = 2, v2 = -1, c = 0.5",
    "x1 = 1, x2 = 2, t = 1", "z1 = w11*x1 + w12*x2 + b1", "z2 = w21*x1 + w22*x2 + b2",
    "h1 = relu(z1)", "h2 = relu(z2)", "o = sigmoid(v1*h1 + v2*h2 + c)", "L = (o - t)^2",
    "hunt dead", "hunt vanish",
  ]
  private static let others = [
    "a = 1.5, u = 3, q = 800, spare = 1", "f = a*u - u*a + sigmoid(q) + step(u)", "hunt dead",
    "hunt vanish", "reset", "w = 20, s = 2", "f = s*w*w*w*w", "hunt explode", "g = exp(exp(w))",
    "hunt explode",
  ]
  private static let lines = deep + ["reset"] + network + ["reset"] + others

  @Test func `hunts look as agreed`() throws {
    try expectGolden(transcript(Self.lines), "hunts.txt")
  }

  @Test func `hunts read well aloud`() throws {
    let spoken = transcript(Self.lines) { $0.style.speech = true }
    try expectGolden(spoken, "hunts.speech.txt")
    let answers = spoken.split(separator: "\n").filter { !$0.hasPrefix(">") }
    #expect(answers.filter { $0.contains("◂") || $0.contains("∂") || $0.contains("×") } == [])
  }

  @Test func `hunts can do with ASCII and with 80 columns`() {
    let plain = transcript(Self.lines) { $0.style.unicode = false }
    #expect(plain.utf8.allSatisfy { $0 < 0x80 })
    let wide = transcript(Self.lines).split(separator: "\n").filter { columns(String($0)) > 80 }
    #expect(wide.filter { !$0.hasPrefix(">") } == [])
  }

  @Test func `the cause is computed from the factors`() {
    let text = transcript(Self.deep).split(separator: "\n").joined(separator: " ")
    #expect(text.contains("∂yhat/∂w1 = 2.785e-7"))
    #expect(text.contains("10 gates (σ) multiply it by 2.8e-7 together"))
    #expect(text.contains("at most 0.25"))
    let dead = transcript(Self.network)
    #expect(dead.contains("h1 = relu(z1), dead for this example: z1 = -1"))
    #expect(dead.contains("keeps the gradient from w11, w12 and b1"))
  }

  @Test func `a name that is not used is no zero`() {
    let text = transcript(Self.others)
    #expect(text.contains("spare is not used by f"))
    #expect(text.contains("a is used, and its contributions cancel: 3 + (-3) = 0."))
  }

  @Test func `only what exists is hunted`() throws {
    var session = Session()
    try session.enterAll(["x = 1", "f = x * 2"])
    #expect(throws: Problem.self) { try session.enter("hunt fish") }
    #expect(throws: Problem.self) { try session.enter("hunt") }
    #expect(throws: Problem.self) { try session.enter("hunt dead vanish") }
  }
}
