// Gates over many operands: what vectors come to. `dot`, `softmax` and `maxpool` are laid out by the
// composites of the same names and cannot be typed as gates themselves.
extension Primitive {
  static let mean = reduction(
    "mean", "Averages all elements.", latex: #"\mathrm{mean}"#, notation: .function,
    sentences: ["mean shares evenly: {operand} gets {upstream} times {local}."],
    value: { numbers in
      var sum = numbers[0]
      for number in numbers.dropFirst() { sum += number }
      return sum / Double(numbers.count)
    },
    complex: {
      Complex(1 / Double($0.count)) * $0.dropFirst().reduce($0[0]) { $0 + $1 }
    },
    rules: ["1 / n"], examples: [[2, 3], [1, 2, 6]]
  )
  .exactly { numbers in numbers.total?.over(Exact(numbers.count)) }

  static let norm = reduction(
    "norm", "Is the length of a vector: sqrt(Σ x^2).", latex: #"\mathrm{norm}"#,
    notation: .function,
    sentences: ["norm scales by direction: {operand} gets {upstream} times {local}."],
    conventions: [Convention(when: "y == 0", "norm has slope 0 at a vector of zeros")],
    value: { numbers in
      // Scaled by the largest, so that squares neither overflow nor vanish.
      let largest = numbers.reduce(0) { Swift.max($0, $1.magnitude) }
      guard largest > 0, largest.isFinite else {
        return numbers.contains(where: \.isNaN) ? .nan : largest
      }
      var sum = 0.0
      for number in numbers { sum += (number / largest) * (number / largest) }
      return largest * sum.squareRoot()
    },
    complex: { Complex.squareRoot($0.reduce(Complex(0)) { $0 + $1 * $1 }) },
    rules: ["if(y == 0, 0, x / y)"], examples: [[3, 4], [1, -2, 2]])

  /// Operands `a1 … an, b1 … bn`, and perhaps a bias: one neuron before its activation.
  static let innerProduct = reduction(
    "dot", "Multiplies pairs and adds the products.", latex: #"\mathrm{dot}"#, notation: .gate,
    least: 2,
    sentences: [
      "dot pairs: {operand} gets its partner, {local}, times the gradient of {gate}, {upstream}."
    ],
    value: { numbers in
      let count = numbers.count / 2
      var sum = numbers[0] * numbers[count]
      for place in (0..<count).dropFirst() { sum += numbers[place] * numbers[count + place] }
      return numbers.count > 2 * count ? sum + numbers[2 * count] : sum
    },
    complex: { numbers in
      let count = numbers.count / 2
      let sum = (0..<count).dropFirst().reduce(numbers[0] * numbers[count]) {
        $0 + numbers[$1] * numbers[count + $1]
      }
      return numbers.count > 2 * count ? sum + numbers[2 * count] : sum
    },
    rules: ["p"], examples: [[2, -3], [1, 2, 3, 4], [1, 2, 3, 4, 5]]
  )
  .exactly { numbers in
    let count = numbers.count / 2
    let terms = (0..<count).compactMap { numbers[$0].times(numbers[count + $0]) }
    return terms.count == count ? (terms + numbers.dropFirst(2 * count)).total : nil
  }

  /// One probability: its own score comes first, the others behind it.
  static let share = reduction(
    "softmax", "Turns one score among others into a probability.", latex: #"\mathrm{softmax}"#,
    notation: .gate,
    sentences: [
      "softmax rewards its own score: {operand} gets {upstream} times y(1 - y) = {local}.",
      "softmax takes from the others: {operand} gets {upstream} times {local}.",
    ],
    value: { numbers in
      let largest = numbers.reduce(-Double.infinity) { $1.isNaN ? .nan : Swift.max($0, $1) }
      var sum = 0.0
      for number in numbers { sum += Real.exp(number - largest) }
      return Real.exp(numbers[0] - largest) / sum
    },
    complex: { numbers in
      let largest = Complex(numbers.reduce(-Double.infinity) { Swift.max($0, $1.real) })
      let sum = numbers.reduce(Complex(0)) { $0 + Complex.exp($1 - largest) }
      return Complex.exp(numbers[0] - largest) / sum
    },
    rules: ["y * (1 - y)", "-y * q"], examples: [[2, 1, -1], [0, 0], [1]]
  )
  .exactly { numbers in
    let powers = numbers.compactMap(\.exponential)
    guard powers.count == numbers.count, let all = powers.total else { return nil }
    return powers[0].over(all)
  }

  static let largest = reduction(
    "maxpool", "Keeps the largest of a window.", latex: #"\mathrm{maxpool}"#, notation: .gate,
    sentences: [
      "maxpool routes: the largest input takes the whole gradient of {gate}; {operand} gets {amount}."
    ],
    conventions: [Convention(when: "t", "a tie in max pooling goes to the first")],
    value: { numbers in
      numbers.reduce(-Double.infinity) { $0.isNaN || $1.isNaN ? .nan : Swift.max($0, $1) }
    },
    complex: { numbers in
      numbers.dropFirst().reduce(numbers[0]) { $1.real > $0.real ? $1 : $0 }
    },
    rules: ["if(j == w, 1, 0)"], examples: [[4, 8], [3, -1, 2]]
  )
  .exactly { $0.max() }

  private static func reduction(
    _ name: String, _ summary: String, latex: String, notation: Notation, least: Int = 1,
    sentences: [String], conventions: [Convention] = [],
    value: @escaping @Sendable (UnsafeBufferPointer<Double>) -> Double,
    complex: @escaping @Sendable ([Complex]) -> Complex, rules: [String], examples: [[Double]]
  ) -> Primitive {
    Primitive(
      name: name, spellings: [], notation: notation, operands: .variadic(atLeast: least),
      summary: summary, sign: name, spoken: name, latex: latex, sentences: sentences, domain: nil,
      conventions: conventions, compute: .variadic(value), complex: complex, ruleTexts: rules,
      examples: examples)
  }
}
