internal import Language

extension FrameworkConvention {
  /// Where a curve has a corner, or two numbers tie.
  static let corners: [FrameworkConvention] = [
    row(
      "relu at 0", "relu(x)", at: "x=0", ours: [0], torch: [0], jax: [0], tensorFlow: [0],
      gate: "relu", when: { operands, _ in operands[0] == 0 }),
    row(
      "absolute value at 0", "abs(x)", at: "x=0", ours: [0], torch: [0], jax: [1], tensorFlow: [0],
      gate: "abs", when: { operands, _ in operands[0] == 0 }),
    row(
      "a tie of two numbers", "max(a, b)", at: "a=2,b=2", ours: [0.5, 0.5], torch: [0.5, 0.5],
      jax: [0.5, 0.5], tensorFlow: [1, 0], gate: "max",
      when: { operands, _ in operands[0] == operands[1] }),
    row(
      "a tie of two numbers", "min(a, b)", at: "a=2,b=2", ours: [0.5, 0.5], torch: [0.5, 0.5],
      jax: [0.5, 0.5], tensorFlow: [1, 0], gate: "min",
      when: { operands, _ in operands[0] == operands[1] }),
    row(
      "relu written with max", "max(x, 0)", at: "x=0", ours: [0.5], torch: [0.5], jax: [0.5],
      tensorFlow: [1], gate: "max", when: { operands, _ in operands[0] == operands[1] }),
    row(
      "a tie in a window", "sum(maxpool(x, 2))", at: "x=[4,4]", ours: [1, 0], torch: [1, 0],
      jax: [1, 0], gate: "maxpool",
      when: { operands, value in operands.count { $0 == value } > 1 }),
    row(
      "leaky relu at 0", "leaky_relu(x)", at: "x=0", ours: [0.01], torch: [0.01], jax: [1],
      tensorFlow: [0.2], gate: "leaky_relu", when: { operands, _ in operands[0] == 0 }),
    row(
      "square root at 0", "sqrt(x)", at: "x=0", ours: [.infinity], torch: [.infinity],
      jax: [.infinity], tensorFlow: [.infinity], gate: "sqrt",
      when: { operands, _ in operands[0] == 0 }),
    row(
      "square root of a square at 0", "sqrt(x*x)", at: "x=0", ours: [.nan], torch: [.nan],
      jax: [.nan], tensorFlow: [.nan], gate: "sqrt", when: { operands, _ in operands[0] == 0 }),
    row(
      "length of a vector of zeros", "norm(x)", at: "x=[0,0]", ours: [0, 0], torch: [0, 0],
      jax: [.nan, .nan], gate: "norm", when: { _, value in value == 0 }),
    row(
      "the branch not taken", "if(x > 0, sqrt(x), 0)", at: "x=0", ours: [.nan], torch: [.nan],
      jax: [.nan], tensorFlow: [0], gate: "if", when: { operands, _ in operands[0] == 0 }),
  ]

  /// Powers of 0 and of negative numbers.
  static let powers: [FrameworkConvention] = [
    row(
      "0 to the power 0", "x^y", at: "x=0,y=0", ours: [0, 0], torch: [0, 0], jax: [.nan, 0],
      tensorFlow: [.nan, 0], gate: "^", when: { operands, _ in operands == [0, 0] }),
    row(
      "0 to a negative power", "x^y", at: "x=0,y=-1", ours: [-.infinity, -.infinity],
      torch: [-.infinity, -.infinity], jax: [-.infinity, .nan], gate: "^",
      when: { operands, _ in operands[0] == 0 && operands[1] < 0 }),
    row(
      "0 to a positive power", "x^y", at: "x=0,y=2", ours: [0, 0], torch: [0, 0], jax: [0, 0],
      gate: "^", when: { operands, _ in operands[0] == 0 && operands[1] > 0 }),
    row(
      "a negative number to a power that is an input", "x^y", at: "x=-3,y=2", ours: [-6, .nan],
      torch: [-6, .nan], jax: [-6, .nan], gate: "^", when: { operands, _ in operands[0] < 0 }),
    row(
      "the same with a literal power", "x^2", at: "x=-3", ours: [-6], torch: [-6], jax: [-6],
      gate: "^", when: { operands, _ in operands[0] < 0 }),
    row(
      "logarithm of a negative number", "ln(x)", at: "x=-1", ours: [-1], torch: [-1], jax: [-1],
      tensorFlow: [-1], gate: "ln", when: { operands, _ in operands[0] < 0 }),
    row(
      "x ln x at 0", "x*ln(x)", at: "x=0", ours: [.nan], torch: [.nan], jax: [.nan],
      tensorFlow: [.nan], gate: "ln", when: { operands, _ in operands[0] == 0 }),
  ]

  /// Where numbers end: the largest, the smallest, and what is no number.
  static let edges: [FrameworkConvention] = [
    row(
      "softplus of a large number", "softplus(x)", at: "x=20.5", .value, ours: [20.500000001250155],
      torch: [20.5], jax: [20.500000001250155], gate: "softplus",
      when: { operands, _ in operands[0] > 20 }),
    row(
      "tanh where it ends", "tanh(x)", at: "x=19.5", .value, ours: [1], torch: [1],
      jax: [0.9999999999999992], gate: "tanh",
      when: { operands, _ in operands[0].magnitude > 15 }),
    row(
      "the smallest numbers", "exp(x) * 1e300", at: "x=-709.7", .value,
      ours: [6.04235438695844e-09], torch: [6.04235438695844e-09], jax: [0], gate: "exp",
      when: { _, value in value < .leastNormalMagnitude }),
    row(
      "sigmoid where it ends", "sigmoid(x) * 1e300", at: "x=-710", .value,
      ours: [4.47628622567513e-09], torch: [0], jax: [0], gate: "sigmoid",
      when: { operands, _ in operands[0] < -700 }),
    row(
      "the slope of a division by a huge number", "x/y", at: "x=1e300,y=1e200",
      ours: [1e-200, -1e-100], torch: [1e-200, -1e-100], jax: [1e-200, 0],
      tensorFlow: [1e-200, -1e-100], gate: "/",
      when: { operands, _ in operands[1].magnitude > 1e150 }),
    row(
      "length of a huge vector", "norm(x)", at: "x=[3e200,4e200]", .value, ours: [5e200],
      torch: [.infinity], jax: [.infinity], gate: "norm",
      when: { operands, _ in operands.contains { $0.magnitude > 1e150 } }),
    row(
      "relu of nan", "relu(x)", at: "x=0/0", ours: [.nan], torch: [1], jax: [0], gate: "relu",
      when: { operands, _ in operands[0].isNaN }),
    row(
      "absolute value of nan", "abs(x)", at: "x=0/0", ours: [.nan], torch: [0], jax: [-1],
      gate: "abs", when: { operands, _ in operands[0].isNaN }),
    row(
      "a comparison with nan", "if(x > 0, x, 1)", at: "x=0/0", .value, ours: [.nan], torch: [1],
      jax: [1], gate: "if", when: { operands, _ in operands[0].isNaN }),
  ]
}
