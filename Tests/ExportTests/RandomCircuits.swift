import Foundation
import Language
import TestSupport

/// Lines that define a random computation: numbers, vectors, matrices, functions, losses and loops.
struct RandomCircuits {
  private var random: SplitMix64
  private let unary = Primitive.catalog.filter {
    $0.notation == .function && $0.operands == .fixed(["x"])
  }.map(\.name)

  init(seed: UInt64) { random = SplitMix64(seed: seed) }

  mutating func lines() -> [String] {
    var lines = [
      "a = \(number()), b = \(number()), c = \(number())",
      "u = [\(list(3))], v = [\(list(3))], p = [\(list(5))], six = [\(list(6))]",
      "M = [[\(list(3))], [\(list(3))], [\(list(3))]], lambda = \(number()), n = 3",
      "g(z) = \(random.pick(["1 / (1 + exp(-z))", "z^2 + a", "tanh(z) * z", "if(z > 0, z, -z/2)"]))",
      "pick(x, k) = x[k] + sum(x[1..k])",
    ]
    lines.append("h = \(vector(2))")
    lines.append("s = \(scalar(2))")
    lines.append("f = \(scalar(3)) + dot(h, \(vector(1))) * s")
    return lines
  }

  private mutating func number() -> String {
    switch random.below(5) {
    case 0: "\(random.below(5) - 2)"
    default: "\((random.number(-2...2) * 1000).rounded() / 1000)"
    }
  }

  private mutating func list(_ count: Int) -> String {
    (0..<count).map { _ in number() }.joined(separator: ", ")
  }

  private mutating func scalar(_ depth: Int) -> String {
    if depth == 0 {
      return random.pick(["a", "b", "c", "lambda", "u[2]", "M[3,1]", "0.5", "2", "v[n]"])
    }
    let d = depth - 1
    switch random.below(26) {
    case 0, 1: return "(\(scalar(d)) + \(scalar(d)))"
    case 2: return "(\(scalar(d)) - \(scalar(d)) + 3)"
    case 3, 4: return "\(scalar(0)) * (\(scalar(d)))"
    case 5: return "(\(scalar(d))) / (\(scalar(d)))"
    case 6: return "(\(scalar(d)))^\(random.pick(["2", "3", "-1"]))"
    case 7: return "abs(\(scalar(d)))^\(scalar(0))"
    case 8...11: return "\(random.pick(unary))(\(scalar(d)))"
    case 12: return "\(random.pick(["max", "min"]))(\(scalar(d)), \(scalar(d)))"
    case 13:
      return
        "if(\(scalar(0)) \(random.pick(["<", "<=", ">", ">=", "==", "!="])) \(scalar(0)), \(scalar(d)), \(scalar(d)))"
    case 14: return "\(random.pick(["mean", "norm", "logsumexp"]))(\(scalar(d)), \(scalar(0)), 1)"
    case 15: return "\(random.pick(["mean", "norm", "logsumexp", "sum"]))(\(vector(d)))"
    case 16: return "dot(\(vector(d)), \(vector(d)))"
    case 17: return "\(random.pick(["u", "v"])) @ \(vector(0))"
    case 18: return "sum(\(scalar(0)) * u[i] + i^2 / v[4 - i] for i in 1..n)"
    case 19: return "g(\(scalar(d)))"
    case 20: return "pick(\(vector(0)), \(random.pick(["1", "2", "n"])))"
    case 21:
      let loss = random.pick(["mse", "mae", "l1", "l2", "cross_entropy"])
      return loss == "cross_entropy"
        ? "cross_entropy([0, 1, 0], softmax(\(vector(d))))" : "\(loss)(\(vector(d)), \(vector(0)))"
    case 22: return "softmax_cross_entropy(\(vector(d)), \(random.pick(["1", "2", "n"])))"
    case 23: return "multiclass_hinge(\(vector(d)), \(random.pick(["1", "3"])))"
    case 24:
      let loss = random.pick([
        "squared_error", "half_squared_error", "binary_cross_entropy", "hinge", "huber",
      ])
      return loss == "huber"
        ? "huber(\(scalar(d)), 1)" : "\(loss)(1, \(scalar(d)))"
    default: return "-(\(scalar(d)))"
    }
  }

  private mutating func vector(_ depth: Int) -> String {
    if depth == 0 { return random.pick(["u", "v", "M[2]", "p[2..4]", "M[1..3, 2]"]) }
    let d = depth - 1
    switch random.below(13) {
    case 0: return "(\(vector(d)) + \(vector(d)))"
    case 1: return "(\(scalar(d)) * \(vector(0)))"
    case 2: return "(\(vector(d)) - \(vector(0)) / 2)"
    case 3, 4: return "\(random.pick(unary))(\(vector(d)))"
    case 5: return "(M @ \(vector(0)) + \(vector(0)))"
    case 6: return "softmax(\(vector(d)))"
    case 7: return "conv(p, \(random.pick(["u", "[1, -2, a]"])))"
    case 8: return "\(random.pick(["maxpool", "avgpool"]))(six, 2)"
    case 9: return "[\(scalar(d)), \(scalar(0)), 1]"
    case 10: return "[\(scalar(0)) * u[i] + i for i in 1..3]"
    case 11: return "max(\(vector(d)), 0)"
    default: return "g(\(vector(d)))"
    }
  }
}
