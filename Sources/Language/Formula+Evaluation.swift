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
        case .call, .composite, .vector, .index, .range, .loop:
          // Only the engine knows what these come to; no rule has one.
          height -= Int(node.arity)
          stack[height] = .nan
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
      if node.kind == .name, let formula = replacement(Int(node.reference)) {
        builder.append(formula)
      } else {
        builder.copy(node, of: self)
      }
    }
    return builder.formula
  }

  /// The formula with names replaced by other formulas, also inside its loops.
  ///
  /// Loops stand inside each other a few deep at most (`Limit.loops`), so this may call itself.
  package func replacingNames(_ replacement: (String) -> Formula?) -> Formula {
    var result = substituting { replacement(names[$0]) }
    for (place, loop) in result.loops.enumerated() {
      let body = loop.body.replacingNames({ name in
        name == loop.variable ? nil : replacement(name)
      })
      result.loops[place] = Loop(variable: loop.variable, body: body)
    }
    return result
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
  private var loops: [Formula.Loop] = []
  /// How many elements of a matrix's present row have been added.
  private var inRow = 0

  package init() {}

  /// What has been built.
  package var formula: Formula { Formula(nodes: nodes, names: names, loops: loops) }

  /// Adds a literal.
  package mutating func number(_ value: Double) {
    nodes.append(Formula.Node(number: value))
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

  /// Adds a whole formula as one part.
  package mutating func append(_ formula: Formula) {
    append(formula, from: 0, through: formula.nodes.count - 1)
  }

  /// Makes the last `count` parts the elements of a vector.
  package mutating func vector(_ count: Int) {
    var node = Formula.Node(kind: .vector, arity: Int32(clamping: count))
    node.size = sizeOfLast(count) + 1
    nodes.append(node)
  }

  /// Adds numbers in a shape, as a literal.
  package mutating func tensor(_ tensor: Tensor) {
    for value in tensor.values.prefix(tensor.shape.count) {
      number(value)
      if case .matrix(_, let columns) = tensor.shape, nodes.count > 0, columns > 0 {
        inRow += 1
        if inRow == columns {
          vector(columns)
          inRow = 0
        }
      }
    }
    switch tensor.shape {
    case .scalar: break
    case .vector(let count): vector(count)
    case .matrix(let rows, _): vector(rows)
    }
  }

  mutating func append(_ formula: Formula, from first: Int, through last: Int) {
    for node in formula.nodes[first...last] { copy(node, of: formula) }
  }

  /// Adds a node of another formula whose operands have been added; its size follows from theirs.
  package mutating func keep(_ node: Formula.Node, of formula: Formula) { copy(node, of: formula) }

  mutating func copy(_ node: Formula.Node, of formula: Formula) {
    var node = node
    switch node.kind {
    case .name, .call: node.reference = reference(to: formula.names[Int(node.reference)])
    case .loop:
      loops.append(formula.loops[Int(node.reference)])
      node.reference = Int32(clamping: loops.count - 1)
    case .number, .apply, .composite, .vector, .index, .range: break
    }
    node.size = sizeOfLast(Int(node.arity)) + 1
    nodes.append(node)
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
