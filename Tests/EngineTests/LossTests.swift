import Language
import Testing

@testable import Engine

/// Losses at numbers where each sign and each piece of their formulas counts; worked out by hand.
@Suite struct LossTests {
  private func isNear(_ a: Double, _ b: Double) -> Bool {
    (a - b).magnitude <= 1e-9 * max(1, b.magnitude)
  }

  @Test(
    arguments: [
      ("squared_error(3, x)", 5, 4, 4), ("squared_error(x, 3)", 5, 4, 4),
      ("half_squared_error(3, x)", 5, 2, 2), ("half_squared_error(3, x)", 1, 2, -2),
      // r²/2 up to delta, then delta · (|r| - delta/2).
      ("huber(x, 1)", 0.5, 0.125, 0.5), ("huber(x, 1)", -0.5, 0.125, -0.5),
      ("huber(x, 1)", 3, 2.5, 1), ("huber(x, 1)", -3, 2.5, -1), ("huber(x, 2)", 3, 4, 2),
      ("huber(x, 2)", -3, 4, -2), ("huber(x, 2)", 2, 2, 2), ("huber(x, 2)", -1, 0.5, -1),
      ("huber(x, 0.25)", 0.5, 0.09375, 0.25), ("huber(x, 0.25)", -0.5, 0.09375, -0.25),
      // ln(1 + e²) - 2y, and its slope sigmoid(2) - y.
      ("binary_cross_entropy(1, x)", 2, 0.126928011043, -0.119202922022),
      ("binary_cross_entropy(0, x)", 2, 2.126928011043, 0.880797077978),
      ("hinge(1, x)", 0.25, 0.75, -1), ("hinge(-1, x)", 0.25, 1.25, 1), ("hinge(1, x)", 2, 0, 0),
      ("hinge(-1, x)", -3, 0, 0), ("hinge(1, x)", -0.5, 1.5, -1), ("hinge(1, x)", 1, 0, -0.5),
    ] as [(String, Double, Double, Double)])
  func `a loss of one number`(line: String, x: Double, loss: Double, slope: Double) throws {
    let tape = try tape("x = \(x)", "L = " + line)
    let found = tape.final.values[try tape.node("L")]
    #expect(isNear(found, loss), "\(found)")
    #expect(isNear(try tape.gradient("x"), slope))
  }

  @Test(
    arguments: [
      ("mse([1, -2], s)", [3, 2], 10, [2, 4]), ("mae([1, -2], s)", [3, 2], 3, [0.5, 0.5]),
      ("mae([1, -2], s)", [0, -4], 1.5, [-0.5, -0.5]), ("l1(s, [1, -2])", [3, -4], 4, [1, -1]),
      ("l2(s, [1, -2])", [3, -4], 8, [4, -4]), ("l2(s, [1, 1])", [4, 2], 10, [6, 2]),
      // -(ln ½)/4 - 3(ln ¼)/4, and slopes -y/p.
      ("cross_entropy([0.25, 0.75], s)", [0.5, 0.25], 1.213007565980, [-0.5, -3]),
      ("norm(s)", [-3, 4], 5, [-0.6, 0.8]), ("mean(s)", [-3, 4], 0.5, [0.5, 0.5]),
    ] as [(String, [Double], Double, [Double])])
  func `a loss of two numbers`(
    line: String, numbers: [Double], loss: Double, slopes: [Double]
  ) throws {
    let tape = try tape("s = [\(numbers[0]), \(numbers[1])]", "L = " + line)
    let found = tape.final.values[try tape.node("L")]
    #expect(isNear(found, loss), "\(found)")
    #expect(isNear(try tape.gradient("s[1]"), slopes[0]))
    #expect(isNear(try tape.gradient("s[2]"), slopes[1]))
  }
}
