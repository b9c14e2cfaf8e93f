internal import Engine
internal import Language
internal import Typesetting

/// Makes an item of numbers that have passed every filter.
struct ItemMaking {
  let exercise: Exercise
  let trials: Trials
  let trial: Trial
  let own: Exercise.Case
  let scene: Scene
  private let request: VariantRequest
  private let number: Int
  private let count: Int?
  /// What is drawn for this item alone: the order of choices.
  private let bits: UInt64

  init(
    _ exercise: Exercise, _ trials: Trials, _ trial: Trial, _ request: VariantRequest, number: Int,
    count: Int?, _ bits: UInt64
  ) throws(Problem) {
    self.exercise = exercise
    self.trials = trials
    self.trial = trial
    self.request = request
    self.number = number
    self.count = count
    self.bits = bits
    own = exercise.cases[trial.place.option]
    let graph = own.graph.holding(trials.inputs(trial.place).mapValues(\.double))
    let tape = try Tape(of: graph, conventions: exercise.conventions)
    scene = Scene(tape, at: tape.end, style: Style())
  }

  var draw: Draw { Draw(seed: bits, stream: exercise.id) }

  /// The item, with everything in it.
  func item() throws(Problem) -> Item {
    let text = ProsePaper.blocks(exercise.prose, filling: filled)
    let blanks: [Blank]
    var exhibit: [Paper.Block] = []
    switch exercise.task {
    case .fill: blanks = askedBlanks()
    case .choose(let name, let options): blanks = [choiceBlank(name, options)]
    case .findError:
      let table = try ErrorTable(self)
      exhibit = [table.block]
      blanks = table.blanks
    }
    var item = Item(
      problem: exercise.id, type: exercise.type, title: exercise.title, number: number,
      count: count, seed: request.seed, form: "", points: exercise.points,
      difficulty: trial.difficulty, stratum: request.stratum ?? "", text: text,
      formulas: shownFormulas, given: given, blanks: blanks, tape: scene.tape,
      conventions: conventions)
    for (dimension, digit) in zip(exercise.dimensions, trial.place.digits) {
      item.recipe.numbers.append([dimension.name, dimension.values[digit].text])
    }
    item.exhibit = exhibit
    item.constants = exercise.constants
    item.hidesFormulas = !exercise.hidden.isEmpty
    item.hasLogarithms = trial.exact.values.contains {
      if case .logarithm? = $0 { true } else { false }
    }
    item.recipe.option = trial.place.option + trial.place.slip
    item.recipe.bits = bits
    return item
  }

  /// Where a formula is to be chosen it is not shown.
  private var shownFormulas: [Item.Definition] {
    var hidden = exercise.hidden
    if case .choose(let name, _) = exercise.task { hidden.insert(name) }
    return exercise.formulas.filter { !hidden.contains($0.name) }
  }

  /// What stands for `{name}` in the author's text.
  private func filled(_ name: String) -> String? {
    if let given = given.first(where: { $0.name == name }) { return given.text }
    if let formula = exercise.formulas.first(where: { $0.name == name }) {
      return scene.style.formula(formula.formula)
    }
    return nil
  }

  /// Choices at corners that the numbers make use of, and those that gates which matter have.
  private var conventions: [String] {
    var statements: [String] = []
    let asksGradients = own.asks.contains { ask in
      ask.query.references.contains { if case .gradient = $0 { true } else { false } }
    }
    guard asksGradients else { return [] }
    for gate in scene.graph.gates {
      for convention in scene.graph.primitive(of: gate).conventions
      where convention.setting != nil {
        let statement = exercise.conventions.statement(of: convention)
        if !statements.contains(statement) { statements.append(statement) }
      }
    }
    return statements
  }

  // MARK: - Given

  /// The realised numbers, vectors together.
  private var given: [Item.Given] {
    var exact: [String: Exact] = [:]
    for (dimension, digit) in zip(exercise.dimensions, trial.place.digits) {
      exact[dimension.name] = dimension.values[digit]
    }
    var names: [String] = []
    for dimension in exercise.dimensions {
      let name = Definitions.element(dimension.name)?.name ?? dimension.name
      if !names.contains(name) { names.append(name) }
    }
    var result = names.map { name -> Item.Given in
      if let number = exact[name] {
        return Item.Given(name: name, text: number.text, values: [number.double])
      }
      let elements = exercise.dimensions.map(\.name).filter {
        Definitions.element($0)?.name == name
      }
      let numbers = elements.compactMap { exact[$0] }
      let columns = elements.last.flatMap { Definitions.element($0)?.index }
      return Item.Given(
        name: name, text: Self.written(numbers.map(\.text), index: columns ?? []),
        values: numbers.map(\.double))
    }
    for name in exercise.fixed {
      let graph = scene.graph
      let nodes = graph.nodeOfLabel[name].map { [$0] } ?? graph.group(named: name)?.nodes ?? []
      guard !nodes.isEmpty else { continue }
      let shape = graph.group(named: name)?.shape ?? .scalar
      let values = nodes.map { scene.now.values[$0] }
      result.append(
        Item.Given(
          name: name, text: Tensor(shape, values).formatted(.data).replacing("\n", with: " "),
          values: values))
    }
    if case .choose = exercise.task {
      for (ask, answer) in zip(own.asks, trial.answers) {
        result.append(
          Item.Given(name: ask.query.text, text: answer.text, values: [answer.double]))
      }
    }
    return result
  }

  /// `[1, 2]` or `[[1, 2], [3, 4]]`; `index`: the subscripts of the last element.
  private static func written(_ texts: [String], index: [Int]) -> String {
    guard index.count == 2, index[1] > 0 else { return "[\(texts.joined(separator: ", "))]" }
    let rows = stride(from: 0, to: texts.count, by: index[1]).map { start in
      "[" + texts[start..<min(start + index[1], texts.count)].joined(separator: ", ") + "]"
    }
    return "[\(rows.joined(separator: ", "))]"
  }

  // MARK: - Choices

  private func choiceBlank(_ name: String, _ options: [String]) -> Blank {
    var draw = draw
    let order = draw.shuffled(Array(options.indices))
    let right = order.firstIndex(of: trial.place.option) ?? 0
    return Blank(
      id: Exercise.identifier(name), asked: name, label: Math(.name(name)), quantity: .other,
      answer: .choice(order.map { options[$0] }, right: right), points: 1, step: nil,
      reason: [
        .text("Only "), .code(options[trial.place.option]), .text(" has these numbers."),
      ], wrong: [])
  }
}
