import Foundation
import Language
import Lessons
import Testing
import Typesetting

@testable import Console

/// The circuits of the lectures, wherever a lesson stands still.
@Suite struct LectureCircuitTests {
  @Test func `every lecture's circuits fit 80 columns, whole or by name`() throws {
    let folder = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent().appending(path: "lessons")
    let files = try FileManager.default.contentsOfDirectory(atPath: folder.path)
      .filter { $0.hasSuffix(".md") }.sorted()
    var drawings = 0
    for file in files {
      let lesson = try Lesson(parsing: Array(Data(contentsOf: folder.appending(path: file))))
      var session = Session(for: lesson)
      for transcript in lesson.transcripts where !transcript.attributes.contains(.skip) {
        if transcript.attributes.contains(.new) { session = Session(for: lesson) }
        for entry in transcript.entries { _ = session.played(entry.command) }
        var copy = session
        guard let graph = try? copy.enter("graph") else { continue }
        let text = graph.document.rendered(Style())
        drawings += 1
        #expect(!text.contains("near ") && !text.contains("its tree"), "\(file): \(text)")
        let widest = text.split(separator: "\n").map { columns(String($0)) }.max() ?? 0
        #expect(widest <= 80, "\(file): \(text)")
      }
    }
    #expect(drawings > 100)
  }
}
