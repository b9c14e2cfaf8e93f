import Foundation
import Testing

/// The pages of the handbook, with what they say about each other and about the sources.
@Suite struct HandbookTests {
  private static let pages: [String] = {
    let names = try? FileManager.default.contentsOfDirectory(
      atPath: repository.appending(path: "docs").path)
    return ["README.md"]
      + (names ?? []).filter { $0.hasSuffix(".md") }.sorted().map { "docs/\($0)" }
  }()
  @Test(arguments: pages)
  func `every link leads to a page and a heading that are there`(page: String) throws {
    let folder = page.hasPrefix("docs/") ? "docs/" : ""
    for match in try prose(of: page).matches(of: #/\]\(([^)\s]+)\)/#) {
      let link = String(match.output.1)
      if link.hasPrefix("https://") { continue }
      let parts = link.split(separator: "#", maxSplits: 1, omittingEmptySubsequences: false)
      let target = parts[0].isEmpty ? page : Self.plain(folder + parts[0])
      let isThere = FileManager.default.fileExists(
        atPath: repository.appending(path: target).path)
      #expect(isThere, "\(page): \(link)")
      guard isThere, parts.count > 1, target.hasSuffix(".md") else { continue }
      #expect(try anchors(of: target).contains(String(parts[1])), "\(page): \(link)")
    }
  }

  @Test func `the index leads to every page`() throws {
    let index = try text(of: "docs/README.md")
    for page in Self.pages where page.hasPrefix("docs/") && page != "docs/README.md" {
      #expect(index.contains("](\(page.dropFirst(5)))"), "docs/README.md does not link \(page)")
    }
  }

  /// Pages name folders and files of the sources, which move.
  @Test(arguments: pages)
  func `every path that is named is there`(page: String) throws {
    let roots = ["", "Sources/", "docs/"]
    for match in try prose(of: page).matches(of: #/`([A-Za-z.]+(?:\/[A-Za-z+.]*)+)`/#) {
      let path = String(match.output.1)
      let first = path.split(separator: "/").first.map(String.init) ?? ""
      // Only what begins with a folder of the repository or of the sources is such a path.
      guard
        roots.contains(where: {
          !first.isEmpty && !first.hasPrefix(".")
            && FileManager.default.fileExists(atPath: repository.appending(path: $0 + first).path)
        })
      else { continue }
      let isThere = roots.contains {
        FileManager.default.fileExists(atPath: repository.appending(path: $0 + path).path)
      }
      #expect(isThere, "\(page): \(path)")
    }
  }

  @Test func `the handbook counts lessons and problems as they are`() throws {
    func count(_ folder: String) throws -> Int {
      try FileManager.default.contentsOfDirectory(
        atPath: repository.appending(path: folder).path
      ).count { $0.hasSuffix(".md") }
    }
    let lessons = try count("lessons")
    let words = [18: "eighteen", 19: "nineteen", 20: "twenty", 21: "twenty-one", 22: "twenty-two"]
    let problems = try #require(words[try count("lessons/problems")], "say the number in words")
    for page in Self.pages {
      let prose = try prose(of: page)
      for match in prose.matches(of: #/([0-9]+) lessons/#) {
        #expect(Int(match.output.1) == lessons, "\(page): \(match.output.0)")
      }
      for match in prose.lowercased().matches(of: #/([a-z-]+) problems (?:come|,)/#) {
        #expect(String(match.output.1) == problems, "\(page): \(match.output.0)")
      }
    }
  }

  /// Every module's page of the code reference names declarations of that module.
  @Test func `the pages of the code reference name what is there`() throws {
    let sources = repository.appending(path: "Sources")
    var count = 0
    for module in try FileManager.default.contentsOfDirectory(atPath: sources.path) {
      let page = "Sources/\(module)/\(module).docc/\(module).md"
      guard let about = try? text(of: page) else { continue }
      count += 1
      #expect(about.hasPrefix("# ``\(module)``\n"), "\(page)")
      let names = try #require(
        FileManager.default.enumerator(atPath: sources.appending(path: module).path))
      var declared: Set<Substring> = [module[...]]
      for file in names.compactMap({ $0 as? String }) where file.hasSuffix(".swift") {
        let words = try text(of: "Sources/\(module)/\(file)").split { $0 == " " || $0 == "\n" }
        for (kind, name) in zip(words, words.dropFirst())
        where ["struct", "enum", "class", "func", "typealias"].contains(kind) {
          declared.insert(name.prefix { $0.isLetter })
        }
      }
      for match in about.matches(of: #/``([A-Za-z]+)(?:[(\/][^`]*)?``/#) {
        #expect(declared.contains(match.output.1), "\(page): \(match.output.1)")
      }
    }
    #expect(count == 10)
  }

  // MARK: - Reading pages

  /// A page without what stands in fences, where nothing is a link.
  private func prose(of page: String) throws -> String {
    var fence: Substring?
    var kept: [Substring] = []
    for line in try text(of: page).split(separator: "\n", omittingEmptySubsequences: false) {
      let ticks = line.prefix { $0 == "`" }
      if let open = fence {
        if ticks.count >= open.count, line.count == ticks.count { fence = nil }
      } else if ticks.count >= 3 {
        fence = ticks
      } else {
        kept.append(line)
      }
    }
    return kept.joined(separator: "\n")
  }

  /// The anchors of a page, as the sites that show Markdown make them of its headings.
  private func anchors(of page: String) throws -> Set<String> {
    var seen: [String: Int] = [:]
    var result: Set<String> = []
    for line in try prose(of: page).split(separator: "\n") where line.hasPrefix("#") {
      let heading = line.drop { $0 == "#" }.lowercased().replacing("`", with: "")
      let letters = heading.drop { $0 == " " }.filter {
        $0.isLetter || $0.isNumber || $0 == "-" || $0 == "_" || $0 == " "
      }
      let anchor = String(letters).replacing(" ", with: "-")
      let count = seen[anchor, default: 0]
      seen[anchor] = count + 1
      result.insert(count == 0 ? anchor : "\(anchor)-\(count)")
    }
    return result
  }

  /// A path without `..`: `docs/../README.md` is `README.md`.
  private static func plain(_ path: String) -> String {
    var parts: [Substring] = []
    for part in path.split(separator: "/") {
      if part == ".." { _ = parts.popLast() } else if part != "." { parts.append(part) }
    }
    return parts.joined(separator: "/")
  }
}
