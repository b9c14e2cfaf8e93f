internal import Engine
internal import Language

extension Document {
  /// Which gates let no gradient through, and why each input with gradient 0 has it.
  ///
  /// The scene must stand where the backward pass is over. `unused`: inputs that have a number and
  /// no way to the output.
  package static func deadCard(_ scene: Scene, unused: [String] = []) -> Document {
    let zeros = ZeroGradients(of: scene.tape, at: scene.position)
    let dead = zeros.deadGates
    var lines: [String] = []
    let most = 12
    for gate in dead.prefix(most) { lines += [""] + scene.story(of: gate, zeros) }
    if dead.count > most { lines += ["", "   and \(dead.count - most) more"] }
    let rest = zeros.zeros.filter { zero in
      if case .blocked(let gate) = zero.cause { return !dead.contains(gate) }
      return true
    }
    if !rest.isEmpty { lines.append("") }
    let told = scene.reasons(rest)
    lines += told.prefix(most).map { "   " + $0 }
    if told.count > most { lines.append("   and \(told.count - most) more of this kind") }
    if !unused.isEmpty {
      let names = scene.listed(unused)
      let verb = unused.count == 1 ? "is" : "are"
      lines += [
        "",
        "   \(names) \(verb) not used by \(scene.objective): that is no gradient at all, and not a gradient of 0.",
      ]
    }
    if dead.contains(where: scene.isSwitch) {
      lines += [
        "",
        "Dead for this example only: another may open the gate. What is dead for all learns nothing.",
      ]
    }
    return Document(lines: [scene.summary(dead.count, zeros.zeros.count)] + lines)
  }
}

extension Scene {
  fileprivate func summary(_ dead: Int, _ zeros: Int) -> String {
    let gates =
      dead == 0
      ? "No gate is dead"
      : dead == 1 ? "One gate lets no gradient through" : "\(dead) gates let no gradient through"
    let inputs =
      zeros == 0
      ? "no gradient of \(objective) is 0"
      : zeros == 1
        ? "1 input has gradient 0" : "\(zeros) inputs have gradient 0"
    return "\(gates), and \(inputs)."
  }

  /// A dead gate: its numbers, why its slope is 0, and what that costs.
  fileprivate func story(of gate: NodeID, _ zeros: ZeroGradients) -> [String] {
    let operands = graph.operands(of: gate).map { Int($0) }
    let slots = operands.indices.filter { graph.nodes[operands[$0]].kind != .constant }
    let formula = style.formula(graph.formula(of: gate))
    let values = slots.prefix(4).map {
      "\(label(operands[$0])) = \(style.number(now.values[operands[$0]]))"
    }
    let kind = isSwitch(gate) ? ", dead for this example" : ", which lets nothing through"
    var line = "   \(label(gate)) = \(formula)\(kind): \(values.joined(separator: ", "))"
    if let slot = slots.first, slots.count == 1 {
      let explanation = explanation(gate, slot)
      let slope = style.formula(explanation.slope)
      line +=
        ", so \(style.derivative(label(gate), label(operands[slot])))"
        + (slope == "0" ? "" : " = \(slope)") + " = 0"
      if let convention = explanation.conventions.first { line += " (by convention \(convention))" }
      if isSaturated(gate, slope) {
        line += ": \(label(gate)) is saturated, so close to its limit that no slope is left"
      }
    } else {
      line += ", and its slope in each of them is 0"
    }
    let below = zeros.inputs(below: gate, in: graph).map(label)
    let cost =
      below.isEmpty
      ? "No input depends on it alone: all below it have other ways."
      : "It keeps the gradient from \(listed(below))."
    return [line + ".", "   " + cost]
  }

  /// Whether it is a gate that an example closes and another opens.
  fileprivate func isSwitch(_ gate: NodeID) -> Bool {
    ["relu", "max", "min", "if"].contains(graph.primitive(of: gate).name)
  }

  /// Whether the slope is 0 by rounding only: its formula has something in it.
  private func isSaturated(_ gate: NodeID, _ slope: String) -> Bool {
    ["sigmoid", "tanh", "gaussian", "softplus"].contains(
      graph.primitive(of: gate).name) && now.values[gate] != 0 && slope != "0"
  }

  /// A formula that can be read at a glance; of a longer one, the gate.
  private func brief(_ gate: NodeID) -> String {
    let text = style.formula(graph.formula(of: gate))
    return columns(text) <= 40 ? text : "a gate \(sign(gate)) of \(graph.operands(of: gate).count)"
  }

  /// Why inputs have gradient 0, those with one cause and one factor together.
  fileprivate func reasons(
    _ zeros: [(input: NodeID, cause: ZeroGradients.Cause)]
  ) -> [String] {
    var order: [String] = []
    var members: [String: [NodeID]] = [:]
    var causes: [String: ZeroGradients.Cause] = [:]
    for (input, cause) in zeros {
      var key = "\(cause)"
      if case .blocked(let gate) = cause { key = slopes(of: gate, above: input, isShort: true) }
      if members[key] == nil { order.append(key) }
      members[key, default: []].append(input)
      causes[key] = cause
    }
    return order.compactMap { key in
      guard let inputs = members[key], let first = inputs.first, let cause = causes[key] else {
        return nil
      }
      if inputs.count == 1 { return reason(first, cause) }
      guard case .blocked = cause else {
        return reason(first, cause) + " So do \(listed(inputs.dropFirst().map(label)))."
      }
      return "\(listed(inputs.map(label))) get 0, \(key)"
    }
  }

  /// Why one input's gradient is 0 although no gate on its way is dead.
  fileprivate func reason(_ input: NodeID, _ cause: ZeroGradients.Cause) -> String {
    let name = label(input)
    switch cause {
    case .blocked(let gate):
      return "\(name) gets 0 through \(label(gate)) = \(brief(gate)), "
        + slopes(of: gate, above: input)
    case .cancelled(let node):
      let parts = graph.readers(of: node).prefix(6).map { reader in
        now.gradients[reader.gate] * explanation(reader.gate, reader.slot).value
      }
      let sum =
        parts.count > 5
        ? ""
        : ": "
          + parts.enumerated().map { $0 == 0 ? style.number($1) : style.operand($1) }
          .joined(separator: " + ") + " = 0"
      return node == input
        ? "\(name) is used, and its contributions cancel\(sum)."
        : "\(name) gets 0 because the contributions to \(label(node)) cancel\(sum)."
    case .tooSmall(let node):
      return
        "\(name) gets 0 because what arrives at \(label(node)) is too small for a number: hunt vanish shows such chains."
    case .noUpstream:
      return "\(name) gets 0 because the backward pass started with 0."
    }
  }

  /// The slopes of a gate that are 0, on the way to an input.
  ///
  /// `isShort`: without naming the derivative, so that inputs with the same factor read the same.
  func slopes(of gate: NodeID, above input: NodeID, isShort: Bool = false) -> String {
    let operands = graph.operands(of: gate).map { Int($0) }
    let isAbove = graph.depends(on: input)
    let parts = operands.indices.compactMap { slot -> String? in
      guard isAbove[operands[slot]] else { return nil }
      let explanation = explanation(gate, slot)
      guard explanation.value == 0 else { return nil }
      let slope = style.formula(explanation.slope)
      if isShort { return slope == "0" ? "the slope of \(label(gate)) is 0" : "\(slope) = 0" }
      return "\(style.derivative(label(gate), label(operands[slot])))"
        + (slope == "0" ? " = 0" : " = \(slope) = 0")
    }
    return "as \(parts.prefix(3).joined(separator: " and "))."
  }

  /// `w11, w12 and b1`.
  fileprivate func listed(_ names: [String]) -> String {
    if names.count > 8 {
      return names.prefix(8).joined(separator: ", ") + " and \(names.count - 8) more inputs"
    }
    guard let last = names.last, names.count > 1 else { return names.joined() }
    return names.dropLast().joined(separator: ", ") + " and " + last
  }
}
