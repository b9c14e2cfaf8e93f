internal import Engine
internal import Language

// What holds beside the answer: a slope without any rule, and what other answers show.
extension WorkedAnswer {
  /// What the output is, or the sum that given upstream gradients stand for.
  func total(_ values: [Double]) -> Double {
    zip(graph.outputs, tape.upstream).reduce(0) { $0 + $1.1 * values[$1.0] }
  }

  /// The inputs that are nudged: all, or one of each vector where they are many.
  private var nudged: [NodeID] {
    let all = answers.flatMap(\.nodes)
    guard all.count > 12 else { return graph.inputs.filter(Set(all).contains) }
    return answers.flatMap { answer in
      answer.name == nil ? Array(answer.nodes.prefix(6)) : [answer.nodes[answer.nodes.count / 2]]
    }
  }

  mutating func addChecks() {
    let h = Self.nudge
    checks = nudged.map { node in
      let above = total(graph.values(holding: [node: values[node] + h], from: values))
      let below = total(graph.values(holding: [node: values[node] - h], from: values))
      return Check(
        node: node, above: above, below: below, quotient: (above - below) / (2 * h),
        gradient: gradients[node])
    }
  }

  mutating func addSlips() {
    var seen: Set<[String]> = []
    for misconception in Misconception.catalog where misconception.isTold {
      let wrong = misconception.gradients(on: tape)
      for answer in answers {
        let numbers = answer.nodes.compactMap { wrong[$0] }
        guard numbers.count == answer.nodes.count, numbers.allSatisfy(\.isFinite) else { continue }
        let isRight = zip(numbers, answer.gradients).allSatisfy { Self.isClose($0, $1) }
        // Two mistakes with one answer: the first of the catalog is the likelier one.
        let key = [answer.name ?? ""] + numbers.map { $0.formatted(.significant(9)) }
        guard !isRight, seen.insert(key).inserted else { continue }
        slips.append(
          Slip(
            mistake: misconception.name, happened: misconception.happened, name: answer.name,
            values: numbers))
      }
    }
    for family in shared where family.isPlain { addWrongLength(family) }
  }

  /// A filter slid over the upstream gradients only where it fits gives too few numbers.
  private mutating func addWrongLength(_ family: SharedProducts) {
    guard let side = family.sides.first(where: { $0.name == family.inputs.name }),
      answers.contains(where: { $0.name == side.name })
    else { return }
    let size = family.weights.nodes.count
    let whole = side.rows.filter { $0.cells.count { $0 != nil } == size }
    guard !whole.isEmpty, whole.count < side.rows.count else { return }
    slips.append(
      Slip(
        mistake: "valid",
        happened:
          "Wrong length: the flipped filter was slid only where it fits, not over the edges.",
        name: side.name, values: whole.map(\.sum)))
  }

  static func isClose(_ a: Double, _ b: Double) -> Bool {
    a == b || (a - b).magnitude <= 1e-10 * max(a.magnitude, b.magnitude, 1e-3)
  }
}
