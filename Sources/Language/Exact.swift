/// A number known without rounding: a fraction, or the natural logarithm of one.
///
/// Logarithms make squashing gates exact: sigmoid(ln 3) is 3/4, and softmax of ln 1, ln 2, ln 5 is
/// 1/8, 2/8, 5/8. What is neither has no exact number; operations then give nil.
package enum Exact: Hashable, Sendable {
  case rational(Rational)
  /// The natural logarithm of a fraction above 0 other than 1.
  case logarithm(Rational)

  package static let zero = Exact.rational(.zero)
  package static let one = Exact.rational(.one)

  /// A whole number.
  package init(_ whole: Int) { self = .rational(Rational(whole)) }

  /// The decimal that a double is the nearest one to; nil for nan, infinities and what is too long.
  package init?(_ number: Double) {
    guard number.isFinite else { return nil }
    if let whole = Int(exactly: number) {
      // Its negative could not be held.
      guard whole != .min else { return nil }
      self.init(whole)
      return
    }
    guard let decimal = Rational(decimal: number.formatted(.data)) else { return nil }
    self = .rational(decimal)
  }

  /// The natural logarithm of a fraction; nil for what has none.
  package init?(logarithmOf number: Rational) {
    guard number.sign > 0 else { return nil }
    self = number == .one ? .zero : .logarithm(number)
  }

  /// The fraction, where it is one.
  package var rational: Rational? { if case .rational(let number) = self { number } else { nil } }

  /// The fraction it is the logarithm of; 1 for 0; nil for other fractions.
  package var antilogarithm: Rational? {
    switch self {
    case .logarithm(let number): number
    case .rational(let number): number.isZero ? .one : nil
    }
  }

  package var double: Double {
    switch self {
    case .rational(let number): number.double
    case .logarithm(let number): Real.ln(number.double)
    }
  }

  /// -1, 0 or 1.
  package var sign: Int {
    switch self {
    case .rational(let number): number.sign
    case .logarithm(let number): number > .one ? 1 : -1
    }
  }

  /// As typed: `-2`, `0.25`, `ln(3)`, `ln(1/3)`.
  package var text: String {
    switch self {
    case .rational(let number): number.text
    case .logarithm(let number):
      "ln(\(number.numerator)\(number.isWhole ? "" : "/\(number.denominator)"))"
    }
  }

  package var negated: Exact? {
    switch self {
    case .rational(let number): .rational(number.negated)
    case .logarithm(let number): Rational.one.over(number).map(Exact.logarithm)
    }
  }

  /// The sum.
  package func plus(_ other: Exact) -> Exact? {
    if case .rational(let a) = self, case .rational(let b) = other {
      return a.plus(b).map(Exact.rational)
    }
    // ln a + ln b = ln ab
    guard let a = antilogarithm, let b = other.antilogarithm else { return nil }
    return a.times(b).flatMap(Exact.init(logarithmOf:))
  }

  /// The difference.
  package func minus(_ other: Exact) -> Exact? { other.negated.flatMap(plus) }

  /// The product.
  package func times(_ other: Exact) -> Exact? {
    switch (self, other) {
    case (.rational(let a), .rational(let b)): a.times(b).map(Exact.rational)
    // n ln a = ln a^n
    case (.rational(let n), .logarithm(let a)), (.logarithm(let a), .rational(let n)):
      n.isWhole ? a.power(n.numerator).flatMap(Exact.init(logarithmOf:)) : nil
    case (.logarithm, .logarithm): nil
    }
  }

  /// The quotient.
  package func over(_ other: Exact) -> Exact? {
    guard let b = other.rational else { return nil }
    return Rational.one.over(b).flatMap { times(.rational($0)) }
  }

  /// A whole power.
  package func power(_ exponent: Exact) -> Exact? {
    guard let n = exponent.rational, n.isWhole, let base = rational else { return nil }
    return base.power(n.numerator).map(Exact.rational)
  }

  /// e to the power of the number.
  package var exponential: Exact? { antilogarithm.map(Exact.rational) }
}

extension Exact: Comparable {
  package static func < (a: Exact, b: Exact) -> Bool {
    switch (a, b) {
    case (.rational(let a), .rational(let b)), (.logarithm(let a), .logarithm(let b)): a < b
    default: a.double < b.double
    }
  }
}

extension Formula {
  /// The value without rounding, when each name stands for an exact number; nil where there is none.
  package func evaluatedExactly(_ value: (Int) -> Exact?) -> Exact? {
    if nodes.count == 1, let only = nodes.first {
      return only.kind == .number ? Exact(only.number) : value(Int(only.reference))
    }
    var stack: [Exact?] = []
    for node in nodes {
      switch node.kind {
      case .number: stack.append(Exact(node.number))
      case .name: stack.append(value(Int(node.reference)))
      case .apply:
        let operands = Array(stack.suffix(Int(node.arity)))
        stack.removeLast(min(Int(node.arity), stack.count))
        stack.append(Primitive.exactValue(of: node.reference, operands))
      case .call, .composite, .vector, .index, .range, .loop: return nil
      }
    }
    return stack.last ?? nil
  }
}

extension Primitive {
  /// The value without rounding; nil where an operand or the value has no exact number.
  package static func exactValue(of id: PrimitiveID, _ operands: [Exact?]) -> Exact? {
    if id == choose, operands.count == 3, let condition = operands[0] {
      // The branch that is not taken need not have a value.
      return condition.sign != 0 ? operands[1] : operands[2]
    }
    guard let exact = exacts.indices.contains(Int(id)) ? exacts[Int(id)] : nil else { return nil }
    let known = operands.compactMap { $0 }
    return known.count == operands.count && !known.isEmpty ? exact(known) : nil
  }

  private static let exacts = catalog.map(\.exact)

  /// The record with a way to compute without rounding.
  func exactly(_ exact: @escaping @Sendable ([Exact]) -> Exact?) -> Primitive {
    var copy = self
    copy.exact = exact
    return copy
  }
}

extension Array where Element == Exact {
  /// The sum of all, or nil.
  var total: Exact? {
    var sum: Exact? = first
    for number in dropFirst() { sum = sum?.plus(number) }
    return sum
  }
}
