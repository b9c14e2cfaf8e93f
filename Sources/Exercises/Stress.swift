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

/// Where right options stand, how long they are, and whether that says something.
private struct RankCount {
  /// For each number of options, how often each place was the right one.
  private var places: [Int: [Double]] = [:]
  /// The same for the rank by length: the shortest first.
  private var ranks: [Int: [Double]] = [:]

  mutating func add(_ item: Item) {
    for blank in item.blanks {
      // The two options of a zero question stand in a fixed order, for all to see.
      guard case .choice(let options, let right) = blank.answer, options.count > 2,
        options.indices.contains(right)
      else { continue }
      let none = [Double](repeating: 0, count: options.count)
      places[options.count, default: none][right] += 1
      let own = options[right].count
      // Options as long as the right one share its rank among them.
      let shorter = options.count { $0.count < own }
      let alike = options.count { $0.count == own }
      for rank in shorter..<shorter + alike {
        ranks[options.count, default: none][rank] += 1 / Double(alike)
      }
    }
  }

  /// Places that are right too often to be chance: chi-square above its 99.99 % point.
  var patterns: [String] {
    Self.patterns(places, "stands at some places too often")
      + Self.patterns(ranks, "is of some length too often", most: Self.lengthsApart)
  }

  /// Options have lengths of their own, so ranks by length are never quite alike; more than twice
  /// as often as chance is a pattern that somebody could use.
  private static let lengthsApart = 2.0

  private static func patterns(
    _ counts: [Int: [Double]], _ what: String, most: Double? = nil
  ) -> [String] {
    counts.keys.sorted().compactMap { size in
      let found = counts[size] ?? []
      let total = found.reduce(0, +)
      guard total >= Double(20 * size) else { return nil }
      let expected = total / Double(size)
      let shown = found.map { $0.formatted(.arithmetic) }.joined(separator: ", ")
      if let most {
        return (found.max() ?? 0) > most * expected
          ? "the right one of \(size) options \(what): \(shown), the shortest first" : nil
      }
      let chi = found.reduce(0.0) {
        $0 + ($1 - expected) * ($1 - expected) / expected
      }
      // Wilson and Hilferty's approximation of the quantile; 3.719 is the normal one.
      let freedom = Double(size - 1)
      let term = 1 - 2 / (9 * freedom) + 3.719 * (2 / (9 * freedom)).squareRoot()
      return chi > freedom * term * term * term
        ? "the right one of \(size) options \(what): \(shown)" : nil
    }
  }
}

extension Problem {
  static func noVariantsAtAll(_ id: String) -> Problem {
    Problem("no-variants", "\(id) has no variant", hint: "backstep sheet \(id) --count says why")
  }
}
