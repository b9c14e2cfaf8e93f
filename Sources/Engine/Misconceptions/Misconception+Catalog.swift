internal import Language

extension Misconception {
  /// Every misconception, the more particular before the more general.
  package static let catalog: [Misconception] = [
    overwrite, onePath, average, product, recursion, noSwap, forgottenFactor, keptExponent, sign,
    openGate, upstreamSwitch, wrongPoint, inputForOutput, localOnly, upstreamOnly, output,
    eagerUpdate, twice, reversed, reciprocal, value, split, addAsTimes, firstWindow, mirror,
    seedIsValue,
  ]

  // MARK: - Where contributions meet

  private static let fork = "a node that is used more than once"

  private static let overwrite = Misconception(
    name: "overwrite", belief: "the last contribution replaces the ones before it",
    correction: "What does a change of the node do along its other ways to the output?",
    finding:
      "{number} is what arrives through {gate} alone. {node} is used {uses} times: add every contribution.",
    happened:
      "Each contribution replaced the one before it; where they meet they have to be added.",
    symptom:
      "Most gradients are right. Those at a fork, and of everything below it, are a part of what they should be.",
    place: fork, blindSpot: "all contributions but the last are 0", slip: .meeting(.last))

  private static let onePath = Misconception(
    name: "one-path", belief: "one way to the output is enough",
    correction: "How many gates does the node feed, and what does each of them send back?",
    finding:
      "{number} is what arrives through {gate} alone. {node} is used {uses} times: add every contribution.",
    happened:
      "Only the first contribution was kept, or overwriting went in forward order; they have to be added.",
    symptom: "The first contribution to each node stands alone; what comes later is lost.",
    place: fork, blindSpot: "all contributions but the first are 0", slip: .meeting(.first))

  private static let average = Misconception(
    name: "average", belief: "contributions that meet are averaged",
    correction: "Each way acts in full when the node moves. Is there anything to divide by?",
    finding:
      "{number} is the mean of what arrives at {node}. Each of its {uses} uses acts in full: add them and do not divide.",
    happened: "The mean of the contributions was taken; where they meet they have to be added.",
    symptom: "Directions look right; gradients at a fork are too small by the number of uses.",
    place: fork, blindSpot: "the gradient is 0", slip: .meeting(.mean))

  private static let product = Misconception(
    name: "product", belief: "contributions that meet are multiplied",
    correction: "Slopes multiply along one way. What do two ways side by side do?",
    finding:
      "{number} is the product of what arrives at {node}. Slopes multiply along one way; contributions of several ways are added.",
    happened: "Contributions were multiplied; where they meet they have to be added.",
    symptom: "Gradients at a fork shrink towards 0 or explode, and may have the wrong sign.",
    place: fork, blindSpot: "sum and product happen to be equal, as 2 and 2 are",
    slip: .meeting(.product))

  private static let recursion = Misconception(
    name: "recursion", belief: "a gate passes its gradient on whenever something arrives",
    correction: "Has everything arrived at the gates above, before they send?",
    finding:
      "{number} comes out when a gate sends at every arrival, so that its first contributions go out again. A gate waits until all have arrived, and sends once.",
    happened:
      "A gate that gets several contributions sent at each arrival, so that the first went out again.",
    symptom:
      "Gradients below a shared gate are too large, and the pass takes as long as there are paths.",
    place: "a node below a gate that is used more than once", blindSpot: "what is sent twice is 0",
    slip: .resending, isTold: false)

  // MARK: - The whole pass

  private static let eagerUpdate = Misconception(
    name: "eager-update", belief: "a weight may move as soon as its own gradient is known",
    correction: "Which weights do the gradients below still have to pass through?",
    finding:
      "{number} comes out when the weights above have been updated already. Finish the backward pass with the old weights, then update all of them.",
    happened: "Weights moved before the gradients below had passed through them.",
    symptom:
      "The loss still falls, so nothing looks wrong; only a gradient check shows the difference.",
    place: "a node below a gate that multiplies by a weight of its own",
    blindSpot: "the weights on the way have gradients of 0", slip: .moving, isTold: false)

  private static let twice = Misconception(
    name: "twice", belief: "a second backward pass needs no zero before it",
    correction: "What did the inputs hold when the second pass began?",
    finding:
      "{number} is the gradient of two passes together. Set the gradients back to 0 between them.",
    happened: "Two backward passes were added up, without a zero between them.",
    symptom: "Gradients of inputs grow with every pass, so each step of descent is longer.",
    place: "an input", blindSpot: "the gradients are 0",
    slip: .addingAgain, isTold: false)

  private static let reversed = Misconception(
    name: "reversed", belief: "a difference may be taken the other way round",
    correction: "If the node grows a little, does the output grow or fall?",
    finding: "Right size, wrong sign.",
    happened: "Sign error: the pass has the wrong sign from its beginning.",
    symptom: "Every gradient points the wrong way: descent climbs.", place: "anywhere",
    blindSpot: "the gradients are 0", slip: .seed { -$0 })

  private static let reciprocal = Misconception(
    name: "reciprocal", belief: "which of the two is on top of the fraction does not matter",
    correction: "How many times as much does the output move? It is the one on top.",
    finding:
      "{number} is the slope upside down: how {node} moves with the output. Ask how the output moves with {node}.",
    happened: "The slope is upside down: how the input moves with the output.",
    symptom: "Large gradients are small and small ones large.", place: "anywhere",
    blindSpot: "the gradients are 1 or -1", slip: .reading { 1 / $0.gradient }, isTold: false)

  private static let value = Misconception(
    name: "value", belief: "the gradient is the number that the node has",
    correction: "What would change at the output, and how fast, if the node grew a little?",
    finding: "{number} is the value of {node}, not its gradient.",
    happened: "These are the values of the nodes, not their gradients.",
    symptom: "Gradients depend on the size of a node and not on what it is used for.",
    place: "anywhere", blindSpot: "a node's value equals its gradient", slip: .reading(\.value))
}
