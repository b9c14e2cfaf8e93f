extension Primitive {
  /// Every primitive, in the order help and documentation present them.
  ///
  /// A primitive that is not listed here does not exist.
  package static let catalog: [Primitive] = [
    addition, subtraction, multiplication, division, power, negation,
    exponential, logarithm, squareRoot, sine, cosine, tangent,
    hyperbolicTangent, sigmoid, relu, leakyRelu, softplus, gaussian, step, sign,
    absolute, floor, maximum, minimum, mean, norm, logSumExp, choice, copying,
    comparison("<", "<", "is less than", latex: "#1 < #2") { $0 < $1 },
    comparison("<=", "≤", "is at most", latex: #"#1 \le #2"#) { $0 <= $1 },
    comparison(">", ">", "is greater than", latex: "#1 > #2") { $0 > $1 },
    comparison(">=", "≥", "is at least", latex: #"#1 \ge #2"#) { $0 >= $1 },
    comparison("==", "=", "equals", latex: "#1 = #2") { $0 == $1 },
    comparison("!=", "≠", "differs from", latex: #"#1 \ne #2"#) { $0 != $1 },
    innerProduct, share, largest,
  ]

  /// The record at a place of the catalog; a number from elsewhere is taken for a copy, and no trap.
  package static subscript(_ id: PrimitiveID) -> Primitive {
    catalog.indices.contains(Int(id)) ? catalog[Int(id)] : copying
  }

  /// Functions by every spelling.
  package static let functions: [String: PrimitiveID] = index {
    $0.notation == .function ? [$0.name] + $0.spellings : []
  }

  /// Infix operators and comparisons by symbol.
  package static let infixes: [String: PrimitiveID] = index {
    switch $0.notation {
    case .infix, .comparison: [$0.name]
    case .function, .prefix, .gate: []
    }
  }

  /// Prefix operators by symbol.
  package static let prefixes: [String: PrimitiveID] = index {
    if case .prefix = $0.notation { [$0.name] } else { [] }
  }

  // The ones that the language itself gives a meaning to: signs, powers, choices, renaming.
  package static let negate = id(of: "-x")
  package static let raise = id(of: "a ^ b")
  package static let add = id(of: "a + b")
  package static let subtract = id(of: "a - b")
  package static let multiply = id(of: "a * b")
  package static let divide = id(of: "a / b")
  package static let exponentiate = id(of: "exp(x)")
  package static let choose = id(of: "if(c, a, b)")
  package static let copy = id(of: "copy(x)")
  package static let dot = id(of: "dot(a, b)")
  package static let softmax = id(of: "softmax(a, b)")
  package static let maxpool = id(of: "maxpool(a, b)")

  /// The place of the primitive that is written so; -1 where there is none.
  static func id(of usage: String) -> PrimitiveID {
    PrimitiveID(catalog.firstIndex { $0.usage == usage } ?? -1)
  }

  /// Each convention with the primitive that has it, in catalog order, a shared one once.
  package static let conventions: [(owner: Primitive, convention: Convention)] = {
    var seen: Set<String> = []
    return catalog.flatMap { primitive in
      primitive.conventions.filter { seen.insert($0.statement).inserted }.map { (primitive, $0) }
    }
  }()

  /// What a primitive is made of, read once; nil for those that have no parts.
  package static func parts(of id: PrimitiveID) -> Formula? { parsedParts[Int(id)] }

  private static let parsedParts: [Formula?] = catalog.map { primitive in
    primitive.parts.flatMap { try? Formula(reading: $0) }
  }

  private static func index(_ spellings: (Primitive) -> [String]) -> [String: PrimitiveID] {
    var result: [String: PrimitiveID] = [:]
    for (place, primitive) in catalog.enumerated() {
      for spelling in spellings(primitive) { result[spelling] = PrimitiveID(place) }
    }
    return result
  }
}
