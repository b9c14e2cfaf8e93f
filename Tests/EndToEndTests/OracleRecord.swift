import Foundation
import TestSupport

extension OracleRecord {
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
}
