import Foundation
import TestSupport

@testable import Language

/// A formula as a tree, with an evaluator of its own that shares no line with the program's.
indirect enum Tree {
  case number(Double)
  case name(String)
  case apply(Primitive, [Tree])

  static let names = ["x", "y", "w1", "theta", "h_2"]

  static func random(depth: Int, _ random: inout SplitMix64) -> Tree {
    if depth == 0 || random.below(7) == 0 {
      if random.below(3) > 0 { return .name(random.pick(names)) }
      return .number(
        random.pick([
          0, 1, 2, 3, 0.5, 10, 1e-3, 2.5e7, 0.1, Double.pi, 1e20, .leastNonzeroMagnitude,
        ]))
    }
    let gates = Primitive.catalog.filter { ![.comparison, .gate].contains($0.notation) }
    let primitive = random.pick(gates)
    let count: Int =
      switch primitive.operands {
      case .fixed(let names): names.count
      case .variadic(let least): least + random.below(3)
      }
    var operands: [Tree] = []
    for place in 0..<count {
      // What a choice looks at may be a comparison, and nothing else may.
      if primitive.name == "if", place == 0, random.below(4) > 0 {
        let comparison = random.pick(Primitive.catalog.filter { $0.notation == .comparison })
        let sides = [
          Tree.random(depth: depth - 1, &random), Tree.random(depth: depth - 1, &random),
        ]
        operands.append(.apply(comparison, sides))
      } else {
        operands.append(.random(depth: depth - 1, &random))
      }
    }
    return .apply(primitive, operands)
  }

  var formula: Formula {
    var builder = FormulaBuilder()
    append(to: &builder)
    return builder.formula
  }

  private func append(to builder: inout FormulaBuilder) {
    switch self {
    case .number(let value): builder.number(value)
    case .name(let name): builder.name(name)
    case .apply(let primitive, let operands):
      for operand in operands { operand.append(to: &builder) }
      let id = Primitive.catalog.firstIndex { $0.usage == primitive.usage } ?? 0
      builder.apply(PrimitiveID(id), arity: operands.count)
    }
  }

  /// The value, and whether nan or infinity was met on the way.
  func evaluated(_ values: [String: Double]) -> (value: Double, isFinite: Bool) {
    switch self {
    case .number(let value): return (value, true)
    case .name(let name): return (values[name] ?? .nan, true)
    case .apply(let primitive, let operands):
      let parts = operands.map { $0.evaluated(values) }
      let value = reference[primitive.usage].map { $0(parts.map(\.value)) } ?? .nan
      return (value, value.isFinite && parts.allSatisfy(\.isFinite))
    }
  }
}

extension Formula {
  /// The value with names looked up in a table.
  func value(_ values: [String: Double]) -> Double {
    evaluated { values[names[$0]] ?? .nan }
  }
}

/// What each primitive should compute, in Foundation's functions, by how it is written.
let reference: [String: @Sendable ([Double]) -> Double] = [
  "a + b": { $0.dropFirst().reduce($0[0], +) }, "a - b": { $0[0] - $0[1] },
  "a * b": { $0[0] * $0[1] }, "a / b": { $0[0] / $0[1] }, "a ^ b": { pow($0[0], $0[1]) },
  "-x": { -$0[0] }, "exp(x)": { exp($0[0]) }, "ln(x)": { log($0[0]) },
  "sqrt(x)": { sqrt($0[0] + 0) }, "sin(x)": { sin($0[0]) }, "cos(x)": { cos($0[0]) },
  "tan(x)": { tan($0[0]) }, "tanh(x)": { tanh($0[0]) },
  "sigmoid(x)": { 0.5 + 0.5 * tanh($0[0] / 2) }, "relu(x)": { fmax($0[0], 0) },
  "leaky_relu(x)": { $0[0] > 0 ? $0[0] : $0[0] / 100 },
  "softplus(x)": { $0[0] > 30 ? $0[0] + exp(-$0[0]) : log1p(exp($0[0])) },
  "gaussian(x)": { exp(-pow($0[0], 2)) }, "step(x)": { $0[0] < 0 ? 0 : 1 },
  "sign(x)": { $0[0] < 0 ? -1 : 1 }, "abs(x)": { fabs($0[0]) },
  "floor(x)": { floor($0[0]) }, "mean(a, b)": { $0.reduce(0, +) / Double($0.count) },
  "norm(a, b)": { sqrt($0.map { pow($0, 2) }.reduce(0, +)) },
  "max(a, b)": { fmax($0[0], $0[1]) }, "min(a, b)": { fmin($0[0], $0[1]) },
  "logsumexp(a, b)": { numbers in
    let largest = numbers.max() ?? 0
    return largest + log(numbers.map { exp($0 - largest) }.reduce(0, +))
  },
  "if(c, a, b)": { $0[0] == 0 ? $0[2] : $0[1] }, "copy(x)": { $0[0] },
  "a < b": { $0[0] < $0[1] ? 1 : 0 }, "a <= b": { $0[0] <= $0[1] ? 1 : 0 },
  "a > b": { $0[0] > $0[1] ? 1 : 0 }, "a >= b": { $0[0] >= $0[1] ? 1 : 0 },
  "a == b": { $0[0] == $0[1] ? 1 : 0 }, "a != b": { $0[0] != $0[1] ? 1 : 0 },
]
