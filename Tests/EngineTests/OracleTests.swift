import Foundation
import Language
import TestSupport
import Testing

@testable import Engine

/// 2,561 formulas whose values and gradients were computed exactly by other means (see Oracle/README.md).
@Suite struct OracleTests {
  @Test func `every record agrees within its own bound`() throws {
    let records = try OracleRecord.all()
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
    try Evidence.note(
      ["formulas": records.count, "numbers": comparisons, "wrong": disagreements.count],
      as: "oracle", in: "suite")
  }

  /// Gates are compared as a bag: the oracle counts `a + b + c` as two gates, we as one, so sums are
  /// left out, and so are literals, which have no gradient here.
  @Test func `every traced gate has the traced value and adjoint`() throws {
    var disagreements: [String] = []
    var gatesCompared = 0
    for record in try OracleRecord.all() where record.basis == "exact" {
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
    try Evidence.note(
      ["gates": gatesCompared, "wrong": disagreements.count], as: "gates", in: "suite")
  }

  private func near(_ a: Double, _ b: Double) -> Bool {
    a == b || a.isNaN && b.isNaN || abs(a - b) <= 1e-9 * max(abs(a), abs(b))
  }
}

extension OracleRecord {
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
}
