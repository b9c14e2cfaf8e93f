internal import Language
package import Engine

extension Document {
  /// The derivative of the output in a node as a formula, gate by gate.
  ///
  /// The scene must stand where the backward pass is over.
  package static func derivationCard(_ scene: Scene, _ node: NodeID) -> Document {
    let derivation = Derivation(of: node, on: scene.tape)
    let style = scene.style
    let name = scene.gradientName(node)
    var lines: [Text] = [
      Text("derive \(scene.label(node)): \(name), from the output down"), Text(),
    ]
    for step in derivation.steps.prefix(40) {
      lines += scene.derivationLines(step)
    }
    if derivation.steps.count > 40 {
      lines.append(Text("   and \(derivation.steps.count - 40) more gates", .dim))
    }
    if let result = derivation.result {
      let text = style.formula(result)
      let isSaid = derivation.steps.last.map { style.formula($0.sum) == text } ?? false
      if !isSaid { lines += [Text(), Text("   \(name) = \(text)")] }
      let gradient = style.number(scene.now.gradients[node])
      if text != gradient {
        lines.append(
          Text("   \(String(repeating: " ", count: columns(name))) = ") + Text(gradient, .gradient)
            + Text(" at these values"))
      }
    } else {
      lines += [
        Text(),
        Text(
          "   Written out, the formula would fill pages: that is why it is computed gate by gate."),
        Text("   \(name) = ") + Text(style.number(scene.now.gradients[node]), .gradient),
      ]
    }
    if !derivation.conditions.isEmpty {
      let shown = derivation.conditions.prefix(6).map(style.formula)
      let more = derivation.conditions.count > 6 ? ", \(style.signs.more)" : ""
      lines += [Text(), Text("   This holds where \(shown.joined(separator: ", "))\(more).")]
    }
    return Document(lines.map { .line($0) })
  }
}

extension Scene {
  /// `∂f/∂x = ∂f/∂a × ∂a/∂x + … = w3 × 1 = w3`.
  fileprivate func derivationLines(_ step: Derivation.Step) -> [Text] {
    let name = gradientName(step.node)
    let times = " \(style.signs.times) "
    let shown = step.terms.prefix(6)
    guard !shown.isEmpty else { return [Text("   \(name) = \(style.formula(step.sum))")] }
    // The output's own gradient is 1 and goes without saying.
    var symbols = shown.map { term in
      let isOutput = graph.outputs == [term.gate] && !tape.hasGivenUpstream
      if isOutput { return shown.count == 1 ? "" : style.formula(term.local) }
      let local = style.derivative(label(term.gate), label(step.node))
      return gradientName(term.gate) + times + local
    }
    if let seed = step.seed { symbols.insert(style.number(seed), at: 0) }
    if symbols == [""] { return [Text("   \(name) = \(style.formula(step.sum))")] }
    let more = step.terms.count > 6 ? " + \(style.signs.more)" : ""
    var products = shown.map { style.formula($0.product) }
    if let seed = step.seed { products.insert(style.number(seed), at: 0) }
    let sum = style.formula(step.sum)
    let head = "   \(name) = "
    let indent = String(repeating: " ", count: columns(head) - 2) + "= "
    var lines = [head + symbols.joined(separator: " + ") + more]
    let middle = products.joined(separator: " + ")
    if middle != sum, shown.count > 1 { lines.append(indent + middle + more) }
    lines.append(indent + sum)
    if lines.map(columns).reduce(0, +) < style.width - 4, lines.count == 2 {
      return [Text(lines[0] + " = " + sum)]
    }
    return lines.map { Text($0) }
  }
}
