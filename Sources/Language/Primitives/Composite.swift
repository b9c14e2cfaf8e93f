/// A word for several gates: a loss, a layer, a sum over elements.
///
/// It is notation: the engine expands it into scalar gates that can be stepped and asked about. Like
/// `Primitive`, one record says all there is to know.
package struct Composite: Sendable {
  /// One argument.
  package struct Parameter: Sendable {
    package let name: String
    /// What it is when it is left out: a number, or what another parameter is.
    package let standard: Standard?
    /// Whether it is a choice and no quantity that could have any size: the true class, a threshold.
    package let isChoice: Bool

    init(_ name: String, _ standard: Standard? = nil, isChoice: Bool = false) {
      self.name = name
      self.standard = standard
      self.isChoice = isChoice
    }
  }

  /// What stands in for an argument that is left out.
  package enum Standard: Hashable, Sendable {
    case number(Double)
    /// The argument before it.
    case previous
    /// Nothing: the layer decides.
    case unspecified
  }

  /// What it stands for.
  package enum Meaning: Hashable, Sendable {
    /// A formula of its parameters.
    case formula(String)
    /// Gates that the engine lays out.
    case layer(Layer)
  }

  /// What the engine lays out itself, because it depends on how many elements there are.
  package enum Layer: Hashable, Sendable {
    case product, dot, sum, softmax, selection, hinges, convolution, maximumPool, averagePool
    case uniform, normal
  }

  /// How a prediction is told right from wrong by a loss, for the accuracy of a network.
  package enum Decision: Hashable, Sendable {
    /// The second argument is at least ½ where the target is 1.
    case half
    /// The second argument has the sign of the target, or is at least 0 where the target is 1.
    case sign
  }

  package let name: String
  package let parameters: [Parameter]
  package let summary: String
  package let meaning: Meaning
  package let decision: Decision?
  /// Lines that show it at work; the reference runs them.
  package let examples: [String]

  init(
    _ name: String, _ parameters: [Parameter], _ summary: String, _ meaning: Meaning,
    decision: Decision? = nil, examples: [String]
  ) {
    self.name = name
    self.parameters = parameters
    self.summary = summary
    self.meaning = meaning
    self.decision = decision
    self.examples = examples
  }

  /// How many arguments it takes.
  package var counts: ClosedRange<Int> {
    parameters.count { $0.standard == nil }...parameters.count
  }

  /// How it is written: `conv(x, w, stride, padding)`.
  package var usage: String {
    name == "@" ? "A @ B" : "\(name)(\(parameters.map(\.name).joined(separator: ", ")))"
  }

  /// How many arguments, in words.
  package var argumentCount: String {
    let (least, most) = (counts.lowerBound, counts.upperBound)
    return least == most
      ? "\(least) argument\(least == 1 ? "" : "s")" : "\(least) to \(most) arguments"
  }

  /// The formula it stands for, read; nil for what the engine lays out.
  package static func formula(of id: Int32) -> Formula? { parsed[Int(id)] }

  private static let parsed: [Formula?] = catalog.map {
    if case .formula(let text) = $0.meaning { try? Formula(reading: text) } else { nil }
  }

  package static subscript(_ id: Int32) -> Composite { catalog[Int(id)] }

  /// Every composite by name; `@` is written between its arguments.
  package static let byName: [String: Int32] = catalog.enumerated().reduce(into: [:]) {
    $0[$1.element.name] = Int32(clamping: $1.offset)
  }

  /// The matrix product.
  package static let product = id(of: "@")
  package static let dot = id(of: "dot")

  /// The place of the composite of a name; -1 where there is none.
  static func id(of name: String) -> Int32 { byName[name] ?? -1 }

  /// Whether numbers are drawn by it.
  package var isRandom: Bool {
    meaning == .layer(.uniform) || meaning == .layer(.normal)
  }

  /// Every word that can be typed with brackets behind it: primitives and composites.
  package static let functionNames: [String] =
    Primitive.catalog.filter { $0.notation == .function }.map(\.name)
    + catalog.filter { $0.name != "@" }.map(\.name)
}

extension Composite {
  /// Every composite, in the order help and documentation present them.
  package static let catalog: [Composite] = [
    Composite(
      "@", [.init("A"), .init("B")], "Multiplies matrices and vectors: rows times columns.",
      .layer(.product), examples: ["W = [[1, -1], [0.5, 1]]", "x = [1, 2]", "W @ x"]),
    Composite(
      "dot", [.init("a"), .init("b")], "Multiplies element by element and adds: Σ a[i] b[i].",
      .layer(.dot), examples: ["dot([1, -2, 3], [2, -1, 0])"]),
    Composite(
      "sum", [.init("x")], "Adds all elements.", .layer(.sum),
      examples: ["sum([1, 2, 3])", "sum(i^2 for i in 1..3)"]),
    Composite(
      "softmax", [.init("s")], "Turns scores into probabilities: exp(s[i]) / Σ exp(s[j]).",
      .layer(.softmax), examples: ["softmax([2, 1, -1])"]),
    Composite(
      "squared_error", [.init("y"), .init("p")], "Squares the difference: (y - p)^2.",
      .formula("(y - p)^2"), decision: .half, examples: ["squared_error(7, 5)"]),
    Composite(
      "half_squared_error", [.init("y"), .init("p")], "Halves the squared difference.",
      .formula("(y - p)^2 / 2"), decision: .half, examples: ["half_squared_error(1, 0.25)"]),
    Composite(
      "mse", [.init("y"), .init("p")], "Averages the squared differences.",
      .formula("mean((y - p)^2)"), decision: .half, examples: ["mse([1, 2], [3, -1])"]),
    Composite(
      "mae", [.init("y"), .init("p")], "Averages the distances |y - p|.",
      .formula("mean(abs(y - p))"), decision: .half, examples: ["mae([1, 2], [3, -1])"]),
    Composite(
      "l1", [.init("s"), .init("y")], "Adds the distances: Σ |s - y|.",
      .formula("sum(abs(s - y))"), examples: ["l1([3, -1], [1, 2])"]),
    Composite(
      "l2", [.init("s"), .init("y")], "Adds the squared distances: Σ (s - y)^2.",
      .formula("sum((s - y)^2)"), examples: ["l2([3, -1], [1, 2])"]),
    Composite(
      "huber", [.init("r"), .init("delta", isChoice: true)],
      "Is r^2/2 near 0 and a line beyond delta, for each element.",
      .formula("if(abs(r) <= delta, r^2 / 2, delta * (abs(r) - delta / 2))"),
      examples: ["huber([2, 0.5], 1)"]),
    Composite(
      "cross_entropy", [.init("y", isChoice: true), .init("p")],
      "Measures probabilities p: -Σ y ln p.",
      .formula("-sum(y * ln(p))"), examples: ["cross_entropy([0, 1], [0.25, 0.75])"]),
    Composite(
      "softmax_cross_entropy", [.init("s"), .init("k", isChoice: true)],
      "Measures scores s where class k is true, counted from 1.", .layer(.selection),
      examples: ["softmax_cross_entropy([2, 1, -1], 1)"]),
    Composite(
      "binary_cross_entropy", [.init("y", isChoice: true), .init("z")],
      "Measures a score z (before any sigmoid) where y is 0 or 1.",
      .formula("softplus(z) - y * z"), decision: .sign, examples: ["binary_cross_entropy(1, 0.5)"]),
    Composite(
      "hinge", [.init("y", isChoice: true), .init("s")],
      "Asks for a margin of 1: max(0, 1 - y s), y is 1 or -1.",
      .formula("max(0, 1 - y * s)"), decision: .sign, examples: ["hinge(1, 0.25)"]),
    Composite(
      "multiclass_hinge", [.init("s"), .init("k", isChoice: true)],
      "Asks that class k beat each other score by 1.", .layer(.hinges),
      examples: ["multiclass_hinge([1.5, 2, -1], 1)"]),
    Composite(
      "conv", [.init("x"), .init("w"), .init("stride", .number(1)), .init("padding", .number(0))],
      "Slides the filter w along x: o[i] = Σ w[k] x[i+k-1].", .layer(.convolution),
      examples: ["conv([2, -1, 0, 3, 1], [1, -2, 3])"]),
    Composite(
      "maxpool", [.init("x"), .init("size"), .init("stride", .previous)],
      "Keeps the largest of each window.", .layer(.maximumPool),
      examples: ["maxpool([4, 8, 0, 0], 2)"]),
    Composite(
      "avgpool", [.init("x"), .init("size"), .init("stride", .previous)],
      "Averages each window.", .layer(.averagePool), examples: ["avgpool([4, 8, 0, 2], 2)"]),
    Composite(
      "uniform",
      [
        .init("low"), .init("high"), .init("rows", Standard.unspecified),
        .init("columns", Standard.unspecified),
      ],
      "Draws numbers between low and high, from the seed.", .layer(.uniform),
      examples: ["seed 1", "w = uniform(-1, 1)", "W = uniform(-1, 1, 2, 2)"]),
    Composite(
      "normal",
      [
        .init("mean"), .init("sd"), .init("rows", Standard.unspecified),
        .init("columns", Standard.unspecified),
      ],
      "Draws numbers around mean, sd wide, from the seed.", .layer(.normal),
      examples: ["seed 1", "w = normal(0, 0.1)", "W = normal(0, 0.1, 3, 2)"]),
  ]
}
