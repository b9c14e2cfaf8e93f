internal import Engine
internal import Language

/// One choice of numbers, computed in every way that decides whether it is fit to be asked about.
struct Trial: Sendable {
  /// The case, the place of each dimension's number, and for a wrong table which mistake is in it.
  let place: Place
  let values: [Double]
  let gradients: [Double]
  let exact: ExactPass
  /// The right answers, in the order of the asks.
  let answers: [Rational]
  let difficulty: Int

  /// Where in its space a variant is: canonical order is the order of these.
  struct Place: Hashable, Sendable, Comparable {
    let index: Int
    let digits: [Int]
    let option: Int
    let slip: Int

    static func < (a: Place, b: Place) -> Bool { a.index < b.index }
  }
}

/// Tries numbers out: both passes in doubles, then without rounding, then with every known mistake.
struct Trials: Sendable {
  let exercise: Exercise
  /// For each case, the known mistakes that show there.
  let mistakes: [MistakeTable]
  private let starts: [[Double]]

  /// `mistakes`: those found out for the same exercise before.
  init(of exercise: Exercise, mistakes: [MistakeTable]? = nil) {
    self.exercise = exercise
    starts = exercise.cases.map { $0.graph.nodes.map(\.value) }
    self.mistakes = mistakes ?? exercise.cases.map { MistakeTable(for: exercise, $0) }
  }

  /// The numbers of a place, by input.
  func inputs(_ place: Trial.Place) -> [NodeID: Exact] {
    var inputs: [NodeID: Exact] = [:]
    for (dimension, digit) in zip(exercise.dimensions.indices, place.digits) {
      if let node = exercise.cases[place.option].inputs[dimension] {
        inputs[node] = exercise.dimensions[dimension].values[digit]
      }
    }
    return inputs
  }

  /// What the place comes to, or the first filter that refuses it.
  func callAsFunction(_ place: Trial.Place) -> Result<Trial, Refused> {
    let own = exercise.cases[place.option]
    let graph = own.graph
    let inputs = inputs(place)
    let rounded = graph.values(holding: inputs.mapValues(\.double), from: starts[place.option])
    let cap = exercise.cap.double
    guard rounded.allSatisfy({ $0.magnitude <= cap }) else { return refuse(.size) }
    // From here on without rounding: whether 0.1 + 0.2 - 0.3 is 0 decides about a relu.
    let exact = ExactPass(over: graph, inputs: inputs, conventions: exercise.conventions)
    let values = exact.values(orElse: rounded)
    if refuses(.kink, { isOnKink(graph, values) }) { return refuse(.kink) }
    if refuses(.zeroValue, { hasZero(graph, values) }) { return refuse(.zeroValue) }
    if refuses(.saturated, { isSaturated(graph, values) }) { return refuse(.saturated) }
    let adjoints = graph.adjoints(at: rounded, conventions: exercise.conventions)
    let gradients = exact.gradients(orElse: adjoints)
    guard gradients.allSatisfy({ $0.magnitude <= cap }) else { return refuse(.size) }
    let holds = { (query: Exercise.Query) in query.number(values, gradients, graph) == 1 }
    guard own.conditions.allSatisfy(holds) else { return refuse(.kept) }
    if refuses(.zeroGradient, { hasZeroGradient(own, gradients) }) { return refuse(.zeroGradient) }
    guard Self.agree(values, rounded), Self.agree(gradients, adjoints),
      let answers = answers(own, exact, values)
    else { return refuse(.places) }
    let difficulty = Trial.difficulty(graph, values, gradients)
    let trial = Trial(
      place: place, values: values, gradients: gradients, exact: exact, answers: answers,
      difficulty: difficulty)
    if case .choose = exercise.task {
      return isUnlikeOthers(trial) ? .success(trial) : refuse(.choice)
    }
    return diagnostic(trial)
  }

  /// The filter that refused a place.
  struct Refused: Error {
    let filter: Filter
  }

  private func refuse(_ filter: Filter) -> Result<Trial, Refused> {
    .failure(Refused(filter: filter))
  }

  private func refuses(_ filter: Filter, _ test: () -> Bool) -> Bool {
    !exercise.allowed.contains(filter) && test()
  }

  // MARK: - Numbers a hand can handle

  private func isOnKink(_ graph: Graph, _ values: [Double]) -> Bool {
    graph.nodes.indices.contains { gate in
      // Equality holds at its flip and nowhere else: it could never be asked about.
      guard graph.nodes[gate].kind == .gate, !graph.primitive(of: gate).conventions.isEmpty,
        !["==", "!="].contains(graph.primitive(of: gate).name)
      else { return false }
      return !exercise.conventions.used(
        at: gate, in: graph, operands: graph.operands(of: gate).map { values[Int($0)] },
        result: values[gate]
      ).isEmpty
    }
  }

  private func hasZero(_ graph: Graph, _ values: [Double]) -> Bool {
    graph.nodes.indices.contains { graph.nodes[$0].kind == .gate && values[$0] == 0 }
  }

  private func isSaturated(_ graph: Graph, _ values: [Double]) -> Bool {
    graph.nodes.indices.contains { gate in
      guard graph.nodes[gate].kind == .gate,
        ["sigmoid", "tanh"].contains(graph.primitive(of: gate).name),
        let input = graph.operands(of: gate).first
      else { return false }
      return values[Int(input)].magnitude > 3
    }
  }

  private func hasZeroGradient(_ own: Exercise.Case, _ gradients: [Double]) -> Bool {
    own.asks.contains { ask in
      guard !ask.isZeroQuestion else { return false }
      return ask.query.references.contains { reference in
        if case .gradient(let node) = reference { gradients[node] == 0 } else { false }
      }
    }
  }

  /// The answers without rounding; nil unless each ends within the places that are promised, and so
  /// does everything a hand has to write down on the way.
  private func answers(
    _ own: Exercise.Case, _ exact: ExactPass, _ values: [Double]
  ) -> [Rational]? {
    let ends = { (number: Rational) in number.places.map { $0 <= exercise.places } ?? false }
    for node in own.graph.nodes.indices where own.graph.nodes[node].kind == .gate {
      guard let value = exact.values[node] else { return nil }
      if let number = value.rational, !ends(number) { return nil }
    }
    let dead = own.graph.deadUnits(values)
    var answers: [Rational] = []
    for ask in own.asks {
      guard let number = ask.query.exact(exact, dead)?.rational, ends(number) else { return nil }
      answers.append(number)
    }
    return answers
  }

  // MARK: - Numbers that tell mistakes apart

  /// Whether no other formula to choose from has the numbers that are shown.
  private func isUnlikeOthers(_ trial: Trial) -> Bool {
    let shown = trial.answers.map(\.double)
    return exercise.cases.indices.allSatisfy { option in
      guard option != trial.place.option else { return true }
      let other = exercise.cases[option]
      let place = Trial.Place(
        index: 0, digits: trial.place.digits, option: option, slip: 0)
      let values = other.graph.values(
        holding: inputs(place).mapValues(\.double), from: starts[option])
      let gradients = other.graph.adjoints(at: values, conventions: exercise.conventions)
      let numbers = other.asks.map { $0.query.number(values, gradients, other.graph) }
      return zip(shown, numbers).contains {
        !(($0 - $1).magnitude <= 2 * exercise.tolerance)
      }
    }
  }

  private func diagnostic(_ trial: Trial) -> Result<Trial, Refused> {
    let own = exercise.cases[trial.place.option]
    if refuses(.hidden, { hasHiddenValue(own, trial) }) { return refuse(.hidden) }
    let right = trial.answers.map(\.double)
    let tolerance = exercise.tolerance
    var wrong: [[Double]] = []
    for (mistake, answer) in mistakes[trial.place.option].answers(at: trial.values, trial.gradients)
    {
      wrong.append(answer)
      for row in right.indices {
        let distance = (answer[row] - right[row]).magnitude
        if answer[row].isNaN || isSame(answer[row], right[row]) {
          if mistake.usualRows[row], refuses(.hidden, { true }) { return refuse(.hidden) }
        } else if !(distance > 2 * tolerance) {
          // Apart, but a marker could not tell.
          if refuses(.hidden, { true }) { return refuse(.hidden) }
        }
      }
    }
    if refuses(.distinct, { Self.haveTwins(wrong, right, tolerance) }) { return refuse(.distinct) }
    return .success(trial)
  }

  /// Whether the tape, which rounds, comes to the numbers that are exact.
  private static func agree(_ exact: [Double], _ rounded: [Double]) -> Bool {
    zip(exact, rounded).allSatisfy(isSame)
  }

  /// Whether a slip at one gate on the way forward gives the right value of an asked gate.
  ///
  /// A switch such as max or relu puts out one of its inputs: to take that for its value is no slip.
  private func hasHiddenValue(_ own: Exercise.Case, _ trial: Trial) -> Bool {
    own.asks.contains { ask in
      guard case .value(let node)? = ask.query.single, own.graph.nodes[node].kind == .gate,
        !own.graph.isSwitch(node)
      else { return false }
      return WrongValue.hiddenCount(of: node, in: own.graph, at: trial.values) > 0
    }
  }

  /// Whether two of the mistakes that show give one answer.
  private static func haveTwins(
    _ wrong: [[Double]], _ right: [Double], _ tolerance: Double
  ) -> Bool {
    let showing = wrong.filter { !zip($0, right).allSatisfy(isSame) }
    for (place, one) in showing.enumerated() {
      for other in showing[(place + 1)...] {
        let isTwin = zip(one, other).allSatisfy { ($0 - $1).magnitude <= 2 * tolerance }
        if isTwin { return true }
      }
    }
    return false
  }
}
