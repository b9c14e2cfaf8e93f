internal import Engine
internal import Language

/// A computation taken apart for a script: inputs with their numbers, then statement after statement.
struct ScriptBody {
  /// A name that a number or numbers stand for.
  struct Input {
    let name: String
    let identifier: String
    let tensor: Tensor
  }

  /// A name that is computed.
  struct Statement {
    let name: String
    let identifier: String
    let lines: [String]
    let isTracked: Bool
    /// Whether it is only another word for a name.
    let isAlias: Bool
  }

  private(set) var inputs: [Input] = []
  /// Lines that give names to numbers which no gradient arrives at.
  private(set) var constants: [String] = []
  private(set) var statements: [Statement] = []
  private(set) var outputs: [PythonPart] = []
  let writer: ScriptWriter

  init(_ computation: Computation, for framework: Framework) throws(Problem) {
    let graph = try computation.graph()
    guard !computation.outputs.isEmpty else { throw .notInScripts("nothing at all") }
    var writer = ScriptWriter(framework, computation.definitions, computation.conventions)
    let order = writer.order(of: computation.outputs)
    // The learner's names first, so that they are changed only where they have to be.
    for name in order { _ = writer.names.identifier(for: name) }
    for name in order {
      let identifier = writer.names.identifier(for: name)
      if let tensor = Self.numbers(of: name, in: graph, computation.definitions) {
        inputs.append(Input(name: name, identifier: identifier, tensor: tensor))
        var part = PythonPart.tensor(identifier, tensor.shape, isTracked: true)
        part.known = tensor.scalar
        writer.known[name] = part
        continue
      }
      guard let variable = computation.definitions.variables[name] else {
        throw .notInScripts(name)
      }
      if graph.nodeOfLabel[name] == nil, let number = variable.formula.literal {
        // It counts and does nothing else.
        constants.append("\(identifier) = \(pythonNumber(number, isReal: false))")
        writer.known[name] = PythonPart(
          text: identifier, kind: .counter(identifier, plus: 0), known: number)
        continue
      }
      let (part, before) = try writer.written(variable.formula)
      let text = part.written(needs: PythonPart.loosest)
      let isNew = variable.formula.nodes.count > 1 || variable.formula.nodes.first?.kind != .name
      statements.append(
        Statement(
          name: name, identifier: identifier, lines: before + ["\(identifier) = \(text)"],
          isTracked: part.isTracked, isAlias: !isNew))
      writer.known[name] = .tensor(identifier, part.shape, isTracked: part.isTracked)
    }
    outputs = computation.outputs.compactMap { writer.known[$0] }
    self.writer = writer
  }

  /// The numbers of a name that gradients arrive at; nil for what is computed.
  private static func numbers(
    of name: String, in graph: Graph, _ definitions: Definitions
  ) -> Tensor? {
    if let node = graph.nodeOfLabel[name], graph.label(node) == name {
      return graph.nodes[node].kind == .input ? Tensor(graph.nodes[node].value) : nil
    }
    if let group = graph.group(named: name) {
      let isOwn = group.nodes.enumerated().allSatisfy { place, node in
        graph.nodes[node].kind == .input && graph.label(node) == name + group.shape.index(of: place)
      }
      guard isOwn, !definitions.isLoose(name) else {
        return definitions.variables[name] == nil ? elements(of: name, in: graph) : nil
      }
      return Tensor(group.shape, group.nodes.map { graph.nodes[$0].value })
    }
    return definitions.variables[name] == nil ? elements(of: name, in: graph) : nil
  }

  /// A vector or a matrix of which only elements are known; those that nobody uses are 0.
  private static func elements(of name: String, in graph: Graph) -> Tensor? {
    var found: [(index: [Int], value: Double)] = []
    for input in graph.inputs {
      guard let (stem, index) = Definitions.element(graph.label(input)), stem == name else {
        continue
      }
      found.append((index, graph.nodes[input].value))
    }
    guard let first = found.first, (1...2).contains(first.index.count),
      found.allSatisfy({ $0.index.count == first.index.count && $0.index.allSatisfy { $0 >= 1 } })
    else { return nil }
    let extents = first.index.indices.map { axis in found.map { $0.index[axis] }.max() ?? 1 }
    let shape: Shape =
      extents.count == 1
      ? .vector(extents[0]) : .matrix(rows: extents[0], columns: extents[1])
    let (count, isTooMany) = extents.reduce((1, false)) { product, extent in
      let (next, overflows) = product.0.multipliedReportingOverflow(by: extent)
      return (next, product.1 || overflows)
    }
    guard !isTooMany, count <= Limit.vector.bound else { return nil }
    var tensor = Tensor(shape, [Double](repeating: 0, count: count))
    for (index, value) in found {
      if let place = shape.place(index) { tensor.values[place] = value }
    }
    return tensor
  }
}
