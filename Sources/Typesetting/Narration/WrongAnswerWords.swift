package import Engine
internal import Language

// What a wrong answer shows about its thinking, in words that do not give the right one away.
extension Scene {
  /// The sentence for a wrong gradient.
  ///
  /// `number`: the wrong answer as it is to be told.
  package func words(about answer: WrongAnswer, at node: NodeID, number: String) -> String {
    let misconception = answer.misconception
    let name = graph.label(node)
    let uses = graph.readers(of: node).count
    // Where several contributions are added, the number is no longer the one slip by itself.
    let isBuried = uses > 1 && answer.gate != nil && misconception.working == .sum
    let filled = { (text: String) in
      let gate = answer.gate.map(graph.label) ?? "the gate above"
      let operands = answer.gate.map { Array(graph.operands(of: $0)) } ?? []
      let partner =
        operands.isEmpty
        ? nil : operands[(answer.slot + max(1, operands.count / 2)) % operands.count]
      return text.filled { word in
        switch word {
        case "number": number
        case "node": name
        case "gate": gate
        case "other": partner.map { graph.label(Int($0)) } ?? "the other input"
        case "uses": "\(uses)"
        case "upstream": style.derivative(objective, gate)
        case "local": style.derivative(gate, name)
        default: nil
        }
      }
    }
    switch answer.scope {
    case .oneGateAlone:
      return filled(misconception.finding)
        + " And \(name) is used \(uses) times: the products add."
    case .lastStep where isBuried, .oneGate where isBuried:
      let gate = answer.gate.map(graph.label) ?? ""
      return
        "\(number) comes out where \(misconception.belief), here at \(gate). \(misconception.correction)"
    case .lastStep, .oneGate: return filled(misconception.finding)
    case .wholePass:
      return
        "\(number) comes out where \(misconception.belief), all the way down to \(name). \(misconception.correction)"
    }
  }

  /// The sentence for a wrong value of a gate.
  package func words(about wrong: WrongValue, at node: NodeID, number: String) -> String {
    let own = graph.primitive(of: node)
    switch wrong.slip {
    case .sign: return "Right size, wrong sign."
    case .operandSign(let operand): return "Mind the sign of \(graph.label(operand))."
    case .operand(let operand):
      let sign = style.unicode ? own.sign : own.name
      return
        "\(number) is the value of \(graph.label(operand)), which goes into \(graph.label(node)). What does the \(sign) gate make of it?"
    case .other(let id):
      let other = style.formula(
        Formula.applying(id, graph.operands(of: node).map { graph.symbol(Int($0)) }))
      return
        "\(number) is \(other). The gate of \(graph.label(node)) computes \(style.formula(graph.formula(of: node)))."
    }
  }
}

extension String {
  /// The text with what stands for the words between braces; unknown ones stay as they are.
  ///
  /// It goes through the text once: thousands of sentences are made for a bank of questions.
  package func filled(_ value: (Substring) -> String?) -> String {
    var result = ""
    var rest = self[...]
    while let open = rest.utf8.firstIndex(of: UInt8(ascii: "{")) {
      result += rest[..<open]
      rest = rest[open...]
      let inner = rest.utf8.dropFirst()
      guard let close = inner.firstIndex(of: UInt8(ascii: "}")),
        let text = value(rest[rest.utf8.index(after: open)..<close])
      else {
        result += "{"
        rest = Substring(inner)
        continue
      }
      result += text
      rest = rest[rest.utf8.index(after: close)...]
    }
    return result + rest
  }
}
