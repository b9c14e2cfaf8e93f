package import Engine
internal import Language

extension Document {
  /// One row for each node: value, gradient, local gradients, as far as they are known.
  ///
  /// `isWhole`: whether a large graph is shown node by node, and not by its names.
  /// `only`: the nodes to show; all where it is nil.
  package static func tableView(
    _ scene: Scene, isWhole: Bool, only: [NodeID]? = nil
  ) -> Document {
    let graph = scene.graph
    let shown = graph.nodes.indices.filter { graph.nodes[$0].kind != .constant }
    if !isWhole, only == nil, shown.count > Outline.most { return outlineTable(scene) }
    let places = Dictionary(uniqueKeysWithValues: shown.enumerated().map { ($1, $0 + 1) })
    let rest = only ?? shown
    let most = 200
    let listed = isWhole || rest.count <= most ? rest : Array(rest.prefix(most))
    var rows: [[Text]] = listed.map { scene.tableRow($0, place: places[$0] ?? 0) }
    if listed.count < rest.count {
      rows.append(["", Text("and \(rest.count - most) more", .dim), "", "", "", "", ""])
    }
    // Local gradients have the room that is left, or are left out.
    let fixed = (0..<6).map { column in rows.map { $0[column].width }.max() ?? 0 }.reduce(12, +)
    let room = scene.style.width - fixed
    for index in rows.indices where rows[index][6].width > room && !scene.style.speech {
      rows[index][6] = Text(fitting(rows[index][6].plain, room, scene.style))
    }
    let columns: [Table.Column] = [
      .init("#", .right), .init("node"), .init("gate"), .init("inputs"), .init("value", .right),
      .init("grad", .right), .init("local gradients"),
    ]
    return Document([.table(Table(columns, rows, indent: 0, underline: .whole))])
  }

  /// The text cut to a width, at a double blank if there is one.
  private static func fitting(_ text: String, _ room: Int, _ style: Style) -> String {
    let room = room - columns(style.signs.more)
    guard room > 8 else { return "" }
    var result = ""
    for character in text {
      if columns(result) + columns(String(character)) > room { break }
      result.append(character)
    }
    if let cut = result.ranges(of: "  ").last { result = String(result[..<cut.upperBound]) }
    return result + style.signs.more
  }
}

extension Scene {
  fileprivate func tableRow(_ node: NodeID, place: Int) -> [Text] {
    let kind = graph.nodes[node].kind
    let operands = kind == .gate ? Array(graph.operands(of: node)) : []
    // Short names: four fit; long ones, as many as leave room for the numbers.
    var shown = operands.prefix(4).map { label(Int($0)) }
    while shown.count > 1, columns(shown.joined(separator: ", ")) > 16 { shown.removeLast() }
    let names = shown.joined(separator: ", ")
    let more = operands.count > shown.count ? ", \(style.signs.more)" : ""
    return [
      Text("\(place)"), Text(label(node)), Text(kind == .gate ? sign(node) : "input"),
      Text(names + more), wireValue(node), wireGradient(node), localGradients(node, operands),
    ]
  }

  private func localGradients(_ gate: NodeID, _ operands: [Int32]) -> Text {
    guard now.isKnown[gate] else { return Text() }
    let shown = operands.enumerated().filter { graph.nodes[Int($1)].kind != .constant }.prefix(6)
    return shown.map { slot, operand in
      shortRule(style.derivative(label(gate), label(Int(operand))), explanation(gate, slot))
    }.joined("  ")
  }
}
