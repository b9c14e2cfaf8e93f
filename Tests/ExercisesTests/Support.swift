import Engine
import Exercises
import Foundation
import Language
import Lessons

/// An exercise whose block holds these lines.
func exercise(
  _ lines: [String], matter: String = "", prose: String = "", name: String = "sample"
) throws -> Exercise {
  let head = matter.isEmpty ? "" : "---\n\(matter)\n---\n\n"
  let text =
    head + "# Sample\n\n\(prose)\n\n```problem\n" + lines.joined(separator: "\n") + "\n```\n"
  return try Exercise(parsing: Array(text.utf8), name: name)
}

/// The problem that refuses such lines.
func refusal(_ lines: [String], matter: String = "") -> LessonProblem? {
  do {
    _ = try exercise(lines, matter: matter)
    return nil
  } catch {
    return error as? LessonProblem
  }
}

/// The problem files that are shipped.
let shippedProblems: [URL] = {
  let folder = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent().appending(path: "lessons/problems")
  let files =
    (try? FileManager.default.contentsOfDirectory(at: folder, includingPropertiesForKeys: nil))
    ?? []
  return files.filter { $0.pathExtension == "md" }.sorted { $0.path < $1.path }
}()
