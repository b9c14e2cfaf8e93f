internal import Language

/// The wrong answers there are to questions about one tape; whole passes are made once for all nodes.
package struct WrongAnswers: Sendable {
  private let start: BackwardNumbers
  private let right: [Double]
  private let passes: [(misconception: Misconception, gradients: [Double])]

  /// Makes every mistaken pass.
  package init(on tape: Tape) {
    var start = BackwardNumbers(of: tape)
    start.prepare()
    self.start = start
    right = start.rightGradients()
    passes = Misconception.catalog.compactMap { [start] misconception in
      MistakenPass(misconception, from: start).map { (misconception, $0.gradients) }
    }
  }

  /// Every wrong answer about a node, also those that give the same number.
  package func all(for node: NodeID) -> [WrongAnswer] {
    Misconception.lastStepAnswers(for: node, start, right)
      + passes.map { misconception, gradients in
        WrongAnswer(
          misconception: misconception, value: gradients[node], gate: nil, slot: 0,
          scope: .wholePass)
      }
  }

  /// Every distinct wrong answer about a node, the most likely first.
  package func answers(for node: NodeID) -> [WrongAnswer] {
    let found = all(for: node)
    var distinct: [WrongAnswer] = []
    // The candidates are as many as the misconceptions times the uses of a node, which are bounded.
    var seen: Set<Double> = []
    // What is rare comes last, wherever it was made.
    let order = [false, true].flatMap { rare in WrongAnswer.Scope.allCases.map { (rare, $0) } }
    for (isRare, scope) in order {
      for answer in found
      where answer.misconception.isRare == isRare && answer.scope == scope && !answer.value.isNaN
        && areApart(answer.value, right[node])
      {
        if seen.insert(answer.value).inserted { distinct.append(answer) }
      }
    }
    return distinct
  }
}
