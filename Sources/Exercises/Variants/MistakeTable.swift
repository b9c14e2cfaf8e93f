internal import Engine
internal import Language

/// The known mistakes that show in what an exercise asks, found out by trying numbers of its ranges.
struct MistakeTable: Sendable {
  /// One mistake, from the catalog or the author's own.
  struct Mistake: Sendable {
    let name: String
    let source: Source
    /// For each ask, whether three quarters of all numbers show the mistake there: then all variants
    /// must.
    var usualRows: [Bool]
  }

  enum Source: Sendable {
    case known(Misconception)
    /// The author's, for one ask or for several.
    case own([Exercise.OwnMistake])
  }

  private(set) var mistakes: [Mistake] = []
  /// The author's wrong answers that were right at all numbers that were tried.
  private(set) var alwaysRight: [String] = []
  private let own: Exercise.Case
  private let passes: MistakenPasses

  /// How many numbers are tried, of how many that are drawn: `keep` lines may refuse most.
  private static let trials = 40
  private static let draws = 2_000

  init(for exercise: Exercise, _ own: Exercise.Case) {
    self.own = own
    passes = MistakenPasses(over: own.graph, conventions: exercise.conventions)
    let asksGradients = own.asks.contains { ask in
      ask.query.references.contains { if case .gradient = $0 { true } else { false } }
    }
    var names: [String] = []
    for mistake in own.ownMistakes where !names.contains(mistake.name) {
      names.append(mistake.name)
    }
    var candidates: [Mistake] = names.map { name in
      Mistake(
        name: name, source: .own(own.ownMistakes.filter { $0.name == name }), usualRows: [])
    }
    if asksGradients {
      let known = Misconception.catalog.filter { exercise.mistakes?.contains($0.name) ?? $0.isTold }
      candidates += known.map { Mistake(name: $0.name, source: .known($0), usualRows: []) }
    }
    guard !candidates.isEmpty else { return }
    // What each would answer, at numbers that are drawn and kept, and not filtered otherwise.
    var draw = Draw(seed: 1, stream: exercise.id)
    var answers = [[[Double]]](repeating: [], count: candidates.count)
    var rights: [[Double]] = []
    for _ in 0..<Self.draws where rights.count < Self.trials {
      var held: [NodeID: Double] = [:]
      for (dimension, node) in zip(exercise.dimensions, own.inputs) {
        if let node { held[node] = dimension.values[draw.below(dimension.values.count)].double }
      }
      let values = own.graph.values(holding: held)
      let gradients = own.graph.adjoints(at: values, conventions: exercise.conventions)
      guard values.allSatisfy(\.isFinite), gradients.allSatisfy(\.isFinite),
        own.conditions.allSatisfy({ $0.number(values, gradients, own.graph) == 1 })
      else { continue }
      rights.append(own.asks.map { $0.query.number(values, gradients, own.graph) })
      let passes = passes.at(values)
      for (place, candidate) in candidates.enumerated() {
        answers[place].append(answer(of: candidate, passes, values, gradients))
      }
    }
    guard !rights.isEmpty else { return }
    var kept: [[[Double]]] = []
    for (place, candidate) in candidates.enumerated() {
      let own = answers[place]
      if case .own = candidate.source, Self.isNear(own, rights) {
        alwaysRight.append(candidate.name)
      }
      // One that never shows has no place here; one that is another by another name is left out.
      guard !Self.isNear(own, rights), !kept.contains(where: { Self.isNear($0, own) }) else {
        continue
      }
      var mistake = candidate
      mistake.usualRows = self.own.asks.indices.map { row in
        let shown = zip(own, rights).count {
          !isSame($0[row], $1[row]) && !$0[row].isNaN
        }
        return 4 * shown > 3 * rights.count
      }
      kept.append(own)
      mistakes.append(mistake)
    }
  }

  private static func isNear(_ a: [[Double]], _ b: [[Double]]) -> Bool {
    zip(a.joined(), b.joined()).allSatisfy { isSame($0, $1) || isEqual($0, $1) }
  }

  /// What each mistake would answer to everything that is asked, worked out as it is looked at.
  func answers(
    at values: [Double], _ gradients: [Double]
  ) -> some Sequence<(mistake: Mistake, answer: [Double])> {
    let passes = passes.at(values)
    return mistakes.lazy.map { ($0, answer(of: $0, passes, values, gradients)) }
  }

  /// What one mistake would answer.
  private func answer(
    of mistake: Mistake, _ passes: MistakenPasses, _ values: [Double], _ gradients: [Double]
  ) -> [Double] {
    switch mistake.source {
    case .known(let misconception):
      let wrong = passes.gradients(of: misconception) ?? gradients
      return own.asks.map { $0.query.number(values, wrong, own.graph) }
    case .own(let mistakes):
      return own.asks.indices.map { place in
        let query = mistakes.first { $0.ask == place }?.query ?? own.asks[place].query
        return query.number(values, gradients, own.graph)
      }
    }
  }
}

/// Whether two numbers differ by rounding alone: answers are exact, mistakes are doubles.
func isSame(_ a: Double, _ b: Double) -> Bool {
  a == b || (a - b).magnitude <= 1e-9 * max(1, b.magnitude)
}
