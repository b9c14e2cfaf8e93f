internal import Language
package import Engine

extension Document {
  /// Every misconception with what it says, one row each.
  package static func bugList(_ style: Style) -> Document {
    let rows = Misconception.catalog.map { [Text($0.name, .strong), Text($0.belief)] }
    return Document([
      .table(
        Table([.init("mistake"), .init("what it believes")], rows, indent: 0, underline: .whole)),
      blank, .line("bug NAME makes one of them in the current graph, beside the right pass."),
    ])
  }

  /// The backward pass with a mistake in it beside the right one, and where the two part.
  package static func bugCard(_ scene: Scene, _ misconception: Misconception) -> Document {
    let comparison = MisconceptionComparison(of: misconception, on: scene.tape)
    let title = Text("bug ") + Text(misconception.name, .strong)
    var card = Document([.line(title + Text(": \(misconception.belief)."))])
    switch comparison.verdict {
    case .parts(let node):
      card.blocks.append(blank)
      card += scene.bugTable(comparison, parting: node)
      card.blocks.append(blank)
      card += scene.parting(comparison, at: node)
      card += Document(lines: ["", "   What you would notice: \(misconception.symptom)"])
      card += Document(lines: ["   Nothing was changed."])
    case .hiddenByNumbers:
      card += Document(lines: [
        "", "   With these numbers the mistake cannot be seen: \(misconception.blindSpot).",
        "   Every gradient comes out right. Change an input and ask again.",
      ])
    case .impossible:
      card += Document(lines: [
        "", "   It cannot occur in this graph. Its place is \(misconception.place).",
      ])
    case .tooLong:
      card += Document(lines: [
        "",
        "   This graph is too large to make the mistake in: it walks along every path, and their number doubles at every fork. That alone is a reason not to make it.",
      ])
    }
    return card
  }
}

extension Scene {
  /// How many nodes are listed; the place of parting is always among them.
  private static let mostRows = 20

  /// A row for each node in the order of the backward pass.
  fileprivate func bugTable(_ comparison: MisconceptionComparison, parting: NodeID) -> Document {
    let nodes = graph.nodes.indices.reversed().filter { graph.nodes[$0].kind != .constant }
    var shown = Array(nodes.prefix(Self.mostRows))
    if !shown.contains(parting) { shown[shown.count - 1] = parting }
    let rows = shown.map { node -> [Text] in
      let differs = comparison.differs(at: node)
      let remark =
        node == parting ? Text("they part here", .bad) : Text(differs ? "differs" : "", .dim)
      return [
        Text(label(node)), Text(style.number(comparison.right[node]), .gradient),
        Text(style.number(comparison.mistaken[node]), differs ? .bad : .gradient), remark,
      ]
    }
    var document = Document([
      .table(
        Table(
          [
            .init("node"), .init("right", .right), .init("with the mistake", .right), .init(""),
          ], rows))
    ])
    if nodes.count > shown.count {
      let differing = nodes.count { comparison.differs(at: $0) }
      document.blocks.append(
        .line(
          Text(
            "   and \(nodes.count - shown.count) more nodes; \(differing) of all \(nodes.count) differ",
            .dim)))
    }
    return document
  }

  /// What arrives where the two passes part, and what each makes of it.
  fileprivate func parting(_ comparison: MisconceptionComparison, at node: NodeID) -> Document {
    let name = gradientName(node)
    let (right, wrong) = (comparison.rightArrivals, comparison.mistakenArrivals)
    var document = Document.empty
    let most = 6
    // A column for the mistake where it is made in a contribution, and not in what becomes of them.
    let isSlip = wrong.count == right.count && zip(wrong, right).contains { $0.amount != $1.amount }
    let columns: [Table.Column] = [
      .init("to \(label(node))"), .init("upstream"), .init("\(style.signs.times) local"),
      .init("= contribution"), .init("with the mistake"),
    ]
    let rows = zip(right, wrong + right.dropFirst(wrong.count)).prefix(most).map { row($0, $1) }
    document.blocks.append(
      .table(
        isSlip ? Table(columns, rows) : Table(columns.dropLast(), rows.map { $0.dropLast() })))
    if arrivals(at: node) > most {
      document += Document(lines: ["   and \(arrivals(at: node) - most) more contributions"])
    }
    let sums = [
      [
        Text("right"),
        Text("\(name) = \(sum(right))") + Text(style.number(comparison.right[node]), .gradient),
      ],
      [
        Text("mistaken"),
        Text("\(name) = \(mistakenWorking(comparison, arrivals(at: node)))")
          + Text(style.number(comparison.mistaken[node]), .bad),
      ],
    ]
    document.blocks += [
      Document.blank, .table(Table([.init(""), .init("")], sums, underline: .none)),
    ]
    if comparison.misconception.movesInputs {
      document += Document(lines: [
        "   Inputs whose gradients are known have moved already, by \(style.number(-comparison.rate)) times them."
      ])
    }
    return document
  }

  private func row(_ arrival: MistakenPass.Arrival, _ slipped: MistakenPass.Arrival) -> [Text] {
    let contribution = Text("= ") + Text(style.number(arrival.amount), .gradient)
    let isWrong = slipped.amount != arrival.amount
    let mistake = Text(style.number(slipped.amount), isWrong ? .bad : .gradient)
    guard arrival.gate >= 0 else {
      return ["given", Text(style.number(arrival.upstream), .gradient), "", contribution, mistake]
    }
    let explanation = explanation(arrival.gate, arrival.slot)
    let slope = style.formula(explanation.slope)
    let value = style.number(arrival.local)
    let isPlain = slope == value || columns(slope) > 20 || explanation.value != arrival.local
    return [
      Text("from \(label(arrival.gate))"), Text(style.number(arrival.upstream), .gradient),
      Text("\(style.signs.times) \(isPlain ? "" : "\(slope) = ")")
        + Text(isPlain ? style.operand(arrival.local) : value, .gradient),
      contribution, mistake,
    ]
  }

  /// How many contributions a pass brings a node; only the first of many are written down.
  private func arrivals(at node: NodeID) -> Int {
    graph.readers(of: node).count + graph.outputs.count { $0 == node }
  }

  private func sum(_ arrivals: [MistakenPass.Arrival]) -> String {
    guard arrivals.count > 1 else { return "" }
    return written(arrivals.map(\.amount)) + " = "
  }

  private func written(_ numbers: [Double], _ sign: String = "+") -> String {
    let shown = numbers.prefix(6).enumerated().map {
      $0 == 0 ? style.number($1) : style.operand($1)
    }
    let more = numbers.count > 6 ? [style.signs.more] : []
    return (shown + more).joined(separator: " \(sign) ")
  }

  private func mistakenWorking(_ comparison: MisconceptionComparison, _ count: Int) -> String {
    let amounts = comparison.mistakenArrivals.map(\.amount)
    switch comparison.misconception.working {
    case .sum: return amounts.count > 1 ? written(amounts) + " = " : ""
    case .product: return written(amounts, style.signs.times) + " = "
    case .mean: return "(\(written(amounts))) / \(count) = "
    case .again: return written(amounts + amounts) + " = "
    case .one: return ""
    }
  }
}
