import Foundation
import Testing

/// The tables of `docs/reliability.md` name tests; a test that is renamed or taken away must not leave its name there.
@Suite struct FaultTableTests {
  private static let root = URL(filePath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent()

  /// The rows of the tables whose last column names tests.
  private func rows() throws -> [[String]] {
    let text = try String(
      contentsOf: Self.root.appending(path: "docs/reliability.md"), encoding: .utf8)
    return text.split(separator: "\n").filter { $0.hasPrefix("| ") }
      .map { $0.split(separator: "|").map { $0.trimmingCharacters(in: .whitespaces) } }
      .filter { ($0.last ?? "").contains("`") }
  }

  private func names(_ cell: String) -> [String] {
    cell.split(separator: "`", omittingEmptySubsequences: false).enumerated()
      .filter { $0.offset % 2 == 1 }.map { String($0.element) }
  }

  private func tests() throws -> Set<String> {
    let folder = Self.root.appending(path: "Tests")
    let files = try #require(FileManager.default.enumerator(atPath: folder.path))
    var found: Set<String> = []
    for case let file as String in files where file.hasSuffix(".swift") {
      let text = try String(contentsOf: folder.appending(path: file), encoding: .utf8)
      for piece in text.components(separatedBy: "func `").dropFirst() {
        found.insert(String(piece.prefix { $0 != "`" }))
      }
    }
    return found
  }

  @Test func `every test that is named there exists`() throws {
    let known = try tests()
    let named = try rows().flatMap { names($0.last ?? "") }
    #expect(named.count > 60)
    #expect(named.filter { !known.contains($0) } == [])
  }

  @Test func `every fault has a row, an answer and a test`() throws {
    let faults = try rows().filter { $0[0].first == "F" && Int($0[0].dropFirst()) != nil }
    #expect(faults.map { $0[0] } == (1...32).map { "F\($0)" })
    for fault in faults {
      #expect(fault.count == 4 && fault.allSatisfy { !$0.isEmpty }, "\(fault)")
      #expect(!names(fault[3]).isEmpty, "\(fault)")
    }
  }
}
