internal import Engine
package import Language

/// Makes the items of one problem again: nothing is drawn and nothing is filtered.
package struct Remaking: Sendable {
  private let trials: Trials

  package init(of exercise: Exercise) { trials = Trials(of: exercise) }

  /// An item from its recipe.
  ///
  /// `number`, `count`, `seed`, `form`, `stratum`: as they were.
  package func item(
    _ recipe: Item.Recipe, number: Int, count: Int?, seed: UInt64, form: String, stratum: String
  ) throws(Problem) -> Item {
    var own = trials.exercise
    var digits: [Int] = []
    guard recipe.numbers.count == own.dimensions.count else { throw .foreignRecipe(own.id) }
    for (place, pair) in recipe.numbers.enumerated() {
      let dimension = own.dimensions[place]
      guard pair.count == 2, pair[0] == dimension.name else { throw .foreignRecipe(own.id) }
      let value = try RangeReader.number(pair[1])
      // A number that was fixed need not be in the range.
      if let digit = dimension.values.firstIndex(of: value) {
        digits.append(digit)
      } else {
        digits.append(dimension.values.count)
        own.dimensions[place] = Exercise.Dimension(
          name: dimension.name, values: dimension.values + [value])
      }
    }
    let isChoice = if case .choose = own.task { true } else { false }
    let option = isChoice ? recipe.option : 0
    guard own.cases.indices.contains(option),
      (0..<Exercise.slips).contains(recipe.option) || isChoice
    else { throw .foreignRecipe(own.id) }
    let trials = Trials(of: own, mistakes: trials.mistakes)
    let place = Trial.Place(
      index: 0, digits: digits, option: option, slip: isChoice ? 0 : recipe.option)
    guard let trial = trials.unfiltered(place) else { throw .foreignRecipe(own.id) }
    let request = VariantRequest(seed: seed, stratum: stratum.isEmpty ? nil : stratum)
    var item = try ItemMaking(
      own, trials, trial, request, number: number, count: count, recipe.bits
    ).item()
    item.form = form
    return item
  }
}

extension Trials {
  /// The numbers of a place, fit to be asked or not; nil where an answer has no exact number.
  func unfiltered(_ place: Trial.Place) -> Trial? {
    let own = exercise.cases[place.option]
    let inputs = inputs(place)
    let rounded = own.graph.values(holding: inputs.mapValues(\.double))
    let exact = ExactPass(over: own.graph, inputs: inputs, conventions: exercise.conventions)
    let values = exact.values(orElse: rounded)
    let gradients = exact.gradients(
      orElse: own.graph.adjoints(at: rounded, conventions: exercise.conventions))
    let dead = own.graph.deadUnits(values)
    let answers = own.asks.compactMap { $0.query.exact(exact, dead)?.rational }
    guard answers.count == own.asks.count else { return nil }
    return Trial(
      place: place, values: values, gradients: gradients, exact: exact, answers: answers,
      difficulty: Trial.difficulty(own.graph, values, gradients))
  }
}

extension Problem {
  package static func foreignRecipe(_ id: String) -> Problem {
    Problem(
      "bad-key", "the numbers of this key do not fit the problem \(id)",
      hint: "use the key that was written with the sheets, unchanged")
  }
}
