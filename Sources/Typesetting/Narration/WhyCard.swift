internal import Language
package import Engine

extension Document {
  /// Why a node's gradient is what it is: what each gate does to it, every path, their sum.
  ///
  /// The scene must stand where the backward pass is over.
  package static func whyCard(_ scene: Scene, _ node: NodeID) -> Document {
    let paths = Paths(to: node, on: scene.tape)
    let style = scene.style
    let total = scene.now.gradients[node]
    let name = scene.gradientName(node)
    let from = scene.graph.outputs.count == 1 ? scene.label(scene.graph.outputs[0]) : "the outputs"
    let howMany =
      paths.count == 1
      ? "one path from \(from) to \(scene.label(node))"
      : "the sum over \(counted(paths.count)) paths from \(from) to \(scene.label(node))"
    let value = Text(style.number(total), .gradient)
    if scene.graph.outputs == [node], scene.graph.readers(of: node).isEmpty {
      return Document([
        .line(
          Text("why \(scene.label(node)): \(name) = ") + value + ", where the backward pass starts."
        )
      ])
    }
    var card = Document([
      .line(Text("why \(scene.label(node)): \(name) = ") + value + Text(", \(howMany)."))
    ])
    card += sentences(scene, node)
    let isWhole = paths.count <= Double(paths.heaviest.count)
    let shown = isWhole ? paths.heaviest : Array(paths.heaviest.prefix(5))
    for (index, path) in shown.enumerated() {
      card += pathTable(
        scene, path, title: isWhole && shown.count == 1 ? "path 1" : "path \(index + 1)")
    }
    let products = shown.map(\.product)
    if !isWhole {
      let rest = total - products.reduce(0, +)
      card.blocks += [
        blank,
        .line(
          "   and \(counted(paths.count - Double(shown.count))) more paths, together \(style.number(rest))"
        ),
      ]
    }
    if paths.count > 1 {
      let terms = products + (isWhole ? [] : [total - products.reduce(0, +)])
      let sum = terms.enumerated().map { $0 == 0 ? style.number($1) : style.operand($1) }
      card.blocks += [
        blank, .line(Text("   sum    \(sum.joined(separator: " + ")) = ") + value),
      ]
    }
    card.blocks += [blank, .line(Text("   " + scene.direction(node, total)))]
    return card
  }

  private static func counted(_ count: Double) -> String {
    count < 9e15 ? count.formatted(.data) : "about " + count.formatted(.significant(2))
  }

  /// One sentence in gate language for each use of the node.
  private static func sentences(_ scene: Scene, _ node: NodeID) -> Document {
    // Uses that no path goes through, such as p[2] where L is made of p[1], explain nothing.
    let readers = scene.graph.readers(of: node).filter { scene.leads($0.gate) }
    var said: [String] = []
    for reader in readers.prefix(4) {
      let sentence = scene.sentence(for: reader)
      if !said.contains(sentence) { said.append(sentence) }
    }
    let lines = said.map { Block.line(Text("   " + $0)) }
    let more: [Block] =
      readers.count > 4
      ? [
        .line(Text("   and \(readers.count - 4) more uses: see ledger \(scene.label(node))", .dim))
      ] : []
    return Document([blank] + lines + more)
  }

  private static func pathTable(_ scene: Scene, _ path: Paths.Path, title: String) -> Document {
    let style = scene.style
    let nodes = (path.edges.first.map { [$0.gate] } ?? []) + path.edges.map(\.operand)
    let shortened = nodes.count > 14 ? Array(nodes.prefix(6)) + Array(nodes.suffix(6)) : nodes
    var names = shortened.map(scene.label)
    if nodes.count > 14 { names.insert(style.signs.more, at: 6) }
    var sofar = path.seed
    var rows: [[Text]] = []
    // Numbers stand right-aligned behind their signs, so that a minus does not shift them.
    let locals = path.edges.map { style.number($0.local) }
    let products = path.edges.map { edge -> String in
      sofar *= edge.local
      return style.number(sofar)
    }
    let aligned = { (texts: [String], index: Int) -> String in
      let width = texts.map(columns).max() ?? 0
      return String(repeating: " ", count: width - columns(texts[index])) + texts[index]
    }
    for (index, edge) in path.edges.enumerated() {
      if path.edges.count > 14, (6..<path.edges.count - 6).contains(index) {
        if index == 6 {
          rows.append(["", Text("\(path.edges.count - 12) more factors", .dim), "", "", ""])
        }
        continue
      }
      let explanation = scene.explanation(edge.gate, edge.slot)
      let slope = style.formula(explanation.slope)
      let value = style.number(edge.local)
      let name = style.derivative(scene.label(edge.gate), scene.label(edge.operand))
      rows.append([
        Text(scene.sign(edge.gate)), Text(name), Text(slope == value ? "" : "= \(slope)"),
        Text("= ") + Text(aligned(locals, index), .gradient),
        Text("so far ") + Text(aligned(products, index), .gradient),
      ])
    }
    let seed = path.seed == 1 ? "" : ", starting from \(style.number(path.seed))"
    return Document([
      blank,
      .line(Text("   \(title)   " + names.joined(separator: " \(style.signs.arrow) ") + seed)),
      .table(
        Table(
          [.init("", .right), .init(""), .init(""), .init(""), .init("")], rows, indent: 3,
          underline: .none)),
    ])
  }
}

extension Scene {
  /// What one gate does with the gradient on its way to one of its inputs.
  func sentence(for reader: Graph.Reader) -> String {
    let gate = reader.gate
    let primitive = graph.primitive(of: gate)
    let operands = graph.operands(of: gate).map { Int($0) }
    let other = operands.indices.first { $0 != reader.slot }.map { label(operands[$0]) } ?? ""
    let explanation = explanation(gate, reader.slot)
    let upstream = now.gradients[gate]
    let fillings = [
      "{operand}": label(operands[reader.slot]), "{gate}": label(gate), "{other}": other,
      "{local}": style.number(explanation.value), "{upstream}": style.number(upstream),
      "{amount}": style.number(upstream * explanation.value),
      "{sign}": style.unicode ? primitive.sign : primitive.name,
    ]
    if let convention = conventionsUsed(at: gate).first {
      return
        "\(sign(gate)) has no one slope here. By convention \(convention), so \(label(operands[reader.slot])) gets \(style.number(upstream * explanation.value))."
    }
    // A literal is its own value: "the other input, 5", not "5 = 5".
    var sentence = primitive.sentence(for: reader.slot)
    if other == style.number(explanation.value) {
      sentence = sentence.replacing("{other} = {local}", with: "{other}")
    }
    return fillings.reduce(sentence) {
      $0.replacing($1.key, with: $1.value)
    }
  }

  /// Which way the output goes when the node goes up.
  func direction(_ node: NodeID, _ gradient: Double) -> String {
    let name = label(node)
    if gradient.isNaN { return "This gradient is not a number: hunt nan tells where that began." }
    let isAtCorner = graph.gates.contains { gate in
      graph.operands(of: gate).contains { Int($0) == node }
        && !conventionsUsed(at: gate).isEmpty
    }
    if isAtCorner {
      return "\(name) stands at a corner: numeric \(name) shows the slopes on both sides."
    }
    if gradient == 0 {
      return "To first order, raising \(name) a little does not change \(objective)."
    }
    if gradient.isInfinite {
      return "The slope is without bound here: no small change is small enough."
    }
    let verb = gradient > 0 ? "raises" : "lowers"
    return
      "Raising \(name) a little \(verb) \(objective), about \(style.number(gradient.magnitude)) times as much."
  }
}
