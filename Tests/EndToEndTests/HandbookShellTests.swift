import Foundation
import Testing

/// The lines of shell in the handbook, run as a reader would: page by page, from the top.
@Suite struct HandbookShellTests {
  private static let pages: [String] = {
    let names = try? FileManager.default.contentsOfDirectory(
      atPath: Place.repository.appending(path: "docs").path)
    return ["README.md"]
      + (names ?? []).filter { $0.hasSuffix(".md") }.sorted().map { "docs/\($0)" }
  }()

  /// One line of a page, and what the page says comes out of it, if it says so; or a file that the
  /// page prints, in a fence that has its name behind the language.
  private struct Line {
    let text: String
    var output: String?
    var file: String?
  }

  @Test(arguments: pages)
  func `every line that begins with backstep runs`(page: String) throws {
    let lines = try lines(of: page)
    if lines.isEmpty { return }
    let place = try scratch()
    for line in lines {
      if let file = line.file {
        try place.write(line.text, to: file)
        continue
      }
      // A page shows what a terminal shows: both streams.
      let shell = line.output == nil ? line.text : line.text + " 2>&1"
      let outcome = try place.shell(shell, ["PATH": Self.path])
      // What makes a PDF says with a status of its own that it found no program for it.
      let isShown = line.output?.contains(#/(error|warning): /#) == true
      let isGood =
        outcome.status == 0 || isShown || line.text.contains("--pdf") && outcome.status == 69
      #expect(isGood, "\(page): \(line.text)\n\(outcome.status): \(outcome.errors)")
      if let output = line.output { #expect(outcome.output == output, "\(page): \(line.text)") }
    }
  }

  @Test func `there are such lines, and outputs among them`() throws {
    let all = try Self.pages.flatMap { try lines(of: $0) }.filter { $0.file == nil }
    #expect(all.count >= 45)
    #expect(all.count { $0.output != nil } >= 5)
  }

  // MARK: - A folder to be a reader in

  private static var path: String {
    URL(filePath: Place.program).deletingLastPathComponent().path + ":/usr/bin:/bin"
  }

  /// What the pages take for granted: some lessons, a lesson of one's own, a class and its answers.
  private func scratch() throws -> Place {
    let place = try Place()
    for name in ["05-backpropagation-by-example", "06-one-node"] {
      let file = Place.repository.appending(path: "lessons/\(name).md")
      try place.write(Array(Data(contentsOf: file)), to: "lessons/\(name).md")
    }
    try place.write("student\nAda\nBen\n", to: "roster.csv")
    try place.write(
      "student,form,grad q,grad w1,grad w2,grad w3\nAda,A,-4,-4,-4,3\nBen,B,?,,,\n",
      to: "answers.csv")
    // The key that pages about marking speak of.
    let outcome = try place.run(
      ["sheet", "Q2", "--forms", "A..D", "--title", "exam", "--output", "made"])
    #expect(outcome.status == 0, "\(outcome.errors)")
    let key = try #require(
      try FileManager.default.contentsOfDirectory(atPath: place.path("made"))
        .first { $0.hasSuffix("-key.json") })
    try FileManager.default.copyItem(
      atPath: place.path("made/\(key)"), toPath: place.path("exam-key.json"))
    return place
  }

  // MARK: - Reading pages

  private func text(of page: String) throws -> String {
    try String(contentsOf: Place.repository.appending(path: page), encoding: .utf8)
  }

  /// Lines of a page's indented blocks and fences, and its files, in order; what has a word in
  /// capitals to be replaced is a pattern, and none of them.
  private func lines(of page: String) throws -> [Line] {
    var result: [Line] = []
    var fence: (ticks: Int, words: [Substring], rows: [Substring])?
    for row in try text(of: page).split(separator: "\n", omittingEmptySubsequences: false) {
      let ticks = row.prefix { $0 == "`" }.count
      guard let open = fence else {
        if ticks >= 3 {
          fence = (ticks, row.dropFirst(ticks).split(separator: " "), [])
        } else if row.hasPrefix("    ") {
          result += typed([row])
        }
        continue
      }
      if ticks < open.ticks || row.count > ticks {
        fence?.rows.append(row)
        continue
      }
      fence = nil
      if open.words.count == 2, open.words[1].contains(".") {
        let text = open.rows.map { $0 + "\n" }.joined()
        result.append(Line(text: text, file: String(open.words[1])))
      } else if open.words.first == "console" {
        result += answered(open.rows)
      } else if open.words.first == "text" || open.words.first == "sh" {
        result += typed(open.rows)
      }
    }
    return result
  }

  /// The rows that are lines of shell.
  private func typed(_ rows: [Substring]) -> [Line] {
    rows.map { $0.drop { $0 == " " } }
      // Behind two blanks stands a remark.
      .map { row in row.firstRange(of: "  ").map { row[..<$0.lowerBound] } ?? row }
      .filter { $0.hasPrefix("backstep ") && !Self.isPattern($0) }
      .map { Line(text: String($0)) }
  }

  /// Lines behind `$`, each with the rows up to the next.
  private func answered(_ rows: [Substring]) -> [Line] {
    var result: [Line] = []
    for row in rows {
      if row.hasPrefix("$ ") {
        result.append(Line(text: String(row.dropFirst(2)), output: ""))
      } else if let last = result.indices.last {
        result[last].output? += row + "\n"
      }
    }
    return result
  }

  private static func isPattern(_ line: Substring) -> Bool {
    line.contains("<") || line.contains(#/(^|[\s'\[])[A-Z]{3,}($|[\s'\].-])/#)
  }
}
