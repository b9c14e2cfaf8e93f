internal import Engine
internal import Language

/// A large graph by its names: one row for a vector with all its elements, one for a run of unnamed
/// gates, so that two hundred nodes can be read.
struct Outline {
  /// Nodes that are told together.
  struct Part {
    let label: String
    let nodes: [NodeID]
    /// The name of a vector, to ask for its elements; nil for a single node or unnamed gates.
    let group: String?
  }

  /// Graphs up to this many nodes are told node by node.
  static let most = 60

  let parts: [Part]
  /// The part of each node; -1 for literals.
  let partOfNode: [Int]

  init(_ scene: Scene) {
    let graph = scene.graph
    var parts: [Part] = []
    var partOfNode = [Int](repeating: -1, count: graph.nodes.count)
    var groupOfNode = [Int](repeating: -1, count: graph.nodes.count)
    for (place, group) in graph.groups.enumerated() {
      for node in group.nodes where groupOfNode[node] < 0 { groupOfNode[node] = place }
    }
    var run: [NodeID] = []
    let endRun = {
      guard let first = run.first, let last = run.last else { return }
      let label =
        run.count == 1
        ? scene.label(first)
        : "\(scene.label(first)) \(scene.style.reach) \(scene.label(last))"
      for node in run { partOfNode[node] = parts.count }
      parts.append(Part(label: label, nodes: run, group: nil))
      run = []
    }
    for node in graph.nodes.indices where graph.nodes[node].kind != .constant {
      guard partOfNode[node] < 0 else { continue }
      if groupOfNode[node] >= 0 {
        endRun()
        let group = graph.groups[groupOfNode[node]]
        let own = group.nodes.filter { partOfNode[$0] < 0 }
        for member in own { partOfNode[member] = parts.count }
        parts.append(
          Part(label: "\(group.name) \(group.shape.mark)", nodes: own, group: group.name))
      } else if graph.isNamed(node) || graph.nodes[node].kind == .input {
        endRun()
        partOfNode[node] = parts.count
        parts.append(Part(label: scene.label(node), nodes: [node], group: nil))
      } else {
        run.append(node)
      }
    }
    endRun()
    self.parts = parts
    self.partOfNode = partOfNode
  }

  /// The parts that a part reads, in the order of its operands.
  func operands(of part: Int, in graph: Graph) -> [Int] {
    var result: [Int] = []
    for node in parts[part].nodes where graph.nodes[node].kind == .gate {
      for operand in graph.operands(of: node) {
        let other = partOfNode[Int(operand)]
        if other >= 0, other != part, !result.contains(other) { result.append(other) }
      }
      // A layer's elements read the same things; a few tell enough.
      if result.count > 8 { break }
    }
    return result
  }
}

extension Scene {
  /// What the gates of a part compute: `input`, `relu`, or several signs.
  func signs(_ part: Outline.Part) -> String {
    var signs: [String] = []
    for node in part.nodes {
      let sign = graph.nodes[node].kind == .gate ? self.sign(node) : "input"
      if !signs.contains(sign) { signs.append(sign) }
      if signs.count > 3 { return "gates" }
    }
    return signs.joined(separator: ", ")
  }

  /// A value, or from where to where the values of a part reach.
  func values(_ part: Outline.Part) -> Text {
    values(part.nodes)
  }

  func gradients(_ part: Outline.Part) -> Text {
    if part.nodes.count == 1, let node = part.nodes.first { return wireGradient(node) }
    let known = part.nodes.compactMap { now.gradient(of: $0) }
    return range(known, of: part.nodes.count, .gradient)
  }

  func range(_ numbers: [Double], of count: Int, _ role: Text.Role) -> Text {
    guard let least = numbers.min(), let largest = numbers.max() else {
      return Text(style.signs.unknown, .dim)
    }
    let hasBad = numbers.contains { $0.isNaN }
    let mark = numbers.count < count ? "+" : ""
    if hasBad { return Text("nan" + mark, role) }
    let (low, high) = (least.formatted(.wire), largest.formatted(.wire))
    return Text((low == high ? low : "\(low) \(style.reach) \(high)") + mark, role)
  }
}

extension Document {
  /// The table of a large graph: one row for each name.
  static func outlineTable(_ scene: Scene) -> Document {
    let outline = Outline(scene)
    let rows = outline.parts.enumerated().map { place, part -> [Text] in
      let operands = outline.operands(of: place, in: scene.graph)
      let names = operands.prefix(4).map { outline.parts[$0].group ?? outline.parts[$0].label }
      let more = operands.count > 4 ? ", \(scene.style.signs.more)" : ""
      return [
        Text(part.label), Text(scene.signs(part)), Text(names.joined(separator: ", ") + more),
        scene.values(part), scene.gradients(part),
      ]
    }
    let most = Outline.most
    let shown =
      rows.count <= most
      ? rows
      : Array(rows.prefix(most - 20))
        + [[Text("\(rows.count - most + 5) more rows", .dim), "", "", "", ""]]
        + Array(rows.suffix(15))
    let example = outline.parts.first { $0.group != nil }?.group
    let count = scene.graph.nodes.count { $0.kind != .constant }
    let hint =
      "\(count) nodes by name; table all shows each" + (example.map { ", table \($0) some" } ?? "")
    return Document([
      .table(
        Table(
          [
            .init("node"), .init("gate"), .init("inputs"), .init("value", .right),
            .init("grad", .right),
          ], shown, indent: 0, underline: .whole)),
      .line(Text(hint, .dim)),
    ])
  }

  /// The tree of a large graph: names under names, what occurs again is named only.
  static func outlineTree(_ scene: Scene) -> Document {
    let outline = Outline(scene)
    var rows: [[Text]] = []
    var seen: Set<Int> = []
    var roots: [Int] = []
    for output in scene.graph.outputs {
      let part = outline.partOfNode[output]
      if part >= 0, !roots.contains(part) { roots.append(part) }
    }
    var waiting = roots.reversed().map { (part: $0, stem: "", below: "") }
    while let (part, stem, below) = waiting.popLast() {
      let operands = outline.operands(of: part, in: scene.graph)
      let isAgain = !operands.isEmpty && !seen.insert(part).inserted
      guard rows.count < 200 else {
        rows.append([Text("and more below; tree NODE shows a part", .dim), "", ""])
        break
      }
      let unit = outline.parts[part]
      let gate = operands.isEmpty ? "" : "  \(scene.signs(unit))"
      rows.append([
        Text(stem, .dim) + Text(unit.label + gate) + Text(isAgain ? "  (above)" : "", .dim),
        scene.values(unit), scene.gradients(unit),
      ])
      guard !isAgain else { continue }
      for (place, child) in operands.enumerated().reversed() {
        let isLast = place == operands.count - 1
        let signs = scene.style.signs
        waiting.append(
          (
            child, below + (isLast ? signs.lastBranch : signs.branch),
            below + (isLast ? "   " : signs.trunk)
          ))
      }
    }
    let count = scene.graph.nodes.count { $0.kind != .constant }
    return Document([
      .table(
        Table(
          [.init(""), .init("value", .right), .init("grad", .right)], rows, indent: 0,
          underline: .none)),
      .line(Text("\(count) nodes by name; tree NODE shows a part node by node", .dim)),
    ])
  }
}
