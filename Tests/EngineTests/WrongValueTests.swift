import Language
import Testing

@testable import Engine

/// Slips on the way forward: which gate is mixed up with which others, by hand.
@Suite struct WrongValueTests {
  private func found(_ line: String, _ inputs: String) throws -> [WrongValue] {
    let own = try tape(inputs, line)
    return WrongValue.values(of: try own.node("f"), in: own.graph, at: own.final.values)
  }

  private func others(_ found: [WrongValue]) -> [String] {
    found.compactMap { wrong -> String? in
      guard case .other(let id) = wrong.slip else { return nil }
      return Primitive[id].usage
    }
  }

  private func isNear(_ found: [WrongValue], _ wanted: [Double]) -> Bool {
    found.count == wanted.count && zip(found, wanted).allSatisfy { !areApart($0.value, $1) }
  }

  @Test(
    arguments: [
      ("a + b", ["a - b", "a * b", "a / b", "a ^ b", "a * b"]),
      ("a - b", ["a + b", "a * b", "a / b"]),
      ("a * b", ["a + b", "a - b", "a / b", "a ^ b", "a + b"]),
      ("a / b", ["a + b", "a - b", "a * b"]), ("a ^ b", ["a * b", "a + b"]),
      ("tanh(a)", ["sigmoid(x)", "relu(x)"]), ("sigmoid(a)", ["tanh(x)", "relu(x)"]),
      ("relu(a)", ["tanh(x)", "sigmoid(x)"]), ("sin(a)", ["cos(x)", "tan(x)"]),
      ("cos(a)", ["sin(x)", "tan(x)"]), ("tan(a)", ["sin(x)", "cos(x)"]),
      ("exp(a)", ["ln(x)"]), ("ln(a)", ["exp(x)"]), ("max(a, b)", ["min(a, b)"]),
      ("min(a, b)", ["max(a, b)"]), ("a + b + a", ["a * b"]), ("-a", []), ("sqrt(a)", []),
      ("a + a + b + b", ["a * b"]), ("mean([a, b, a])", []), ("softplus(a)", []),
    ] as [(String, [String])])
  func `which gates it is mixed up with`(line: String, wanted: [String]) throws {
    #expect(others(try found("f = " + line, "a = 0.5, b = 3")) == wanted)
  }

  @Test func `what they give`() throws {
    let sum = try found("f = a + b", "a = 0.5, b = 3")
    #expect(isNear(sum, [-2.5, 1.5, 0.5 / 3, 0.125, 1.5, -3.5, 0.5, 3]))
    let long = try found("f = a + b + a + b", "a = 0.5, b = 3")
    #expect(isNear(long, [2.25, -7, 0.5, 3, 0.5, 3]))
    let minus = try found("f = -a", "a = 3")
    #expect(isNear(minus, [3, 3]) && minus.first?.slip == .sign)
  }

  @Test func `a sign is overlooked where there is one`() throws {
    for (inputs, wanted) in [
      ("a = 5, b = 3", []), ("a = 0.5, b = 0.25", []), ("a = -5, b = 3", [2]),
      ("a = 5, b = -3", [2]), ("a = -0.5, b = -0.25", [0.75, -0.75]),
    ] as [(String, [Double])] {
      let signs = try found("f = a - b", inputs).filter {
        if case .operandSign = $0.slip { true } else { false }
      }
      #expect(isNear(signs, wanted), "\(inputs)")
    }
  }

  @Test func `slips that nobody could notice`() throws {
    for (inputs, count) in [
      // b alone; 0 has no sign that could be overlooked.
      ("a = 0, b = 3", 1),
      // 2 · 2, which two mistakes lead to, and 2².
      ("a = 2, b = 2", 3), ("a = 0.5, b = 3", 0),
    ] {
      let own = try tape(inputs, "f = a + b")
      let hidden = WrongValue.hiddenCount(
        of: try own.node("f"), in: own.graph, at: own.final.values)
      #expect(hidden == count, "\(inputs)")
    }
  }
}
