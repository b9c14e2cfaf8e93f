import Language
import Testing

@testable import Engine

/// Points where mathematics leaves a slope open, and where numbers end.
@Suite struct KinkTests {
  struct Point: Sendable {
    let lines: String
    let value: Double
    let slopes: [String: Double]
    let statement: String?
  }

  /// From the written conventions: `docs` of the project, and PyTorch where it agrees.
  static let points: [Point] = [
    Point(lines: "x = 0, f = relu(x)", value: 0, slopes: ["x": 0], statement: "relu′(0) = 0"),
    Point(lines: "x = 0, f = leaky_relu(x)", value: 0, slopes: ["x": 0.01], statement: "leaky"),
    Point(lines: "x = 0, f = abs(x)", value: 0, slopes: ["x": 0], statement: "abs′(0) = 0"),
    Point(
      lines: "x = 2, y = 2, f = max(x, y)", value: 2, slopes: ["x": 0.5, "y": 0.5],
      statement: "tie in max"),
    Point(
      lines: "x = 2, y = 2, f = min(x, y)", value: 2, slopes: ["x": 0.5, "y": 0.5],
      statement: "tie in min"),
    Point(lines: "x = 0, f = step(x)", value: 1, slopes: ["x": 0], statement: "step(0) = 1"),
    Point(lines: "x = 0, f = sign(x)", value: 1, slopes: ["x": 0], statement: "sign(0) = 1"),
    Point(lines: "x = 0, f = sqrt(x)", value: 0, slopes: ["x": .infinity], statement: "sqrt′(0)"),
    Point(
      lines: "x = 0, y = 0, f = x^y", value: 1, slopes: ["x": 0, "y": 0], statement: "0^0"),
    Point(lines: "x = 0, f = x^2", value: 0, slopes: ["x": 0], statement: nil),
    Point(lines: "x = -3, f = x^2", value: 9, slopes: ["x": -6], statement: nil),
    Point(lines: "x = -3, y = 2, f = x^y", value: 9, slopes: ["x": -6, "y": .nan], statement: nil),
    Point(
      lines: "x = 0, y = -1, f = x^y", value: .infinity,
      slopes: ["x": -.infinity, "y": -.infinity],
      statement: nil),
    Point(lines: "x = 1, f = relu(x)", value: 1, slopes: ["x": 1], statement: nil),
    Point(lines: "x = -1, f = ln(x)", value: .nan, slopes: ["x": -1], statement: nil),
    // 0 × inf is nan and stays nan.
    Point(lines: "x = 0, f = x * ln(x)", value: .nan, slopes: ["x": .nan], statement: nil),
    Point(lines: "x = 0, f = sqrt(x * x)", value: 0, slopes: ["x": .nan], statement: "sqrt′(0)"),
    Point(lines: "x = 0, f = 0 * sqrt(x)", value: 0, slopes: ["x": .nan], statement: nil),
    Point(
      lines: "x = 1e300, y = 1e200, f = x / y", value: 1e100, slopes: ["y": -1e-100],
      statement: nil),
    Point(lines: "x = 1000, f = softplus(x)", value: 1000, slopes: ["x": 1], statement: nil),
    Point(
      lines: "x = 1000, y = 1000, f = logsumexp(x, y)", value: 1000.6931471805599,
      slopes: ["x": 0.5, "y": 0.5], statement: nil),
  ]

  private func isSame(_ a: Double, _ b: Double) -> Bool {
    a == b || a.isNaN && b.isNaN || (a - b).magnitude <= 1e-13 * b.magnitude
  }

  @Test func `every written convention`() throws {
    for point in Self.points {
      let tape = try tape(point.lines)
      let final = tape.final
      let gate = tape.graph.outputs[0]
      #expect(isSame(final.values[gate], point.value), "\(point.lines): \(final.values[gate])")
      for (name, wanted) in point.slopes {
        let found = try tape.gradient(name)
        #expect(isSame(found, wanted), "\(point.lines): \(name) \(found)")
      }
      let told = tape.graph.explanation(
        of: gate, slot: 0, values: final.values, conventions: tape.conventions
      ).conventions
      if let statement = point.statement {
        #expect(told.count == 1 && told[0].contains(statement), "\(point.lines): \(told)")
      } else {
        #expect(told == [], "\(point.lines)")
      }
    }
  }

  @Test func `a setting changes the slope and the sentence`() throws {
    var conventions = Conventions()
    conventions[setting: "relu-at-zero"] = 1
    let changed = try tape("x = 0", "f = relu(x)", conventions: conventions)
    #expect(try changed.gradient("x") == 1)
    let explanation = changed.graph.explanation(
      of: 1, slot: 0, values: changed.final.values, conventions: conventions)
    #expect(explanation.conventions == ["relu′(0) = 1"])
    #expect(explanation.value == 1)
    #expect(explanation.condition?.description == "x == 0")
    // Nothing else listens to it.
    let other = try tape("x = 0", "f = abs(x)", conventions: conventions)
    #expect(try other.gradient("x") == 0)
    conventions[setting: "relu-at-zero"] = 0.5
    #expect(try tape("x = 0", "f = relu(x)", conventions: conventions).gradient("x") == 0.5)
    #expect(try tape("x = -1", "f = relu(x)", conventions: conventions).gradient("x") == 0)
  }

  @Test func `nan in, nan out: value and slope`() throws {
    var names = try definitions(["x = 1, y = 2.5"])
    names.set("x", to: .nan)
    for primitive in Primitive.catalog {
      guard case .fixed(let operands) = primitive.operands, primitive.notation != .comparison,
        !["step", "sign", "floor", "if"].contains(primitive.name)
      else { continue }
      // A name of its own for each operand, the first of them nan.
      let infix = "x \(primitive.name) y"
      let call = "\(primitive.name)(x, y)"
      let line =
        operands.count == 1
        ? "f = " + primitive.usage : "f = " + (primitive.notation == .function ? call : infix)
      var own = names
      try define(line, in: &own)
      let tape = try Tape(of: try Graph(of: ["f"], in: own))
      #expect(tape.final.values[tape.graph.outputs[0]].isNaN, "\(line)")
      let isLinear = ["+", "-", "copy", "/", "*"].contains(primitive.name)
      #expect(try tape.gradient("x").isNaN || isLinear, "\(line)")
    }
  }

  @Test func `the explanation's number is the one on the tape`() throws {
    for seed in 0..<60 as Range<UInt64> {
      let tape = try RandomGraph(seed: 17_000 + seed, cornered: true).tape()
      let values = tape.final.values
      for event in tape.events.indices {
        for part in tape.contributions(of: event) {
          let gate = tape.events[event].node
          let explanation = tape.graph.explanation(
            of: gate, slot: part.slot, values: values, conventions: tape.conventions)
          #expect(explanation.value.bitPattern == part.local.bitPattern)
          let written = explanation.substituted.evaluated { _ in .nan }
          #expect(
            (written - part.local).magnitude <= 1e-9 * (1 + part.local.magnitude), "\(explanation)")
        }
      }
    }
  }
}
