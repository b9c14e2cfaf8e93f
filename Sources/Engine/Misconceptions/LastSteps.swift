/// What slips at the last step into a node give, at numbers that need not be the right ones.
///
/// Somebody who goes on from a wrong number of their own can slip again: their slip is looked for
/// with their numbers, not with those of the key.
package struct LastSteps: Sendable {
  private let start: BackwardNumbers
  /// The right values and gradients of all nodes.
  package let values: [Double]
  package let gradients: [Double]

  package init(of tape: Tape) {
    start = BackwardNumbers(of: tape)
    values = start.values
    gradients = start.rightGradients()
  }

  /// Every wrong answer at a node, the particular before the general.
  ///
  /// `values`, `gradients`: of all nodes, as somebody has them; the gradient of the node itself is
  /// what follows from those above it.
  package func answers(
    for node: NodeID, values: [Double], gradients: [Double]
  ) -> [WrongAnswer] {
    guard values.count == start.values.count, gradients.count == values.count else { return [] }
    var own = start
    own.values = values
    let found = Misconception.lastStepAnswers(for: node, own, gradients).filter {
      $0.value.isFinite && areApart($0.value, gradients[node])
    }
    return WrongAnswer.Scope.allCases.flatMap { scope in found.filter { $0.scope == scope } }
  }
}
