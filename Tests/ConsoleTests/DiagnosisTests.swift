import Engine
import Testing
import Typesetting

@testable import Console

/// What is said to a wrong answer: the mistake by name, and never the right answer.
@Suite struct DiagnosisTests {
  private static let circuit = ["w1 = -2, w2 = 5, w3 = -4", "q = w1 + w2", "f = q * w3"]
  private static let fork = ["x = 3", "f = 5*x*x + 2*x"]
  private static let network = [
    "wA = 0.5, wB = 1, wC = -2, wD = 3, wE = -1, x = 2", "z1 = wA * x", "z2 = tanh(wB * z1)",
    "z3 = tanh(wC * z1)", "J = wD * z2 + wE * z3",
  ]

  private func words(_ lines: [String], _ question: String, _ typed: Double) throws -> String? {
    var session = Session()
    try session.enterAll(lines)
    return Diagnosis.words(for: typed, expression: question, in: session)
  }

  @Test(arguments: [
    (circuit, "grad w3", -4.0, "But w3 is multiplied by q: the × gate swaps."),
    (
      circuit, "grad w1", 1,
      "1 is the local gradient at q. Multiply it by the upstream gradient, ∂f/∂q."
    ),
    (circuit, "grad w1", 4, "Right size, wrong sign."),
    (circuit, "grad w1", -2, "-2 is the value of w1, not its gradient."),
    (circuit, "grad q", -12, "-12 has the value of f as its slope."),
    (circuit, "value q", -7, "-7 is w1 - w2. The gate of q computes w1 + w2."),
    (circuit, "value q", 7, "Mind the sign of w1."), (circuit, "value f", 12, "wrong sign"),
    (circuit, "value f", -1, "-1 is q + w3. The gate of f computes q × w3."),
    (circuit, "value f", 3, "3 is the value of q, which goes into f."),
    (network, "grad z1", 1.26, "1.26 is what arrives through @1 alone. z1 is used 2 times"),
    (network, "grad z1", 0.1413, "0.1413 is what arrives through @3 alone."),
    (network, "grad z1", 0.178, "the product of what arrives at z1"),
    (network, "grad z1", 0.7006, "the mean of what arrives at z1"),
    (network, "grad wA", 2.52, "the last contribution replaces the ones before it"),
    (["a = 2, b = 3", "f = 7*(a - b)"], "grad b", 7, "7 lacks a minus: when b grows"),
    (["a = 3", "f = a^2"], "grad a", 3, "the literal in f belongs into ∂f/∂a"),
    (["z = 1", "f = sigmoid(z)"], "grad z", 0.2194, "wanted where z is"),
    (["z = -2", "a = relu(z)", "f = 3*a"], "grad z", 3, "as if it were open for z"),
  ])
  func `a known mistake is named`(
    lines: [String], question: String, typed: Double, says: String
  )
    throws
  {
    let said = try words(lines, question, typed) ?? "nothing"
    #expect(said.contains(says), "\(said)")
  }

  /// What a fused gate computes is no primitive of the catalog.
  @Test func `the value of a fused gate is explained`() throws {
    let lines = ["x = 2, w = 3", "h = w*x + 1", "f = h*h", "fuse h"]
    #expect(try words(lines, "value h", -7) == "Right size, wrong sign.")
    #expect(try words(lines, "value h", 3)?.hasPrefix("3 is the value of w") == true)
  }

  @Test func `an answer that fits nothing is not explained`() throws {
    #expect(try words(Self.circuit, "grad w1", 123.4) == nil)
    #expect(try words(Self.circuit, "value q", 123.4) == nil)
    #expect(try words(Self.circuit, "w1 + w2", 7) == nil)
    #expect(try words(Self.circuit, "grad nowhere", 7) == nil)
  }

  /// Whatever is typed, the number asked for is not in the words.
  @Test(arguments: [circuit, fork, network])
  func `no words give the answer away`(lines: [String]) throws {
    var session = Session()
    try session.enterAll(lines)
    let scene = try session.completedScene()
    for node in scene.graph.nodes.indices where scene.graph.nodes[node].kind != .constant {
      let right = scene.now.gradients[node]
      let name = scene.graph.label(node)
      for wrong in Misconception.answers(for: node, on: scene.tape) {
        let said = Diagnosis.words(for: wrong.value, expression: "grad \(name)", in: session)
        guard let said else { continue }
        let words = said.split { !($0.isNumber || $0.isLetter || "-.@".contains($0)) }
        let uses = scene.graph.readers(of: node).count
        let isThere = words.contains {
          Double($0.hasSuffix(".") ? $0.dropLast() : $0[...]) == right && String($0) != "\(uses)"
        }
        #expect(!isThere || scene.style.number(wrong.value) == scene.style.number(right), "\(said)")
      }
    }
  }
}
