internal import Language

// Random initialisation.
extension GraphBuilder {
  /// Numbers from the session's seed, as literals.
  mutating func drawn(_ record: Composite, _ arguments: [Value]) throws(Problem) -> Value {
    guard random != nil else { throw located(.needsRandomSource(record.name)) }
    var numbers: [Double] = []
    for (place, argument) in arguments.prefix(2).enumerated() {
      guard case .scalar(let node) = argument, graph.nodes[node].kind != .gate,
        graph.nodes[node].hasValue
      else {
        throw located(
          Problem(
            "random-in-formula", "\(text(ofOperand: place)) should be a number that is known",
            hint: record.usage))
      }
      numbers.append(graph.nodes[node].value)
    }
    let isUniform = record.meaning == .layer(.uniform)
    guard numbers.count == 2, numbers.allSatisfy(\.isFinite),
      isUniform ? (numbers[1] - numbers[0]).isFinite : numbers[1] >= 0
    else {
      throw located(
        Problem(
          "random-in-formula",
          isUniform
            ? "the bounds should be finite numbers, not too far apart"
            : "the width of a bell curve should be a finite number from 0 up",
          hint: "write \(record.name)(0, 1)"))
    }
    let rows = arguments.count > 2 ? try positive(arguments[2], "the number of rows", least: 1) : 1
    let columns =
      arguments.count > 3 ? try positive(arguments[3], "the number of columns", least: 1) : 1
    let (count, isTooMany) = rows.multipliedReportingOverflow(by: columns)
    guard !isTooMany, count <= limit.bound else { throw .tooManyNodes(limit, calling: record.name) }
    if arguments.count == 3 { try Limit.vector.check(count) }
    var nodes: [NodeID] = []
    nodes.reserveCapacity(count)
    for _ in 0..<count {
      let number =
        record.meaning == .layer(.uniform)
        ? random?.uniform(from: numbers[0], to: numbers[1])
        : random?.normal(mean: numbers[0], deviation: numbers[1])
      nodes.append(try constant(number ?? .nan, record.name))
    }
    switch arguments.count {
    case 2: return .scalar(nodes[0])
    case 3: return Value(.vector(rows), nodes)
    default: return Value(.matrix(rows: rows, columns: columns), nodes)
    }
  }
}
