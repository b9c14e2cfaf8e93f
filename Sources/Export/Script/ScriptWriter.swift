internal import Engine
internal import Language

/// Says formulas in Python, one after the other, with a stack of half-read formulas instead of recursion.
struct ScriptWriter {
  let framework: Framework
  let definitions: Definitions
  let conventions: Conventions
  var names = PythonNames()
  /// What each name stands for that a statement or an input has been written for.
  var known: [String: PythonPart] = [:]
  /// The functions of the framework's own words that are needed, by name.
  var helpers: [(name: String, lines: [String])] = []
  /// The learner's functions that are needed, callees first.
  var functions: [Function] = []
  var made: [Call: Made] = [:]
  private(set) var frames: [Frame] = []
  private var stack: [PythonPart] = []

  /// A function of the learner's as it is called with arguments of some shapes.
  struct Call: Hashable {
    let name: String
    let arguments: [Argument]
    struct Argument: Hashable {
      let shape: Shape
      let isTracked: Bool
      /// The number that an argument is first, where it counts.
      let count: Double?
    }
  }

  /// What such a call is called in Python, and what comes out of it.
  struct Made {
    let identifier: String
    let result: PythonPart
  }

  struct Function {
    let name: String
    let identifier: String
    let body: [String]
    /// Whether it uses names besides its parameters.
    let isOpen: Bool
    var lines: [String] { body.map { $0.replacing(Self.ownName, with: identifier) } }
    /// What stands for the identifier in the body, which no text of a script contains.
    static let ownName = "\u{0}"
  }

  /// A formula that is being read, and how far.
  struct Frame {
    let formula: Formula
    var cursor = 0
    /// Parameters and the variables of loops.
    var environment: [String: PythonPart]
    let role: Role
    /// Parts that were given names, as they would nest too deep.
    var statements: [String] = []
  }

  enum Role {
    case definition
    case function(Call, parameters: [String], isOpen: Bool)
    case loop(variable: String, from: PythonPart, through: PythonPart)
  }

  init(_ framework: Framework, _ definitions: Definitions, _ conventions: Conventions) {
    self.framework = framework
    self.definitions = definitions
    self.conventions = conventions
  }

  /// A formula in Python, and the lines that have to stand before it.
  mutating func written(
    _ formula: Formula
  ) throws(Problem) -> (part: PythonPart, before: [String]) {
    frames = [Frame(formula: formula, environment: [:], role: .definition)]
    stack = []
    while let top = frames.indices.last {
      if frames[top].cursor < frames[top].formula.nodes.count {
        try readPart(top)
      } else if case .definition = frames[top].role {
        break
      } else {
        try finish(frames.removeLast())
      }
    }
    let before = frames.last?.statements ?? []
    guard let part = stack.popLast() else { throw .notInScripts("an empty formula") }
    return (tensorised(part), before)
  }

  private mutating func readPart(_ top: Int) throws(Problem) {
    let formula = frames[top].formula
    let node = formula.nodes[frames[top].cursor]
    switch node.kind {
    case .number: stack.append(.literal(node.number))
    case .name:
      let name = formula.names[Int(node.reference)]
      guard let part = frames[top].environment[name] ?? known[name] else {
        throw .notInScripts(name)
      }
      stack.append(part)
    case .apply: put(try applied(node.reference, popped(node.arity)), top)
    case .composite:
      let record = Composite[node.reference]
      if record.spelling(in: framework) == .ownFormula,
        let formula = Composite.formula(of: node.reference)
      {
        let parameters = record.parameters.map(\.name)
        guard try call(record.name, parameters, formula, Int(node.arity)) else { return }
      } else {
        put(try composite(record, popped(node.arity)), top)
      }
    case .vector: put(vector(popped(node.arity)), top)
    case .range: stack.append(try range(popped(2)))
    case .index: put(try indexed(popped(node.arity)), top)
    case .loop:
      let bounds = popped(2)
      let loop = formula.loops[Int(node.reference)]
      frames[top].cursor += 1
      let variable = names.identifier(for: loop.variable)
      var environment = frames[top].environment
      environment[loop.variable] = PythonPart(
        text: variable, kind: .counter(variable, plus: 0), known: bounds[0].known)
      frames.append(
        Frame(
          formula: loop.body, environment: environment,
          role: .loop(variable: variable, from: bounds[0], through: bounds[1])))
      return
    case .call:
      let name = formula.names[Int(node.reference)]
      guard let function = definitions.functions[name] else { throw .notInScripts(name) }
      guard try call(name, function.parameters, function.formula, Int(node.arity)) else { return }
    }
    frames[top].cursor += 1
  }

  private mutating func popped(_ count: Int32) -> [PythonPart] { popped(Int(count)) }

  private mutating func popped(_ count: Int) -> [PythonPart] {
    let parts = Array(stack.suffix(count))
    stack.removeLast(min(count, stack.count))
    return parts
  }

  /// How many operations may stand inside each other: Python gives up at some hundred brackets.
  private static let mostNested = 30

  /// Puts a result down; one that nests too deep is given a name first.
  private mutating func put(_ part: PythonPart, _ top: Int) {
    guard part.depth > Self.mostNested, part.kind == .tensor else { return stack.append(part) }
    if case .loop = frames[top].role { return stack.append(part) }
    let name = names.free("part\(frames[top].statements.count + 1)")
    frames[top].statements.append("\(name) = \(part.text)")
    stack.append(.tensor(name, part.shape, isTracked: part.isTracked))
  }

  // MARK: - Calls

  /// Writes the call that ends at the cursor, or puts the function on top to be written first.
  private mutating func call(
    _ name: String, _ parameters: [String], _ formula: Formula, _ count: Int
  ) throws(Problem) -> Bool {
    let counting = countingParameters(of: name, parameters, formula)
    let arguments = zip(parameters, stack.suffix(count)).map { parameter, argument in
      counting.contains(parameter) ? argument : tensorised(argument)
    }
    guard arguments.count == parameters.count else { throw .notInScripts(name) }
    let call = Call(
      name: name,
      arguments: zip(parameters, arguments).map { parameter, argument in
        let counts = counting.contains(parameter)
        return Call.Argument(
          shape: argument.shape, isTracked: argument.isTracked && !counts,
          count: counts ? argument.known : nil)
      })
    if let known = made[call] {
      _ = popped(count)
      var result = known.result
      let texts = zip(parameters, arguments).map { parameter, argument in
        counting.contains(parameter)
          ? argument.counted(plus: 0) ?? argument.written(needs: PythonPart.loosest)
          : argument.written(needs: PythonPart.loosest)
      }
      result.text = "\(known.identifier)(\(texts.joined(separator: ", ")))"
      result.precedence = PythonPart.atom
      result.depth = 1 + (arguments.map(\.depth).max() ?? 0)
      if let top = frames.indices.last { put(result, top) }
      return true
    }
    var environment: [String: PythonPart] = [:]
    for (parameter, argument) in zip(parameters, arguments) {
      let identifier = names.identifier(for: parameter)
      environment[parameter] =
        counting.contains(parameter)
        ? PythonPart(text: identifier, kind: .counter(identifier, plus: 0), known: argument.known)
        : .tensor(identifier, argument.shape, isTracked: argument.isTracked)
    }
    let isOpen = !freeNames(of: formula, except: parameters).isEmpty
    frames.append(
      Frame(
        formula: formula, environment: environment,
        role: .function(call, parameters: parameters, isOpen: isOpen)))
    return false
  }

  /// A loop's body or a function's has been read.
  private mutating func finish(_ frame: Frame) throws(Problem) {
    guard let body = stack.popLast() else { throw .notInScripts("an empty formula") }
    switch frame.role {
    case .definition: stack.append(body)
    case .loop(let variable, let from, let through):
      stack.append(try elements(body, variable, from, through))
    case .function(let call, let parameters, let isOpen):
      let result = tensorised(body)
      let head = parameters.map { names.identifier(for: $0) }.joined(separator: ", ")
      let lines =
        ["def \(Function.ownName)(\(head)):"]
        + (frame.statements + ["return \(result.written(needs: PythonPart.loosest))"]).map {
          "    " + $0
        }
      made[call] = Made(identifier: identifier(of: call.name, lines, isOpen), result: result)
    }
  }

  /// The identifier of a function with such a body: one that is there already, or a new one.
  private mutating func identifier(
    of name: String, _ lines: [String], _ isOpen: Bool
  ) -> String {
    if let same = functions.first(where: { $0.name == name && $0.body == lines }) {
      return same.identifier
    }
    let isFirst = !functions.contains { $0.name == name }
    let identifier =
      isFirst ? names.identifier(for: name) : names.free(names.identifier(for: name) + "_2")
    functions.append(Function(name: name, identifier: identifier, body: lines, isOpen: isOpen))
    return identifier
  }
}
