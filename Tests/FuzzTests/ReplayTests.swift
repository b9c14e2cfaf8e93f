import Foundation
@testable import FuzzTargets
import Testing

/// What fuzzing has found to be worth keeping, fed again: one input for each way through the program,
/// and every input that ever broke it.
///
/// No fuzzer is needed for it. `docs/fuzzing.md` says how inputs get here.
@Suite struct ReplayTests {
  /// An input of a corpus: text, or bytes in hexadecimal where they are none.
  private struct Entry: Decodable {
    let text: String?
    let hex: String?

    var bytes: [UInt8] {
      if let text { return Array(text.utf8) }
      let digits = Array((hex ?? "").utf8)
      return stride(from: 0, to: digits.count - 1, by: 2).compactMap {
        UInt8(String(decoding: digits[$0...$0 + 1], as: UTF8.self), radix: 16)
      }
    }
  }

  private func corpus(of target: String) throws -> [Entry] {
    let file = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .appending(path: "Fuzz/Corpus/\(target).jsonl")
    return try String(contentsOf: file, encoding: .utf8).split(separator: "\n").map {
      try JSONDecoder().decode(Entry.self, from: Data($0.utf8))
    }
  }

  @Test(arguments: FuzzTarget.all.map(\.name))
  func `all that is asserted holds for the whole corpus`(name: String) throws {
    let target = try #require(FuzzTarget.named(name))
    let corpus = try corpus(of: name)
    #expect(corpus.count >= 50)
    for (line, entry) in corpus.enumerated() {
      do throws(Violation) {
        try target.check(entry.bytes)
      } catch {
        Issue.record("\(name).jsonl:\(line + 1): \(error.message)")
      }
    }
  }

  @Test func `one input in so many is checked for everything, always the same ones`() {
    let target = FuzzTarget(
      name: "t", summary: "", asserts: [], maxLength: 8, words: { [] }, share: 4,
      take: { _ in }, check: { _ throws(Violation) in throw Violation("checked") })
    func isChecked(_ number: Int) -> Bool {
      do throws(Violation) { try target.feed(Array("input \(number)".utf8)) } catch { return true }
      return false
    }
    let checked = (0..<4_000).filter(isChecked)
    #expect((850...1_150).contains(checked.count))
    #expect(checked.allSatisfy(isChecked))
    #expect(FuzzTarget.all.allSatisfy { (1...128).contains($0.share) })
  }

  @Test func `a dictionary is made of the catalogs, in signs that libFuzzer reads`() throws {
    for target in FuzzTarget.all {
      let entries = target.dictionary
      #expect(entries.count >= 10, "\(target.name)")
      #expect(Set(entries).count == entries.count)
      for entry in entries {
        #expect(entry.hasPrefix("\"") && entry.hasSuffix("\"") && entry.utf8.count > 2)
        #expect(entry.utf8.allSatisfy { (0x20..<0x7F).contains($0) }, "\(entry)")
      }
    }
    let prompt = try #require(FuzzTarget.named("prompt")).dictionary
    #expect(prompt.contains("\"backward\"") && prompt.contains("\"sigmoid(\""))
  }

  @Test func `the page about fuzzing tells what each target asserts`() throws {
    let file = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent().appending(path: "docs/fuzzing.md")
    let page = try String(contentsOf: file, encoding: .utf8)
    for target in FuzzTarget.all {
      #expect(page.contains("### \(target.name)\n\n"), "\(target.name)")
      for statement in [target.summary] + target.asserts {
        #expect(page.replacing("\n", with: " ").contains(statement), "\(statement)")
      }
    }
  }

  /// The fuzz package compiles the floors once more, and has to know the same ones.
  @Test func `the fuzz package has the floors of the main package`() throws {
    let tests = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    let fuzz = try String(
      contentsOf: tests.appending(path: "Fuzz/Package.swift"), encoding: .utf8)
    let main = try String(
      contentsOf: tests.deletingLastPathComponent().appending(path: "Package.swift"),
      encoding: .utf8)
    let folder = tests.appending(path: "Fuzz/Sources").path
    let floors = try FileManager.default.contentsOfDirectory(atPath: folder).sorted()
    #expect(floors.count >= 13)
    func dependencies(_ manifest: String, _ head: Regex<Substring>) throws -> String {
      let found = try #require(manifest.firstRange(of: head), "a floor is missing")
      let rest = manifest[found.upperBound...].drop { $0.isWhitespace }
      guard rest.hasPrefix("[") || rest.hasPrefix("dependencies: [") else { return "" }
      return rest.drop { $0 != "[" }.dropFirst().prefix { $0 != "]" }
        .split(whereSeparator: { ", \n\"".contains($0) }).joined(separator: " ")
    }
    for floor in floors {
      let declared = try Regex<Substring>("target\\(\\s*name: \"\(floor)\",?")
      let own = try dependencies(main, declared)
      let isListed = fuzz.contains("(\"\(floor)\", ")
      let linked =
        isListed
        ? try dependencies(fuzz, try Regex<Substring>("\\(\"\(floor)\", "))
        : try dependencies(fuzz, declared)
      #expect(own == linked, "\(floor)")
    }
    // What the targets are made of is compiled in both, from the same floors.
    let targets = try Regex<Substring>("target\\(\\s*name: \"FuzzTargets\",")
    #expect(try dependencies(main, targets) == dependencies(fuzz, targets))
  }
}
