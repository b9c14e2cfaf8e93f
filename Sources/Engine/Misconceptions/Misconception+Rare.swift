internal import Language

// Mistakes that explain a whole answer where nothing more likely does.
extension Misconception {
  static let split = Misconception(
    name: "split", belief: "a + gate shares its gradient out among its inputs",
    correction: "If one input grows by 1 and the others stay, by how much does the sum grow?",
    finding:
      "{number} is a part of the upstream gradient, {upstream}. A + gate does not share it out: each input gets all of it.",
    happened: "The add gate copies the gradient to each input; it does not split it.",
    symptom: "Gradients get smaller with every sum they pass, the more inputs it has.",
    place: "a + gate", blindSpot: "the gradients above each + gate are 0",
    slip: .factor { edge in
      let terms = edge.literals.count { !$0 }
      return edge.name == "+" && terms > 1 ? edge.upstream / Double(terms) : nil
    }, isRare: true)

  static let addAsTimes = Misconception(
    name: "add-as-times", belief: "at a + gate each input gets the other one as its slope",
    correction: "Does the gate multiply its inputs or add them? What is the slope of a sum?",
    finding:
      "{number} multiplies by the other input of {gate}. That is the rule of ×; a + gate only copies the gradient.",
    happened: "The add gate was treated like a multiply gate.",
    symptom: "Gradients below a sum depend on the numbers that are added.", place: "a + gate",
    blindSpot: "the numbers that are added are all 1",
    slip: .factor { edge in
      guard edge.name == "+", edge.inputs.count <= 8, edge.literals.count(where: { !$0 }) > 1 else {
        return nil
      }
      return edge.inputs.indices.reduce(edge.upstream) {
        $1 == edge.slot ? $0 : $0 * edge.inputs[$1]
      }
    }, isRare: true)

  static let firstWindow = Misconception(
    name: "first-window", belief: "a filter meets the same inputs wherever it stands",
    correction: "Which inputs lie below the filter when it has moved on by one?",
    finding:
      "{number} pairs {node} with the inputs of the first window, at every place of the filter. Each output has its own window.",
    happened: "The inputs of the first window were used for all outputs.",
    symptom: "A filter learns from the beginning of its input only.",
    place: "a weight of a filter that slides", blindSpot: "all windows hold the same numbers",
    slip: .factor { edge in edge.firstPartner.map { edge.upstream * $0 } }, isRare: true)

  static let mirror = Misconception(
    name: "mirror", belief: "in a window the first weight belongs to the last input",
    correction: "Which input is multiplied by this weight, in each window?",
    finding:
      "{number} takes partners from the other end of the window. {node} gets what it is multiplied by in {gate}.",
    happened:
      "Partners were taken from the other end of each window: the filter slid without its flip over the input, or was flipped for its own gradient, where no flip belongs.",
    symptom: "Filters come out mirrored, so they learn only what is symmetric.",
    place: "a filter that slides", blindSpot: "the filter or the input is the same in a mirror",
    slip: .factor { edge in
      let count = edge.inputs.count / 2
      guard edge.isWindow, edge.slot < 2 * count else { return nil }
      // The place of the partner, counted from the other end.
      return edge.upstream * edge.inputs[2 * count - 1 - edge.slot]
    }, isRare: true)

  static let seedIsValue = Misconception(
    name: "seed-is-value", belief: "the backward pass starts with the number at the output",
    correction: "By how much does the output grow when the output grows by 1?",
    finding:
      "{number} comes out when the pass starts with the output's value. It starts with its slope in itself, which is 1.",
    happened: "The pass started from the output's value instead of its gradient.",
    symptom: "Descent takes longer steps the larger the loss is, and climbs where it is negative.",
    place: "anywhere", blindSpot: "the output is 1", slip: .seedOfValues, isRare: true)
}
