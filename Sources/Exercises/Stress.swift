internal import Engine
package import Language

/// What holds of every variant of a problem, tried on all of them or on very many.
///
/// Answers are computed three times over: without rounding, by the tape in doubles, and by difference
/// quotients that know no derivative.
package struct Stress: Sendable {
  /// How many variants were looked at, and whether these are all.
  package private(set) var variants = 0
  package private(set) var isComplete = true
  /// What does not hold, each with the variant it was seen at first, and how often.
  package private(set) var failures: [(what: String, item: String, count: Int)] = []

  private let tolerance: Double

  /// How many variants of a large space are looked at.
  package static let most = 10_000

  /// Looks at the variants of a problem.
  package init(of exercise: Exercise, most: Int = Stress.most, seed: UInt64 = 1) throws(Problem) {
    tolerance = exercise.tolerance
    var pool = try Pool(of: exercise)
    let count = min(pool.count ?? most, most)
    let request = VariantRequest(seed: seed)
    var again = pool
    let items = try pool.items(upTo: count, request)
    guard !items.isEmpty else { throw .noVariantsAtAll(exercise.id) }
    variants = items.count
    isComplete = pool.count.map { $0 <= most } ?? (items.count < most && pool.isExhausted)
    var seen: Set<String> = []
    var ranks = RankCount()
    for item in items {
      if !seen.insert(
        item.given.map { $0.name + $0.text }.joined(separator: ",") + "\(item.recipe.option)"
      ).inserted {
        fail("two variants have the same numbers", item)
      }
      check(item)
      checkAsks(item, exercise)
      ranks.add(item)
    }
    for pattern in ranks.patterns { failures.append((pattern, exercise.id, 1)) }
    // Once more: the same seed has to lead to the same items, however many are asked for.
    let few = min(items.count, 20)
    let first = items.prefix(few).map(Self.fingerprint)
    if try again.items(upTo: few, request).map(Self.fingerprint) != first {
      failures.append(("the same seed gave other variants", exercise.id, 1))
    }
  }

  /// Every answer against what the engine makes of the question, and every mistake against it.
  private mutating func checkAsks(_ item: Item, _ exercise: Exercise) {
    var option = 0
    if case .choose = exercise.task { option = item.recipe.option }
    guard exercise.cases.indices.contains(option), exercise.task != .findError else { return }
    let asks = exercise.cases[option].asks
    let graph = item.tape.graph
    let values = graph.values()
    let gradients = graph.adjoints(at: values, conventions: item.tape.conventions)
    let right = asks.map { $0.query.number(values, gradients, graph) }
    if case .choose = exercise.task {
      checkChoice(item, exercise, right)
      return
    }
    for place in asks.indices where item.blanks.indices.contains(place) {
      if !Self.isAnswer(right[place], item.blanks[place], asks[place]) {
        fail("an answer is not the engine's", item)
      }
    }
    if exercise.allowed.contains(.distinct) { return }
    let passes = MistakenPasses(over: graph, conventions: item.tape.conventions).at(values)
    var seen: [[Double]] = [right]
    let apart = 2 * exercise.tolerance
    for misconception in Misconception.catalog
    where exercise.mistakes?.contains(misconception.name) ?? misconception.isTold {
      guard let wrong = passes.gradients(of: misconception) else { continue }
      let answer = asks.map { $0.query.number(values, wrong, graph) }
      // The same in name only is no fault; nearly the same could not be told apart.
      if seen.contains(where: { !Self.areApart($0, answer, by: 1e-9) }) { continue }
      if seen.contains(where: { !Self.areApart($0, answer, by: apart) }) {
        fail("two answers are closer than a marker can see", item)
      }
      seen.append(answer)
    }
  }

  private static func isAnswer(_ number: Double, _ blank: Blank, _ ask: Exercise.Ask) -> Bool {
    switch blank.answer {
    case .number(let answer, _):
      isSame(answer.double, number)
    case .choice(_, let right):
      !ask.isZeroQuestion || right == (number.magnitude <= 1e-9 ? 0 : 1)
    }
  }

  /// Whether two answers differ in some row by more than this, or by as much of its size.
  private static func areApart(_ a: [Double], _ b: [Double], by distance: Double) -> Bool {
    for place in a.indices where b.indices.contains(place) {
      let size = distance < 1e-6 ? max(1, a[place].magnitude) : 1
      if !((a[place] - b[place]).magnitude <= distance * size) { return true }
    }
    return false
  }

  /// Only the right one of the formulas may have the numbers that are shown.
  private mutating func checkChoice(_ item: Item, _ exercise: Exercise, _ shown: [Double]) {
    for (place, other) in exercise.cases.enumerated() where place != item.recipe.option {
      var held: [NodeID: Double] = [:]
      for (dimension, node) in zip(exercise.dimensions, other.inputs) {
        guard let node, let from = item.tape.graph.nodeOfLabel[dimension.name] else { continue }
        held[node] = item.tape.graph.nodes[from].value
      }
      let values = other.graph.values(holding: held)
      let gradients = other.graph.adjoints(at: values, conventions: item.tape.conventions)
      let numbers = other.asks.map { $0.query.number(values, gradients, other.graph) }
      if zip(numbers, shown).allSatisfy({ ($0 - $1).magnitude <= 2 * tolerance }) {
        fail("two formulas to choose from are right", item)
      }
    }
  }

  private static func fingerprint(_ item: Item) -> String {
    item.identifier + item.given.map(\.text).joined(separator: ";")
      + item.blanks.map { "\($0.answer)" + $0.wrong.map(\.text).joined(separator: ",") }.joined()
  }

  private mutating func fail(_ what: String, _ item: Item) {
    if let place = failures.firstIndex(where: { $0.what == what }) {
      failures[place].count += 1
    } else {
      failures.append((what, item.identifier, 1))
    }
  }

  private mutating func check(_ item: Item) {
    let tape = item.tape
    let values = tape.graph.values()
    let gradients = tape.graph.adjoints(at: values, conventions: tape.conventions)
    for blank in item.blanks {
      guard case .number(let right, _) = blank.answer else {
        checkChoice(blank, item)
        continue
      }
      switch blank.quantity {
      case .value(let node):
        if (values[node] - right.double).magnitude > 1e-9 {
          fail("an answer is not the engine's", item)
        }
      case .gradient(let node):
        if (gradients[node] - right.double).magnitude > 1e-9 {
          fail("an answer is not the engine's", item)
        }
        let slope = Self.quotient(node, tape, values)
        if (slope - right.double).magnitude > 1e-5 * max(1, right.double.magnitude) {
          fail("a gradient is not the difference quotient", item)
        }
      case .formula(let formula, let references):
        let number = formula.evaluated { name in
          switch references[name] {
          case .value(let node): values[node]
          case .gradient(let node): gradients[node]
          }
        }
        if (number - right.double).magnitude > 1e-9 { fail("an answer is not the engine's", item) }
      case .other: break
      }
      for wrong in blank.wrong where (wrong.value - right.double).magnitude <= 2 * tolerance {
        fail("a wrong answer is as good as right", item)
      }
      for (place, one) in blank.wrong.enumerated() {
        for other in blank.wrong[(place + 1)...]
        where (one.value - other.value).magnitude <= 2 * tolerance {
          fail("two wrong answers of a blank are one", item)
        }
      }
    }
  }

  /// (f(x + h) - f(x - h)) / 2h: no derivative is known to it.
  ///
  /// Variants stand off every corner by more than h, as their numbers end within a few decimals.
  private static func quotient(_ node: NodeID, _ tape: Tape, _ values: [Double]) -> Double {
    let h = 1e-5
    let objective = { (x: Double) -> Double in
      let moved = tape.graph.values(holding: [node: x], from: values)
      return zip(tape.graph.outputs, tape.upstream).reduce(0) { $0 + moved[$1.0] * $1.1 }
    }
    return (objective(values[node] + h) - objective(values[node] - h)) / (2 * h)
  }

  private mutating func checkChoice(_ blank: Blank, _ item: Item) {
    guard case .choice(let options, let right) = blank.answer else { return }
    if !options.indices.contains(right) { fail("a choice has no right option", item) }
    if Set(options).count != options.count { fail("a choice has an option twice", item) }
  }
}

extension Problem {
  static func noVariantsAtAll(_ id: String) -> Problem {
    Problem("no-variants", "\(id) has no variant", hint: "backstep sheet \(id) --count says why")
  }
}
