/// A formula as a flat list of nodes, each one after the operands it uses.
///
/// The same type holds what a learner types (`tanh(w * x)`) and what a textbook says about slopes
/// (`1 - y^2`), so one printer and one evaluator serve both. Post-order and indices instead of a tree:
/// reading, printing, evaluating and freeing a formula are loops, whatever its depth.
package struct Formula: Sendable {
  /// What a node of a formula is.
  package enum Kind: UInt8, Sendable {
    /// A literal; its value is in `number`.
    case number
    /// A name; `reference` counts into `names`.
    case name
    /// A primitive of the catalog; `reference` is its `PrimitiveID`.
    case apply
    /// A function the user defined; `reference` counts into `names`.
    case call
    /// A loss, a layer or a sum; `reference` is its place in the catalog of composites.
    case composite
    /// `[a, b, c]`: as many operands as elements.
    case vector
    /// `x[2]`, `W[2, 1]`: what is indexed, then the subscripts.
    case index
    /// `2..4`, where a subscript may stand.
    case range
    /// `… for i in a..b`: operands are the bounds; `reference` counts into `loops`.
    case loop
  }

  /// One literal, name or application, with the place it was typed.
  ///
  /// 24 bytes: what a large formula costs is mostly the memory it fills.
  package struct Node: Sendable {
    package let kind: Kind
    /// Whether the learner put brackets around it, which keeps `(a + b) + c` two gates.
    package var isBracketed = false
    /// Whether a subscript follows this name, so that it may be a vector nobody has defined yet.
    package var isIndexed = false
    /// The number of nodes in the part of the formula that ends here, itself included.
    package var size: Int32 = 1
    package var start: Int32 = 0
    package var end: Int32 = 0
    /// The bits of a literal, or the reference and the number of operands: no part has both.
    package private(set) var content: UInt64

    package init(kind: Kind, reference: Int32 = 0, arity: Int32 = 0) {
      self.kind = kind
      content = UInt64(UInt32(bitPattern: reference)) | UInt64(UInt32(bitPattern: arity)) << 32
    }

    /// A literal.
    package init(number: Double) {
      kind = .number
      content = number.bitPattern
    }

    /// The number of operands.
    package var arity: Int32 {
      get { kind == .number ? 0 : Int32(truncatingIfNeeded: content >> 32) }
    }

    /// An index whose meaning depends on `kind`; 0 for a literal.
    package var reference: Int32 {
      get { kind == .number ? 0 : Int32(truncatingIfNeeded: content) }
      set {
        if kind != .number {
          content = (content & ~0xFFFF_FFFF) | UInt64(UInt32(bitPattern: newValue))
        }
      }
    }

    /// The value of a literal; 0 for all else.
    package var number: Double {
      get { kind == .number ? Double(bitPattern: content) : 0 }
    }

    /// The UTF-8 offsets this part was typed at.
    package var span: SourceSpan { Int(start)..<Int(end) }
  }

  /// All nodes, operands before what uses them; the last is the formula itself.
  package internal(set) var nodes: [Node]
  /// The names of variables and functions, each once.
  package internal(set) var names: [String]
  /// What its loops repeat.
  package internal(set) var loops: [Loop] = []

  /// The indices of the operands of node `index`, first operand first.
  package func operands(of index: Int) -> [Int] {
    var result: [Int] = []
    var next = index - 1
    for _ in 0..<Int(nodes[index].arity) {
      result.append(next)
      next -= Int(nodes[next].size)
    }
    result.reverse()
    return result
  }

  /// The names that stand for numbers, in order of first use; functions are not among them.
  package var variables: [String] {
    var seen = [Bool](repeating: false, count: names.count)
    var result: [String] = []
    for node in nodes where node.kind == .name && !seen[Int(node.reference)] {
      seen[Int(node.reference)] = true
      result.append(names[Int(node.reference)])
    }
    for name in loops.flatMap(\.variables) where !result.contains(name) { result.append(name) }
    return result
  }

  /// The user functions it calls, in order of first use.
  package var calledFunctions: [String] {
    var result: [String] = []
    for node in nodes where node.kind == .call {
      let name = names[Int(node.reference)]
      if !result.contains(name) { result.append(name) }
    }
    for name in loops.flatMap(\.calls) where !result.contains(name) { result.append(name) }
    return result
  }

  /// Whether the formula as a whole is a comparison, such as `grad w1 > 1`.
  package var isComparison: Bool {
    guard let last = nodes.last, last.kind == .apply else { return false }
    return Primitive[last.reference].notation == .comparison
  }

  /// The whole formula as a number when it is a literal or a negated one.
  package var literal: Double? {
    guard let last = nodes.last else { return nil }
    if nodes.count == 1, last.kind == .number { return last.number }
    if nodes.count == 2, nodes[0].kind == .number, last.kind == .apply,
      PrimitiveID(last.reference) == Primitive.negate
    {
      return -nodes[0].number
    }
    return nil
  }
}

extension Formula {
  /// A formula that is one number.
  package init(number: Double) {
    nodes = [Node(number: number)]
    names = []
  }

  /// A formula that is one name.
  package init(name: String) {
    nodes = [Node(kind: .name)]
    names = [name]
  }
}

/// Two formulas are equal when they say the same, wherever and with whatever blanks they were typed.
extension Formula: Hashable {
  package static func == (a: Formula, b: Formula) -> Bool {
    a.nodes.count == b.nodes.count
      && zip(a.nodes, b.nodes).allSatisfy { x, y in
        guard x.kind == y.kind, x.arity == y.arity else { return false }
        switch x.kind {
        case .number: return x.number.bitPattern == y.number.bitPattern
        case .apply, .composite: return x.reference == y.reference
        case .vector, .index, .range: return true
        case .loop: return a.loops[Int(x.reference)] == b.loops[Int(y.reference)]
        case .name, .call: return a.names[Int(x.reference)] == b.names[Int(y.reference)]
        }
      }
  }

  package func hash(into hasher: inout Hasher) {
    hasher.combine(nodes.count)
    for name in names.sorted() { hasher.combine(name) }
  }
}

extension Formula {
  /// The numbers of a formula that is nothing but numbers and square brackets; nil for any other.
  ///
  /// Vectors of rows of different length are left to the engine, which says what is wrong with them.
  package var literalTensor: Tensor? {
    var parts: [(shape: Shape, first: Int)] = []
    var values: [Double] = []
    for node in nodes {
      switch node.kind {
      case .number:
        parts.append((.scalar, values.count))
        values.append(node.number)
      case .apply where node.reference == Primitive.negate:
        guard let last = parts.last else { return nil }
        for place in last.first..<values.count { values[place].negate() }
      case .vector:
        let elements = parts.suffix(Int(node.arity))
        guard let first = elements.first, elements.allSatisfy({ $0.shape == first.shape }) else {
          return nil
        }
        parts.removeLast(elements.count)
        switch first.shape {
        case .scalar: parts.append((.vector(elements.count), first.first))
        case .vector(let columns):
          parts.append((.matrix(rows: elements.count, columns: columns), first.first))
        case .matrix: return nil
        }
      default: return nil
      }
    }
    guard parts.count == 1, let only = parts.first, only.shape != .scalar else { return nil }
    return Tensor(only.shape, values)
  }

  /// Whether numbers are drawn somewhere in it, loops included.
  package var isRandom: Bool {
    nodes.contains { $0.kind == .composite && Composite[$0.reference].isRandom }
      || loops.contains(where: \.isRandom)
  }
}
