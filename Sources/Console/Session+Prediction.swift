internal import Engine
internal import Language

// Which node foretells the class of an example.
extension Session {
  /// A node that foretells, the definition it belongs to, and where its two sides meet.
  struct Prediction {
    let label: String
    let name: String
    let threshold: Double?

    init(_ label: String, threshold: Double? = nil) {
      self.label = label
      name = Definitions.element(label)?.name ?? label
      self.threshold = threshold
    }
  }

  /// What `train` counts right answers by: what was asked for, or what the loss itself compares.
  func prediction(
    for request: TrainingRequest, _ examples: Examples
  ) throws(Problem) -> Prediction? {
    if let word = request.accuracy {
      let name = Definitions.element(word.text)?.name ?? word.text
      guard definitions.variables[name] != nil else {
        throw .unknownNode(word.text, known: definitions.order, at: word.span)
      }
      if learning.examples != nil, let column = examples.columns.last, !hasTwoClasses(examples) {
        throw .noClasses(column, at: word.span)
      }
      return Prediction(word.text)
    }
    guard let target = examples.columns.last, hasTwoClasses(examples),
      let formula = definitions.variables[request.loss.text]?.formula,
      let last = formula.nodes.last, last.kind == .composite,
      let decision = Composite[last.reference].decision
    else { return nil }
    let operands = formula.operands(of: formula.nodes.count - 1)
    guard operands.count >= 2, formula.part(at: operands[0]) == Formula(name: target),
      formula.nodes[operands[1]].kind == .name,
      case let name = formula.names[Int(formula.nodes[operands[1]].reference)],
      definitions.variables[name] != nil
    else { return nil }
    return Prediction(name, threshold: decision == .sign ? 0 : nil)
  }

  func hasTwoClasses(_ examples: Examples) -> Bool {
    guard let last = examples.columns.indices.last else { return false }
    let values = Set(examples.column(last))
    return values.isSubset(of: [0, 1]) || values.isSubset(of: [-1, 1])
  }
}
