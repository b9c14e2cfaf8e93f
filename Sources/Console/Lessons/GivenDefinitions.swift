internal import Engine
internal import Language
internal import Lessons
internal import Typesetting

/// All that a question about the current formula presupposes, as a learner would type it.
struct GivenDefinitions {
  private let session: Session
  /// What everything shown leads to.
  private let ends: [String]

  /// The definitions behind the current formula, or behind another name of it.
  init(of session: Session, name: String? = nil) {
    self.session = session
    ends = name.map { [$0] } ?? session.outputs
  }

  /// The names with each one after those it is made of, else in the order they were defined.
  private func ordered(_ names: Set<String>) -> [String] {
    var left = session.definitions.order.filter(names.contains)
    var placed: Set<String> = []
    var result: [String] = []
    while !left.isEmpty {
      let next = left.firstIndex { name in
        let formula =
          session.definitions.variables[name]?.formula
          ?? session.definitions.functions[name]?.formula
        let uses = (formula?.variables ?? []) + (formula?.calledFunctions ?? [])
        return uses.allSatisfy { $0 == name || !left.contains($0) || placed.contains($0) }
      }
      let name = left.remove(at: next ?? 0)
      placed.insert(name)
      result.append(name)
    }
    return result
  }

  /// The definitions in lines: numbers first, then functions and formulas, then what arrives upstream.
  var lines: [String] {
    let needed = needed
    var numbers: [String] = []
    var formulas: [String] = []
    for name in ordered(needed) {
      if let function = session.definitions.functions[name] {
        formulas.append(
          "\(name)(\(function.parameters.joined(separator: ", "))) = \(function.text)")
      }
      guard let variable = session.definitions.variables[name] else { continue }
      let isNumber =
        variable.formula.variables.isEmpty && variable.formula.calledFunctions.isEmpty
      if isNumber {
        numbers.append("\(name) = \(text(of: variable))")
      } else {
        formulas.append("\(name) = \(variable.text)")
      }
    }
    return joined(numbers, "") + formulas + upstream
  }

  /// The numbers that a pass forward gives to names, where nobody can work them out by hand.
  ///
  /// `end`: the node that is asked for, of which only what goes into it is given.
  func forward(_ scene: Scene, before end: NodeID?) -> [String] {
    let graph = scene.graph
    let operands = end.map { Set(graph.operands(of: $0).map { Int($0) }) }
    let shown = graph.gates.filter { graph.isNamed($0) && operands?.contains($0) ?? true }
    return joined(
      shown.prefix(Self.mostValues).map {
        "\(graph.label($0)) = \(session.settings.style.number(scene.now.values[$0]))"
      }, "forward: ")
  }

  /// How many values of a pass forward fit on a card.
  private static let mostValues = 32

  // MARK: - What is needed

  /// The names that the current formula depends on, itself included.
  private var needed: Set<String> {
    let definitions = session.definitions
    var found: Set<String> = []
    var waiting = ends
    while let name = waiting.popLast() {
      guard found.insert(name).inserted else { continue }
      if let function = definitions.functions[name] {
        waiting += function.formula.variables.filter { !function.parameters.contains($0) }
        waiting += function.formula.calledFunctions
      } else if let variable = definitions.variables[name] {
        waiting += variable.formula.variables + variable.formula.calledFunctions
      } else {
        // A vector of which only elements were given numbers.
        waiting += definitions.order.filter { Definitions.element($0)?.name == name }
      }
    }
    return found
  }

  private func text(of variable: Definitions.Variable) -> String {
    if let tensor = variable.tensor { return tensor.formatted(.arithmetic) }
    // What was drawn by chance has its text and its number, of which the number counts.
    guard variable.text.contains("("), variable.formula.nodes.count == 1,
      let number = variable.formula.nodes.first, number.kind == .number
    else { return variable.text }
    return number.number.formatted(.data)
  }

  private var upstream: [String] {
    guard !session.upstream.isEmpty, ends == session.outputs else { return [] }
    let graph = try? session.currentGraph()
    let given = session.upstream.map { name, values in
      let shape = graph?.group(named: name)?.shape ?? .scalar
      return "\(name) = \(Tensor(shape, values).formatted(.arithmetic))"
    }
    return ["upstream \(given.joined(separator: ", "))"]
  }

  /// Short definitions side by side, as far as the screen is wide.
  private func joined(_ parts: [String], _ head: String) -> [String] {
    let width = max(20, min(session.settings.style.width, 80) - 6 - columns(head))
    var lines: [String] = []
    for part in parts {
      if let last = lines.last, columns(last) + columns(part) + 2 <= width {
        lines[lines.count - 1] = last + ", " + part
      } else {
        lines.append(part)
      }
    }
    return lines.map { head + $0 }
  }
}
