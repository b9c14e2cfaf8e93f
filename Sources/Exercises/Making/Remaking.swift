internal import Engine
package import Language

extension Exercise {
  /// An item made again from its recipe: nothing is drawn and nothing is filtered.
  ///
  /// `number`, `count`, `seed`, `form`, `stratum`: as they were.
  package func item(
    _ recipe: Item.Recipe, number: Int, count: Int?, seed: UInt64, form: String, stratum: String
  ) throws(Problem) -> Item {
    var own = self
    var digits: [Int] = []
    guard recipe.numbers.count == dimensions.count else { throw .foreignRecipe(id) }
    for (place, pair) in recipe.numbers.enumerated() {
      guard pair.count == 2, pair[0] == dimensions[place].name else { throw .foreignRecipe(id) }
      let value = try RangeReader.number(pair[1])
      own.dimensions[place] = Dimension(name: pair[0], values: [value])
      digits.append(0)
    }
    let isChoice = if case .choose = task { true } else { false }
    let option = isChoice ? recipe.option : 0
    guard cases.indices.contains(option), (0..<64).contains(recipe.option) else {
      throw .foreignRecipe(id)
    }
    let trials = Trials(of: own)
    let place = Trial.Place(
      index: 0, digits: digits, option: option, slip: isChoice ? 0 : recipe.option)
    guard let trial = trials.unfiltered(place) else { throw .foreignRecipe(id) }
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
    let values = own.graph.values(holding: inputs.mapValues(\.double))
    let gradients = own.graph.adjoints(at: values, conventions: exercise.conventions)
    let exact = ExactPass(over: own.graph, inputs: inputs, conventions: exercise.conventions)
    let dead = own.graph.deadUnits(values)
    let answers = own.asks.compactMap { $0.query.exact(exact, dead)?.rational }
    guard answers.count == own.asks.count else { return nil }
    return Trial(
      place: place, values: values, gradients: gradients, exact: exact, answers: answers,
      difficulty: Trial.difficulty(own.graph, values, gradients))
  }
}

extension Problem {
  static func foreignRecipe(_ id: String) -> Problem {
    Problem(
      "bad-key", "the numbers of this key do not fit the problem \(id)",
      hint: "use the key that was written with the sheets, unchanged")
  }
}
