package import Engine
package import Language

extension Document {
  /// A matrix of derivatives with its shape, rows and columns labelled.
  ///
  /// `output` and `input`: the names asked for and their shapes.
  package static func jacobianCard(
    _ jacobian: Jacobian, _ graph: Graph, output: (name: String, shape: Shape),
    input: (name: String, shape: Shape), style: Style
  ) -> Document {
    let derivative = style.derivative(output.name, input.name)
    let (rows, columns) = (jacobian.outputs.count, jacobian.nodes.count)
    let isGradientMatrix = rows == 1 && { if case .matrix = input.shape { true } else { false } }()
    let times = style.signs.times
    let layout: String
    if isGradientMatrix, case .matrix(let height, let width) = input.shape {
      layout =
        "\(derivative) is \(height) \(times) \(width), laid out as \(input.name) is: one number for each of its elements"
    } else {
      let each = { (count: Int, name: String, what: String) in
        count == 1 ? "one \(what) for \(name)" : "one \(what) for each element of \(name)"
      }
      layout =
        "\(derivative) is \(rows) \(times) \(columns): \(each(rows, output.name, "row")), \(each(columns, input.name, "column"))"
    }
    let most = (rows: 24, columns: 24)
    var body: [[Text]] = []
    let heads: [Table.Column]
    if isGradientMatrix, case .matrix(let height, let width) = input.shape {
      heads =
        [.init("")] + (1...max(1, min(width, most.columns))).map { .init("column \($0)", .right) }
      for row in 0..<min(height, most.rows) {
        body.append(
          [Text("row \(row + 1)", .dim)]
            + (0..<min(width, most.columns)).map {
              Text(style.number(jacobian.entries[0][row * width + $0]), .gradient)
            })
      }
    } else {
      heads =
        [.init("")]
        + jacobian.nodes.prefix(most.columns).map { .init(graph.label($0), .right) }
      for (row, output) in jacobian.outputs.prefix(most.rows).enumerated() {
        body.append(
          [Text(graph.label(output), .dim)]
            + jacobian.entries[row].prefix(most.columns).map { Text(style.number($0), .gradient) })
      }
    }
    var card = Document([.line(Text(layout)), blank, .table(Table(heads, body))])
    let hidden = rows * columns - body.reduce(0) { $0 + $1.count - 1 }
    if hidden > 0 { card.blocks.append(.line(Text("   and \(hidden) more numbers", .dim))) }
    if rows == 1, columns > 1, !isGradientMatrix {
      card.blocks += [
        blank,
        .line("   The gradient of \(output.name) is this row written as a column."),
      ]
    }
    return card
  }
}
