internal import Engine
internal import Language
package import Lessons

extension Exercise {
  /// The keys of the front matter of a problem file.
  package static let keys = ["id", "type", "source", "places", "cap"]

  /// Reads a problem file.
  ///
  /// `name`: the file's name without its ending, which is the id where the file gives none.
  package init(parsing bytes: [UInt8], name: String) throws(LessonProblem) {
    let text = try ExerciseText(parsing: bytes, keys: Self.keys)
    var reader = ExerciseReader(text)
    reader.exercise.id = Self.identifier(name)
    self = try reader.read()
  }

  /// Letters, digits and hyphens: what every format takes for an identifier.
  static func identifier(_ text: String) -> String {
    let parts = text.lowercased().split { character in
      !(character.isASCII && (character.isLetter || character.isNumber))
    }
    let joined = parts.joined(separator: "-")
    return joined.first?.isLetter == true ? joined : "p-" + joined
  }
}

/// Puts an exercise together, line by line.
struct ExerciseReader {
  var exercise = Exercise()
  private let text: ExerciseText
  var definitions = Definitions()
  /// What is asked, kept, set apart or wrong, until there is a graph that it can speak of.
  var asks: [(text: String, line: Int)] = []
  var conditions: [(text: String, line: Int)] = []
  var strata: [(name: String, text: String, line: Int)] = []
  var wrongs:
    [(name: String, ask: String, text: String, feedback: String, credit: Int, line: Int)] = []
  /// The formulas that depend on names, in the order of definition.
  private var computed: [String] = []
  private var output: String?

  init(_ text: ExerciseText) { self.text = text }

  /// Where what is missing would stand.
  var lastLine: Int { text.lines.last?.number ?? 1 }

  mutating func read() throws(LessonProblem) -> Exercise {
    exercise.title = text.title
    exercise.prose = text.prose
    for entry in text.matter { try read(entry) }
    for line in text.lines {
      do throws(Problem) {
        guard let statement = Statement(line.text) else { throw .unknownStatement(line.text) }
        try read(statement, line.number)
      } catch {
        throw LessonProblem(line.number, error.pointing(into: line.text))
      }
    }
    do throws(Problem) {
      try finish()
    } catch {
      throw LessonProblem(lastLine, error)
    }
    try resolve()
    try checkProse()
    return exercise
  }

  private mutating func read(_ entry: ExerciseText.Entry) throws(LessonProblem) {
    let value = entry.value
    switch entry.key {
    case "id":
      guard Exercise.identifier(value) == value else {
        throw LessonProblem(
          entry.line, .badMatter("id", value, wanted: "small letters, digits and hyphens"))
      }
      exercise.id = value
    case "type": exercise.type = value
    case "source": exercise.source = value
    case "places":
      guard let places = Int(value), (0...6).contains(places) else {
        throw LessonProblem(entry.line, .badMatter("places", value, wanted: "0 to 6"))
      }
      exercise.places = places
    default:
      guard let cap = Rational(decimal: value), cap.sign > 0 else {
        throw LessonProblem(entry.line, .badMatter("cap", value, wanted: "a number above 0"))
      }
      exercise.cap = cap
    }
  }

  // MARK: - Lines

  private mutating func read(_ statement: Statement, _ line: Int) throws(Problem) {
    switch statement {
    case .definition(let text): try define(text)
    case .range(let names, let range):
      let values = try RangeReader.values(range)
      for name in names { try addRange(name, values) }
    case .ask(let list):
      for part in list.partedOutsideBrackets(by: ",") { asks.append((part, line)) }
    case .keep(let condition): conditions.append((condition, line))
    case .stratum(let text):
      guard let (name, condition) = text.parted(by: ":"), !name.trimmed.isEmpty,
        !name.trimmed.contains(" ")
      else { throw .badStratum(text) }
      strata.append((name.trimmed, condition.trimmed, line))
    case .wrong(let text): try addWrong(text, line)
    case .mistakes(let list):
      let names = list.partedOutsideBrackets(by: ",")
      for name in names where Misconception.named(name) == nil { throw .unknownMistake(name) }
      exercise.mistakes = names
    case .allow(let list):
      for name in list.partedOutsideBrackets(by: ",") {
        guard let filter = Filter(rawValue: name), Filter.optional.contains(filter) else {
          throw .unknownFilter(name)
        }
        exercise.allowed.insert(filter)
      }
    case .constant(let list):
      exercise.constants.formUnion(list.partedOutsideBrackets(by: ","))
    case .output(let name): output = name
    case .hide(let list):
      let names = list.partedOutsideBrackets(by: ",")
      for name in names where !computed.contains(name) {
        throw .unknownQuantity(name, known: computed)
      }
      exercise.hidden.formUnion(names)
    case .choose(let text):
      guard let (name, options) = text.parted(by: ":") else { throw .badChoice(text) }
      let formulas = options.split(separator: "|").map { String($0).trimmed }
      guard formulas.count > 1, formulas.count <= 8, Set(formulas).count == formulas.count else {
        throw .badChoice(text)
      }
      exercise.task = .choose(name: name.trimmed, options: formulas)
      output = name.trimmed
    case .findError: exercise.task = .findError
    case .set(let text):
      let words = text.split(separator: " ").map(String.init)
      let settings = Primitive.conventions.compactMap(\.convention.setting)
      guard words.count == 2, settings.contains(words[0]), let value = Double(words[1]) else {
        throw .badSetting(text)
      }
      exercise.conventions[setting: words[0]] = value
    }
  }

  private mutating func define(_ text: String) throws(Problem) {
    guard
      let assignments = try Assignment.reading(text, functions: definitions.argumentCounts)
    else { throw .unknownStatement(text) }
    for assignment in assignments {
      let name = assignment.name
      if exercise.dimensions.contains(where: { $0.name == name || $0.name.hasPrefix(name + "[") }) {
        throw .repeatedRange(name)
      }
      try definitions.define(assignment)
      if assignment.parameters != nil { continue }
      if assignment.formula.variables.isEmpty, assignment.formula.calledFunctions.isEmpty {
        exercise.fixed.append(name)
      } else {
        computed.append(name)
        exercise.formulas.append(Item.Definition(name: name, formula: assignment.formula))
      }
    }
  }

  /// `w1`, `x[3]` for a vector of three, `W[2,2]` for a matrix.
  private mutating func addRange(_ name: String, _ values: [Exact]) throws(Problem) {
    let (stem, index) = Definitions.element(name) ?? (name, [])
    guard let formula = try? Formula(reading: stem), formula.nodes.count == 1,
      formula.variables == [stem]
    else {
      throw .badRange(name)
    }
    if definitions.variables[stem] != nil {
      throw computed.contains(stem) ? .rangeForFormula(stem) : .repeatedRange(stem)
    }
    let first = values[0].double
    let count = index.reduce(1) { $0 * min(max($1, 0), 1_000) }
    guard index.count <= 2, count >= 1, count <= 200 else { throw .badRange(name) }
    let shape: Shape =
      switch index.count {
      case 0: .scalar
      case 1: .vector(index[0])
      default: .matrix(rows: index[0], columns: index[1])
      }
    definitions.set(stem, to: Tensor(shape, [Double](repeating: first, count: count)))
    for place in 0..<count {
      exercise.dimensions.append(
        Exercise.Dimension(name: stem + shape.index(of: place), values: values))
    }
  }

  private mutating func addWrong(_ text: String, _ line: Int) throws(Problem) {
    guard let (head, rest) = text.parted(by: ":"), let (formula, feedback) = rest.parted(by: "|"),
      !feedback.trimmed.isEmpty
    else { throw .badWrong(text) }
    let (left, ask) = head.parted(by: " for ") ?? (head, "")
    let (name, percent) = left.parted(by: " credit ") ?? (left, "0")
    guard !name.trimmed.isEmpty, !name.trimmed.contains(" "), let credit = Int(percent.trimmed),
      (0...90).contains(credit)
    else { throw .badWrong(text) }
    wrongs.append((name.trimmed, ask.trimmed, formula.trimmed, feedback.trimmed, credit, line))
  }

  // MARK: - The graph

  private mutating func finish() throws(Problem) {
    guard let output = output ?? computed.last else { throw .nothingComputed() }
    guard !exercise.dimensions.isEmpty else { throw .nothingVaries() }
    let others = mentioned.filter { $0 != output && definitions.variables[$0] != nil }
    var variants = [definitions]
    if case .choose(let name, let options) = exercise.task {
      variants = []
      for option in options {
        var copy = definitions
        guard
          let assignment = try Assignment.reading(
            "\(name) = \(option)", functions: copy.argumentCounts)
        else { throw .badChoice(option) }
        for assignment in assignment { try copy.define(assignment) }
        variants.append(copy)
      }
    }
    for variant in variants {
      let graph = try Graph(of: output, beside: others, in: variant)
      try Limit.exercise.check(graph.nodes.count)
      let varying = Set(exercise.dimensions.map(\.name))
      if let name = graph.countingNames.sorted().first(where: varying.contains) {
        throw .shapeDependsOn(name)
      }
      if let name = graph.classNames.keys.sorted().first(where: varying.contains) {
        throw .shapeDependsOn(name)
      }
      let missing = graph.missingInputs
      guard missing.isEmpty else { throw .missingRange(missing) }
      // What has been made, may not be part of a graph: then it is a number nobody needs.
      let inputs = exercise.dimensions.map { dimension in graph.nodeOfLabel[dimension.name] }
      exercise.cases.append(Exercise.Case(graph: graph, inputs: inputs))
    }
  }
}
