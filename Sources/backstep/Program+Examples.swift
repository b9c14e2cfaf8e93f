internal import Console
internal import Language
internal import Terminal

extension Program {
  /// Reads a table for the session, which has no files of its own.
  mutating func loadExamples(_ path: String) throws(Problem) {
    let bytes = try Files.read(environment.expandingHome(path), limit: Limit.table.bound)
    show(try conversation.session.load(csv: try decoded(bytes), from: path).document)
  }
}
