import Foundation
import Language
import Lessons
import Testing
import Typesetting

@testable import Console

let repository = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
  .deletingLastPathComponent()

/// Compares with `Golden/name`, or writes it anew when GOLDEN=record is set.
func expectGolden(
  _ actual: String, _ name: String, sourceLocation: SourceLocation = #_sourceLocation
) throws {
  let url = repository.appending(path: "Tests/ConsoleTests/Golden").appending(path: name)
  if ProcessInfo.processInfo.environment["GOLDEN"] == "record" {
    try actual.write(to: url, atomically: true, encoding: .utf8)
    return
  }
  let expected = try String(contentsOf: url, encoding: .utf8)
  guard actual != expected else { return }
  let pairs = zip(
    actual.split(separator: "\n", omittingEmptySubsequences: false),
    expected.split(separator: "\n", omittingEmptySubsequences: false))
  let first = pairs.enumerated().first { $0.element.0 != $0.element.1 }
  Issue.record(
    "\(name) line \(first.map { $0.offset + 1 } ?? 0): now \(first.map { String($0.element.0) } ?? "other length"), was \(first.map { String($0.element.1) } ?? ""). make golden accepts it.",
    sourceLocation: sourceLocation)
}

/// What a session shows for some lines, errors included, as at the prompt.
func transcript(_ lines: [String], _ change: (inout Settings) -> Void = { _ in }) -> String {
  var session = Session()
  change(&session.settings)
  var result = ""
  for line in lines {
    result += "> \(line)\n"
    do throws(Problem) {
      result += try session.enter(line).document.rendered(session.settings.style)
    } catch {
      result += error.rendered + "\n"
    }
  }
  return result
}

extension Session {
  /// Enters lines that are meant to be good.
  mutating func enterAll(_ lines: [String]) throws {
    for line in lines { _ = try enter(line) }
  }
}

/// The lessons in the repository, by file name.
func lessonFiles() throws -> [URL] {
  try FileManager.default.contentsOfDirectory(
    at: repository.appending(path: "lessons"), includingPropertiesForKeys: nil
  ).filter { $0.pathExtension == "md" }.sorted { $0.path < $1.path }
}
