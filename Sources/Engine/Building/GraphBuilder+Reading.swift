internal import Language

// One part of a formula after the other.
extension GraphBuilder {
  /// Makes room for the nodes of a large formula at once.
  mutating func reserve(_ count: Int) {
    // Only where it more than doubles what there is: growing little by little would copy all of it
    // again and again.
    guard count / 8 * 5 > graph.nodes.capacity else { return }
    // A name that is met again makes no node.
    graph.nodes.reserveCapacity(count / 8 * 5)
    graph.operands.reserveCapacity(count)
  }

  /// Reads on in the formula on top, up to its end or to a definition that has to be read first.
  ///
  /// Numbers, names met before and primitives of plain numbers are taken here, in a loop that makes
  /// nothing but nodes; for all else it stops and asks `readPart`.
  mutating func readParts(of top: Int) throws(Problem) {
    let frame = frames[top]
    let parts = frame.formula.nodes
    let known = frame.bindings.entries
    var cursor = frame.cursor
    reading: while cursor < parts.count {
      switch parts[cursor].kind {
      case .number: stack.push(node: try constant(parts[cursor].number, frame.function))
      case .name where known[Int(parts[cursor].reference)] >= 0:
        stack.push(node: Int(known[Int(parts[cursor].reference)]))
      case .apply where !frame.isExpanded && !isBiased(parts, cursor):
        let count = Int(parts[cursor].arity)
        guard let first = stack.plainNumbers(count) else { break reading }
        let start = graph.operands.count
        for place in first..<first + count { graph.operands.append(stack.entries[place]) }
        stack.dropNumbers(count)
        stack.push(node: try gate(parts[cursor].reference, operandsFrom: start))
      default: break reading
      }
      cursor += 1
    }
    frames[top].cursor = cursor
    if cursor < parts.count { try readPart(parts[cursor], of: top) }
  }

  /// Whether it is a sum of two with a product of vectors in it, which becomes one gate with it.
  @inline(__always)
  private func isBiased(_ parts: [Formula.Node], _ cursor: Int) -> Bool {
    guard parts[cursor].arity == 2, parts[cursor].reference == Primitive.add else { return false }
    let other = cursor - 1 - Int(parts[cursor - 1].size)
    return parts[cursor - 1].kind == .composite || parts[other].kind == .composite
  }

  /// Takes one part of the formula on top, or puts the definition it needs on top of it first.
  private mutating func readPart(_ node: Formula.Node, of top: Int) throws(Problem) {
    switch node.kind {
    case .number: break
    case .name:
      if let known = frames[top].bindings[Int(node.reference)] {
        stack.push(known)
        break
      }
      let name = frames[top].formula.names[Int(node.reference)]
      if node.isIndexed, definitions.variables[name] == nil {
        stack.push(.undefined(name))
        break
      }
      guard let value = try lookUp(name) else { return }
      frames[top].bindings[Int(node.reference)] = value
      stack.push(value)
    case .apply:
      let operands = try popped(Int(node.arity))
      if frames[top].isExpanded, let parts = Primitive.parts(of: node.reference) {
        frames[top].cursor += 1
        try countCall(nil)
        let name = Primitive[node.reference].name
        push(
          parts, name: nil, function: name, environment: [("x", operands[0])], isCall: true)
        return
      }
      stack.push(try applied(node.reference, operands))
    case .composite:
      try composite(node, top)
      return
    case .vector: stack.push(try vector(try popped(Int(node.arity))))
    case .range:
      let bounds = try popped(2)
      stack.push(.range(try wholeNumber(bounds[0]), try wholeNumber(bounds[1])))
    case .index: stack.push(try indexed(stack.pop(Int(node.arity))))
    case .loop:
      try beginLoop(node, top)
      return
    case .call:
      let name = frames[top].formula.names[Int(node.reference)]
      let arguments = try popped(Int(node.arity))
      guard let function = definitions.functions[name], function.parameters.count == arguments.count
      else { throw .unknownNode(name, known: Array(definitions.functions.keys)) }
      frames[top].cursor += 1
      try countCall(name)
      push(
        function.formula, name: nil, function: name,
        environment: Array(zip(function.parameters, arguments)), isCall: true)
      return
    }
    frames[top].cursor += 1
  }

  /// The last values of the stack, each of them nodes.
  mutating func popped(_ count: Int) throws(Problem) -> [Value] {
    // What takes more than plain numbers may leave some of its operands out.
    mayHaveUnused = true
    var values = stack.pop(count)
    for (place, value) in values.enumerated() {
      if case .undefined(let name) = value {
        values[place] = .scalar(try input(name, value: nil))
      }
    }
    return values
  }
}
