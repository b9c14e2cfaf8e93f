package import Drawing
package import Engine
internal import Language

/// A computation as boxes and wires with numbers on them: what every drawing of it shows.
///
/// It has no places yet; `Layout` finds them, the same for a terminal, a picture and a page.
package struct Picture: Sendable {
  /// An input, a gate, or several nodes drawn as one.
  package struct Box: Sendable {
    /// What a box stands for.
    package enum Kind: Hashable, Sendable {
      case input, gate
      /// A literal: it has no gradient.
      case constant
      /// Several nodes under one name.
      case names
      /// What stands here is drawn elsewhere.
      case cut
    }

    package let kind: Kind
    /// What stands in the box: `w1`, `(+)`, `[tanh]`, as the terminal shows it.
    package let text: String
    /// The nodes it stands for; none where something is left out.
    package let nodes: [NodeID]
    /// What stands above its wire.
    package let value: Text
    /// What stands below its wire; empty where no gradient has come.
    package let gradient: Text
    /// The boxes it reads, first operand first.
    package internal(set) var operands: [Int]
    /// Whether the order of its operands counts, as for `-`.
    package let isOrdered: Bool
    /// What stands behind its arrow where no drawn box reads it.
    package internal(set) var result = ""
  }

  /// Each box stands after those it reads.
  package internal(set) var boxes: [Box] = []
  /// The box of the gate at work.
  package internal(set) var current: Int?
  /// The node around which a part of the graph is drawn; nil where all of it is.
  package internal(set) var centre: NodeID?
  /// How many nodes are drawn, literals not counted.
  package internal(set) var nodeCount = 0

  /// More boxes than anyone looks at.
  package static let most = 400

  init() {}

  /// Takes the marks of the gate at work away.
  package mutating func rest() { current = nil }

  /// How often each box is read.
  private var readerCounts: [Int] {
    var readers = [Int](repeating: 0, count: boxes.count)
    for box in boxes { for operand in box.operands { readers[operand] += 1 } }
    return readers
  }

  /// Whether no box is read twice.
  package var isTree: Bool { readerCounts.allSatisfy { $0 <= 1 } }

  /// Gives each box that no other reads its name behind an arrow.
  mutating func nameResults(_ name: ([NodeID]) -> String?) {
    for (place, readers) in readerCounts.enumerated() where readers == 0 {
      if let name = name(boxes[place].nodes) { boxes[place].result = name }
    }
  }

  /// The circuit to be laid out; the labels of a wire stand around it, or in it.
  package func circuit(_ spacing: Circuit.Spacing = .normal) -> Circuit {
    Circuit(
      boxes.map { box in
        let label =
          spacing == .inline
          ? box.value.width + box.gradient.width + 2
          : max(box.value.width, box.gradient.width)
        return Circuit.Part(
          width: columns(box.text), label: label, operands: box.operands,
          isOrdered: box.isOrdered, result: box.result.isEmpty ? 0 : columns(box.result) + 1)
      })
  }

  /// Whether a piece of wire belongs to the gate at work: its inputs and its output.
  package func isActive(_ piece: Layout.Piece) -> Bool {
    guard let current else { return false }
    return piece.part == current || piece.leadsTo == current
  }
}

extension Scene {
  /// A name or a sign as the terminal will show it, so that it can be measured.
  func shown(_ text: String) -> String { style.unicode ? visible(text) : asciiOnly(visible(text)) }

  /// What stands below the wire of a node: nothing before a gradient comes.
  package func gradientBelow(_ node: NodeID) -> Text {
    switch now.state(of: node) {
    case .notReached: Text()
    case .waiting(let sum, _, _): Text(sum.formatted(.wire) + "+", .gradient)
    case .blocked: Text(0.0.formatted(.wire), .gradient)
    case .complete(let gradient): Text(gradient.formatted(.wire), .gradient)
    }
  }

  /// What stands in the box of a gate, and whether its literals stand there with it.
  ///
  /// A gate that reads a single node is drawn as a function of it: `[1/x]`, `[+1]`, `[x×x]`.
  func gateBox(_ gate: NodeID) -> (text: String, hasLiterals: Bool) {
    let primitive = graph.primitive(of: gate)
    let operands = graph.operands(of: gate).map { Int($0) }
    let read = Set(operands.filter { graph.nodes[$0].kind != .constant })
    let isPrefix = if case .prefix = primitive.notation { true } else { false }
    if read.count == 1, let node = read.first, operands.count > 1 || isPrefix,
      let formula = ofOneNode(gate, primitive, operands, node)
    {
      let text = shown("[\(formula.filter { $0 != " " })]")
      if columns(text) <= 9 { return (text, true) }
    }
    let sign = shown(sign(gate))
    return (columns(sign) == 1 ? "(\(sign))" : "[\(sign)]", false)
  }

  /// `+1` and `×2` as on slides; else a formula of `x`, or of a name that nothing else in the graph has.
  private func ofOneNode(
    _ gate: NodeID, _ primitive: Primitive, _ operands: [NodeID], _ node: NodeID
  ) -> String? {
    if ["+", "*"].contains(primitive.name), operands.count == 2, operands[0] != operands[1] {
      let literal = operands[0] == node ? operands[1] : operands[0]
      return sign(gate) + label(literal)
    }
    let name = ["x", "z", "u", "v", "a", "k"].first {
      graph.nodeOfLabel[$0] == nil && graph.group(named: $0) == nil || graph.label(node) == $0
    }
    return name.map { name in
      style.formula(graph.formula(of: gate) { $0 == node ? name : nil })
    }
  }

  /// Whether the order of a gate's operands matters to anyone who looks at it.
  func isOrdered(_ gate: NodeID) -> Bool {
    guard !graph.isFused(gate) else { return false }
    let primitive = graph.primitive(of: gate)
    guard case .fixed(let names) = primitive.operands, names.count > 1 else { return false }
    return !["*", "max", "min"].contains(primitive.name)
  }
}
