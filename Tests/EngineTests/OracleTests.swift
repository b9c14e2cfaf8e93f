import Foundation
import Language
import Testing

@testable import Engine

/// 2,561 formulas whose values and gradients were computed exactly by other means (see Oracle/README.md).
@Suite struct OracleTests {
  @Test func `every record agrees within its own bound`() throws {
    let records = try Record.all()
    #expect(records.count == 2_561)
    var disagreements: [String] = []
    var comparisons = 0
    for record in records {
      let (graph, tape, definitions) = try record.tape()
      let final = Snapshot(of: tape, at: tape.end)
      let compare = { (what: String, got: Double, wanted: Double, tolerance: Double?) in
        comparisons += 1
        if !record.accepts(got, wanted, tolerance) {
          disagreements.append("\(record.id) \(what): \(got), not \(wanted)")
        }
      }
      compare("value", final.values[graph.outputs[0]], record.value.number, record.tol?.value)
      for (name, wanted) in record.grads {
        let got = graph.nodeOfLabel[name].map { final.gradients[$0] } ?? 0
        compare("grad \(name)", got, wanted.number, record.tol?.grads[name])
      }
      for (name, wanted) in record.let_grads ?? [:] {
        let node = graph.nodeOfLabel[definitions.resolved(name)]
        let got = node.map { final.gradients[$0] } ?? 0
        compare("grad \(name)", got, wanted.number, record.tol?.let_grads?[name])
      }
    }
    #expect(disagreements == [])
    #expect(comparisons > 8_000)
  }

  /// Gates are compared as a bag: the oracle counts `a + b + c` as two gates, we as one, so sums are
  /// left out, and so are literals, which have no gradient here.
  @Test func `every traced gate has the traced value and adjoint`() throws {
    var disagreements: [String] = []
    var gatesCompared = 0
    for record in try Record.all() where record.basis == "exact" {
      guard let trace = record.trace else { continue }
      let (graph, tape, _) = try record.tape()
      let final = Snapshot(of: tape, at: tape.end)
      var ours = graph.gates.map { gate in
        (
          name: Primitive[graph.nodes[gate].primitive].name, value: final.values[gate],
          adjoint: final.gradients[gate]
        )
      }
      let dependsOnName = record.dependsOnName(trace)
      for (index, row) in trace.enumerated()
      where dependsOnName[index] && row.isGate && row.name != "+" {
        gatesCompared += 1
        let place = ours.firstIndex {
          $0.name == (row.name == "neg" ? "-" : row.name) && near($0.value, row.value)
            && near($0.adjoint, row.adjoint)
        }
        if let place {
          ours.remove(at: place)
        } else {
          disagreements.append("\(record.id): no \(row.name) with \(row.value), \(row.adjoint)")
        }
      }
    }
    #expect(disagreements == [])
    #expect(gatesCompared > 500)
  }

  private func near(_ a: Double, _ b: Double) -> Bool {
    a == b || a.isNaN && b.isNaN || abs(a - b) <= 1e-9 * max(abs(a), abs(b))
  }
}

/// A JSON number, or one of the words the data uses where JSON has no number.
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

struct Record: Decodable {
  struct Tolerance: Decodable {
    let value: Double
    let grads: [String: Double]
    let let_grads: [String: Double]?
  }
  struct TraceRow: Decodable {
    let name: String
    let operands: [Int]
    let value: Double
    let adjoint: Double
    let isGate: Bool
    init(from decoder: any Decoder) throws {
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

  let id: String
  let formula: String
  let lets: [[String]]
  let bindings: [String: AnyNumber]
  let value: AnyNumber
  let grads: [String: AnyNumber]
  let let_grads: [String: AnyNumber]?
  let basis: String
  let tol: Tolerance?
  let trace: [TraceRow]?

  static func all() throws -> [Record] {
    let file = URL(filePath: #filePath).deletingLastPathComponent()
      .appending(path: "Oracle/oracle.jsonl")
    // JSONDecoder, not JSONSerialization, which misreads many doubles.
    let decoder = JSONDecoder()
    return try String(contentsOf: file, encoding: .utf8).split(separator: "\n").map {
      try decoder.decode(Record.self, from: Data($0.utf8))
    }
  }

  func tape() throws -> (Graph, Tape, Definitions) {
    var definitions = Definitions()
    for (name, value) in bindings { definitions.set(name, to: value.number) }
    for line in lets.map({ "\($0[0]) = \($0[1])" }) + ["the_result = \(formula)"] {
      for assignment in try #require(try Assignment.reading(line, functions: [:])) {
        // A let is an intermediate result here; the bindings are the inputs.
        try definitions.define(assignment, isInput: false)
      }
    }
    let graph = try Graph(of: ["the_result"], in: definitions)
    return (graph, try Tape(of: graph), definitions)
  }

  func accepts(_ got: Double, _ wanted: Double, _ tolerance: Double?) -> Bool {
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
  func dependsOnName(_ trace: [TraceRow]) -> [Bool] {
    var result: [Bool] = []
    for row in trace {
      result.append(row.isGate ? row.operands.contains { result[$0] } : row.name == "leaf")
    }
    return result
  }
}
