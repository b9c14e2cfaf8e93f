package import Language

/// What every name means: a spreadsheet of formulas.
///
/// A name is defined once; defining it again replaces the formula, and everything that uses the name
/// follows. A name that is used but not defined is an input that has yet to get a value.
package struct Definitions: Sendable {
  /// A name with a formula: `q = w1 + w2`, or with a number: `w1 = -2`.
  package struct Variable: Sendable {
    package let formula: Formula
    /// What was typed; nil for elements that nobody typed, which are written out when somebody asks:
    /// writing a matrix takes longer than changing one number in it.
    let typed: String?
    /// What stands behind the `=`.
    package var text: String { typed ?? tensor?.formatted(.data) ?? formula.description }
    /// Where `text` began in the line it was typed in; spans of the formula count from there.
    package var textStart = 0
    /// The numbers, when it is a vector or a matrix of nothing else.
    package var tensor: Tensor?
    /// Whether a formula without names makes this an input, which gradients arrive at.
    package let isInput: Bool
  }

  /// A function with parameters: `g(z) = 1 / (1 + exp(-z))`.
  package struct Function: Sendable {
    package let parameters: [String]
    package let formula: Formula
    package let text: String
  }

  package internal(set) var variables = NameTable<Variable>()
  package private(set) var functions: [String: Function] = [:]
  /// The names whose composite gates are opened into their parts.
  package internal(set) var expanded: Set<String> = []
  /// The names whose formula is one gate.
  package internal(set) var fused: Set<String> = []
  /// The turn in which each name was first defined.
  private var turns = NameTable<Int>()
  private var nextTurn = 0
  /// Vectors of which only elements have been given numbers so far.
  var loose: Set<String> = []
  /// Names that some formula has used, so that a new name known to nobody needs no search for cycles.
  private var used = NameTable<Bool>()

  package init() {}

  /// All names in the order they were first defined.
  package var order: [String] { turns.entries.sorted { $0.value < $1.value }.map(\.key) }

  /// How many names there are.
  package var count: Int { turns.count }

  /// Gives a name its place among the names, if it has none yet.
  mutating func enrol(_ name: String) {
    guard turns[name] == nil else { return }
    turns[name] = nextTurn
    nextTurn += 1
  }

  /// Takes down that some formula uses these names.
  mutating func use(_ names: [String]) {
    for name in names where used[name] == nil { used[name] = true }
  }

  /// Whether all names mean the same here and there.
  package func meansTheSame(as other: Definitions) -> Bool {
    variables.count == other.variables.count
      && variables.entries.allSatisfy { $1.formula == other.variables[$0]?.formula }
      && functions.mapValues(\.formula) == other.functions.mapValues(\.formula)
  }

  /// How many arguments each function takes, for the parser.
  package private(set) var argumentCounts: [String: Int] = [:]

  /// Gives a name its meaning, or refuses one that would depend on itself.
  ///
  /// `isInput`: whether a name for a plain number is an input and not a literal.
  package mutating func define(
    _ assignment: Assignment, isInput: Bool = true
  ) throws(Problem) {
    let name = assignment.name
    let uses = dependencies(of: assignment.formula).filter {
      assignment.parameters?.contains($0) != true
    }
    let key = assignment.parameters == nil ? name : name + "()"
    if used[key] != nil || uses.contains(key) {
      try refuseCycle(through: key, uses, at: assignment)
    }
    // A vector that is defined as a whole has no elements from before.
    if !loose.isEmpty, loose.contains(name) {
      loose.remove(name)
      for label in variables.keys where Self.element(label)?.name == name {
        variables[label] = nil
        turns[label] = nil
      }
    }
    if let parameters = assignment.parameters {
      if variables[name] != nil || isUsedAsNumber(name) {
        throw .nameIsVariable(name, at: assignment.nameSpan)
      }
      if let old = functions[name], old.parameters.count != parameters.count,
        isCalled(name)
      {
        throw .functionInUse(name, old.parameters.count, at: assignment.nameSpan)
      }
      argumentCounts[name] = parameters.count
      enrol(name)
      functions[name] = Function(
        parameters: parameters, formula: assignment.formula, text: assignment.text)
    } else {
      if functions[name] != nil { throw .nameIsFunction(name, at: assignment.nameSpan) }
      enrol(name)
      if variables[name]?.formula != assignment.formula {
        // What was opened or closed was another formula.
        fused.remove(name)
        expanded.remove(name)
      }
      variables[name] = Variable(
        formula: assignment.formula, typed: assignment.text, textStart: assignment.textStart,
        tensor: assignment.formula.literalTensor, isInput: isInput)
    }
    use(uses)
  }

  /// Opens the composite gates of a name, or undoes `close`.
  package mutating func open(_ name: String) {
    if fused.remove(name) == nil { expanded.insert(name) }
  }

  /// Makes the gates of a name one gate, or undoes `open`.
  package mutating func close(_ name: String) {
    if expanded.remove(name) == nil { fused.insert(name) }
  }

  /// The same definitions with no formula made one gate.
  package var unfused: Definitions {
    var copy = self
    copy.fused = []
    return copy
  }

  /// Whether only elements of a vector have been given numbers, and not the vector as a whole.
  package func isLoose(_ name: String) -> Bool { loose.contains(name) }

  /// The subscripts that such a vector's elements have been given numbers for, in order.
  package func looseSubscripts(of name: String) -> [Int] {
    guard isLoose(name) else { return [] }
    return variables.keys.compactMap { key in
      guard let (stem, index) = Self.element(key), stem == name, index.count == 1 else {
        return nil
      }
      return index[0]
    }.sorted()
  }

  /// The name a name stands for when it is only another word for it: `h = x` makes h be x.
  package func resolved(_ name: String) -> String {
    var name = name
    while let formula = variables[name]?.formula, formula.nodes.count == 1,
      formula.nodes[0].kind == .name, let other = formula.names.first
    {
      name = other
    }
    return name
  }

  /// The names a formula uses directly: variables, and functions with `()` behind their names.
  private func dependencies(of formula: Formula) -> [String] {
    formula.variables + formula.calledFunctions.map { $0 + "()" }
  }

  /// Whether some definition in force uses the name for a number.
  private func isUsedAsNumber(_ name: String) -> Bool {
    used[name] != nil
      && (variables.values.contains { $0.formula.variables.contains(name) }
        || functions.values.contains {
          !$0.parameters.contains(name) && $0.formula.variables.contains(name)
        })
  }

  /// Whether some definition in force calls the function.
  private func isCalled(_ function: String) -> Bool {
    variables.values.contains { $0.formula.calledFunctions.contains(function) }
      || functions.values.contains { $0.formula.calledFunctions.contains(function) }
  }

  private func dependencies(of key: String) -> [String] {
    if key.hasSuffix("()") {
      guard let function = functions[String(key.dropLast(2))] else { return [] }
      return dependencies(of: function.formula).filter { !function.parameters.contains($0) }
    }
    return variables[key].map { dependencies(of: $0.formula) } ?? []
  }

  /// Looks for a way from the new formula back to its own name, with a list instead of recursion.
  private func refuseCycle(
    through name: String, _ uses: [String], at assignment: Assignment
  ) throws(Problem) {
    var cameFrom: [String: String] = [:]
    var waiting: [String] = []
    for use in uses where cameFrom[use] == nil {
      cameFrom[use] = name
      waiting.append(use)
    }
    while let key = waiting.popLast() {
      if key == name {
        var path = [name]
        var next = cameFrom[name] ?? name
        while next != name {
          path.append(next)
          next = cameFrom[next] ?? name
        }
        path.append(name)
        throw .cycle(path.reversed(), at: assignment.nameSpan)
      }
      for use in dependencies(of: key) where cameFrom[use] == nil {
        cameFrom[use] = key
        waiting.append(use)
      }
    }
  }
}
