import TestSupport
import Testing

@testable import Language

/// The catalog where its examples do not go: at corners, at nan and infinity, without rounding.
@Suite struct RecordTests {
  private func record(_ name: String) throws -> Primitive {
    try #require(Primitive.catalog.first { $0.name == name || $0.usage == name })
  }

  private func isSame(_ a: Double, _ b: Double) -> Bool {
    a == b || a.isNaN && b.isNaN || (a - b).magnitude <= 1e-12 * b.magnitude
  }

  private func exact(_ text: String) -> String? {
    (try? Formula(reading: text)).flatMap { $0.evaluatedExactly { _ in nil } }?.text
  }

  @Test func `complex values are the real ones at corners too`() {
    let corners = [-2.0, -1, -0.5, 0, 0.5, 1, 2, 3]
    var wrong: [String] = []
    for primitive in Primitive.catalog {
      for a in corners {
        for b in corners {
          for c in corners {
            let point = Array([a, b, c].prefix(max(primitive.leastOperands, 1)))
            guard primitive.domainViolation(point) == nil else { continue }
            // ln 0 is infinite, and so is nothing a root could be taken of by way of it.
            if primitive.name == "^", a == 0, b != b.rounded() { continue }
            let (real, complex) = (
              primitive.value(point), primitive.value(point.map { Complex($0) })
            )
            if !isSame(complex.real, real) || complex.imaginary != 0 {
              wrong.append("\(primitive.usage) at \(point): \(complex), not \(real)")
            }
            if primitive.leastOperands < 3 { break }
          }
          if primitive.leastOperands < 2 { break }
        }
      }
    }
    #expect(wrong.prefix(5) == [])
  }

  @Test func `nan in any place gives nan, in complex numbers too`() {
    for primitive in Primitive.catalog {
      let count = max(primitive.leastOperands, primitive.examples[0].count)
      for place in 0..<count {
        var point = [Double](repeating: 2, count: count)
        point[place] = .nan
        // The branch that is not taken does not matter, nor what is raised to 0.
        if primitive.name == "if", place == 2 { continue }
        #expect(primitive.value(point).isNaN, "\(primitive.usage) \(place)")
        // A maximum by real parts does not see it.
        if primitive.name == "maxpool", place > 0 { continue }
        let complex = primitive.value(point.map { Complex($0) })
        #expect(complex.isNaN, "\(primitive.usage) \(place)")
      }
      #expect(primitive.value([Double]()).isNaN && primitive.value([Complex]()).isNaN)
    }
  }

  @Test(
    arguments: [
      ("logsumexp", [-Double.infinity, -.infinity], -Double.infinity),
      ("logsumexp", [.infinity, 1], .infinity), ("logsumexp", [-1000, -1000], -999.30685281944),
      ("norm", [.infinity, 1], .infinity), ("norm", [0, 0], 0), ("norm", [-3, 4], 5),
      ("norm", [3e200, -4e200], 5e200), ("norm", [3e-200, 4e-200], 5e-200),
      ("softmax", [1000, 1000], 0.5), ("softmax", [-1000, -1000, -1000, -1000], 0.25),
      ("maxpool", [-3, -1, -2], -1), ("dot", [2, 3, 5, 7], 31), ("dot", [2, 3, 5, 7, 11], 42),
      ("dot", [2, 3], 6), ("dot", [2, 3, 4], 10), ("mean", [4], 4), ("mean", [1, 2, 6], 3),
      ("sqrt", [-0.0], 0), ("relu", [0], 0), ("relu", [0.25], 0.25), ("leaky_relu", [0], 0),
      ("step", [0], 1), ("sign", [0], 1), ("max", [2, 2], 2), ("min", [-3, -3], -3),
    ] as [(String, [Double], Double)])
  func `values at the ends of numbers`(name: String, inputs: [Double], value: Double) throws {
    #expect(try isSame(record(name).value(inputs), value))
  }

  @Test(
    arguments: [
      ("a ^ b", [0, 0], true), ("a ^ b", [0, 2], true), ("a ^ b", [0, -1], false),
      ("a ^ b", [-2, 3], true), ("a ^ b", [-2, -3], true), ("a ^ b", [-2, 0.5], false),
      ("a ^ b", [2, -0.5], true), ("a / b", [0, 1], true), ("a / b", [0, 0], false),
      ("ln(x)", [0.25], true), ("ln(x)", [0], false), ("sqrt(x)", [0], true),
      ("sqrt(x)", [0.25], true), ("sqrt(x)", [-0.25], false), ("exp(x)", [-5], true),
    ] as [(String, [Double], Bool)])
  func `where there is a value`(usage: String, inputs: [Double], holds: Bool) throws {
    #expect(try (record(usage).domainViolation(inputs) == nil) == holds)
  }

  @Test(
    arguments: [
      ("relu(0)", "0"), ("relu(-1/2)", "0"), ("relu(1/2)", "0.5"), ("leaky_relu(0)", "0"),
      ("leaky_relu(3)", "3"), ("step(0)", "1"), ("step(-1)", "0"), ("step(1/2)", "1"),
      ("sign(0)", "1"), ("sign(-1/2)", "-1"), ("sign(2)", "1"), ("abs(0)", "0"), ("abs(3)", "3"),
      ("abs(-3)", "3"), ("max(2, 3)", "3"), ("min(2, 3)", "2"), ("max(3, 2)", "3"),
      ("min(3, 2)", "2"), ("floor(7/2)", "3"), ("floor(3)", "3"), ("sqrt(0)", "0"),
      ("sqrt(1/4)", "0.5"), ("sqrt(81)", "9"), ("copy(5)", "5"), ("2 - 5", "-3"), ("2 * 5", "10"),
      ("2 / 5", "0.4"), ("1 + 2 + 4", "7"), ("-3", "-3"), ("sigmoid(ln(4))", "0.8"),
      ("tanh(ln(1/2))", "-0.6"), ("mean(1, 2)", "1.5"), ("if(0, 1/2, 3)", "3"),
      ("if(2 < 3, 1, 0)", "1"), ("if(3 < 3, 1, 0)", "0"), ("if(4 < 3, 1, 0)", "0"),
      ("if(2 <= 3, 1, 0)", "1"), ("if(3 <= 3, 1, 0)", "1"), ("if(4 <= 3, 1, 0)", "0"),
      ("if(2 > 3, 1, 0)", "0"), ("if(3 > 3, 1, 0)", "0"), ("if(4 > 3, 1, 0)", "1"),
      ("if(2 >= 3, 1, 0)", "0"), ("if(3 >= 3, 1, 0)", "1"), ("if(4 >= 3, 1, 0)", "1"),
      ("if(2 == 3, 1, 0)", "0"), ("if(3 == 3, 1, 0)", "1"), ("if(4 == 3, 1, 0)", "0"),
      ("if(2 != 3, 1, 0)", "1"), ("if(3 != 3, 1, 0)", "0"), ("if(4 != 3, 1, 0)", "1"),
      ("sqrt(-4)", nil), ("sqrt(8)", nil), ("sqrt(1/2)", nil), ("logsumexp(1, 2)", nil),
      ("logsumexp(ln(2), 1)", nil), ("exp(1/2)", nil), ("gaussian(0)", nil), ("cos(0)", nil),
      ("tanh(1)", nil), ("sigmoid(1)", nil), ("softplus(1)", nil), ("2 / 0", nil),
    ] as [(String, String?)])
  func `without rounding`(text: String, wanted: String?) { #expect(exact(text) == wanted) }

  @Test func `what a gate is made of has its value`() throws {
    var found: [String] = []
    for (id, primitive) in Primitive.catalog.enumerated() {
      guard let parts = Primitive.parts(of: PrimitiveID(id)) else {
        #expect(primitive.parts == nil, "\(primitive.usage)")
        continue
      }
      found.append(primitive.name)
      for x in [-2.0, -0.5, 0, 0.25, 1, 3] {
        // In its operand's name and no other.
        let value = parts.evaluated { parts.names[$0] == "x" ? x : .nan }
        #expect(isSame(value, primitive.value([x])), "\(primitive.usage)")
      }
    }
    #expect(found == ["tanh", "sigmoid", "softplus", "gaussian"])
  }

  @Test func `the steepest slope is reached and never passed`() throws {
    var limited: Set<String> = []
    for (id, primitive) in Primitive.catalog.enumerated() {
      guard let steepest = primitive.steepest else { continue }
      limited.insert(primitive.name)
      let slopes = stride(from: -40.0, through: 40, by: 0.01).map { x in
        [x].withUnsafeBufferPointer {
          Primitive.slope(
            of: PrimitiveID(id), operand: 0, operands: $0, result: primitive.value([x]),
            convention: 0)
        }.magnitude
      }
      #expect((slopes.max() ?? 0) <= steepest)
      #expect((slopes.max() ?? 0) > steepest - 1e-4, "\(primitive.name)")
    }
    #expect(
      limited == ["sigmoid", "tanh", "relu", "leaky_relu", "softplus", "sin", "cos", "abs"])
  }

  @Test(
    arguments: [
      ("relu", 1.0, ["x > 0: 1", "x < 0: 0", "x == 0: 1"]),
      ("abs", 0, ["x > 0: 1", "x < 0: -1", "x == 0: 0"]), ("sigmoid", 0, [": y * (1 - y)"]),
      ("leaky_relu", 0, ["x > 0: 1", "x <= 0: 0.01"]), ("step", 0, [": 0"]),
      ("norm", 0, ["y == 0: 0", ": x / y"]), ("softplus", 0, [": sigmoid(x)"]),
    ] as [(String, Double, [String])])
  func `the branches of a rule`(name: String, convention: Double, wanted: [String]) throws {
    let primitive = try record(name)
    let found = Rule.cases(of: primitive.ruleTexts[0], in: primitive, convention: convention)
    #expect(found.map { "\($0.condition?.description ?? ""): \($0.slope)" } == wanted)
  }

  @Test func `a condition called c is no convention`() throws {
    let choice = try record("if")
    let found = Rule.cases(of: choice.ruleTexts[1], in: choice, convention: 7)
    #expect(found.map { $0.condition?.description } == ["c", nil])
    #expect(found.map(\.slope.description) == ["1", "0"])
  }

  @Test func `how many operands, in words`() throws {
    for (name, words) in [
      ("sin", "1 argument"), ("max", "2 arguments"), ("if", "3 arguments"),
      ("mean", "1 argument or more"), ("dot", "2 arguments or more"),
    ] {
      #expect(try record(name).operandCount == words)
    }
    #expect(try record("dot").accepts(2) && !record("dot").accepts(1))
    #expect(try record("mean").accepts(1) && !record("max").accepts(3))
    #expect(try record("a + b").leastOperands == 2 && !record("a + b").isBinary)
    #expect(try record("max").isBinary && !record("sin").isBinary && !record("if").isBinary)
  }

  @Test func `every spelling means its function`() throws {
    for (spelling, name) in [
      ("Tanh", "tanh"), ("Sigmoid", "sigmoid"), ("σ", "sigmoid"), ("logistic", "sigmoid"),
      ("ReLU", "relu"), ("Relu", "relu"), ("LeakyReLU", "leaky_relu"), ("log", "ln"),
    ] {
      #expect(try Formula(reading: spelling + "(x)") == Formula(reading: name + "(x)"))
    }
  }

  @Test func `signs, voices and LaTeX of those that are not their names`() throws {
    for (name, sign, spoken) in [
      ("+", "+", "plus"), ("a - b", "-", "minus"), ("*", "×", "times"), ("/", "/", "divided by"),
      ("^", "^", "to the power"), ("-x", "-", "minus"), ("sigmoid", "σ", "sigmoid"),
      ("leaky_relu", "leaky_relu", "leaky relu"), ("exp", "exp", "exp"),
      ("ln", "ln", "natural logarithm"), ("<=", "≤", "is at most"), (">=", "≥", "is at least"),
      ("<", "<", "is less than"), (">", ">", "is greater than"), ("==", "=", "equals"),
      ("!=", "≠", "differs from"), ("if", "if", "if"), ("logsumexp", "logsumexp", "log sum exp"),
    ] {
      let primitive = try record(name)
      #expect(primitive.sign == sign && primitive.spoken == spoken, "\(name)")
    }
    for primitive in Primitive.catalog { #expect(!primitive.latex.isEmpty, "\(primitive.usage)") }
    for (name, latex) in [
      ("+", "#1 + #2"), ("*", #"#1 \cdot #2"#), ("/", #"\frac{#1}{#2}"#), ("^", "{#1}^{#2}"),
      ("-x", "-#1"), ("abs", #"\left|#1\right|"#), ("sqrt", #"\sqrt{#1}"#), ("!=", #"#1 \ne #2"#),
    ] {
      #expect(try record(name).latex == latex)
    }
  }

  @Test func `conventions are told once, by the gate that has them first`() {
    let statements = Primitive.conventions.map(\.convention.statement)
    #expect(Set(statements).count == statements.count)
    #expect(
      Primitive.conventions.map(\.owner.name) == [
        "^", "^", "sqrt", "relu", "leaky_relu", "step", "sign", "abs", "floor", "max", "min",
        "norm", "<", "maxpool",
      ])
    #expect(Primitive.conventions.count { $0.convention.setting == "relu-at-zero" } == 1)
    #expect(Primitive.conventions.count { $0.convention.setting != nil } == 1)
  }

  @Test func `the gates that the language itself knows by name`() {
    let known: [(PrimitiveID, String)] = [
      (Primitive.negate, "-x"), (Primitive.raise, "a ^ b"), (Primitive.add, "a + b"),
      (Primitive.subtract, "a - b"), (Primitive.multiply, "a * b"), (Primitive.divide, "a / b"),
      (Primitive.choose, "if(c, a, b)"), (Primitive.copy, "copy(x)"), (Primitive.dot, "dot(a, b)"),
      (Primitive.softmax, "softmax(a, b)"), (Primitive.maxpool, "maxpool(a, b)"),
    ]
    for (id, usage) in known { #expect(Primitive[id].usage == usage) }
    #expect(Composite[Composite.product].name == "@" && Composite[Composite.dot].name == "dot")
  }

  @Test func `what can be part of a fused gate`() {
    let never = Primitive.catalog.indices.filter { !Primitive.canBeFused(PrimitiveID($0)) }
    #expect(never.map { Primitive.catalog[$0].name } == ["softmax", "maxpool"])
  }
}
