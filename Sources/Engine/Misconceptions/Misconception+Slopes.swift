internal import Language

// Slips at one contribution: upstream × local gone wrong.
extension Misconception {
  static let noSwap = Misconception(
    name: "no-swap", belief: "at a × gate each input gets its own value",
    correction: "By what is this input multiplied?",
    finding:
      "{number} has the value of {node} as its slope. But {node} is multiplied by {other}: the × gate swaps.",
    happened: "The multiply gate sends back the other input; here each input got its own value.",
    symptom: "Large weights get large gradients, whatever their inputs are.",
    place: "an input of a × gate", blindSpot: "both inputs of each × gate are equal",
    slip: .factor { edge in edge.partner == nil ? nil : edge.upstream * edge.own })

  static let forgottenFactor = Misconception(
    name: "forgotten-factor", belief: "a constant factor or exponent need not come down",
    correction: "Is there a literal in the gate that belongs into its slope?",
    finding: "{number} lacks a factor: the literal in {gate} belongs into {local}.",
    happened: "A constant factor or exponent did not come down.",
    symptom: "Gradients are half as large, or N times; a larger or smaller rate hides it.",
    place: "a gate with a literal, such as x^2 or 2*x", blindSpot: "the gradients are 0",
    slip: .factor { edge in
      // Wide gates have no such factor, and asking each operand about all others would be slow.
      guard edge.inputs.count == 2, edge.literals.contains(true) else { return nil }
      switch edge.name {
      case "^" where edge.slot == 0:
        return edge.upstream * Real.power(edge.own, edge.inputs[1] - 1)
      case "*", "/":
        return edge.slot == 0 || edge.name == "*" ? edge.upstream : nil
      default: return nil
      }
    })

  static let keptExponent = Misconception(
    name: "kept-exponent", belief: "the exponent comes down and stays up as well",
    correction: "What happens to the exponent when it has come down as a factor?",
    finding:
      "{number} has the exponent of {gate} as a factor, and unchanged above {node} too. One power less is left.",
    happened: "The exponent came down and stayed up as well.",
    symptom: "Gradients are too large by the value of the base.", place: "the base of a power",
    blindSpot: "the base is 1 or 0",
    slip: .factor { edge in
      guard edge.name == "^", edge.slot == 0 else { return nil }
      return edge.upstream * edge.inputs[1] * edge.result
    })

  static let sign = Misconception(
    name: "sign", belief: "the minus of a gate does not matter on the way back",
    correction: "If this input grows, does the gate's output grow or fall?",
    finding: "{number} lacks a minus: when {node} grows, does {gate} grow or fall?",
    happened: "The minus of a gate was lost on the way back.",
    symptom: "Some gradients have the wrong sign, so some weights climb while others descend.",
    place: "a gate that turns the sign, such as the second input of -",
    blindSpot: "the gradients there are 0",
    slip: .factor { edge in edge.rule.hasPrefix("-") ? -edge.upstream * edge.local : nil })

  static let openGate = Misconception(
    name: "open-gate", belief: "a switch such as relu or max lets every gradient through",
    correction: "Which input decided the output? Would a small change of this one be noticed?",
    finding:
      "{number} passes {gate} as if it were open for {node}. Look at its input: is the switch open there?",
    happened: "A switch such as ReLU or max was taken for open where it is closed.",
    symptom: "Units that are off go on learning, and both inputs of a max move.",
    place: "relu, max and other switches", blindSpot: "every switch is open",
    slip: .factor { edge in
      switch edge.name {
      case "relu", "leaky_relu", "abs", "max", "min", "step": return edge.upstream
      case "if": return edge.slot == 0 ? nil : edge.upstream
      default: return nil
      }
    })

  static let upstreamSwitch = Misconception(
    name: "upstream-switch", belief: "relu lets a gradient through when the gradient is positive",
    correction: "Is it the number going up or the one coming down that sets the switch?",
    finding:
      "{number} lets the sign of {upstream} decide. The switch was set on the way forward, by the input of {gate}.",
    happened: "ReLU was switched by the sign of the upstream gradient, not by its own input.",
    symptom: "Negative gradients vanish at every relu, also where it is open.", place: "relu",
    blindSpot: "the gradient above each relu has the sign of its input",
    slip: .factor { edge in
      edge.name == "relu" ? (edge.upstream > 0 ? edge.upstream : 0) : nil
    })

  static let wrongPoint = Misconception(
    name: "wrong-point", belief: "the slope of a function is taken at its output",
    correction:
      "At which number is the slope wanted: the one that goes in, or the one that comes out?",
    finding:
      "{number} takes the slope of {gate} at the value that comes out. It is wanted where {node} is.",
    happened:
      "A slope was taken at the value that comes out of the gate, not at the one that goes in.",
    symptom: "Gradients are off by a little, and training is slower than it should be.",
    place: "a function of one number, such as sigmoid", blindSpot: "outputs equal inputs",
    slip: .factor { edge in
      guard edge.isCurve else { return nil }
      return edge.upstream * edge.slope(at: edge.result, result: edge.value(at: edge.result))
    })

  static let inputForOutput = Misconception(
    name: "input-for-output", belief: "a rule such as y * (1 - y) wants the input",
    correction: "Is the letter in the rule what goes into the gate, or what comes out?",
    finding:
      "{number} puts the input of {gate} into a rule that wants its output: the slope is written in what comes out.",
    happened: "A rule that wants the gate's output was given its input.",
    symptom: "Slopes are no longer between 0 and 1, and gradients may explode.",
    place: "a gate whose rule uses its own output, such as exp, tanh or sigmoid",
    blindSpot: "outputs equal inputs",
    slip: .factor { edge in
      guard edge.isCurve,
        Primitive.rule(of: edge.id, operand: edge.slot).formula.names.contains("y")
      else { return nil }
      return edge.upstream * edge.slope(at: edge.own, result: edge.own)
    })

  static let localOnly = Misconception(
    name: "local-only", belief: "the slope of the gate is all there is to it",
    correction: "What does the gate receive from above?",
    finding:
      "{number} is the local gradient at {gate}. Multiply it by the upstream gradient, {upstream}.",
    happened: "Local derivatives only: the upstream gradient was not multiplied in.",
    symptom: "A network of one layer learns; with more layers the lower ones move at random.",
    place: "any gate", blindSpot: "every upstream gradient is 1",
    slip: .factor { edge in edge.local })

  static let upstreamOnly = Misconception(
    name: "upstream-only", belief: "every gate hands its gradient on unchanged",
    correction: "Only a + gate copies. What is the slope of this gate?",
    finding:
      "{number} is the upstream gradient, {upstream}. Multiply it by the local gradient, {local}.",
    happened: "Upstream gradients only: the local derivatives were not multiplied in.",
    symptom: "Descent often works all the same, which is why this goes unnoticed for long.",
    place: "any gate but + and copy", blindSpot: "every slope on the way is 1",
    slip: .factor { edge in Double(edge.rule) == 1 ? nil : edge.upstream })

  static let output = Misconception(
    name: "output", belief: "the slope of a gate is what it puts out",
    correction: "By how much does the output grow when this input grows by a little?",
    finding:
      "{number} has the value of {gate} as its slope. By how much does {gate} grow when {node} grows by 1?",
    happened: "The value that the gate puts out was taken for its slope.",
    symptom: "Gradients grow with the size of values; only exp is right.",
    place: "any gate but exp", blindSpot: "each output equals its slope",
    slip: .factor { edge in
      ["exp", "copy"].contains(edge.name) ? nil : edge.upstream * edge.result
    })
}
