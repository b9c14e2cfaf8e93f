internal import Engine
internal import Language
internal import Typesetting

// `plot`: the course of a training, the side a network takes, and curves of formulas.
extension Session {
  func plot(_ words: Words) throws(Problem) -> Reply {
    guard let first = words.first else { throw .missingArgument("plot") }
    switch first.text {
    case "loss" where words.count == 1 && definitions.variables["loss"] == nil:
      guard !learning.losses.isEmpty else { throw .nothingTrained(at: first.span) }
      return Reply(
        .lossPlot(
          learning.losses, validation: learning.validationLosses, style: settings.style))
    case "boundary": return Reply(try boundary(words.dropping(1)))
    default: return Reply(try curves(words))
    }
  }

  // MARK: - Boundary

  private func boundary(_ words: Words) throws(Problem) -> Document {
    try words.expect(0...1, "plot boundary")
    guard let examples = learning.examples else { throw .noExamplesYet() }
    guard examples.columns.count == 3 else {
      throw .needsTwoInputs(examples.columns)
    }
    guard hasTwoClasses(examples) else { throw .noBoundary(examples.columns[2], at: words.span) }
    guard let label = words.first?.text ?? learning.prediction ?? outputs.first else {
      throw .missingArgument("plot boundary")
    }
    let name = Definitions.element(label)?.name ?? label
    guard definitions.variables[name] != nil else {
      throw .unknownNode(label, known: definitions.order, at: words.span)
    }
    var copy = self
    copy.commitUpdates()
    let graph = try Graph(of: [name], in: copy.definitions)
    let output = try node(label, in: graph, at: words.span)
    let axes = examples.columns.prefix(2).map { inputName(of: $0, in: graph) }
    var inputs: [NodeID] = []
    for axis in axes {
      guard let node = graph.nodeOfLabel[axis], graph.nodes[node].kind == .input else {
        throw .doesNotUse(label, axis, at: words.span)
      }
      inputs.append(node)
    }
    guard graph.work <= Self.mostWork / Self.scores else {
      throw .tooLargeToPlot(label, at: words.span)
    }
    let missing = graph.missingInputs.filter { !axes.contains($0) }
    guard missing.isEmpty else { throw .missingValues(missing) }
    let classes = Set(examples.column(2))
    let middle = classes.contains { $0 < 0 } ? 0 : 0.5
    let points = (0..<examples.count).map { row in
      let numbers = Array(examples[row: row])
      return LabelledPoint(numbers[0], numbers[1], isPositive: numbers[2] >= middle)
    }
    let start = graph.values()
    let isScore = scores(graph, output, inputs, points, from: start).contains {
      !(0...1).contains($0)
    }
    return Document.boundaryPlot(
      Region(around: points), points: points, threshold: isScore ? 0 : 0.5,
      axes: (examples.columns[0], examples.columns[1]), style: settings.style
    ) { x1, x2 in
      graph.values(holding: [inputs[0]: x1, inputs[1]: x2], from: start)[output]
    }
  }

  /// The output at every example: numbers outside 0 to 1 are scores, whose sides meet at 0.
  private func scores(
    _ graph: Graph, _ output: NodeID, _ inputs: [NodeID], _ points: [LabelledPoint],
    from start: [Double]
  ) -> [Double] {
    points.prefix(200).map {
      graph.values(holding: [inputs[0]: $0.x1, inputs[1]: $0.x2], from: start)[output]
    }
  }

  // MARK: - Curves

  private static let samples = 241
  /// Nodes and wires that one picture may go through.
  private static let mostWork = 10 * Limit.nodes.bound
  /// How many scores a boundary is drawn from, about.
  private static let scores = 2_500

  private func curves(_ words: Words) throws(Problem) -> Document {
    let request = try CurveRequest(words, in: self)
    var copy = self
    copy.commitUpdates()
    copy.definitions.set(request.variable, to: request.range.lowerBound)
    let width = request.range.upperBound - request.range.lowerBound
    let xs = (0..<Self.samples).map {
      request.range.lowerBound + width * Double($0) / Double(Self.samples - 1)
    }
    var curves: [Curve] = []
    for part in request.parts {
      let graph = try Graph(of: part.formula, in: copy.definitions)
      guard graph.outputs.count == 1, let output = graph.outputs.first else {
        throw .needsNumber(part.text, graph.outputShapes.first ?? .scalar, at: words.span)
      }
      let missing = graph.missingInputs
      guard missing.isEmpty else { throw .missingValues(missing) }
      guard graph.work <= Self.mostWork / Self.samples else {
        throw .tooLargeToPlot(part.text, at: words.span)
      }
      let node = graph.nodeOfLabel[request.variable]
      let start = graph.values()
      let ys = xs.map { x -> Double in
        guard let node else { return part.isSlope ? 0 : start[output] }
        let values = graph.values(holding: [node: x], from: start)
        guard part.isSlope else { return values[output] }
        return graph.adjoints(at: values, conventions: settings.conventions)[node]
      }
      curves.append(
        Curve(
          part.isSlope ? "slope of \(part.text)" : part.text, xs: xs, ys: ys,
          role: part.isSlope ? .gradient : .value))
    }
    return .curvePlot(curves, variable: request.variable, style: settings.style)
  }
}
