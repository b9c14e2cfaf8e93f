internal import Engine
internal import Language
internal import Lessons
internal import Typesetting

/// Other numbers for the inputs of a formula, at which a question about it can be asked anew.
///
/// They are searched for: small, with mixed signs, so that the answer is short and another one than
/// before, and so that no known mistake gives it too.
struct NewNumbers {
  /// The formula with its new numbers, and nothing stepped.
  private(set) var session: Session
  /// The node that is asked about.
  let node: NodeID
  /// Whether all of it can be worked out by hand: no gate such as exp.
  let isExact: Bool

  /// Searches, the same way for the same seed; nil where the question is not about one node, or no
  /// numbers serve.
  init?(for question: Question, in session: Session, seed: UInt64) {
    guard let subject = question.subject, let scene = try? session.completedScene(),
      let node = try? session.node(subject.node, in: scene.graph, at: nil),
      case let search = NumberSearch(
        scene.tape, node, isGradient: subject.quantity == "grad",
        fixed: session.definitions.choices),
      let found = search.best(seed: seed, in: session)
    else { return nil }
    self.session = found
    self.node = node
    isExact = search.isExact
  }
}

extension Definitions {
  /// The names that stand for a choice in some formula, such as the true class of a loss.
  fileprivate var choices: Set<String> {
    var found: Set<String> = []
    for formula in variables.values.map(\.formula) {
      for (place, node) in formula.nodes.enumerated() where node.kind == .composite {
        let parameters = Composite[node.reference].parameters
        for (parameter, operand) in zip(parameters, formula.operands(of: place))
        where parameter.isChoice && formula.nodes[operand].kind == .name {
          found.insert(resolved(formula.names[Int(formula.nodes[operand].reference)]))
        }
      }
    }
    return found
  }
}
