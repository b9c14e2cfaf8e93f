package import Language

// Names that are given numbers: by an update, by training, element by element.
extension Definitions {
  /// Gives a name a number, as an update of the weights does.
  package mutating func set(_ name: String, to value: Double) {
    set(name, to: Tensor(value))
  }

  /// Gives a name numbers.
  package mutating func set(_ name: String, to tensor: Tensor) {
    enrol(name)
    var builder = FormulaBuilder()
    builder.tensor(tensor)
    variables[name] = Variable(
      formula: builder.formula, typed: tensor.shape == .scalar ? tensor.formatted(.data) : nil,
      tensor: tensor.shape == .scalar ? nil : tensor, isInput: true)
  }

  /// Gives a name a formula that nobody typed.
  package mutating func give(_ name: String, _ formula: Formula) {
    enrol(name)
    variables[name] = Variable(formula: formula, typed: formula.description, isInput: true)
    use(formula.variables)
  }

  /// Puts the numbers that a definition comes to in the place of its formula; its text stays.
  package mutating func settle(_ name: String, _ tensor: Tensor) {
    guard let known = variables[name] else { return }
    var builder = FormulaBuilder()
    builder.tensor(tensor)
    variables[name] = Variable(
      formula: builder.formula, typed: known.typed, tensor: tensor.shape == .scalar ? nil : tensor,
      isInput: true)
  }

  /// Gives inputs their numbers after a step of training, elements of vectors among them.
  ///
  /// Each vector is put together once, however many of its elements move.
  package mutating func set(_ numbers: [(label: String, value: Double)]) {
    var tensors: [String: Tensor] = [:]
    for (label, value) in numbers {
      if let (name, index) = Self.element(label), let place = elementPlace(name, index, tensors) {
        var tensor = tensors[name] ?? variables[name]?.tensor ?? Tensor(value)
        tensors[name] = nil
        tensor.values[place] = value
        tensors[name] = tensor
      } else {
        if let (name, _) = Self.element(label) { loose.insert(name) }
        set(label, to: value)
      }
    }
    for (name, tensor) in tensors { set(name, to: tensor) }
  }

  /// Takes over the numbers that inputs of a graph have got; a vector's elements together.
  ///
  /// `value`: the number of a node now. Names whose numbers are as before are left alone.
  package mutating func absorb(_ graph: Graph, _ value: (NodeID) -> Double) {
    var isDone = [Bool](repeating: false, count: graph.nodes.count)
    func hasMoved(_ node: NodeID) -> Bool {
      graph.nodes[node].kind == .input
        && value(node).bitPattern != graph.nodes[node].value.bitPattern
    }
    for group in graph.groups {
      let isOwn = group.nodes.enumerated().allSatisfy { place, node in
        graph.nodes[node].kind == .input
          && graph.label(node) == group.name + group.shape.index(of: place)
      }
      guard isOwn, !isLoose(group.name) else { continue }
      for node in group.nodes { isDone[node] = true }
      if group.nodes.contains(where: hasMoved) {
        set(group.name, to: Tensor(group.shape, group.nodes.map(value)))
      }
    }
    for input in graph.inputs where !isDone[input] && hasMoved(input) {
      set([(graph.label(input), value(input))])
    }
  }

  private func elementPlace(
    _ name: String, _ index: [Int], _ tensors: [String: Tensor]
  ) -> Int? {
    (tensors[name] ?? variables[name]?.tensor)?.shape.place(index)
  }

  /// The name and the subscripts of a label such as `W[2,1]`; nil for other labels.
  package static func element(_ label: String) -> (name: String, index: [Int])? {
    guard label.hasSuffix("]"), let open = label.firstIndex(of: "[") else { return nil }
    let inside = label[label.index(after: open)...].dropLast()
    let index = inside.split(separator: ",").compactMap { Int($0.filter { $0 != " " }) }
    guard !index.isEmpty, index.count == inside.split(separator: ",").count else { return nil }
    return (String(label[..<open]), index)
  }
}
