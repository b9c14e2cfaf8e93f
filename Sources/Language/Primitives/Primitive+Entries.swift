// The short forms in which catalog entries are written.
extension Primitive {
  /// What a gate does to a gradient when nothing more special can be said.
  static let scales =
    "{sign} scales: {operand} gets the gradient of {gate}, {upstream}, times the slope here, {local}."
  static let blocks =
    "{sign} lets no gradient through: its slope is 0, so nothing can be learned through it."

  static func unary(
    _ name: String, _ summary: String, latex: String, spellings: [String] = [],
    sign: String? = nil, spoken: String? = nil, sentence: String = scales,
    domain: Domain? = nil, conventions: [Convention] = [],
    value: @escaping @Sendable (Double) -> Double,
    complex: @escaping @Sendable (Complex) -> Complex,
    rule: String, parts: String? = nil, examples: [Double]
  ) -> Primitive {
    Primitive(
      name: name, spellings: spellings, notation: .function, operands: .fixed(["x"]),
      summary: summary, sign: sign ?? name, spoken: spoken ?? name, latex: latex,
      sentences: [sentence], domain: domain, conventions: conventions, compute: .unary(value),
      complex: { complex($0[0]) }, ruleTexts: [rule], parts: parts,
      examples: examples.map { [$0] })
  }

  static func binary(
    _ name: String, _ notation: Notation, _ summary: String, latex: String,
    sign: String? = nil, spoken: String? = nil, sentences: [String] = [scales],
    domain: Domain? = nil, conventions: [Convention] = [],
    value: @escaping @Sendable (Double, Double) -> Double,
    complex: @escaping @Sendable (Complex, Complex) -> Complex,
    rules: [String], examples: [[Double]]
  ) -> Primitive {
    Primitive(
      name: name, spellings: [], notation: notation, operands: .fixed(["a", "b"]),
      summary: summary, sign: sign ?? name, spoken: spoken ?? name, latex: latex,
      sentences: sentences, domain: domain, conventions: conventions, compute: .binary(value),
      complex: { complex($0[0], $0[1]) }, ruleTexts: rules, examples: examples)
  }

  static func comparison(
    _ name: String, _ sign: String, _ spoken: String, latex: String,
    holds: @escaping @Sendable (Double, Double) -> Bool
  ) -> Primitive {
    Primitive(
      name: name, spellings: [], notation: .comparison, operands: .fixed(["a", "b"]),
      summary: "Is 1 where it holds, else 0.", sign: sign, spoken: spoken,
      latex: latex, sentences: [blocks], domain: nil,
      conventions: [
        Convention(when: "a == b", "the slope of a comparison is 0, also at its flip")
      ],
      compute: .binary { $0.isNaN || $1.isNaN ? .nan : holds($0, $1) ? 1 : 0 },
      complex: {
        Complex($0[0].isNaN || $0[1].isNaN ? .nan : holds($0[0].real, $0[1].real) ? 1 : 0)
      },
      ruleTexts: ["0", "0"], examples: [[1, 2], [2, 1]]
    )
    .exactly { inputs in
      let (a, b) = (inputs[0], inputs[1])
      let order = a == b ? 0 : a < b ? -Double.infinity : .infinity
      return Exact(holds(order, 0) ? 1 : 0)
    }
  }
}
