/// A bound on what the program takes on, so that it refuses instead of running out of memory.
package struct Limit: Sendable {
  /// What is bounded, as `limits` shows it.
  package let subject: String
  /// The largest number allowed.
  package let bound: Int
  /// What the number counts.
  package let unit: String

  /// Refuses with a problem when `count` is over the bound.
  package func check(_ count: Int, at span: SourceSpan? = nil) throws(Problem) {
    if count > bound { throw .overLimit(self, count, at: span) }
  }
}

extension Limit {
  package static let line = Limit(subject: "a typed line", bound: 65_536, unit: "bytes")
  package static let script = Limit(
    subject: "a script or an eval record", bound: 16_777_216, unit: "bytes")
  package static let lesson = Limit(subject: "a lesson", bound: 1_048_576, unit: "bytes")
  package static let nodes = Limit(subject: "a compiled graph", bound: 2_000_000, unit: "nodes")
  package static let tape = Limit(subject: "a graph on the tape", bound: 20_000, unit: "nodes")
  package static let events = Limit(
    subject: "all passes on one tape", bound: 1_000_000, unit: "events")
  package static let vector = Limit(subject: "a vector", bound: 100_000, unit: "elements")
  package static let loops = Limit(subject: "loops inside each other", bound: 8, unit: "loops")
  package static let name = Limit(subject: "a name", bound: 64, unit: "bytes")
  package static let marks = Limit(
    subject: "marks, breakpoints and displays together", bound: 1_000, unit: "entries")
  package static let table = Limit(
    subject: "a CSV file", bound: 134_217_728, unit: "bytes")
  package static let trainingMemory = Limit(
    subject: "the columns of one batch", bound: 4_294_967_296, unit: "bytes")
  package static let examples = Limit(subject: "a CSV", bound: 1_000_000, unit: "rows")
  package static let columns = Limit(subject: "the header of a CSV", bound: 1_000, unit: "columns")
  package static let answers = Limit(
    subject: "answers to be marked", bound: 16_777_216, unit: "bytes")
  package static let sheets = Limit(subject: "a class", bound: 20_000, unit: "sheets")
  package static let derivative = Limit(
    subject: "a derivative written out", bound: 400, unit: "parts")

  package static let exercise = Limit(
    subject: "the graph of an exercise", bound: 1_000, unit: "nodes")

  /// Every limit, in the order `limits` lists them.
  package static let all: [Limit] = [
    .line, .script, .lesson, .name, .vector, .loops, .nodes, .tape, .events, .table, .examples,
    .columns, .trainingMemory, .answers, .sheets,
    .marks, .derivative, .exercise,
  ]
}
