import Foundation

/// A JSON number, or one of the words used where JSON has no number.
struct AnyNumber: Decodable {
  let number: Double

  init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    if let number = try? container.decode(Double.self) {
      self.number = number
    } else {
      switch try container.decode(String.self) {
      case "inf": number = .infinity
      case "-inf": number = -.infinity
      default: number = .nan
      }
    }
  }
}

/// A formula whose value and gradients were computed exactly by other means
/// (Tests/EngineTests/Oracle/README.md).
struct OracleRecord: Decodable {
  struct Tolerance: Decodable {
    let value: Double
    let grads: [String: Double]
    let let_grads: [String: Double]?
  }

  let id: String
  let value: AnyNumber
  let grads: [String: AnyNumber]
  let let_grads: [String: AnyNumber]?
  let basis: String
  let tol: Tolerance?

  /// What an answer says that the record does not allow.
  func disagreements(with answer: Answer) -> [String] {
    guard let value = answer.value, let grads = answer.grads, let lets = answer.let_grads else {
      return ["\(id): \(answer.error?.code ?? "no answer")"]
    }
    var result: [String] = []
    let compare = { (what: String, got: AnyNumber?, wanted: AnyNumber, tolerance: Double?) in
      guard let got, accepts(got.number, wanted.number, tolerance) else {
        result.append(
          "\(id) \(what): \(got.map { "\($0.number)" } ?? "none"), not \(wanted.number)")
        return
      }
    }
    compare("value", value, self.value, tol?.value)
    for (name, wanted) in self.grads { compare(name, grads[name], wanted, tol?.grads[name]) }
    for (name, wanted) in let_grads ?? [:] {
      compare(name, lets[name], wanted, tol?.let_grads?[name])
    }
    return result
  }

  private func accepts(_ got: Double, _ wanted: Double, _ tolerance: Double?) -> Bool {
    switch basis {
    case "exact": return got == wanted || abs(got - wanted) <= tolerance ?? 0
    case "ieee":
      if got.isNaN || wanted.isNaN { return got.isNaN && wanted.isNaN }
      if got.isInfinite || wanted.isInfinite { return got == wanted }
      return abs(got - wanted) <= 64 * max(got.ulp, wanted.ulp)
    default: return got.isNaN == wanted.isNaN && got.isInfinite == wanted.isInfinite
    }
  }
}
