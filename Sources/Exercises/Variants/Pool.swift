package import Language

/// The variants of an exercise: those choices of numbers that pass every filter.
///
/// A small space is gone through whole, so that the variants are known and counted; a large one is
/// walked in a drawn order, up to a bound. Nothing is drawn twice, and nothing loops for ever.
package struct Pool: Sendable {
  /// A variant before it is written out.
  struct Member: Sendable {
    let place: Trial.Place
    let difficulty: Int
    let strata: [String]
  }

  package let exercise: Exercise
  let trials: Trials
  private let space: Int
  /// All variants in canonical order, where the space is small enough.
  private var all: [Member]?
  /// How many choices of numbers each filter has refused.
  private var refusals: [Filter: Int] = [:]
  private var tried = 0
  /// The places of variants that have been given out.
  private var given: Set<Int> = []
  /// Whether a walk has gone through the whole of a large space.
  private(set) var isExhausted = false

  /// Up to this many choices of numbers are gone through.
  package static let mostEnumerated = 20_000
  /// How many choices are tried for each variant that is wanted, and at least.
  private static let triesForOne = 2_000
  private static let leastTries = 100_000

  /// Finds the variants, where the space is small.
  package init(of exercise: Exercise) throws(Problem) {
    self.exercise = exercise
    guard let space = exercise.spaceCount else { throw .spaceTooLarge() }
    self.space = space
    trials = Trials(of: exercise)
    if let name = trials.mistakes.lazy.flatMap(\.alwaysRight).first {
      throw .wrongIsRight(name, exercise.id)
    }
    guard space <= Self.mostEnumerated else { return }
    var members: [Member] = []
    for index in 0..<space {
      if let member = attempt(exercise.place(index)) { members.append(member) }
    }
    all = members
  }

  /// How many variants there are; nil where the space is too large to go through.
  package var count: Int? { all?.count }

  private mutating func attempt(_ place: Trial.Place) -> Member? {
    tried += 1
    switch trials(place) {
    case .success(let trial):
      if exercise.task == .findError, (try? making(trial, VariantRequest()).item()) == nil {
        refusals[.hidden, default: 0] += 1
        return nil
      }
      return member(trial)
    case .failure(let refused):
      refusals[refused.filter, default: 0] += 1
      return nil
    }
  }

  private func member(_ trial: Trial) -> Member {
    let own = exercise.cases[trial.place.option]
    let strata = own.strata.filter {
      $0.condition.number(trial.values, trial.gradients, own.graph) == 1
    }
    return Member(place: trial.place, difficulty: trial.difficulty, strata: strata.map(\.name))
  }

  // MARK: - Choosing

  /// Different variants, in an order drawn from the seed.
  ///
  /// None of them is one that was given out before, by an earlier call.
  package mutating func items(
    _ count: Int, _ request: VariantRequest
  ) throws(Problem) -> [Item] {
    try items(count, request, isLess: false)
  }

  /// The same, or as many as there are.
  package mutating func items(
    upTo count: Int, _ request: VariantRequest
  ) throws(Problem) -> [Item] {
    try items(count, request, isLess: true)
  }

  private mutating func items(
    _ count: Int, _ request: VariantRequest, isLess: Bool
  ) throws(Problem) -> [Item] {
    let strata = exercise.cases[0].strata.map(\.name)
    if let stratum = request.stratum, !strata.contains(stratum) {
      throw .unknownStratum(stratum, known: strata)
    }
    let costs = try costs(of: request.band)
    let before = given
    let fits = { (member: Member) in
      !before.contains(member.place.index) && (costs?.contains(member.difficulty) ?? true)
        && (request.stratum.map(member.strata.contains) ?? true)
    }
    var draw = Draw(seed: request.seed, stream: exercise.id)
    let chosen: [Member]
    if let all {
      let suitable = all.filter(fits)
      if all.isEmpty { throw refused() }
      guard suitable.count >= count || isLess && !suitable.isEmpty else {
        throw .tooFewVariants(count, suitable.count, of: all.count, request)
      }
      chosen = Array(draw.shuffled(suitable).prefix(count))
    } else {
      chosen = try walk(count, Permutation(of: space, &draw), request, isLess: isLess, fits)
    }
    given.formUnion(chosen.map(\.place.index))
    var items: [Item] = []
    for member in chosen {
      // It has passed every filter already.
      guard let trial = trials.unfiltered(member.place) else { continue }
      items.append(
        try making(trial, request, number: number(of: member), draw.next()).item())
    }
    return items
  }

  private func making(
    _ trial: Trial, _ request: VariantRequest, number: Int = 1, _ bits: UInt64 = 0
  ) throws(Problem) -> ItemMaking {
    try ItemMaking(
      exercise, trials, trial, request, number: number, count: count, bits)
  }

  /// The place of a variant among all, from 1; of the choice of numbers where they are not counted.
  private func number(of member: Member) -> Int {
    guard let all else { return member.place.index + 1 }
    // They stand in the order of their indices.
    var (low, high) = (0, all.count)
    while low < high {
      let middle = (low + high) / 2
      if all[middle].place.index < member.place.index { low = middle + 1 } else { high = middle }
    }
    return low + 1
  }

  private mutating func walk(
    _ count: Int, _ order: Permutation, _ request: VariantRequest, isLess: Bool,
    _ fits: (Member) -> Bool
  ) throws(Problem) -> [Member] {
    var chosen: [Member] = []
    let bound = min(space, max(Self.leastTries, count * Self.triesForOne))
    for step in 0..<bound where chosen.count < count {
      guard let member = attempt(exercise.place(order[step])) else { continue }
      if fits(member) {
        chosen.append(member)
      } else {
        let isInStratum = request.stratum.map(member.strata.contains) ?? true
        refusals[isInStratum ? .difficulty : .stratum, default: 0] += 1
      }
    }
    if chosen.isEmpty, refusals[.difficulty, default: 0] + refusals[.stratum, default: 0] == 0 {
      throw refused()
    }
    isExhausted = chosen.count < count && bound == space
    guard chosen.count == count || isLess else {
      throw .walkedTooFar(count, chosen.count, tried: bound, worst?.rawValue ?? "")
    }
    return chosen
  }

  /// What a band means here: the third of the variants that are the easiest, and so on.
  private mutating func costs(of band: VariantRequest.Band) throws(Problem) -> ClosedRange<Int>? {
    if band == .all { return nil }
    var sample = all ?? []
    if all == nil {
      // Of a large space the first few hundred of one fixed order, whatever the seed is.
      var draw = Draw(seed: 0, stream: exercise.id)
      // On a copy: what the sample refuses is no reason for anything.
      var copy = self
      sample = (try? copy.walkSample(Permutation(of: space, &draw))) ?? []
    }
    let costs = sample.map(\.difficulty).sorted()
    guard let least = costs.first, let most = costs.last else { throw refused() }
    let low = costs[costs.count / 3]
    let high = costs[2 * costs.count / 3]
    switch band {
    case .easy: return least...max(least, low)
    case .medium: return low...max(low, high)
    case .hard: return high...max(high, most)
    case .all: return nil
    }
  }

  private mutating func walkSample(_ order: Permutation) throws(Problem) -> [Member] {
    var found: [Member] = []
    for step in 0..<min(space, Self.leastTries) where found.count < 200 {
      if let member = attempt(exercise.place(order[step])) { found.append(member) }
    }
    return found
  }

  // MARK: - Nothing left

  /// The filter that refused most.
  private var worst: Filter? {
    // The order of the filters decides between equals.
    Filter.allCases.max { refusals[$0, default: 0] < refusals[$1, default: 0] }
  }

  /// Why there is no variant: the filter that refused most.
  private func refused() -> Problem {
    guard let worst, let count = refusals[worst] else { return .spaceTooLarge() }
    return .noVariants(
      tried: tried, worst.rawValue, count,
      worst.refusal(cap: exercise.cap.text, places: exercise.places), worst.advice)
  }

  /// How many choices of numbers each filter refused, the first filter first.
  package var report: [(filter: Filter, count: Int)] {
    Filter.allCases.compactMap { filter in refusals[filter].map { (filter, $0) } }
  }

  /// Tries some choices of numbers of a large space, for the report; how many of them are fit.
  package mutating func sample(_ count: Int) -> Int {
    var draw = Draw(seed: 0, stream: exercise.id)
    let order = Permutation(of: space, &draw)
    return (0..<min(count, space)).count { attempt(exercise.place(order[$0])) != nil }
  }

  /// How many choices of numbers there are.
  package var spaceSize: Int { space }
}
