internal import Engine
internal import Language

/// A student's own numbers, taken through both passes.
///
/// Where a number was asked for and given, the rows below use it. Where it was asked for and not
/// given, they use the right one: a gap is no mistake that others should pay for. Where it was not
/// asked for, it is worked out from what the student has.
struct Flow: Sendable {
  /// What the rows below use.
  private(set) var values: [Double]
  private(set) var gradients: [Double]
  private(set) var locals: [Double]
  private(set) var isOffValue: [Bool]
  private(set) var isOffGradient: [Bool] = []
  /// What each blank should hold, given the rows it is made of.
  private(set) var expected: [Double?]
  /// Whether that is made of a number that is not the right one.
  private(set) var isOff: [Bool]

  /// The right numbers, before anything was entered.
  init(
    values: [Double], gradients: [Double], locals: [Double], isOffValue: [Bool],
    expected: [Double?]
  ) {
    self.values = values
    self.gradients = gradients
    self.locals = locals
    self.isOffValue = isOffValue
    isOffGradient = isOffValue
    self.expected = expected
    isOff = [Bool](repeating: false, count: expected.count)
  }

  /// Takes numbers through both passes.
  ///
  /// `entries`: one for each blank; nil where the right number is to be used.
  init(of entries: [Double?], through key: AnswerKey) {
    self = key.rightFlow
    goForward(entries, key)
    goBackward(entries, key)
    for (place, blank) in key.item.blanks.enumerated() {
      guard case .formula(let formula, let references) = blank.quantity else { continue }
      expected[place] = formula.evaluated { name in
        references.indices.contains(name) ? number(references[name]) : .nan
      }
      isOff[place] = references.contains { isOff($0) }
    }
  }

  /// What a reference stands for.
  func number(_ reference: Blank.Reference) -> Double {
    switch reference {
    case .value(let node): values.indices.contains(node) ? values[node] : .nan
    case .gradient(let node): gradients.indices.contains(node) ? gradients[node] : .nan
    }
  }

  /// Whether it stands for a number that is not the right one.
  func isOff(_ reference: Blank.Reference) -> Bool {
    switch reference {
    case .value(let node): isOffValue.indices.contains(node) && isOffValue[node]
    case .gradient(let node): isOffGradient.indices.contains(node) && isOffGradient[node]
    }
  }

  private mutating func goForward(_ entries: [Double?], _ key: AnswerKey) {
    let graph = key.graph
    for node in graph.nodes.indices where graph.nodes[node].kind != .constant {
      var own = key.values[node]
      var isMoved = false
      if graph.nodes[node].kind == .gate {
        let operands = graph.operands(of: node)
        isMoved = operands.contains { isOffValue[Int($0)] }
        if isMoved {
          let inputs = operands.map { values[Int($0)] }
          own = inputs.withUnsafeBufferPointer { graph.value(of: node, $0) }
        }
      }
      let blank = key.valueBlank[node]
      if blank >= 0 {
        expected[blank] = own
        isOff[blank] = isMoved
        // Not given: the right one.
        own = entries[blank] ?? key.values[node]
        isMoved = entries[blank] != nil
      }
      if isMoved, own != key.values[node] {
        values[node] = own
        isOffValue[node] = true
      }
    }
    for gate in graph.nodes.indices where graph.nodes[gate].kind == .gate {
      let operands = graph.operands(of: gate)
      guard isOffValue[gate] || operands.contains(where: { isOffValue[Int($0)] }) else { continue }
      let own = graph.locals(of: gate, values: values, conventions: key.item.tape.conventions)
      for (slot, local) in own.enumerated() { locals[key.firstLocal[gate] + slot] = local }
    }
  }

  private mutating func goBackward(_ entries: [Double?], _ key: AnswerKey) {
    let graph = key.graph
    for node in graph.nodes.indices.reversed() where graph.nodes[node].kind != .constant {
      let readers = graph.readers(of: node)
      var isMoved = readers.contains { reader in
        let place = key.firstLocal[reader.gate] + reader.slot
        return isOffGradient[reader.gate] || locals[place] != key.locals[place]
      }
      var own = key.gradients[node]
      if isMoved {
        own = readers.reduce(key.seeds[node]) { sum, reader in
          sum + gradients[reader.gate] * locals[key.firstLocal[reader.gate] + reader.slot]
        }
      }
      let blank = key.gradientBlank[node]
      if blank >= 0 {
        expected[blank] = own
        isOff[blank] = isMoved
        own = entries[blank] ?? key.gradients[node]
        isMoved = entries[blank] != nil
      }
      if isMoved, own != key.gradients[node] {
        gradients[node] = own
        isOffGradient[node] = true
      }
    }
  }
}
