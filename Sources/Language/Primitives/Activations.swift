extension Primitive {
  static let hyperbolicTangent = unary(
    "tanh", "Squashes any number between -1 and 1.", latex: #"\tanh"#,
    spellings: ["Tanh"], value: Real.tanh, complex: Complex.tanh, rule: "1 - y^2",
    parts: "(exp(x) - exp(-x)) / (exp(x) + exp(-x))",
    examples: [0.5, 1, -2]
  )
  .exactly { inputs in
    guard let square = inputs[0].antilogarithm?.power(2), let above = square.minus(.one),
      let below = square.plus(.one)
    else { return nil }
    return above.over(below).map(Exact.rational)
  }

  static let sigmoid = unary(
    "sigmoid", "Squashes any number between 0 and 1.", latex: #"\sigma"#,
    spellings: ["Sigmoid", "σ", "logistic"], sign: "σ",
    value: Real.sigmoid,
    complex: { z in
      if z.real >= 0 { return Complex(1) / (Complex(1) + Complex.exp(-z)) }
      let t = Complex.exp(z)
      return t / (Complex(1) + t)
    },
    rule: "y * (1 - y)", parts: "1 / (1 + exp(-x))",
    examples: [0, 1, -3]
  )
  .exactly { inputs in
    guard let odds = inputs[0].antilogarithm, let all = odds.plus(.one) else { return nil }
    return odds.over(all).map(Exact.rational)
  }

  static let relu = unary(
    "relu", "Keeps positive numbers; others become 0.", latex: #"\mathrm{ReLU}"#,
    spellings: ["ReLU", "Relu"],
    sentence:
      "relu is a switch set by its input: {operand} gets the gradient of {gate}, {upstream}, times {local}.",
    conventions: [Convention(when: "x == 0", "relu′(0) = {c}", setting: "relu-at-zero")],
    value: { $0.isNaN ? .nan : $0 > 0 ? $0 : 0 },
    complex: { $0.real > 0 ? $0 : Complex($0.isNaN ? .nan : 0) },
    rule: "if(x > 0, 1, if(x < 0, 0, if(x == 0, c, x)))", examples: [3, -2]
  )
  .exactly { max($0[0], .zero) }

  static let leakyRelu = unary(
    "leaky_relu", "Keeps positive numbers; others shrink.",
    latex: #"\mathrm{LeakyReLU}"#, spellings: ["LeakyReLU"], sign: "leaky_relu",
    spoken: "leaky relu",
    conventions: [Convention(when: "x == 0", "leaky_relu′(0) = 0.01, the slope on the left")],
    value: { $0 > 0 ? $0 : 0.01 * $0 },
    complex: { $0.real > 0 ? $0 : Complex(0.01) * $0 },
    rule: "if(x > 0, 1, if(x <= 0, 0.01, x))", examples: [3, -2]
  )
  .exactly { inputs in
    inputs[0].sign > 0 ? inputs[0] : Exact(0.01).flatMap(inputs[0].times)
  }

  static let softplus = unary(
    "softplus", "Rounds relu's corner: ln(1 + exp(x)).",
    latex: #"\mathrm{softplus}"#,
    value: Real.softplus,
    complex: { z in
      z.real > 0
        ? z + Complex.ln(Complex(1) + Complex.exp(-z)) : Complex.ln(Complex(1) + Complex.exp(z))
    },
    rule: "sigmoid(x)", parts: "ln(1 + exp(x))", examples: [0, 2, -3]
  )
  .exactly { $0[0].antilogarithm?.plus(.one).flatMap(Exact.init(logarithmOf:)) }

  static let gaussian = unary(
    "gaussian", "Is a bell, 1 at 0: exp(-x^2).", latex: #"\mathrm{gaussian}"#,
    spoken: "gaussian", value: { Real.exp(-$0 * $0) }, complex: { Complex.exp(-($0 * $0)) },
    rule: "-2 * x * y", parts: "exp(-x^2)", examples: [0, 0.5, -1])

  static let step = unary(
    "step", "Is a threshold: 1 from 0 on, 0 below.", latex: #"\mathrm{step}"#,
    sentence: blocks,
    conventions: [Convention(when: "x == 0", "step(0) = 1, with slope 0")],
    value: { $0.isNaN ? .nan : $0 >= 0 ? 1 : 0 },
    complex: { Complex($0.isNaN ? .nan : $0.real >= 0 ? 1 : 0) },
    rule: "0", examples: [3, -2]
  )
  .exactly { $0[0].sign >= 0 ? .one : .zero }

  static let sign = unary(
    "sign", "Is 1 from 0 on and -1 below.", latex: #"\mathrm{sign}"#, sentence: blocks,
    conventions: [Convention(when: "x == 0", "sign(0) = 1, with slope 0")],
    value: { $0.isNaN ? .nan : $0 >= 0 ? 1 : -1 },
    complex: { Complex($0.isNaN ? .nan : $0.real >= 0 ? 1 : -1) },
    rule: "0", examples: [3, -2]
  )
  .exactly { Exact($0[0].sign >= 0 ? 1 : -1) }

  static let choice = Primitive(
    name: "if", spellings: [], notation: .function, operands: .fixed(["c", "a", "b"]),
    summary: "Picks a where c holds, else b.", sign: "if", spoken: "if",
    latex: #"\mathrm{if}"#,
    sentences: [
      "if routes: the branch taken gets the gradient of {gate}; {operand} gets {amount}."
    ],
    domain: nil, conventions: [],
    compute: .ternary { $0.isNaN ? .nan : $0 != 0 ? $1 : $2 },
    complex: { $0[0].isNaN ? Complex(.nan) : $0[0].real != 0 ? $0[1] : $0[2] },
    ruleTexts: ["0", "if(c, 1, 0)", "if(c, 0, 1)"], examples: [[1, 2, 3], [0, 2, 3]])
}
