internal import Engine
internal import Language

// Which names a function needs, and what its parameters are for.
extension ScriptWriter {
  /// The functions that a formula calls, and those that these call.
  private func called(by formula: Formula) -> [Definitions.Function] {
    var seen: Set<String> = []
    var waiting = formula.calledFunctions
    var result: [Definitions.Function] = []
    while let name = waiting.popLast() {
      guard seen.insert(name).inserted, let function = definitions.functions[name] else { continue }
      result.append(function)
      waiting += function.formula.calledFunctions
    }
    return result
  }

  /// The names in a formula, without those that its own loops count with; a few loops deep at most.
  private static func variables(of formula: Formula) -> [String] {
    var result: [String] = []
    for node in formula.nodes {
      var found: [String] = []
      if node.kind == .name { found = [formula.names[Int(node.reference)]] }
      if node.kind == .loop {
        let loop = formula.loops[Int(node.reference)]
        found = variables(of: loop.body).filter { $0 != loop.variable }
      }
      for name in found where !result.contains(name) { result.append(name) }
    }
    return result
  }

  /// The names a formula needs a meaning for, those inside the functions it calls included.
  func freeNames(of formula: Formula, except parameters: [String] = []) -> [String] {
    var result = Self.variables(of: formula).filter { !parameters.contains($0) }
    for function in called(by: formula) {
      for name in Self.variables(of: function.formula)
      where !function.parameters.contains(name) && !result.contains(name) { result.append(name) }
    }
    return result
  }

  /// The parameters that serve as subscripts, bounds or sizes, in the function or in one it calls.
  func countingParameters(
    of name: String, _ parameters: [String], _ formula: Formula
  ) -> Set<String> {
    var counting: [String: Set<String>] = [name: []]
    var all: [(name: String, parameters: [String], formula: Formula)] = [
      (name, parameters, formula)
    ]
    var waiting = formula.calledFunctions
    while let next = waiting.popLast() {
      guard counting[next] == nil, let function = definitions.functions[next] else { continue }
      counting[next] = []
      all.append((next, function.parameters, function.formula))
      waiting += function.formula.calledFunctions
    }
    // What a callee counts with, its caller counts with too; as many rounds as calls are deep.
    var hasChanged = true
    while hasChanged {
      hasChanged = false
      for function in all {
        var found: Set<String> = []
        countingNames(in: function.formula, counting, &found)
        found.formIntersection(function.parameters)
        if found != counting[function.name] {
          counting[function.name] = found
          hasChanged = true
        }
      }
    }
    return counting[name] ?? []
  }

  /// The names in places that count; loops stand inside each other a few deep at most.
  private func countingNames(
    in formula: Formula, _ counting: [String: Set<String>], _ found: inout Set<String>
  ) {
    for (place, node) in formula.nodes.enumerated() {
      let operands: [Int]
      switch node.kind {
      case .index: operands = Array(formula.operands(of: place).dropFirst())
      case .range, .loop: operands = formula.operands(of: place)
      case .composite:
        let places = Composite[node.reference].countingPlaces
        operands = formula.operands(of: place).enumerated().filter { places.contains($0.offset) }
          .map(\.element)
      case .call:
        let name = formula.names[Int(node.reference)]
        let parameters = definitions.functions[name]?.parameters ?? []
        operands = zip(parameters, formula.operands(of: place)).filter {
          counting[name]?.contains($0.0) == true
        }.map(\.1)
      case .number, .name, .apply, .vector: operands = []
      }
      for operand in operands { found.formUnion(formula.part(at: operand).variables) }
    }
    for loop in formula.loops { countingNames(in: loop.body, counting, &found) }
  }

  /// The names that some formulas depend on, each after those it is made of; without those unknown.
  func order(of outputs: [String]) -> [String] {
    var result: [String] = []
    var state: [String: Bool] = [:]
    var waiting = Array(outputs.reversed())
    while let name = waiting.last {
      guard state[name] == nil else {
        waiting.removeLast()
        if state[name] == false {
          state[name] = true
          result.append(name)
        }
        continue
      }
      state[name] = false
      guard let formula = definitions.variables[name]?.formula else { continue }
      waiting += freeNames(of: formula).filter { state[$0] == nil }.reversed()
    }
    return result
  }
}

extension Composite {
  /// The arguments that are known before anything is computed: sizes, strides, classes.
  fileprivate var countingPlaces: [Int] {
    switch meaning {
    case .layer(.convolution): [2, 3]
    case .layer(.maximumPool), .layer(.averagePool): [1, 2]
    case .layer(.hinges): [1]
    default: []
    }
  }

  /// How a framework says it.
  package func spelling(in framework: Framework) -> Framework.Spelling? {
    framework.composites[name]
  }
}
