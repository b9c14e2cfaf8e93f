import Foundation
import Testing

/// What belongs to an installed program: its reference page, its own lessons, its files.
@Suite struct InstalledTests {
  private let place: Place
  init() throws { place = try Place() }

  /// The page is written by `make docs`; this is what reminds one to.
  @Test func `the page of the command line follows the records`() throws {
    let page = Place.repository.appending(path: "docs/command-line.md")
    let written = try String(contentsOf: page, encoding: .utf8)
    let now = try place.run(["manual", "command-line"]).output
    #expect(written == now, "docs/command-line.md is out of date: make docs")
  }

  @Test func `the version is that of the newest entry in the change log`() throws {
    let log = try String(
      contentsOf: Place.repository.appending(path: "docs/CHANGELOG.md"), encoding: .utf8)
    let heading = try #require(log.split(separator: "\n").first { $0.hasPrefix("## ") })
    let number = try #require(heading.split(separator: " ").dropFirst().first)
    #expect(try place.run(["--version"]).output == "backstep \(number)\n")
    #expect(heading.wholeMatch(of: /## [0-9.]+ \(\d{4}-\d{2}-\d{2}\)/) != nil)
  }

  @Test func `a bug report tells compiler, readline, lessons and limits`() throws {
    for arguments in [["--version", "--verbose"], ["--verbose", "--version"]] {
      let outcome = try place.run(arguments)
      #expect(outcome.status == 0)
      #expect(outcome.lines.first == (try place.run(["--version"]).lines.first))
      for label in ["compiler: Swift 6.", "readline: 8.", "machine: Linux ", "letters: UTF-8"] {
        #expect(outcome.lines.contains { $0.hasPrefix(label) }, "\(label)")
      }
      #expect(outcome.output.contains("lessons: /"))
      #expect(outcome.output.contains("  a typed line: at most 65536 bytes\n"))
    }
  }

  // MARK: - Lessons of one's own

  private func keepLesson(_ name: String, titled title: String, in folder: String = "data") throws {
    try place.write(
      LessonTests.lesson.replacing("# Squares", with: "# \(title)"),
      to: "\(folder)/backstep/lessons/\(name)")
  }

  @Test func `a lesson of one's own is listed and played by number and name`() throws {
    try keepLesson("71-own-squares.md", titled: "My squares")
    let list = try place.run(["lesson"], ["XDG_DATA_HOME": place.path("data")])
    #expect(list.output.contains("71  My squares"))
    #expect(list.output.contains(" 5  "))
    for query in ["71", "own-squares", "71-own-squares"] {
      let played = try place.run(
        ["lesson", query, "--script"], ["XDG_DATA_HOME": place.path("data")])
      #expect(played.output.contains("My squares"), "\(query): \(played.errors)")
    }
  }

  @Test func `without a variable they are in the home, and a relative variable is ignored`() throws
  {
    try keepLesson("71-own-squares.md", titled: "At home", in: ".local/share")
    try keepLesson("72-elsewhere.md", titled: "Elsewhere", in: "relative")
    for value in [nil, "relative", ""] as [String?] {
      let list = try place.run(["lesson"], ["XDG_DATA_HOME": value])
      #expect(list.output.contains("At home"))
      #expect(!list.output.contains("Elsewhere"))
    }
  }

  @Test func `a number or a name means the shipped lesson where both have it`() throws {
    try keepLesson("05-mine.md", titled: "Mine")
    try keepLesson("06-one-node.md", titled: "Not seen")
    let variables: [String: String?] = ["XDG_DATA_HOME": place.path("data")]
    let fifth = try place.run(["lesson", "5", "--script"], variables)
    let shipped = try place.run(["lesson", "5", "--script"])
    #expect(fifth.output == shipped.output && fifth.status == 0)
    #expect(try place.run(["lesson", "mine", "--script"], variables).output.contains("Mine"))
    #expect(try !place.run(["lesson"], variables).output.contains("Not seen"))
  }

  // MARK: - Files

  /// The mode of a file, in octal.
  private func mode(_ name: String) throws -> String {
    let mode = try FileManager.default.attributesOfItem(atPath: place.path(name))[.posixPermissions]
    return String((mode as? NSNumber)?.intValue ?? -1, radix: 8)
  }

  @Test func `what is kept about a learner is for the learner only`() throws {
    try place.write(LessonTests.lesson, to: "small.md")
    // A wrong answer first, so that something has been missed.
    _ = try place.shell(
      "umask 022; \"$BACKSTEP\" lesson small.md", input: "\n6\n9\n6\n\na\n\n\n")
    #expect(try mode("state/backstep") == "700")
    #expect(try mode("state/backstep/progress") == "600")
    #expect(try mode("state/backstep/missed") == "600")
  }

  @Test func `relative folders of settings and state are ignored`() throws {
    try place.write("set digits 3\n", to: "here/backstep/init.backstep")
    try place.write(LessonTests.lesson, to: "small.md")
    let line = ["-e", "1/3"]
    let usual = try place.run(line).output
    #expect(try place.run(line, ["XDG_CONFIG_HOME": "here"]).output == usual)
    #expect(try place.run(line, ["XDG_CONFIG_HOME": place.path("here")]).output != usual)
    let answers = "9\n6\na\n\n\n\n"
    _ = try place.run(["lesson", "small.md"], input: answers, ["XDG_STATE_HOME": "there"])
    #expect(!place.exists("there"))
    #expect(place.exists(".local/state/backstep/progress"))
  }
}
