internal import Engine
internal import Language

extension Document {
  /// One row for each node: value, gradient, local gradients, as far as they are known.
  ///
  /// `isWhole`: whether a long table is shown whole instead of its two ends.
  package static func tableView(_ scene: Scene, isWhole: Bool) -> Document {
    let graph = scene.graph
    let shown = graph.nodes.indices.filter { graph.nodes[$0].kind != .constant }
    let places = Dictionary(uniqueKeysWithValues: shown.enumerated().map { ($1, $0 + 1) })
    let listed = isWhole || shown.count <= 60 ? shown : Array(shown.prefix(40) + shown.suffix(15))
    var rows: [[Text]] = []
    for node in listed {
      if listed.count < shown.count, node == shown[shown.count - 15] {
        rows.append([
          "", Text("\(shown.count - 55) more; table all shows them", .dim), "", "", "", "", "",
        ])
      }
      rows.append(scene.tableRow(node, place: places[node] ?? 0))
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
    let names = operands.prefix(4).map { label(Int($0)) }.joined(separator: ", ")
    let more = operands.count > 4 ? ", \(style.signs.more)" : ""
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
