import Engine
import Export
import Foundation
import Language
import TestSupport

/// The program's own numbers for a computation, and how far another's may be from them.
///
/// The rule: a relative distance of 1e-12, and 16 times what the number itself moves when every gate
/// on the way is off by a few units in its last place. Where that is not enough, a convention has to
/// say why.
struct ScriptNumbers {
  let graph: Graph
  let values: [Double]
  let adjoints: [Double]
  private let valueRoom: [Double]
  private let adjointRoom: [Double]
  /// Whether nan or infinity is met on the way.
  let meetsTheEnd: Bool

  init(_ computation: Computation) throws {
    let graph = try computation.graph()
    let backward = { (values: [Double]) in
      graph.adjoints(at: values, conventions: computation.conventions, seeds: computation.seeds)
    }
    let (values, moved) = (graph.values(), [1, 2, 3].map { Self.moved(graph, seed: $0) })
    let adjoints = backward(values)
    let room = { (own: [Double], others: [[Double]]) in
      own.indices.map { place in
        1e-12 * own[place].magnitude
          + 16 * (others.map { ($0[place] - own[place]).magnitude }.max() ?? 0)
      }
    }
    valueRoom = room(values, moved)
    adjointRoom = room(adjoints, moved.map(backward))
    meetsTheEnd =
      !values.allSatisfy(\.isFinite) || !adjoints.allSatisfy(\.isFinite)
      || Self.meetsInfiniteSlopes(graph, values)
    (self.graph, self.values, self.adjoints) = (graph, values, adjoints)
  }

  /// The values with each gate off by up to two units in its last place.
  private static func moved(_ graph: Graph, seed: UInt64) -> [Double] {
    var random = SplitMix64(seed: seed)
    var values = graph.nodes.map(\.value)
    for gate in graph.gates {
      let inputs = graph.operands(of: gate).map { values[Int($0)] }
      let value = graph.primitive(of: gate).value(inputs)
      values[gate] = value * (1 + random.number(-2...2) * 0x1p-52)
    }
    return values
  }

  private static func meetsInfiniteSlopes(_ graph: Graph, _ values: [Double]) -> Bool {
    graph.gates.contains { gate in
      let inputs = graph.operands(of: gate).map { values[Int($0)] }
      let primitive = graph.primitive(of: gate)
      return ["/", "ln", "sqrt", "^"].contains(primitive.name) && inputs.contains { $0 == 0 }
        || inputs.contains { $0.magnitude > 1e150 }
    }
  }

  /// What is printed otherwise than it should be, in words.
  func differences(_ printed: ScriptPeer.Printed) -> [String] {
    var result: [String] = []
    var seen = 0
    for (line, numbers) in printed.lines where !line.hasPrefix("mean ") {
      let isGradient = line.hasPrefix("grad ")
      let name = isGradient ? String(line.dropFirst(5)) : line
      for (place, number) in numbers.enumerated() {
        guard let node = node(name, place, of: numbers.count) else { continue }
        // Where a name is a second one, what arrives through it is not what arrives in all.
        guard !isGradient || isOwn(name, node) else { continue }
        seen += 1
        let own = isGradient ? adjoints[node] : values[node]
        let room = isGradient ? adjointRoom[node] : valueRoom[node]
        let isSame = own == number || own.isNaN && number.isNaN
        guard !isSame, !((own - number).magnitude <= room) else { continue }
        result.append("\(line)[\(place)] is \(number), and should be \(own) within \(room)")
      }
    }
    let wanted = graph.inputs.count
    if seen < wanted {
      result.append("\(seen) numbers are printed, and there are \(wanted) inputs")
    }
    return result
  }

  private func node(_ name: String, _ place: Int, of count: Int) -> NodeID? {
    if let node = graph.nodeOfLabel[name], count == 1 { return node }
    if let group = graph.group(named: name), group.nodes.count == count {
      return group.nodes[place]
    }
    // Elements that were given one by one.
    let element = graph.nodeOfLabel["\(name)[\(place + 1)]"]
    return graph.group(named: name) == nil ? element : nil
  }

  private func isOwn(_ name: String, _ node: NodeID) -> Bool {
    let label = graph.label(node)
    return graph.nodes[node].kind != .constant && (label == name || label.hasPrefix(name + "["))
  }

  /// The conventions that could be why a framework prints other numbers here.
  func conventions(for framework: Framework) -> [FrameworkConvention] {
    FrameworkConvention.all.filter { $0.differs(in: framework.name) }.filter { convention in
      graph.gates.contains { gate in
        convention.applies(
          to: graph.primitive(of: gate), graph.operands(of: gate).map { values[Int($0)] },
          values[gate])
      }
    }
  }
}
