import Testing

@testable import Language

/// Slopes where a rule changes its branch, beyond its numbers, and written as a formula.
@Suite struct SlopeTests {
  private func place(_ name: String) throws -> PrimitiveID {
    let found = Primitive.catalog.firstIndex { $0.name == name || $0.usage == name }
    return PrimitiveID(try #require(found))
  }

  private func slope(
    _ id: PrimitiveID, _ operands: [Double], _ slot: Int, convention: Double = 0
  ) -> Double {
    let result = Primitive[id].value(operands)
    return operands.withUnsafeBufferPointer {
      Primitive.slope(
        of: id, operand: slot, operands: $0, result: result, convention: convention)
    }
  }

  private func isSame(_ a: Double, _ b: Double) -> Bool {
    a == b || a.isNaN && b.isNaN || (a - b).magnitude <= 1e-12 * b.magnitude
  }

  @Test(
    arguments: [
      ("relu", [0], [0]), ("relu", [-2], [0]), ("relu", [0.5], [1]), ("leaky_relu", [0], [0.01]),
      ("leaky_relu", [-2], [0.01]), ("leaky_relu", [0.5], [1]), ("abs", [0], [0]),
      ("abs", [-0.5], [-1]), ("abs", [0.5], [1]), ("step", [0], [0]), ("sign", [0], [0]),
      ("floor", [2], [0]), ("max", [2, 2], [0.5, 0.5]), ("max", [2, 3], [0, 1]),
      ("max", [3, 2], [1, 0]), ("min", [2, 2], [0.5, 0.5]), ("min", [2, 3], [1, 0]),
      ("min", [3, 2], [0, 1]), ("norm", [0, 0], [0, 0]), ("norm", [0, 2], [0, 1]),
      ("norm", [3, -4], [0.6, -0.8]), ("norm", [0.6, 0.8], [0.6, 0.8]),
      ("if", [0.5, 2, 3], [0, 1, 0]), ("if", [0, 2, 3], [0, 0, 1]), ("if", [-1, 2, 3], [0, 1, 0]),
      ("a ^ b", [0, 0], [0, 0]), ("a ^ b", [0, 1], [1, 0]), ("a ^ b", [0, 2], [0, 0]),
      ("a ^ b", [1, 0], [0, 0]), ("a ^ b", [1, 3], [3, 0]), ("a ^ b", [-2, 3], [12, .nan]),
      ("<", [2, 2], [0, 0]), ("!=", [1, 2], [0, 0]), ("-x", [3], [-1]),
      ("maxpool", [5, 5, 1], [1, 0, 0]), ("maxpool", [1, 5, 5], [0, 1, 0]),
      ("maxpool", [5, 1, 5], [1, 0, 0]), ("maxpool", [-1, -1], [1, 0]), ("maxpool", [7], [1]),
      ("dot", [2, 3, 5, 7, 11], [5, 7, 2, 3, 1]), ("dot", [2, 3], [3, 2]),
      ("dot", [2, 3, 4], [3, 2, 1]), ("mean", [7, 8, 9, 1], [0.25, 0.25, 0.25, 0.25]),
    ] as [(String, [Double], [Double])])
  func `slopes by hand, at corners and beside them`(
    name: String, operands: [Double], wanted: [Double]
  ) throws {
    let id = try place(name)
    for slot in operands.indices {
      let found = slope(id, operands, slot)
      #expect(isSame(found, wanted[slot]), "\(slot): \(found)")
    }
  }

  @Test func `where no branch holds, the slope is nan`() throws {
    for name in ["relu", "leaky_relu", "abs"] {
      #expect(slope(try place(name), [.nan], 0, convention: 0.5).isNaN, "\(name)")
    }
    for name in ["max", "min"] {
      for slot in 0...1 {
        #expect(slope(try place(name), [.nan, 1], slot).isNaN, "\(name) \(slot)")
        #expect(slope(try place(name), [1, .nan], slot).isNaN, "\(name) \(slot)")
      }
    }
  }

  @Test func `a convention that is set is the slope at its point only`() throws {
    let relu = try place("relu")
    #expect(slope(relu, [0], 0, convention: 0.5) == 0.5)
    #expect(slope(relu, [-1], 0, convention: 0.5) == 0)
    #expect(slope(relu, [0.5], 0, convention: 0.5) == 1)
    // As long as nobody sets it, it is 0.
    #expect(Primitive.catalog.allSatisfy { $0.standardConvention == 0 })
    #expect(Primitive.conventions.allSatisfy { $0.convention.standard == 0 })
  }

  @Test func `an operand that is not there`() {
    let value = { (rule: Rule, operands: [Double], slot: Int) -> Double in
      operands.withUnsafeBufferPointer {
        rule.value(operands: $0, result: 4, convention: 0, operand: slot)
      }
    }
    let times = Primitive.rule(of: Primitive.multiply, operand: 0)
    let share = Primitive.rule(of: Primitive.softmax, operand: 2)
    let largest = Primitive.rule(of: Primitive.maxpool, operand: 2)
    #expect(value(times, [3], 0).isNaN)
    #expect(value(share, [3, 4], 2).isNaN)
    // Nothing arrives where nothing is.
    #expect(value(largest, [3, 4], 2) == 0)
    // What lies behind the operands is none of them, even where it is the gate's value.
    let behind = [3.0, 5.0, 4.0].withUnsafeBufferPointer {
      largest.value(
        operands: UnsafeBufferPointer(rebasing: $0[..<2]), result: 4, convention: 0, operand: 2)
    }
    #expect(behind == 0)
    let two: [Exact?] = [Exact(3), Exact(4)]
    let one: [Exact?] = [Exact(3)]
    #expect(share.exactValue(operands: two, result: two[0], convention: 0, operand: 2) == nil)
    #expect(times.exactValue(operands: one, result: two[0], convention: 0, operand: 0) == nil)
    let pair = [Formula(name: "a"), Formula(name: "b")]
    let written = share.written(
      operands: pair, result: Formula(name: "r"), convention: 0, operand: 2, values: nil)
    #expect(written.slope.names.contains("q"))
    // As many operands as any number that could stand for "no place".
    let names = (1...120).map { "x\($0)" }
    let stranger = Rule(Formula(name: "stranger"), operands: names)
    #expect(value(stranger, names.map { _ in 1.0 }, 0).isNaN)
  }

  @Test func `branches are counted from 0`() throws {
    for (name, operands, slot, wanted) in [
      ("relu", [3], 0, 0), ("relu", [-2], 0, 1), ("relu", [0], 0, 2),
      ("abs", [0.5], 0, 0), ("abs", [-0.5], 0, 1), ("leaky_relu", [2], 0, 0),
      ("leaky_relu", [0], 0, 1), ("max", [3, 2], 0, 0), ("max", [2, 3], 0, 1),
      ("max", [2, 2], 0, 2), ("max", [3, 2], 1, 1), ("maxpool", [3, 2], 0, 0),
      ("maxpool", [3, 2], 1, 1), ("tanh", [1], 0, 0), ("if", [1, 2, 3], 1, 0),
      ("if", [0, 2, 3], 1, 1),
    ] as [(String, [Double], Int, Int)] {
      let id = try place(name)
      let found = Primitive.rule(of: id, operand: slot).branchIndex(
        operands: operands, result: Primitive[id].value(operands), operand: slot)
      #expect(found == wanted, "\(name) \(operands)")
    }
  }

  @Test func `a slope without a choice has no corners`() throws {
    for (name, wanted) in [("tanh", false), ("exp", false), ("relu", true), ("norm", true)] {
      #expect(Primitive.rule(of: try place(name), operand: 0).isPiecewise == wanted, "\(name)")
    }
  }

  @Test func `a convention counts as 0 where branches are told apart`() {
    for text in ["if(x > c, 1, 2)", "3 * if(x > c, 1, 2)"] {
      let rule = Rule(text, operands: .fixed(["x"]))
      let branch = { (x: Double) in rule.branchIndex(operands: [x], result: 1, operand: 0) }
      #expect(rule.isPiecewise)
      #expect(branch(0.5) == branch(0.75) && branch(-0.5) == branch(-2))
      #expect(branch(0.5) != branch(-0.5), "\(text)")
    }
  }

  @Test func `a slope as a formula has the slope's value`() {
    var wrong: [String] = []
    for (place, primitive) in Primitive.catalog.enumerated() {
      let id = PrimitiveID(place)
      for point in primitive.examples {
        let names = point.indices.map { "v\($0)" }
        let value = primitive.value(point)
        for slot in point.indices {
          let written = Primitive.rule(of: id, operand: slot).written(
            operands: names.map { Formula(name: $0) }, result: Formula(name: "v"), convention: 0,
            operand: slot, values: (point, value))
          let found = written.slope.evaluated { index in
            let name = written.slope.names[index]
            if name == "v" { return value }
            return names.firstIndex(of: name).map { point[$0] } ?? .nan
          }
          if !isSame(found, slope(id, point, slot)) {
            wrong.append("\(primitive.usage) at \(point) \(slot): \(written.slope)")
          }
        }
      }
    }
    #expect(wrong == [])
  }

  @Test func `a wide gate may have a convention of its own`() {
    let norm = Primitive.catalog.filter { $0.name == "norm" }
    let found = norm.flatMap { Rule.cases(of: "if(y == 0, c, x)", in: $0, convention: 7) }
    #expect(found.map(\.slope.description) == ["7", "x"])
  }

  @Test func `choices inside a rule are settled by the numbers`() {
    let rule = Rule("3 * if(x > 0, 1, 2)", operands: .fixed(["x"]))
    for (x, wanted) in [(1.0, "3"), (-1, "6")] {
      let written = rule.written(
        operands: [Formula(name: "z")], result: Formula(name: "r"), convention: 0, operand: 0,
        values: ([x], 0))
      #expect(written.slope.description == wanted && written.condition == nil, "\(x)")
    }
  }

  @Test func `the condition that chose a branch is told, but not which place wins`() throws {
    for (name, operands, slot, wanted) in [
      ("relu", [3], 0, "x0 > 0"), ("relu", [-3], 0, "x0 < 0"), ("relu", [0], 0, "x0 == 0"),
      ("max", [1, 2], 1, "x0 < x1"), ("sigmoid", [1], 0, nil), ("norm", [3, 4], 0, nil),
      ("maxpool", [1, 2], 1, nil), ("maxpool", [2, 1], 1, nil),
    ] as [(String, [Double], Int, String?)] {
      let id = try place(name)
      let written = Primitive.rule(of: id, operand: slot).written(
        operands: operands.indices.map { Formula(name: "x\($0)") }, result: Formula(name: "r"),
        convention: 0, operand: slot, values: (operands, Primitive[id].value(operands)))
      #expect(written.condition?.description == wanted, "\(name) \(operands)")
    }
  }
}
