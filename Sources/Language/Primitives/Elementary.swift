extension Primitive {
  static let exponential = unary(
    "exp", "Raises e to a power; it is its own slope.", latex: #"\exp"#,
    sentence:
      "exp scales by its own output: {operand} gets {upstream} times {gate} = {local}.",
    value: Real.exp, complex: Complex.exp, rule: "y", examples: [0, 1, -2]
  )
  .exactly { $0[0].exponential }

  static let logarithm = unary(
    "ln", "Undoes exp: the natural logarithm.", latex: #"\ln"#, spellings: ["log"],
    spoken: "natural logarithm",
    domain: Domain(
      requirement: "x > 0", reason: "no power of e is zero or negative", contains: { $0[0] > 0 }),
    value: Real.ln, complex: Complex.ln, rule: "1 / x", examples: [1, 0.5, 10]
  )
  .exactly { $0[0].rational.flatMap(Exact.init(logarithmOf:)) }

  static let squareRoot = unary(
    "sqrt", "Takes the square root.", latex: #"\sqrt{#1}"#, spoken: "square root",
    domain: Domain(
      requirement: "x >= 0", reason: "no real number squared is negative", contains: { $0[0] >= 0 }
    ),
    conventions: [Convention(when: "x == 0", "sqrt′(0) = inf")],
    // -0 is taken as 0, so that the slope there is inf and not -inf.
    value: { ($0 + 0).squareRoot() }, complex: Complex.squareRoot,
    rule: "1 / (2 * y)", examples: [4, 0.25, 2]
  )
  .exactly { inputs in
    // Of squares only.
    guard let number = inputs[0].rational, number.sign >= 0 else { return nil }
    let root = { (whole: Int) in Int(exactly: Double(whole).squareRoot().rounded()) }
    guard let top = root(number.numerator), let bottom = root(number.denominator),
      let candidate = Rational(top, bottom)
    else { return nil }
    return candidate.power(2) == number ? .rational(candidate) : nil
  }

  static let sine = unary(
    "sin", "Takes the sine of an angle in radians.", latex: #"\sin"#, spoken: "sine",
    value: Real.sin, complex: Complex.sin, rule: "cos(x)", examples: [0, 0.5, -2])

  static let cosine = unary(
    "cos", "Takes the cosine of an angle in radians.", latex: #"\cos"#, spoken: "cosine",
    value: Real.cos, complex: Complex.cos, rule: "-sin(x)", examples: [0, 0.5, -2])

  static let tangent = unary(
    "tan", "Takes the tangent of an angle in radians.", latex: #"\tan"#, spoken: "tangent",
    value: Real.tan, complex: { Complex.sin($0) / Complex.cos($0) }, rule: "1 + y^2",
    examples: [0, 0.5, -1])

  static let absolute = unary(
    "abs", "Drops the sign.", latex: #"\left|#1\right|"#, spoken: "absolute value",
    sentence: "abs keeps or turns the sign: {operand} gets {upstream} times {local}.",
    conventions: [Convention(when: "x == 0", "abs′(0) = 0, between the slopes -1 and 1")],
    value: { $0.magnitude }, complex: { $0.real < 0 ? -$0 : $0 },
    rule: "if(x > 0, 1, if(x < 0, -1, if(x == 0, 0, x)))", examples: [3, -2]
  )
  .exactly { inputs in inputs[0].negated.map { max(inputs[0], $0) } }

  static let maximum = binary(
    "max", .function, "Picks the larger of two numbers.", latex: #"\max"#, spoken: "maximum",
    sentences: [
      "max routes: the larger input takes the whole gradient of {gate}; {operand} gets {amount}."
    ],
    conventions: [Convention(when: "a == b", "a tie in max is shared, ½ and ½")],
    value: { $0.isNaN || $1.isNaN ? .nan : Swift.max($0, $1) },
    complex: { $0.real >= $1.real ? $0 : $1.isNaN || $0.isNaN ? Complex(.nan) : $1 },
    rules: [
      "if(a > b, 1, if(a < b, 0, if(a == b, 1/2, a + b)))",
      "if(a < b, 1, if(a > b, 0, if(a == b, 1/2, a + b)))",
    ], examples: [[3, -4], [1, 2]]
  )
  .exactly { max($0[0], $0[1]) }

  static let minimum = binary(
    "min", .function, "Picks the smaller of two numbers.", latex: #"\min"#, spoken: "minimum",
    sentences: [
      "min routes: the smaller input takes the whole gradient of {gate}; {operand} gets {amount}."
    ],
    conventions: [Convention(when: "a == b", "a tie in min is shared, ½ and ½")],
    value: { $0.isNaN || $1.isNaN ? .nan : Swift.min($0, $1) },
    complex: { $0.real <= $1.real ? $0 : $1.isNaN || $0.isNaN ? Complex(.nan) : $1 },
    rules: [
      "if(a < b, 1, if(a > b, 0, if(a == b, 1/2, a + b)))",
      "if(a > b, 1, if(a < b, 0, if(a == b, 1/2, a + b)))",
    ], examples: [[3, -4], [1, 2]]
  )
  .exactly { min($0[0], $0[1]) }

  static let floor = unary(
    "floor", "Rounds down to a whole number.", latex: #"\left\lfloor #1 \right\rfloor"#,
    sentence: blocks,
    conventions: [
      Convention(when: nil, "floor has slope 0, also where it jumps")
    ],
    value: { $0.rounded(.down) }, complex: { Complex($0.isNaN ? .nan : $0.real.rounded(.down)) },
    rule: "0", examples: [2.5, -1.25]
  )
  .exactly { $0[0].rational.map { .rational($0.floor) } }

  static let logSumExp = Primitive(
    name: "logsumexp", spellings: [], notation: .function, operands: .variadic(atLeast: 1),
    summary: "Is a smooth maximum: ln(exp(a)+exp(b)).",
    sign: "logsumexp", spoken: "log sum exp", latex: #"\mathrm{logsumexp}"#,
    sentences: [
      "logsumexp shares by softmax: {operand} gets {upstream} times its share, {local}."
    ],
    domain: nil, conventions: [],
    compute: .variadic { numbers in
      var largest = -Double.infinity
      for number in numbers {
        if number.isNaN { return .nan }
        largest = Swift.max(largest, number)
      }
      guard largest.isFinite else { return largest }
      var sum = 0.0
      for number in numbers { sum += Real.exp(number - largest) }
      return largest + Real.ln(sum)
    },
    complex: { numbers in
      let largest = Complex(numbers.reduce(-Double.infinity) { Swift.max($0, $1.real) })
      return largest + Complex.ln(numbers.reduce(Complex(0)) { $0 + Complex.exp($1 - largest) })
    },
    ruleTexts: ["exp(x - y)"], examples: [[0, 0], [1, 2, 3], [1000, 1001]]
  )
  .exactly { inputs in
    let powers = inputs.compactMap(\.exponential)
    return powers.count == inputs.count
      ? powers.total?.rational.flatMap(Exact.init(logarithmOf:)) : nil
  }
}
