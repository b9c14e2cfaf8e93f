package import Language

/// A number that a slip on the way forward gives in the place of a gate's value.
package struct WrongValue: Sendable {
  /// What was done instead.
  package enum Slip: Hashable, Sendable {
    /// The right size with the wrong sign.
    case sign
    /// An operand's sign was overlooked.
    case operandSign(NodeID)
    /// The gate was left out, and an operand taken for its value.
    case operand(NodeID)
    /// Another gate was computed.
    case other(PrimitiveID)
  }

  package let slip: Slip
  package let value: Double

  private static let alternatives: [[String]] = [
    ["+", "-", "*", "/"], ["tanh", "sigmoid", "relu"], ["sin", "cos", "tan"], ["exp", "ln"],
    ["max", "min"], ["^", "*", "+"],
  ]

  /// The wrong values of a gate that has the right values before it, the most likely first.
  ///
  /// `values`: of all nodes.
  package static func values(of gate: NodeID, in graph: Graph, at values: [Double]) -> [WrongValue]
  {
    all(of: gate, in: graph, at: values).filter {
      $0.value.isFinite && areApart($0.value, values[gate])
    }
  }

  /// How many of these slips give the right value, so that nobody could notice them.
  package static func hiddenCount(of gate: NodeID, in graph: Graph, at values: [Double]) -> Int {
    all(of: gate, in: graph, at: values).count { !areApart($0.value, values[gate]) }
  }

  private static func all(of gate: NodeID, in graph: Graph, at values: [Double]) -> [WrongValue] {
    guard graph.nodes.indices.contains(gate), graph.nodes[gate].kind == .gate else { return [] }
    // Of a fused gate: what it computes is no primitive that could be mixed up with another.
    let own = graph.primitive(of: gate)
    let operands = graph.operands(of: gate).prefix(64).map { Int($0) }
    let inputs = operands.map { values[$0] }
    let right = values[gate]
    var found: [WrongValue] = []
    if operands.count == graph.operands(of: gate).count {
      for group in alternatives where group.contains(own.name) && inputs.count <= 2 {
        for name in group where name != own.name {
          guard let other = inputs.count == 1 ? Primitive.functions[name] : other(name) else {
            continue
          }
          found.append(WrongValue(slip: .other(other), value: Primitive[other].value(inputs)))
        }
      }
      if inputs.count > 2, own.name == "+" {
        found.append(
          WrongValue(slip: .other(Primitive.multiply), value: inputs.reduce(1, *)))
      }
      found.append(WrongValue(slip: .sign, value: -right))
      for (place, operand) in operands.enumerated() where inputs[place] < 0 {
        var turned = inputs
        turned[place] = -inputs[place]
        found.append(
          WrongValue(slip: .operandSign(operand), value: own.value(turned)))
      }
    }
    for (place, operand) in operands.enumerated() {
      found.append(WrongValue(slip: .operand(operand), value: inputs[place]))
    }
    return found
  }

  private static func other(_ name: String) -> PrimitiveID? {
    Primitive.infixes[name] ?? Primitive.functions[name]
  }
}
