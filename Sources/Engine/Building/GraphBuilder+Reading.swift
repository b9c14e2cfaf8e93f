internal import Language

// One part of a formula after the other.
extension GraphBuilder {
  /// Reads on in the formula on top as long as it says plain things: numbers, names met before,
  /// primitives of plain numbers.
  ///
  /// Most of a large formula is that. The loop makes nothing but nodes: no value, no list for a gate.
  /// `readPart` would make the same ones.
  mutating func readPlainParts(of top: Int) {
    let frame = frames[top]
    var cursor = frame.cursor
    var end = cursor
    while cursor == end, cursor < frame.formula.nodes.count {
      end = min(cursor + Self.stretch, frame.formula.nodes.count)
      // Near the limit each node is counted, and so are literals that are worked out.
      guard hasRoom(for: end - cursor) else { break }
      cursor = readStretch(frame, from: cursor, to: end)
    }
    frames[top].cursor = cursor
  }

  private static let stretch = 1_024

  private func hasRoom(for parts: Int) -> Bool {
    let nodes = graph.nodes.count + calls + parts
    let wires = graph.operands.count + folded + parts + stack.count
    return nodes < limit.bound && wires / 2 < limit.bound
  }

  /// Reads some parts, as far as they are plain, and says where it stopped.
  private mutating func readStretch(_ frame: Frame, from start: Int, to end: Int) -> Int {
    let parts = frame.formula.nodes
    // Taken out, the columns can be written without asking who else holds the graph.
    var (nodes, operands) = (graph.nodes, graph.operands)
    (graph.nodes, graph.operands) = ([], [])
    let wires = end - start + stack.count
    nodes.makeRoom(for: end - start, atFirst: parts.count / 8 * 5)
    operands.makeRoom(for: wires, atFirst: parts.count)
    var reader = PlainParts(
      cursor: start, end: end, gateCount: gateCount, firstNode: nodes.count,
      firstOperand: operands.count, addition: addition,
      isExpanded: frame.isExpanded)
    parts.withUnsafeBufferPointer { parts in
      frame.bindings.parts.withUnsafeBufferPointer { known in
        nodes.append(addingCapacity: end - start) { made in
          made.withUnsafeMutableBufferPointer { made, nodeCount in
            operands.append(addingCapacity: wires) { wires in
              wires.withUnsafeMutableBufferPointer { wires, wireCount in
                stack.parts.write(adding: end - start) { waiting, height in
                  reader.read(
                    parts, known, made, &nodeCount, wires, &wireCount, waiting, &height)
                }
              }
            }
          }
        }
      }
    }
    gateCount = reader.gateCount
    (graph.nodes, graph.operands) = (nodes, operands)
    return reader.cursor
  }

  /// Puts the result of a part on the stack.
  mutating func put(_ value: Value) {
    guard case .scalar(let node) = value else { return stack.push(wide: value) }
    stack.parts.push(PlainPart(node, isLiteral: graph.nodes[node].kind == .constant))
  }

  /// Takes one part of the formula on top, or puts the definition it needs on top of it first.
  mutating func readPart(of top: Int) throws(Problem) {
    guard frames[top].cursor < frames[top].formula.nodes.count else { return }
    let node = frames[top].formula.nodes[frames[top].cursor]
    switch node.kind {
    case .number: put(.scalar(try constant(node.number, frames[top].function)))
    case .name:
      if let known = frames[top].bindings[Int(node.reference)] {
        put(known)
        break
      }
      let name = frames[top].formula.names[Int(node.reference)]
      if node.isIndexed, definitions.variables[name] == nil {
        put(.undefined(name))
        break
      }
      guard let value = try lookUp(name) else { return }
      frames[top].bindings.bind(Int(node.reference), to: value, in: graph)
      put(value)
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
      put(try applied(node.reference, operands))
    case .composite:
      try composite(node, top)
      return
    case .vector: put(try vector(try popped(Int(node.arity))))
    case .range:
      let bounds = try popped(2)
      put(.range(try wholeNumber(bounds[0]), try wholeNumber(bounds[1])))
    case .index:
      let operands = stack.pop(Int(node.arity))
      put(try indexed(operands))
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

extension Array {
  /// Makes room for some more elements, at least twice as much as there was: growing little by little
  /// would copy all of them again and again.
  ///
  /// `atFirst`: how much to begin with.
  fileprivate mutating func makeRoom(for more: Int, atFirst: Int) {
    guard count + more > capacity else { return }
    reserveCapacity(Swift.max(count + more, 2 * capacity, atFirst))
  }
}
