import Foundation
import Kernels
import Language
import Lessons
import Testing
import Typesetting

@testable import Console
@testable import Engine

/// The compiled engine on every graph that the lessons make.
@Suite struct LessonRunTests {
  /// What is stepped through in a lesson and what is compiled agree, and the golden file shows which
  /// runs are found in each lesson's networks: layers and filters, though no one names them.
  @Test func `every graph of every lesson, compiled, and the runs in its networks`() throws {
    let folder = repository.appending(path: "lessons")
    let names = try FileManager.default.contentsOfDirectory(atPath: folder.path)
      .filter { $0.hasSuffix(".md") }.sorted()
    var wrong: [String] = []
    var graphs = 0
    var report = ""
    for name in names {
      let bytes = Array(try Data(contentsOf: folder.appending(path: name)))
      var found: [String] = []
      for graph in try self.graphs(of: Lesson(parsing: bytes)) {
        graphs += 1
        wrong += try differences(graph).map { "\(name): \($0)" }
        let function = try CompiledFunction(graph, of: graph.inputs)
        let runs = function.summary.filter { $0.hasPrefix("dot") && $0.contains("×") }
        let line = runs.joined(separator: ", ")
        if !runs.isEmpty, !found.contains(line) { found.append(line) }
      }
      if !found.isEmpty { report += "\(name)\n" + found.map { "  \($0)\n" }.joined() }
    }
    #expect(wrong.prefix(5) == [])
    #expect(graphs > 200)
    try expectGolden(report, "runs.txt")
  }

  /// The graphs a lesson's session holds, one after the other.
  private func graphs(of lesson: Lesson) throws -> [Graph] {
    var session = Session(for: lesson)
    var graphs: [Graph] = []
    for transcript in lesson.transcripts where !transcript.attributes.contains(.skip) {
      if transcript.attributes.contains(.new) { session = Session(for: lesson) }
      for entry in transcript.entries {
        _ = try? session.enter(entry.command)
        guard let graph = session.graph, graph.missingInputs.isEmpty, !graph.outputs.isEmpty,
          graphs.last.map({ !$0.hasSameShape(as: graph) }) ?? true
        else { continue }
        graphs.append(graph)
      }
    }
    return graphs
  }

  /// Values and gradients of the columns against the tape's, and those of the runs within rounding.
  private func differences(_ graph: Graph) throws -> [String] {
    let final = Snapshot(of: try Tape(of: graph), at: Tape.Position(.max))
    let compiled = try CompiledGraph(graph)
    compiled.backward(from: graph.outputs.map { ($0, 1) })
    var function = try CompiledFunction(graph, of: graph.inputs)
    let value = function.differentiate()
    let first = graph.outputs[0]
    var wrong: [String] = []
    for node in graph.nodes.indices where !same(compiled[node], final.values[node]) {
      wrong.append("value of \(graph.label(node))")
    }
    for node in graph.inputs where !same(compiled.gradient(node), final.gradients[node]) {
      wrong.append("gradient of \(graph.label(node))")
    }
    if !near(value, final.values[first], 1) { wrong.append("\(graph.label(first)) in runs") }
    let alone = graph.adjoints(
      at: final.values, conventions: Conventions(), from: first)
    for (place, node) in graph.inputs.enumerated()
    where !near(function.gradients[place], alone[node], abs(alone[node])) {
      wrong.append("gradient of \(graph.label(node)) in runs")
    }
    return wrong
  }

  private func same(_ a: Double, _ b: Double) -> Bool { a == b || a.isNaN && b.isNaN }

  private func near(_ a: Double, _ b: Double, _ size: Double) -> Bool {
    same(a, b) || abs(a - b) <= 1e-12 * max(1, size, abs(b))
  }
}
