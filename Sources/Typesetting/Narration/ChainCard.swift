package import Engine
internal import Language

extension Document {
  /// How the smallest gradient of an input came to be so small, or the largest so large.
  ///
  /// The scene must stand where the backward pass is over.
  package static func chainCard(_ scene: Scene, _ end: GradientChain.End) -> Document {
    guard let chain = GradientChain(end, of: scene.tape, now: scene.now) else {
      let isZero = scene.graph.inputs.allSatisfy { scene.now.gradients[$0] == 0 }
      return Document(lines: [
        isZero
          ? "The gradient of every input is 0: hunt dead tells where that may come from."
          : "No gradient of \(scene.objective) is a finite number other than 0: hunt nan tells where that began."
      ])
    }
    var card = Document([.line(scene.opening(chain, end)), blank])
    card.blocks.append(.table(scene.factors(of: chain, end)))
    let lines = scene.causes(of: chain, end)
    if !lines.isEmpty { card += Document([blank] + lines.map { .line(Text("   " + $0)) }) }
    return card
  }
}

extension Scene {
  /// The gradient, what it is compared with, and the verdict.
  fileprivate func opening(_ chain: GradientChain, _ end: GradientChain.End) -> Text {
    let ratio = chain.ratio.formatted(.significant(2))
    let limit = end == .smallest ? GradientChain.vanishing : GradientChain.exploding
    let isFound = end == .smallest ? chain.ratio < limit : chain.ratio >= limit
    let which = end == .smallest ? "smallest" : "largest"
    let verdict =
      end == .smallest
      ? (isFound ? "The gradient vanishes" : "No gradient vanishes")
      : isFound ? "The gradient explodes" : "No gradient explodes"
    let than: Text =
      if let other = chain.other {
        Text("of the largest, \(gradientName(other)) = ")
          + Text(style.number(chain.scale), .gradient)
      } else {
        Text("times the upstream gradient it began with, ")
          + Text(style.number(chain.scale), .gradient)
      }
    return Text("\(verdict): the \(which), \(gradientName(chain.input)) = ")
      + Text(style.number(chain.gradient), .gradient) + Text(", is \(ratio) ") + than
      + Text(isFound ? "." : " (the line is drawn at \(style.number(limit))).")
  }

  /// One row for each gate on the way, with its factor and the product so far.
  fileprivate func factors(of chain: GradientChain, _ end: GradientChain.End) -> Table {
    let edges = chain.path.edges
    let marked = edges.count > 1 ? chain.place(of: end) : nil
    let mark = style.speech ? "yes" : style.unicode ? "◂" : "<"
    let names = edges.map { style.derivative(label($0.gate), label($0.operand)) }
    let room = names.map(Language.columns).max() ?? 0
    var product = chain.path.seed
    var rows: [[Text]] = []
    if product != 1 {
      rows.append(["", "upstream", "", Text(style.number(product), .gradient), ""])
    }
    var hidden = 0
    for (index, edge) in edges.enumerated() {
      product *= edge.local
      // Of a long chain, both ends and the marked factor are enough.
      if edges.count > 24, (10..<edges.count - 10).contains(index), index != marked {
        hidden += 1
        continue
      }
      if hidden > 0 { rows.append(["", Text("\(hidden) more factors", .dim), "", "", ""]) }
      hidden = 0
      let name = Text(names[index]).padded(to: style.speech ? 0 : room, .left)
      rows.append(row(edge, name, product) + [Text(index == marked ? mark : "", .strong)])
    }
    return Table(
      [
        .init("gate"), .init(style.speech ? "" : "local gradient"), .init("factor", .right),
        .init("product", .right),
        .init(marked == nil ? "" : end == .smallest ? "smallest" : "largest"),
      ], rows)
  }

  private func row(_ edge: Paths.Edge, _ name: Text, _ product: Double) -> [Text] {
    let slope = style.formula(explanation(edge.gate, edge.slot).slope)
    let value = style.number(edge.local)
    // A long rule is told by why; here the number matters.
    let isShort = Language.columns(slope) <= 20 && slope != value
    return [
      Text(style.speech ? graph.primitive(of: edge.gate).spoken : sign(edge.gate)),
      isShort ? name + Text(" = \(slope)") : name.trimmingEnd,
      Text(value, .gradient), Text(style.number(product), .gradient),
    ]
  }

  /// What the factors say: which gates did it, other paths, inputs that were left out.
  fileprivate func causes(of chain: GradientChain, _ end: GradientChain.End) -> [String] {
    var lines: [String] = []
    let sum = chain.gradient / chain.path.product
    let isCancelled = chain.pathCount > 1 && sum.magnitude < GradientChain.vanishing
    if chain.pathCount > 1 {
      let count = chain.pathCount.formatted(.data)
      lines.append(
        isCancelled
          ? "This is the heaviest of \(count) paths, and the others take it away again: they cancel, and the sum is \(style.number(chain.gradient))."
          : "This is the heaviest of \(count) paths; together they bring \(style.number(chain.gradient))."
      )
    }
    let isFound =
      end == .smallest
      ? chain.ratio < GradientChain.vanishing : chain.ratio >= GradientChain.exploding
    if isFound, !isCancelled {
      for share in chain.shares(end, in: graph).prefix(2) { lines.append(sentence(share, end)) }
    }
    if chain.zeroCount > 0, end == .smallest {
      lines.append(
        "\(chain.zeroCount == 1 ? "1 more input has" : "\(chain.zeroCount) more inputs have") gradient 0: hunt dead tells why."
      )
    }
    return lines
  }

  /// `10 gates (σ) multiply it by 2.8e-7 together: the slope of σ is at most 0.25, and here …`.
  private func sentence(_ share: GradientChain.Share, _ end: GradientChain.End) -> String {
    let primitive = graph.primitive(numbered: share.primitive)
    let sign =
      style.speech ? primitive.spoken : style.unicode ? primitive.sign : primitive.name
    let count = share.locals.count
    let sizes = share.locals.map(\.magnitude)
    let product = share.product.formatted(.significant(2))
    let low = style.number(sizes.min() ?? 0)
    let high = style.number(sizes.max() ?? 0)
    var line =
      count == 1
      ? "One gate (\(sign)) multiplies it by \(product)"
      : "\(count) gates (\(sign)) multiply it by \(product) together"
    if let steepest = primitive.steepest, end == .smallest {
      line += ": the slope of \(sign) is at most \(style.number(steepest))"
      return line + (count == 1 ? "." : ", and here from \(low) to \(high).")
    }
    if primitive.name == "*" {
      return line + ": the slope of \(sign) is the product of its other inputs."
    }
    return line + (count == 1 ? "." : ": their slopes are from \(low) to \(high) in size.")
  }
}
