/// The derivative of a primitive in one of its operands, as a formula.
///
/// The same formula is evaluated to get the number and printed to explain it. Its names are those of
/// the operands (`a`, `b` or `x`), `y` for the gate's own value and `c` for the value of a convention
/// that can be set. Gates with any number of operands have some names more; see `Many`.
package struct Rule: Sendable {
  package let formula: Formula
  /// Where each name of the formula is found: an operand's place, `result` or `convention`.
  let slots: [Int]

  static let result = -1
  static let convention = -2
  static let own = -3
  private static let unknown = -100

  /// Reads a rule; one that cannot be read is nan everywhere, which the catalog's tests would see.
  init(_ text: String, operands: Primitive.Operands) {
    let formula = (try? Formula(reading: text, as: .rule)) ?? Formula(number: .nan)
    self.formula = formula
    slots = formula.names.map { name in
      switch (name, operands) {
      case ("y", _): Self.result
      case ("c", .fixed(let names)) where !names.contains("c"): Self.convention
      case (_, .fixed(let names)): names.firstIndex(of: name) ?? Self.result
      case (_, .variadic): Many(name)?.rawValue ?? Self.own
      }
    }
  }

  /// A rule that is a formula already, in names of operands, `y` and `c`; any other name is nan.
  init(_ formula: Formula, operands: [String]) {
    self.formula = formula
    slots = formula.names.map { name in
      switch name {
      case "y": Self.result
      case "c": Self.convention
      default: operands.firstIndex(of: name) ?? Self.unknown
      }
    }
  }

  /// The rule's name for what stands in the operand place `slot`, for the variadic operand `index`.
  func place(_ slot: Int, of operand: Int) -> Int { slot == Self.own ? operand : slot }

  /// The same for a name in a part of the rule, which may count its names differently.
  private func place(of name: String, _ operand: Int) -> Int {
    formula.names.firstIndex(of: name).map { place(slots[$0], of: operand) } ?? Self.unknown
  }

  /// The slope, given the operands, the gate's value and the convention in force.
  package func value(
    operands: UnsafeBufferPointer<Double>, result: Double, convention: Double, operand: Int
  ) -> Double {
    if formula.nodes.count == 1, let only = formula.nodes.first, only.kind == .number {
      return only.number
    }
    return formula.evaluated { name in
      number(place(slots[name], of: operand), operand, operands, result, convention)
    }
  }

  private func number(
    _ slot: Int, _ operand: Int, _ operands: UnsafeBufferPointer<Double>, _ result: Double,
    _ convention: Double
  ) -> Double {
    switch slot {
    case Self.result: result
    case Self.convention: convention
    case let index:
      index < 0
        ? Many(rawValue: index)?.value(operands, result, operand) ?? .nan
        : index < operands.count ? operands[index] : .nan
    }
  }

  /// The slope as a formula of the gate's own operands, and the condition that chose its branch.
  ///
  /// `operands`: what to write for each operand.
  /// `result`: what to write for the gate's value.
  /// `values`: the operands and the value as numbers, to see which branch of an `if` is taken; nil
  ///     leaves an `if` as it stands.
  /// `share`: what to write for the operand's own share of a softmax, if a node has it.
  package func written(
    operands: [Formula], result: Formula, convention: Formula, operand: Int
  ) -> Formula {
    formula.substituting { name in
      switch place(of: formula.names[name], operand) {
      case Self.result: result
      case Self.convention: convention
      case let index:
        operands.indices.contains(index)
          ? operands[index] : Many(rawValue: index)?.written(operands, result, operand, nil)
      }
    }.simplified()
  }

  /// Whether it asks which operand wins, which no formula of their names can say.
  var isAboutPlaces: Bool { formula.names.contains("w") }

  /// The same with numbers at hand.
  package func written(
    operands: [Formula], result: Formula, convention: Double, operand: Int,
    values: (operands: [Double], result: Double)?, share: Formula? = nil
  ) -> (slope: Formula, condition: Formula?) {
    let substitution = { (formula: Formula) -> Formula in
      formula.substituting { name in
        switch place(of: formula.names[name], operand) {
        case Self.result: result
        case Self.convention: Formula(number: convention)
        case let index:
          operands.indices.contains(index)
            ? operands[index] : Many(rawValue: index)?.written(operands, result, operand, share)
        }
      }
    }
    guard let values else { return (substitution(formula).simplified(), nil) }
    var (taken, condition) = branch(of: operand, values.operands, values.result, convention)
    // A fused rule may have choices inside.
    values.operands.withUnsafeBufferPointer { inputs in
      taken = taken.settlingChoices { [taken] name in
        number(place(of: taken.names[name], operand), operand, inputs, values.result, convention)
      }
    }
    // Which place wins is said in a sentence; `2 == 2` would tell nobody anything.
    let isPlace = condition?.names.contains("j") == true
    return (substitution(taken).simplified(), isPlace ? nil : condition.map(substitution))
  }

  /// Whether the slope has several branches, and so may have corners between them.
  package var isPiecewise: Bool {
    formula.nodes.contains { $0.kind == .apply && $0.reference == Primitive.choose }
  }

  /// Which branch is taken, counted from 0: different counts on two sides of a point are a kink.
  package func branchIndex(operands: [Double], result: Double, operand: Int) -> Int {
    if formula.choice == nil, isPiecewise {
      // Choices inside, as in a fused gate: two points are on one branch where the same is left.
      let settled = operands.withUnsafeBufferPointer { inputs in
        formula.settlingChoices {
          number(place(slots[$0], of: operand), operand, inputs, result, 0)
        }
      }
      return settled.written(.source).hashValue
    }
    var rest = formula
    var index = 0
    while let choice = rest.choice {
      let holds = number(choice.condition, operand, operands, result, 0) != 0
      if holds { return index }
      index += 1
      rest = choice.otherwise
    }
    return index
  }

  private func branch(
    of operand: Int, _ operands: [Double], _ result: Double, _ convention: Double
  ) -> (Formula, condition: Formula?) {
    var rest = formula
    var condition: Formula?
    while let choice = rest.choice {
      if number(choice.condition, operand, operands, result, convention) != 0 {
        condition = choice.condition
        rest = choice.then
      } else {
        rest = choice.otherwise
      }
    }
    return (rest, condition)
  }

  private func number(
    _ part: Formula, _ operand: Int, _ operands: [Double], _ result: Double, _ convention: Double
  ) -> Double {
    operands.withUnsafeBufferPointer { operands in
      part.evaluated { name in
        number(place(of: part.names[name], operand), operand, operands, result, convention)
      }
    }
  }
}

extension Rule {
  /// A rule's branches with their conditions, for a page of reference.
  ///
  /// The last branch of a rule with several conditions only catches nan, and is left out.
  package static func cases(
    of text: String, in primitive: Primitive, convention: Double
  ) -> [(slope: Formula, condition: Formula?)] {
    guard let formula = try? Formula(reading: text, as: .rule) else { return [] }
    // `c` is the convention's value, unless an operand is called so.
    var isOperand = false
    if case .fixed(let names) = primitive.operands { isOperand = names.contains("c") }
    var rest = formula.substituting { index in
      formula.names[index] == "c" && !isOperand ? Formula(number: convention) : nil
    }
    var result: [(slope: Formula, condition: Formula?)] = []
    while let choice = rest.choice {
      result.append((choice.then.simplified(), choice.condition))
      rest = choice.otherwise
    }
    if result.count < 2 { result.append((rest.simplified(), nil)) }
    return result
  }
}

extension Formula {
  /// The three parts of a formula that is an `if(…)` as a whole.
  fileprivate var choice: (condition: Formula, then: Formula, otherwise: Formula)? {
    guard let last = nodes.last, last.kind == .apply, last.reference == Primitive.choose else {
      return nil
    }
    let operands = operands(of: nodes.count - 1)
    return (part(at: operands[0]), part(at: operands[1]), part(at: operands[2]))
  }
}

extension Primitive {
  /// The rules of the primitive at `id`: one for each operand, or one for all.
  static func rules(of id: PrimitiveID) -> [Rule] { parsedRules[Int(id)] }

  /// The rule for an operand of the primitive at `id`.
  package static func rule(of id: PrimitiveID, operand: Int) -> Rule {
    let rules = parsedRules[Int(id)]
    return rules[min(operand, rules.count - 1)]
  }

  /// The slope of a primitive in an operand, without a copy of the rule.
  package static func slope(
    of id: PrimitiveID, operand: Int, operands: UnsafeBufferPointer<Double>, result: Double,
    convention: Double
  ) -> Double {
    let last = parsedRules[Int(id)].count - 1
    return parsedRules[Int(id)][min(operand, last)].value(
      operands: operands, result: result, convention: convention, operand: operand)
  }

  /// For each primitive, the conditions of its conventions; nil for those that always hold.
  package static func conventionConditions(of id: PrimitiveID) -> [Rule?] {
    parsedConditions[Int(id)]
  }

  // Read once, when the first gradient is asked for.
  private static let parsedRules: [[Rule]] = catalog.map { primitive in
    primitive.ruleTexts.map {
      Rule($0, operands: primitive.operands)
    }
  }
  private static let parsedConditions: [[Rule?]] = catalog.map { primitive in
    primitive.conventions.map { convention in
      convention.condition.map { Rule($0, operands: primitive.operands) }
    }
  }
}
