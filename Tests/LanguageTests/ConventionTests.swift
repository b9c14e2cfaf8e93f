import Testing

@testable import Language

/// When a convention is needed, and what there is without rounding, at ties and beside them.
@Suite struct ConventionTests {
  private func place(_ name: String) throws -> PrimitiveID {
    let found = Primitive.catalog.firstIndex { $0.name == name || $0.usage == name }
    return PrimitiveID(try #require(found))
  }

  @Test(
    arguments: [
      ("relu", [0], 1), ("relu", [1], 0), ("relu", [-1], 0), ("leaky_relu", [0], 1),
      ("leaky_relu", [1], 0), ("leaky_relu", [-1], 0), ("step", [0], 1), ("step", [1], 0),
      ("step", [-1], 0), ("sign", [0], 1), ("sign", [1], 0), ("sign", [-1], 0), ("abs", [0], 1),
      ("abs", [1], 0), ("abs", [-1], 0), ("sqrt", [0], 1), ("sqrt", [1], 0),
      ("max", [2, 2], 1), ("max", [1, 2], 0), ("max", [2, 1], 0), ("min", [2, 2], 1),
      ("min", [1, 2], 0), ("min", [2, 1], 0), ("norm", [0, 0], 1), ("norm", [0, 1], 0),
      ("norm", [3, 4], 0), ("a ^ b", [0, 0], 1), ("a ^ b", [0, 1], 0), ("a ^ b", [1, 0], 0),
      ("a ^ b", [1, 1], 0), ("<", [2, 2], 1), ("<", [1, 2], 0), ("<", [2, 1], 0),
      ("<=", [2, 2], 1), ("<=", [1, 2], 0), (">", [2, 2], 1), (">", [2, 1], 0),
      (">=", [2, 2], 1), (">=", [2, 1], 0), ("==", [2, 2], 1), ("==", [1, 2], 0),
      ("!=", [2, 2], 1), ("!=", [1, 2], 0), ("maxpool", [5, 5, 1], 1), ("maxpool", [1, 5, 5], 1),
      ("maxpool", [5, 5, 5], 1), ("maxpool", [5, 1, 1], 0), ("maxpool", [1, 1, 5], 0),
    ] as [(String, [Int], Int)])
  func `a convention is needed at its point and nowhere else`(
    name: String, operands: [Int], wanted: Int
  ) throws {
    let id = try place(name)
    let numbers = operands.map { Double($0) }
    let condition = try #require(Primitive.conventionConditions(of: id)[0])
    let result = Primitive[id].value(numbers)
    let found = numbers.withUnsafeBufferPointer {
      condition.value(operands: $0, result: result, convention: 0, operand: 0)
    }
    #expect(found == Double(wanted))
    // Without rounding it is the same.
    let exact = condition.exactValue(
      operands: operands.map { Exact($0) }, result: Exact(result), convention: 0, operand: 0)
    #expect(exact == Exact(wanted))
  }

  @Test func `what always holds has no condition`() throws {
    let floor = Primitive.conventionConditions(of: try place("floor"))
    #expect(floor.count == 1 && floor[0] == nil)
    let power = Primitive.conventionConditions(of: Primitive.raise)
    #expect(power.count == 2 && power[0] != nil && power[1] == nil)
  }

  private let logarithms: [Exact?] = [1, 2, 5].map { Exact(logarithmOf: Rational($0)) }

  @Test func `slopes of wide gates without rounding`() throws {
    let text = { (id: PrimitiveID, operands: [Exact?], result: Exact?) -> [String?] in
      operands.indices.map {
        Primitive.rule(of: id, operand: $0).exactValue(
          operands: operands, result: result, convention: 0, operand: $0)?.text
      }
    }
    let wide = { (numbers: [Int]) -> [Exact?] in numbers.map { Exact($0) } }
    #expect(text(Primitive.maxpool, wide([2, 5, 5]), Exact(5)) == ["0", "1", "0"])
    #expect(text(Primitive.maxpool, wide([5, 5]), Exact(5)) == ["1", "0"])
    #expect(text(Primitive.maxpool, wide([1, 2, 3]), Exact(3)) == ["0", "0", "1"])
    #expect(text(Primitive.maxpool, wide([5, 2, 3]), Exact(5)) == ["1", "0", "0"])
    #expect(text(Primitive.dot, wide([2, 3, 5]), Exact(11)) == ["3", "2", "1"])
    #expect(text(Primitive.dot, wide([2, 3, 5, 7]), Exact(31)) == ["5", "7", "2", "3"])
    let mean = try place("mean")
    #expect(text(mean, wide([1, 6, 7, 2]), Exact(4)) == ["0.25", "0.25", "0.25", "0.25"])
    // Shares of 1/8, 2/8 and 5/8: y(1 - y), then -y times each other share.
    let shares = text(Primitive.softmax, logarithms, Exact(0.125))
    #expect(shares == ["0.109375", "-0.03125", "-0.078125"])
  }

  @Test func `one operand without an exact number leaves the gate without one`() {
    let inexact: [Exact?] = [Exact(1), logarithms[1]]
    #expect(Primitive.exactValue(of: Primitive.softmax, inexact) == nil)
    #expect(Primitive.exactValue(of: Primitive.softmax, logarithms)?.text == "0.125")
    // ln 2 · ln 5 has none, whatever is added to it.
    let products: [Exact?] = [logarithms[1], Exact(5), logarithms[2], Exact(7)]
    #expect(Primitive.exactValue(of: Primitive.dot, products) == nil)
    let biased: [Exact?] = [Exact(2), Exact(3), Exact(5)]
    #expect(Primitive.exactValue(of: Primitive.dot, biased)?.text == "11")
    #expect(Primitive.exactValue(of: Primitive.maxpool, biased)?.text == "5")
  }

  @Test func `too few operands give nan and no trap`() {
    for primitive in Primitive.catalog {
      guard case .fixed(let names) = primitive.operands else { continue }
      for count in 0..<names.count {
        let few = [Double](repeating: 2, count: count)
        #expect(primitive.value(few).isNaN, "\(primitive.usage) \(count)")
        #expect(primitive.value(few.map { Complex($0) }).isNaN, "\(primitive.usage) \(count)")
      }
    }
  }

  @Test func `how few operands a wide gate may have`() throws {
    for (name, least) in [
      ("a + b", 2), ("mean", 1), ("norm", 1), ("logsumexp", 1), ("dot", 2), ("softmax", 1),
      ("maxpool", 1),
    ] {
      let primitive = Primitive[try place(name)]
      #expect(primitive.leastOperands == least, "\(name)")
      #expect(primitive.accepts(least) && !primitive.accepts(least - 1), "\(name)")
    }
  }

  @Test func `complex values far out are the real ones`() throws {
    for name in ["sigmoid", "softplus", "tanh", "gaussian"] {
      let primitive = Primitive[try place(name)]
      for x in [-1000.0, -800, 800, 1000] {
        let found = primitive.value([Complex(x)])
        #expect(found.real == primitive.value([x]) && found.imaginary == 0, "\(name) \(x)")
      }
    }
    for name in ["logsumexp", "softmax"] {
      let primitive = Primitive[try place(name)]
      for point in [[-1000.0, -1001], [1000, 1001], [-1000, 1000], [1000, -1000]] {
        let found = primitive.value(point.map { Complex($0) })
        let wanted = primitive.value(point)
        #expect((found.real - wanted).magnitude <= 1e-12 * wanted.magnitude, "\(name) \(point)")
      }
    }
  }

  @Test func `a complex step at a corner takes the side of the convention`() throws {
    let step = { (name: String, point: [Double], slot: Int) throws -> Double in
      var moved = point.map { Complex($0) }
      moved[slot].imaginary = 1e-200
      return Primitive[try place(name)].value(moved).imaginary * 1e200
    }
    #expect(try step("relu", [0], 0) == 0)
    #expect(try (step("leaky_relu", [0], 0) - 0.01).magnitude < 1e-15)
    #expect(try step("maxpool", [5, 5], 0) == 1 && step("maxpool", [5, 5], 1) == 0)
    #expect(try step("if", [0, 2, 3], 1) == 0 && step("if", [0, 2, 3], 2) == 1)
  }

  @Test func `a power of 0 has a value from the exponent 0 on`() {
    let power = Primitive[Primitive.raise]
    for exponent in [0, 0.5, 1, 2.5] {
      #expect(power.domainViolation([0, exponent]) == nil, "\(exponent)")
    }
    #expect(power.domainViolation([0, -0.5]) != nil && power.domainViolation([0, -2]) != nil)
    for point in [[0.5, 0.5], [1, -1], [1, -0.5], [0.5, -2]] {
      #expect(power.domainViolation(point) == nil, "\(point)")
    }
  }

  @Test func `one number that is nan makes the whole nan`() throws {
    for name in ["logsumexp", "norm", "softmax", "maxpool", "mean"] {
      let primitive = Primitive[try place(name)]
      for point in [[Double.nan], [.nan, .infinity], [-.infinity, .nan], [.infinity, .nan]] {
        #expect(primitive.value(point).isNaN, "\(name) \(point)")
      }
    }
  }

  @Test func `what is chosen as long as nobody sets it`() {
    let primitive = Primitive.unary(
      "own", "Is no gate of the catalog.", latex: "own",
      conventions: [
        Primitive.Convention(when: nil, "holds always"),
        Primitive.Convention(when: "x == 0", "own′(0) = {c}", setting: "own", standard: 0.5),
      ], value: { $0 }, complex: { $0 }, rule: "1", examples: [])
    #expect(primitive.standardConvention == 0.5)
  }

  @Test func `relu makes no negative zero`() throws {
    let relu = Primitive[try place("relu")]
    #expect(relu.value([-0.0]).sign == .plus && relu.value([-3.0]).sign == .plus)
  }

  @Test func `a fused gate in complex numbers, and a name it does not know`() {
    let known = fused("x1 * x1 + 3 * x2", operands: 2)
    let value = known.primitive.value([Complex(2, 1e-200), Complex(5)])
    #expect(value.real == 19 && value.imaginary == 4e-200)
    #expect(known.primitive.value([2.0, 5]) == 19)
    #expect(known.primitive.value([2.0]).isNaN && known.primitive.value([Complex(2)]).isNaN)
    #expect(known.primitive.sign == "f" && known.primitive.spoken == "fused")
    let stranger = fused("x1 + z", operands: 1)
    #expect(stranger.primitive.value([2.0]).isNaN)
    #expect(stranger.primitive.value([Complex(2)]).isNaN)
    // Whatever is no gate of numbers has no complex value.
    #expect(fused("if(1, 5, sum(x1))", operands: 1).primitive.value([Complex(2)]).isNaN)
    #expect(FusedPrimitive.placeholders(3) == ["x1", "x2", "x3"])
  }

  private func fused(_ text: String, operands: Int) -> FusedPrimitive {
    FusedPrimitive(
      (try? Formula(reading: text)) ?? Formula(number: 0), operands: operands, sign: "f",
      slopes: [], conventions: [])
  }

  @Test func `what nobody has written is no gate`() {
    #expect(Primitive.id(of: "a ? b") == -1)
    #expect(Composite.id(of: "nothing") == -1)
    #expect(Primitive[Primitive.exponentiate].name == "exp")
  }
}
