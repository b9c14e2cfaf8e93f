import Foundation
import Testing

/// Work shared by several threads: the same bytes in the same order, however many there are.
@Suite struct JobsTests {
  private let place: Place
  init() throws { place = try Place() }

  private static let jobs = [["--jobs", "1"], ["--jobs", "2"], ["-j", "7"], []]

  /// Lessons that pass and fail in turns, some slow, some unreadable.
  private func writeLessons() throws {
    let lesson = try String(contentsOf: Place.lesson, encoding: .utf8)
    for number in 10..<40 {
      let text =
        switch number % 5 {
        case 0: lesson
        case 1: "# Short\n\n```backstep\n> 1 + 1\n3\n```\n"
        case 2: lesson.replacing("= -12\n", with: "= -21\n")
        case 3: "no heading \(number)\n"
        default: "# A\n\nSee [it](gone\(number).md).\n\n```backstep\n> w = 1\n> 2 + w\n3\n```\n"
        }
      try place.write(text, to: "course/l\(number).md")
    }
    // Whoever comes here leaves the rest of the folder out.
    try place.write("# B\n", to: "broken/a.md")
    try FileManager.default.createDirectory(
      atPath: place.path("broken/b.md"), withIntermediateDirectories: true)
    try place.write("# C\n\n```backstep\n> 1\n2\n```\n", to: "broken/c.md")
  }

  @Test func `check and lint say the same, whatever the number of threads`() throws {
    try writeLessons()
    for command in ["check", "lint"] {
      var outcomes: [Outcome] = []
      for jobs in Self.jobs {
        outcomes.append(
          try place.run([command, "broken", "course", "gone.md", "course/l10.md"] + jobs))
      }
      let first = try #require(outcomes.first)
      #expect(first.errors.contains("course/l13.md:1: error:"))
      #expect(!first.errors.contains("broken/c.md"), "the rest of the folder is left out")
      #expect(first.errors.contains("gone.md"))
      #expect(first.output.hasPrefix("32 files, "))
      // Files are spoken of in the order of the paths.
      let told = first.errors.split(separator: "\n").compactMap { line in
        line.hasPrefix("course/") ? line.split(separator: ":").first.map(String.init) : nil
      }
      #expect(told == told.sorted() && told.count > 10)
      for other in outcomes {
        #expect(other.bytes == first.bytes && other.errors == first.errors)
        #expect(other.status == first.status)
      }
    }
  }

  @Test func `--verbose names the files in order`() throws {
    let folder = Place.lesson.deletingLastPathComponent().path
    let outcomes = try Self.jobs.map { try place.run(["check", folder, "--verbose"] + $0) }
    #expect(outcomes[0].status == 0 && outcomes[0].lines.count > 20)
    #expect(outcomes[0].lines.dropLast() == outcomes[0].lines.dropLast().sorted()[...])
    #expect(Set(outcomes.map(\.bytes)).count == 1)
  }

  @Test func `--accept rewrites a file once, under whatever names it is given`() throws {
    let lesson = try String(contentsOf: Place.lesson, encoding: .utf8)
    let broken = lesson.replacing("   f = q × w3 = 3 × (-4) = -12\n", with: "   f = 13\n")
    var outcomes: [Outcome] = []
    for jobs in Self.jobs {
      try place.write(broken, to: "a.md")
      try place.write(broken, to: "c.md")
      try? FileManager.default.removeItem(atPath: place.path("b.md"))
      try FileManager.default.createSymbolicLink(
        atPath: place.path("b.md"), withDestinationPath: "a.md")
      outcomes.append(
        try place.run(["check", "--accept", "--verbose", "a.md", "b.md", "a.md", "c.md"] + jobs))
      #expect(try place.text(of: "a.md") == lesson && place.text(of: "c.md") == lesson)
    }
    #expect(outcomes[0].status == 0 && outcomes[0].output.contains("b.md: "))
    #expect(Set(outcomes.map(\.bytes)).count == 1)
    // Two rewritings, of a.md and of c.md.
    #expect(outcomes[0].output.components(separatedBy: "-   f = 13").count == 3)
  }

  @Test func `pages and sheets are the same bytes`() throws {
    try place.write(circuitProblem, to: "c.md")
    var contents: [[String: Data]] = []
    for jobs in Self.jobs.prefix(3) {
      let folder = place.path("out" + jobs.joined())
      #expect(try place.run(["site", folder] + jobs).status == 0)
      #expect(
        try place.run(["sheet", "./c.md", "--variants", "6", "--output", folder] + jobs).status == 0
      )
      var files: [String: Data] = [:]
      for name in try FileManager.default.contentsOfDirectory(atPath: folder) {
        files[name] = try Data(contentsOf: URL(filePath: folder).appending(path: name))
      }
      contents.append(files)
      let shown = try place.run(["sheet", "./c.md", "--variants", "6", "--cut", "worked"] + jobs)
      files["shown"] = Data(shown.bytes)
      contents[contents.count - 1] = files
    }
    #expect(contents[0].count > 40)
    #expect(contents.allSatisfy { $0 == contents[0] })
  }

  @Test func `the number of threads is a number`() throws {
    for command in [["check", "x"], ["lint", "x"], ["site", "x"], ["sheet", "Q1"], ["stress"]] {
      for jobs in ["0", "-1", "257", "many", "1e3", "99999999999999999999"] {
        #expect(try place.run(command + ["--jobs", jobs]).status == 64, "\(command) \(jobs)")
      }
    }
  }

  @Test func `what cannot be written ends a check with threads too`() throws {
    let outcome = try place.shell(
      #""$BACKSTEP" check --verbose "$LESSONS" -j 4 >/dev/full"#, input: "",
      ["LESSONS": Place.lesson.deletingLastPathComponent().path])
    #expect(outcome.status == 74 && outcome.errors.contains("standard output"))
  }
}
