/// A formula made one gate: several primitives that are stepped through and asked about as one.
///
/// Its rules are derived from those of its parts, once, as formulas; so it is evaluated and explained
/// the way every other gate is.
package struct FusedPrimitive: Sendable {
  package let primitive: Primitive
  /// What it computes, in `x1`, `x2`, … for its operands.
  package let formula: Formula
  package let rules: [Rule]
  /// When each of the primitive's conventions is needed.
  package let conditions: [Rule?]

  /// The names its formula uses for `count` operands.
  package static func placeholders(_ count: Int) -> [String] { (0..<count).map { "x\($0 + 1)" } }

  /// Makes a formula of placeholders a gate.
  ///
  /// `slopes`: the derivative in each operand, in the operands' placeholders, `y` and `c`.
  /// `conventions`: those of its parts, with the condition of each in placeholders.
  package init(
    _ formula: Formula, operands count: Int, sign: String, slopes: [Formula],
    conventions: [(convention: Primitive.Convention, condition: Formula?)]
  ) {
    let names = Self.placeholders(count)
    self.formula = formula
    let places = formula.names.map { names.firstIndex(of: $0) ?? count }
    rules = slopes.map { Rule($0, operands: names) }
    conditions = conventions.map { $0.condition.map { Rule($0, operands: names) } }
    primitive = Primitive(
      name: sign, spellings: [], notation: .gate, operands: .fixed(names),
      summary: "Several gates made one.", sign: sign, spoken: "fused", latex: sign,
      sentences: [Primitive.scales], domain: nil, conventions: conventions.map(\.convention),
      compute: .variadic { inputs in
        formula.evaluated { places[$0] < inputs.count ? inputs[places[$0]] : .nan }
      },
      complex: { inputs in
        formula.evaluatedComplex {
          places[$0] < inputs.count ? inputs[places[$0]] : Complex(.nan)
        }
      },
      ruleTexts: slopes.map { $0.written(.source) }, examples: [])
  }
}

extension Formula {
  /// The value when each name stands for a complex number.
  func evaluatedComplex(_ value: (Int) -> Complex) -> Complex {
    var stack: [Complex] = []
    for node in nodes {
      switch node.kind {
      case .number: stack.append(Complex(node.number))
      case .name: stack.append(value(Int(node.reference)))
      case .apply:
        let operands = Array(stack.suffix(Int(node.arity)))
        stack.removeLast(operands.count)
        stack.append(Primitive[node.reference].value(operands))
      case .call, .composite, .vector, .index, .range, .loop: return Complex(.nan)
      }
    }
    return stack.last ?? Complex(.nan)
  }
}
