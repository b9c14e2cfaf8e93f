extension Formula {
  /// The value when each name stands for a number.
  ///
  /// `value`: the number for an index into `names`.
  package func evaluated(_ value: (Int) -> Double) -> Double {
    withUnsafeTemporaryAllocation(of: Double.self, capacity: nodes.count) { stack in
      var height = 0
      for node in nodes {
        switch node.kind {
        case .number: stack[height] = node.number
        case .name: stack[height] = value(Int(node.reference))
        case .call: stack[height] = .nan
        case .apply:
          height -= Int(node.arity)
          let operands = UnsafeBufferPointer(rebasing: stack[height..<height + Int(node.arity)])
          stack[height] = Primitive.value(of: node.reference, operands)
        }
        height += 1
      }
      return height > 0 ? stack[height - 1] : .nan
    }
  }

  /// The formula with names replaced by other formulas.
  ///
  /// `replacement`: the formula for an index into `names`, or nil to leave the name.
  package func substituting(_ replacement: (Int) -> Formula?) -> Formula {
    var builder = FormulaBuilder()
    for node in nodes {
      switch node.kind {
      case .number: builder.number(node.number)
      case .name:
        if let formula = replacement(Int(node.reference)) {
          builder.append(formula)
        } else {
          builder.name(names[Int(node.reference)])
        }
      case .apply:
        builder.apply(node.reference, arity: Int(node.arity), bracketed: node.isBracketed)
      case .call: builder.call(names[Int(node.reference)], arity: Int(node.arity))
      }
    }
    return builder.formula
  }

  /// The part of the formula that ends at a node, as a formula of its own.
  package func part(at index: Int) -> Formula {
    var builder = FormulaBuilder()
    builder.append(self, from: index - Int(nodes[index].size) + 1, through: index)
    return builder.formula
  }
}

/// Puts a formula together, operands first.
package struct FormulaBuilder: Sendable {
  private var nodes: [Formula.Node] = []
  private var names: [String] = []
  private var references: [String: Int32] = [:]

  package init() {}

  /// What has been built.
  package var formula: Formula { Formula(nodes: nodes, names: names) }
  package var count: Int { nodes.count }

  /// Adds a literal.
  package mutating func number(_ value: Double) {
    nodes.append(Formula.Node(kind: .number, number: value))
  }

  /// Adds a name.
  package mutating func name(_ name: String) {
    nodes.append(Formula.Node(kind: .name, reference: reference(to: name)))
  }

  /// Applies a primitive to the last `arity` parts.
  package mutating func apply(_ primitive: PrimitiveID, arity: Int, bracketed: Bool = false) {
    var node = Formula.Node(kind: .apply, reference: primitive, arity: Int32(arity))
    node.isBracketed = bracketed
    node.size = sizeOfLast(arity) + 1
    nodes.append(node)
  }

  mutating func call(_ function: String, arity: Int) {
    var node = Formula.Node(kind: .call, reference: reference(to: function), arity: Int32(arity))
    node.size = sizeOfLast(arity) + 1
    nodes.append(node)
  }

  /// Adds a whole formula as one part.
  package mutating func append(_ formula: Formula) {
    append(formula, from: 0, through: formula.nodes.count - 1)
  }

  mutating func append(_ formula: Formula, from first: Int, through last: Int) {
    for var node in formula.nodes[first...last] {
      if node.kind == .name || node.kind == .call {
        node.reference = reference(to: formula.names[Int(node.reference)])
      }
      nodes.append(node)
    }
  }

  private func sizeOfLast(_ arity: Int) -> Int32 {
    var size: Int32 = 0
    for _ in 0..<arity { size += nodes[nodes.count - 1 - Int(size)].size }
    return size
  }

  private mutating func reference(to name: String) -> Int32 {
    if let known = references[name] { return known }
    let reference = Int32(names.count)
    names.append(name)
    references[name] = reference
    return reference
  }
}
