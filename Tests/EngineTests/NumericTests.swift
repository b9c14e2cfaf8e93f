import Language
import TestSupport
import Testing

@testable import Engine

/// The check by differences, and the hunt for the first bad number.
@Suite struct NumericTests {
  private func check(_ node: String, _ tape: Tape) throws -> NumericCheck {
    NumericCheck(of: try tape.node(node), on: tape, values: tape.final.values)
  }

  @Test func `smooth formulas agree three ways`() throws {
    for seed in 0..<80 as Range<UInt64> {
      let random = RandomGraph(seed: 19_000 + seed)
      let tape = try random.tape()
      for node in tape.graph.inputs {
        let gradient = tape.final.gradients[node]
        let check = NumericCheck(of: node, on: tape, values: tape.final.values)
        let size = max(1e-2, gradient.magnitude)
        #expect((check.complexStep - gradient).magnitude <= 1e-10 * size, "\(random)")
        #expect((check.central - gradient).magnitude <= 1e-5 * size, "\(random)")
        #expect(
          ((check.left + check.right) / 2 - check.central).magnitude <= 1e-6 * size, "\(random)")
        #expect(check.kinks == [], "\(random)")
        #expect(check.step > 0)
      }
    }
  }

  @Test(arguments: [
    ("x = 0", "k = relu(x), f = 2 * k", 0.0, 2.0), ("x = 0", "k = abs(x), f = k", -1, 1),
    ("x = 3", "k = max(x, 3), f = k", 0, 1), ("x = 3", "k = min(x, 3), f = k", 1, 0),
    ("x = 0", "k = leaky_relu(x), f = k * 10", 0.1, 10),
  ])
  func `a kink is found, with the slope on either side`(
    given: String, line: String, left: Double, right: Double
  ) throws {
    let tape = try tape(given, line)
    let check = try check("x", tape)
    #expect(check.kinks == [try tape.node("k")])
    #expect((check.left - left).magnitude < 1e-4 && (check.right - right).magnitude < 1e-4)
    #expect((check.central - (left + right) / 2).magnitude < 1e-4)
  }

  /// The step is some 6e-6, so these corners lie inside it, on one side only.
  @Test(arguments: ["x = 0.000001", "x = -0.000001"])
  func `a kink within the step is found on either side`(given: String) throws {
    let tape = try tape(given, "f = relu(x)")
    #expect(try check("x", tape).kinks == [try tape.node("f")])
    let far = try EngineTests.tape(given + ", y = 0.001", "f = relu(y) + x")
    #expect(try check("y", far).kinks == [])
  }

  @Test func `a kink elsewhere is not reported`() throws {
    let tape = try tape("x = 1, y = 0", "f = relu(x) + abs(y) + max(x, 3)")
    #expect(try check("x", tape).kinks == [])
    #expect(try check("y", tape).kinks.count == 1)
  }

  @Test func `the check weighs outputs as the tape does, and can hold a gate`() throws {
    let tape = try tape("x = 2", "p = x^2", "q = 3 * p", of: ["p", "q"], upstream: [10, 1])
    #expect((try check("x", tape).complexStep - 52).magnitude < 1e-12)
    #expect((try check("p", tape).complexStep - 13).magnitude < 1e-12)
    #expect((try check("p", tape).central - 13).magnitude < 1e-6)
    #expect(NumericCheck.relativeError(0, 0) == 0)
    #expect(NumericCheck.relativeError(1, 2) == 0.5)
    #expect(NumericCheck.relativeError(-1, 1) == 2)
  }

  private func fault(_ lines: String...) throws -> String? {
    let names = try definitions(lines)
    let tape = try Tape(of: try Graph(of: names.order.suffix(1).map { $0 }, in: names))
    return switch tape.firstFault() {
    case nil: nil
    case .given(let node): "given \(tape.graph.label(node))"
    case .value(let node, let event): "value \(tape.graph.label(node)) \(tape.events[event].kind)"
    case .contribution(let part, let gate, _):
      "from \(tape.graph.label(gate)) to \(tape.graph.label(part.operand)), slope \(part.local)"
    }
  }

  @Test func `the first cause of a bad number`() throws {
    #expect(try fault("x = 2", "f = ln(x)") == nil)
    #expect(try fault("x = -1", "a = ln(x)", "f = a * 2 + x") == "value a forward")
    #expect(try fault("x = 0", "l = ln(x)", "f = x * l") == "value l forward")
    #expect(try fault("x = 0", "s = x * x", "f = sqrt(s)") == "from f to s, slope inf")
    #expect(try fault("x = 1000", "e = exp(x)", "f = 1 / (1 + e)") == "value e forward")
    #expect(try fault("x = 1e999", "f = x + 1") == "given x")
    #expect(try fault("x = 1, y = 0", "q = x / y", "f = q * 0") == "value q forward")
  }
}
