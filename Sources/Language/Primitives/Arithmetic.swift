extension Primitive {
  static let addition = Primitive(
    name: "+", spellings: [], notation: .infix(precedence: 2), operands: .variadic(atLeast: 2),
    summary: "Adds two or more numbers.", sign: "+", spoken: "plus", latex: "#1 + #2",
    sentences: ["+ copies: {operand} gets the gradient of {gate}, {upstream}, unchanged."],
    domain: nil, conventions: [],
    compute: .variadic { numbers in
      // From the first operand on, not from 0: 0 + -0 would lose the sign.
      var sum = numbers[0]
      for number in numbers.dropFirst() { sum += number }
      return sum
    },
    complex: { $0.dropFirst().reduce($0[0]) { $0 + $1 } },
    ruleTexts: ["1"], examples: [[2, 3], [-2, 5], [1, 2, 3]]
  )
  .exactly { $0.total }

  static let subtraction = binary(
    "-", .infix(precedence: 2), "Subtracts the second number from the first.", latex: "#1 - #2",
    spoken: "minus",
    sentences: [
      "- copies to its first input: {operand} gets {upstream} unchanged.",
      "- turns the sign for its second input: {operand} gets {upstream} times -1.",
    ],
    value: { $0 - $1 }, complex: { $0 - $1 },
    rules: ["1", "-1"], examples: [[2, 3], [-1, 4]]
  )
  .exactly { $0[0].minus($0[1]) }

  static let multiplication = binary(
    "*", .infix(precedence: 3), "Multiplies two numbers.", latex: #"#1 \cdot #2"#, sign: "×",
    spoken: "times",
    sentences: [
      "× swaps: {operand} gets the other input, {other} = {local}, times the gradient of {gate}, {upstream}."
    ],
    value: { $0 * $1 }, complex: { $0 * $1 },
    rules: ["b", "a"], examples: [[3, -4], [0, 7]]
  )
  .exactly { $0[0].times($0[1]) }

  static let division = binary(
    "/", .infix(precedence: 3), "Divides the first number by the second.",
    latex: #"\frac{#1}{#2}"#, spoken: "divided by",
    domain: Domain(
      requirement: "a divisor that is not 0", reason: "nothing times 0 gives a number back",
      contains: { $0[1] != 0 }),
    value: { $0 / $1 }, complex: { $0 / $1 },
    // Not -a/b^2, which overflows or underflows long before the result does.
    rules: ["1 / b", "-y / b"], examples: [[1, 4], [-3, 2]]
  )
  .exactly { $0[0].over($0[1]) }

  static let power = binary(
    "^", .infix(precedence: 5, isRightAssociative: true), "Raises the first number to the second.",
    latex: "{#1}^{#2}", spoken: "to the power",
    domain: Domain(
      requirement: "a base of at least 0, or a whole exponent",
      reason: "negative numbers have no real roots, and 0 has no negative powers",
      contains: { ($0[0] >= 0 || $0[1] == $0[1].rounded()) && ($0[0] != 0 || $0[1] >= 0) }),
    conventions: [
      Convention(when: "if(a == 0, b == 0, 0)", "0^0 has slope 0 both ways"),
      Convention(when: nil, "a literal exponent carries no gradient"),
    ],
    value: { Real.power($0, $1) }, complex: { Complex.power($0, $1) },
    rules: ["if(b == 0, 0, b * a^(b - 1))", "if(a == 0, if(b >= 0, 0, y * ln(a)), y * ln(a))"],
    examples: [[2, 3], [4, 0.5], [-2, 3]]
  )
  .exactly { $0[0].power($0[1]) }

  static let negation = Primitive(
    name: "-", spellings: [], notation: .prefix(precedence: 4), operands: .fixed(["x"]),
    summary: "Turns the sign.", sign: "-", spoken: "minus", latex: "-#1",
    sentences: ["- turns the sign: {operand} gets {upstream} times -1."],
    domain: nil, conventions: [], compute: .unary { -$0 }, complex: { -$0[0] },
    ruleTexts: ["-1"], examples: [[2], [-7]]
  )
  .exactly { $0[0].negated }

  static let copying = unary(
    "copy", "Passes a number on under another name.", latex: #"\mathrm{copy}"#, sign: "copy",
    sentence: "copy passes on: {operand} gets the gradient of {gate}, {upstream}, unchanged.",
    value: { $0 }, complex: { $0 }, rule: "1", examples: [3, -0.5]
  )
  .exactly { $0[0] }
}
