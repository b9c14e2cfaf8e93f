package import Engine
internal import Language

// Pictures node by node.
extension Picture {
  /// Every gate and what it reads; nil where that is more than anyone looks at.
  ///
  /// `isSplit`: whether an input that is read twice is drawn twice, with the contribution of each use.
  package init?(_ scene: Scene, isSplit: Bool = false) {
    let graph = scene.graph
    guard graph.nodes.count <= 2 * Self.most else { return nil }
    var builder = PictureBuilder(scene, isSplit: isSplit)
    for gate in graph.gates { builder.add(gate) }
    for output in graph.outputs { builder.addOutput(output) }
    guard builder.picture.boxes.count <= Self.most else { return nil }
    self = builder.finished()
  }

  /// A node with its neighbours, so many gates back and so many on.
  ///
  /// Operands that are cut are named. Of the gates that read a node a few are drawn; those of the node
  /// in the middle that are not are counted.
  package init(_ scene: Scene, near centre: NodeID, back: Int, on: Int, operands limit: Int) {
    let graph = scene.graph
    var builder = PictureBuilder(scene, operandLimit: limit)
    var gates: Set<NodeID> = []
    var level: [NodeID] = [centre]
    for depth in 0...max(0, back) {
      var next: [NodeID] = []
      for gate in level where graph.nodes[gate].kind == .gate && gates.insert(gate).inserted {
        if depth < back { next += builder.operandsShown(of: gate) }
      }
      level = next
    }
    level = [centre]
    for _ in 0..<max(0, on) {
      var next: [NodeID] = []
      for node in level {
        // A value that feeds a whole layer: a few of its readers show what it does.
        for reader in graph.readers(of: node).prefix(Self.mostReaders)
        where gates.insert(reader.gate).inserted { next.append(reader.gate) }
      }
      level = next
    }
    builder.focus = gates
    if graph.nodes[centre].kind != .gate { builder.focus.insert(centre) }
    for gate in gates.sorted() { builder.add(gate) }
    if gates.isEmpty { builder.addOutput(centre) }
    let missing = Set(graph.readers(of: centre).map(\.gate)).subtracting(gates).count
    if on > 0, missing > 0 { builder.addReaders(missing, of: centre) }
    self = builder.finished()
    self.centre = centre
  }

  private static let mostReaders = 2

  /// Some gates with what they read; results carry their own names.
  package init(_ scene: Scene, gates: [NodeID], results: [NodeID]) {
    var builder = PictureBuilder(scene)
    builder.focus = Set(gates)
    builder.namesResults = true
    for gate in gates { builder.add(gate) }
    for result in results where scene.graph.nodes[result].kind != .gate {
      builder.addOutput(result)
    }
    self = builder.finished()
  }
}

/// Adds nodes one by one, each gate after the gates it reads.
struct PictureBuilder {
  let scene: Scene
  var picture = Picture()
  /// The nodes that are drawn themselves and not cut; empty where all are.
  var focus: Set<NodeID> = []
  var namesResults = false
  private let isSplit: Bool
  private let operandLimit: Int
  private var boxOfNode: [NodeID: Int] = [:]
  private var drawn: Set<NodeID> = []
  /// The contribution of each use, where uses are drawn apart.
  private var contributions: [Use: Double] = [:]

  private struct Use: Hashable {
    let gate: NodeID
    let slot: Int
  }

  init(_ scene: Scene, isSplit: Bool = false, operandLimit: Int = .max) {
    self.scene = scene
    self.isSplit = isSplit
    self.operandLimit = operandLimit
    guard isSplit else { return }
    for event in 0..<scene.tape.events.count where event <= scene.position.event {
      let happened = scene.tape.events[event]
      let isOver = event < scene.position.event
      if isOver, happened.kind == .zero { contributions = [:] }
      // Inputs add up what several passes bring, as their gradients do.
      for part in scene.tape.contributions(of: event).prefix(isOver ? .max : scene.position.part) {
        contributions[Use(gate: happened.node, slot: part.slot), default: 0] += part.amount
      }
    }
  }

  private var graph: Graph { scene.graph }

  /// The operand gates to go on to, where a gate has too many to be drawn.
  func operandsShown(of gate: NodeID) -> [NodeID] {
    let operands = Array(graph.operands(of: gate))
    return slotsShown(of: gate).map { Int(operands[$0]) }
  }

  /// Which operands of a gate are drawn: all, or the first ones, the last, and those in focus.
  private func slotsShown(of gate: NodeID) -> [Int] {
    let operands = graph.operands(of: gate)
    guard operands.count > operandLimit else { return Array(0..<operands.count) }
    let first = operands.startIndex
    let special = (0..<operands.count).filter { focus.contains(Int(operands[first + $0])) }
    let kept = special.prefix(max(0, operandLimit - 3))
    let rest = (0..<operands.count).filter { !kept.contains($0) }
    let more = rest.prefix(max(1, operandLimit - 2 - kept.count)) + rest.suffix(1)
    return Set(Array(kept) + Array(more)).sorted()
  }

  mutating func add(_ gate: NodeID) {
    let (text, hasLiterals) = scene.gateBox(gate)
    let all = Array(graph.operands(of: gate))
    let shown = slotsShown(of: gate)
    var operands: [Int] = []
    for (place, slot) in shown.enumerated() {
      if place > 0, slot > shown[place - 1] + 1 {
        operands.append(leftOut(slot - shown[place - 1] - 1))
      }
      let operand = Int(all[slot])
      if graph.nodes[operand].kind == .constant, hasLiterals { continue }
      operands.append(box(of: operand, use: Use(gate: gate, slot: slot)))
    }
    // A result that other gates read has no arrow of its own.
    let isNameShown =
      scene.showsNames || graph.outputs.contains(gate) && !graph.readers(of: gate).isEmpty
    if scene.showsWork, gate == scene.currentNode { picture.current = picture.boxes.count }
    boxOfNode[gate] = picture.boxes.count
    drawn.insert(gate)
    picture.boxes.append(
      Picture.Box(
        kind: .gate, text: isNameShown ? scene.shown("\(scene.label(gate)):") + text : text,
        nodes: [gate], value: scene.wireValue(gate),
        gradient: scene.gradientBelow(gate), operands: operands,
        isOrdered: scene.isOrdered(gate) && !hasLiterals))
  }

  /// An output that is not drawn yet because it is no gate and no gate reads it: `f = x`.
  mutating func addOutput(_ node: NodeID) {
    if boxOfNode[node] == nil { _ = box(of: node, use: Use(gate: node, slot: 0)) }
  }

  /// Stands for gates that read a node and are not drawn.
  mutating func addReaders(_ count: Int, of node: NodeID) {
    guard let box = boxOfNode[node] else { return }
    let stub = leftOut(count)
    picture.boxes[stub].operands = [box]
  }

  private mutating func leftOut(_ count: Int) -> Int {
    picture.boxes.append(
      Picture.Box(
        kind: .cut, text: scene.shown("\(scene.style.signs.more)\(count) more"), nodes: [],
        value: Text(), gradient: Text(), operands: [], isOrdered: false))
    return picture.boxes.count - 1
  }

  private mutating func box(of node: NodeID, use: Use) -> Int {
    let kind = graph.nodes[node].kind
    // An input that is a result too has a gradient that is no use's.
    let isSplit = isSplit && kind != .gate && !graph.outputs.contains(node)
    if let box = boxOfNode[node], !isSplit { return box }
    let isCut = kind == .gate
    // A literal with a name, `y[2]` of `y = [x, 3]`, shows its number as inputs do.
    let isLiteral = kind == .constant && !graph.isNamed(node)
    var gradient = isLiteral ? Text() : scene.gradientBelow(node)
    if isSplit, kind == .input, !gradient.isEmpty {
      gradient =
        contributions[use].map { Text($0.formatted(.wire), .gradient) } ?? Text()
    }
    let label = scene.label(node)
    picture.boxes.append(
      Picture.Box(
        kind: isCut ? .cut : isLiteral ? .constant : .input,
        text: scene.shown(isCut ? scene.style.signs.more + label : label), nodes: [node],
        value: isLiteral ? Text() : scene.wireValue(node), gradient: gradient,
        operands: [], isOrdered: false))
    if kind != .constant {
      boxOfNode[node] = picture.boxes.count - 1
      drawn.insert(node)
    }
    return picture.boxes.count - 1
  }

  /// The picture, with arrows on what leads out of it.
  func finished() -> Picture {
    var picture = picture
    picture.nameResults { nodes in nodes.first.map { scene.shown(resultName(of: $0)) } }
    picture.nodeCount = drawn.count
    return picture
  }

  private func resultName(of node: NodeID) -> String {
    if graph.outputs.contains(node) { return scene.label(node) }
    if namesResults, graph.nodes[node].kind == .gate { return scene.label(node) }
    let readers = graph.readers(of: node)
    guard let first = readers.first else { return scene.label(node) }
    let more = readers.count > 1 ? ", \(scene.style.signs.more)" : ""
    return scene.style.signs.more + scene.label(first.gate) + more
  }
}
