import Foundation

/// A JSON number, or one of the words the data uses where JSON has no number.
package struct AnyNumber: Decodable {
  package let number: Double

  package init(from decoder: any Decoder) throws {
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

/// A formula whose value and gradients were computed exactly by other means.
///
/// See `Tests/EngineTests/Oracle/README.md`.
package struct OracleRecord: Decodable {
  package struct Tolerance: Decodable {
    package let value: Double
    package let grads: [String: Double]
    package let let_grads: [String: Double]?
  }
  package struct TraceRow: Decodable {
    package let name: String
    package let operands: [Int]
    package let value: Double
    package let adjoint: Double
    package let isGate: Bool
    package init(from decoder: any Decoder) throws {
      var row = try decoder.unkeyedContainer()
      name = try row.decode(String.self)
      let list = try? row.decode([Int].self)
      operands = list ?? []
      isGate = list != nil
      if list == nil {
        if (try? row.decode(String.self)) == nil { _ = try row.decode(Double.self) }
      }
      value = try row.decode(AnyNumber.self).number
      adjoint = try row.decode(AnyNumber?.self)?.number ?? 0
    }
  }

  package let id: String
  package let formula: String
  package let lets: [[String]]
  package let bindings: [String: AnyNumber]
  package let value: AnyNumber
  package let grads: [String: AnyNumber]
  package let let_grads: [String: AnyNumber]?
  package let basis: String
  package let tol: Tolerance?
  package let trace: [TraceRow]?

  /// The lines of the file, as they are.
  package static func lines() throws -> [Substring] {
    let file = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .appending(path: "EngineTests/Oracle/oracle.jsonl")
    return try String(contentsOf: file, encoding: .utf8).split(separator: "\n")
  }

  package static func all() throws -> [OracleRecord] {
    // JSONDecoder, not JSONSerialization, which misreads many doubles.
    let decoder = JSONDecoder()
    return try lines().map {
      try decoder.decode(OracleRecord.self, from: Data($0.utf8))
    }
  }

  /// Whether a number agrees with the record, by the rule of its basis.
  package func accepts(_ got: Double, _ wanted: Double, _ tolerance: Double?) -> Bool {
    switch basis {
    case "exact": return got == wanted || abs(got - wanted) <= tolerance ?? 0
    case "ieee":
      if got.isNaN || wanted.isNaN { return got.isNaN && wanted.isNaN }
      if got.isInfinite || wanted.isInfinite { return got == wanted }
      return abs(got - wanted) <= 64 * max(got.ulp, wanted.ulp)
    default: return got.isNaN == wanted.isNaN && got.isInfinite == wanted.isInfinite
    }
  }

  /// Which rows of the trace have a variable below them; the others are literals here.
  package func dependsOnName(_ trace: [TraceRow]) -> [Bool] {
    var result: [Bool] = []
    for row in trace {
      result.append(row.isGate ? row.operands.contains { result[$0] } : row.name == "leaf")
    }
    return result
  }
}
