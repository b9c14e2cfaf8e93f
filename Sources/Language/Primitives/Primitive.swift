/// The place of a primitive in the catalog: small enough to store in every node.
package typealias PrimitiveID = Int32

/// One thing a gate can compute, and everything anyone needs to know about it.
///
/// Parser, engine, help, documentation, tests and every renderer read this one record, so adding a
/// primitive means writing one value (see `Activations.swift`) and listing it in the catalog.
package struct Primitive: Sendable {
  /// How it is typed: `tanh`, `+`, `^`.
  package let name: String
  /// Other ways to type it, such as `ReLU` or `σ`.
  package let spellings: [String]
  package let notation: Notation
  package let operands: Operands
  /// One line for help and docs, starting with a verb.
  package let summary: String
  /// Its sign in a drawing or an arithmetic line: `×`.
  package let sign: String
  /// Its name when read aloud: `times`.
  package let spoken: String
  /// In LaTeX: a template with `#1`, `#2`, or the head of a function.
  package let latex: String
  /// What it does to a gradient, one sentence for each operand or one for all.
  ///
  /// `{operand}`, `{gate}`, `{other}`, `{local}`, `{upstream}` and `{amount}` are filled in.
  package let sentences: [String]
  /// Where it has a real value; outside, the result is nan or infinite and is explained.
  package let domain: Domain?
  /// What the engine decides where mathematics leaves the slope open.
  package let conventions: [Convention]
  let compute: Compute
  /// The same function of complex numbers, for a gradient check that shares nothing with the rules.
  let complex: @Sendable ([Complex]) -> Complex
  /// The same without rounding, for questions that promise numbers a hand can compute; nil where
  /// there is no such number.
  var exact: (@Sendable ([Exact]) -> Exact?)?
  /// The derivative in each operand, written in this language; see `Rule`.
  package let ruleTexts: [String]
  /// What it is made of, in its operands' names, for `expand`; nil where it is elementary.
  package var parts: String?
  /// Inputs on which tests check the value and the slopes, and which the docs show.
  package let examples: [[Double]]
}

extension Primitive {
  /// How a primitive stands in a formula.
  package enum Notation: Hashable, Sendable {
    case function
    case prefix(precedence: Int)
    case infix(precedence: Int, isRightAssociative: Bool = false)
    /// `<`, `==` and so on, allowed at the start of `if(…)` only.
    case comparison
    /// Laid out by a composite; nobody types it.
    case gate
  }

  /// The names rules use for the operands.
  package enum Operands: Hashable, Sendable {
    case fixed([String])
    /// Any number of operands from `atLeast` up, each called `x` in its own rule.
    case variadic(atLeast: Int)
  }

  /// A condition on the inputs, phrased twice: once for people, once in the language.
  package struct Domain: Sendable {
    /// What must hold: `x > 0`.
    package let requirement: String
    /// Why: `no power of e is zero or negative`.
    package let reason: String
    let contains: @Sendable ([Double]) -> Bool
  }

  /// A choice made where the slope is not defined.
  package struct Convention: Sendable {
    /// When it applies, in operand names: `x == 0`; nil for what holds always.
    package let condition: String?
    /// What is chosen, in words a table can show.
    package let statement: String
    /// The setting that changes it, if one does; its value is `c` in the rules.
    package let setting: String?
    package let standard: Double

    init(when condition: String?, _ statement: String, setting: String? = nil, standard: Double = 0)
    {
      self.condition = condition
      self.statement = statement
      self.setting = setting
      self.standard = standard
    }
  }

  enum Compute: Sendable {
    case unary(@Sendable (Double) -> Double)
    case binary(@Sendable (Double, Double) -> Double)
    case ternary(@Sendable (Double, Double, Double) -> Double)
    case variadic(@Sendable (UnsafeBufferPointer<Double>) -> Double)

    func callAsFunction(_ inputs: UnsafeBufferPointer<Double>) -> Double {
      switch self {
      case .unary(let f): inputs.count > 0 ? f(inputs[0]) : .nan
      case .binary(let f): inputs.count > 1 ? f(inputs[0], inputs[1]) : .nan
      case .ternary(let f): inputs.count > 2 ? f(inputs[0], inputs[1], inputs[2]) : .nan
      case .variadic(let f): inputs.count > 0 ? f(inputs) : .nan
      }
    }
  }

  /// The value of a primitive for its operands, without a copy of its whole record.
  package static func value(of id: PrimitiveID, _ inputs: UnsafeBufferPointer<Double>) -> Double {
    computes[Int(id)](inputs)
  }

  private static let computes = catalog.map(\.compute)

  /// The value for as many operands as the gate has.
  package func value(_ inputs: UnsafeBufferPointer<Double>) -> Double { compute(inputs) }

  /// The value for operands in an array.
  package func value(_ inputs: [Double]) -> Double { inputs.withUnsafeBufferPointer(value) }

  /// The value for complex operands.
  package func value(_ inputs: [Complex]) -> Complex {
    inputs.count >= leastOperands ? complex(inputs) : Complex(.nan)
  }

  /// Why the inputs have no real value, or nil when they have one.
  package func domainViolation(_ inputs: [Double]) -> String? {
    guard let domain, !inputs.contains(where: \.isNaN), !domain.contains(inputs) else { return nil }
    return "\(usage) needs \(domain.requirement): \(domain.reason)"
  }

  /// Whether it takes two operands and no more.
  package var isBinary: Bool {
    if case .fixed(let names) = operands { names.count == 2 } else { false }
  }

  /// The smallest number of operands it takes.
  package var leastOperands: Int {
    switch operands {
    case .fixed(let names): names.count
    case .variadic(let least): least
    }
  }

  /// Whether it can be used with this many operands.
  package func accepts(_ count: Int) -> Bool {
    switch operands {
    case .fixed(let names): names.count == count
    case .variadic(let least): count >= least
    }
  }

  /// The number of operands in words: `2 arguments`.
  package var operandCount: String {
    switch operands {
    case .fixed(let names): names.count == 1 ? "1 argument" : "\(names.count) arguments"
    case .variadic(let least): least == 1 ? "1 argument or more" : "\(least) arguments or more"
    }
  }

  /// What `c` stands for in its rules as long as nobody sets it.
  package var standardConvention: Double {
    conventions.first { $0.setting != nil }?.standard ?? 0
  }

  /// How to write it, for hints: `tanh(x)`, `a + b`.
  package var usage: String {
    let names: [String] =
      switch operands {
      case .fixed(let names): names
      case .variadic: ["a", "b"]
      }
    switch notation {
    case .function, .gate: return "\(name)(\(names.joined(separator: ", ")))"
    case .prefix: return name + (names.first ?? "")
    case .infix, .comparison: return names.joined(separator: " \(name) ")
    }
  }

  /// The sentence for one operand.
  package func sentence(for operand: Int) -> String {
    sentences.indices.contains(operand) ? sentences[operand] : sentences.last ?? ""
  }
}
