import Foundation
import Testing

/// `backstep check`: what it lets pass, what it finds, and what it repairs.
@Suite struct CheckTests {
  private let place: Place
  private let lesson: String
  init() throws {
    place = try Place()
    lesson = try String(contentsOf: Place.lesson, encoding: .utf8)
  }

  @Test func `the lessons pass`() throws {
    let folder = Place.lesson.deletingLastPathComponent().path
    let outcome = try place.run(["check", folder, "--verbose"])
    #expect(outcome.status == 0 && outcome.errors == "")
    #expect(outcome.output.contains("05-backpropagation-by-example.md: "))
    #expect(outcome.output.hasSuffix(" 0 failed\n"))
  }

  @Test func `any number that is changed is found, in its file and line`() throws {
    let lines = lesson.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    let mutants = Self.mutants(of: lines)
    #expect(mutants.count > 60)
    for (index, mutant) in mutants.enumerated() {
      var copy = lines
      copy[mutant.line] = mutant.text
      try place.write(copy.joined(separator: "\n"), to: "mutants/m\(1000 + index).md")
    }
    let outcome = try place.run(["check", "mutants"])
    #expect(outcome.status == 1)
    let errors = outcome.errors.split(separator: "\n").map(String.init)
    let found = Set(errors.compactMap { $0.components(separatedBy: ": error:").first })
    for (index, mutant) in mutants.enumerated() {
      let place = "mutants/m\(1000 + index).md:\(mutant.line + 1)"
      #expect(found.contains(place), "\(mutant.text)")
    }
    #expect(outcome.output.contains("\(mutants.count) files, "))
  }

  /// Every number of a transcript's output or assertion, changed in its last digit, one at a time.
  private static func mutants(of lines: [String]) -> [(line: Int, text: String)] {
    var result: [(line: Int, text: String)] = []
    var isTranscript = false
    for (index, line) in lines.enumerated() {
      if line.hasPrefix("```") { isTranscript = line.hasPrefix("```backstep") }
      let isShown = !line.hasPrefix("> ") || line.hasPrefix("> assert ")
      guard isTranscript, isShown, !line.hasPrefix("```") else { continue }
      for match in line.matches(of: #/(^|[^A-Za-z_0-9.])([0-9]+(\.[0-9]+)?)/#) {
        let number = match.output.2
        guard let last = number.last, let digit = last.wholeNumberValue else { continue }
        let changed = number.dropLast() + "\((digit + 1) % 10)"
        result.append(
          (index, line.replacingCharacters(in: number.startIndex..<number.endIndex, with: changed)))
      }
    }
    return result
  }

  @Test func `--accept repairs outputs, once, and leaves assertions alone`() throws {
    let broken =
      lesson
      .replacing("   f = q × w3 = 3 × (-4) = -12\n", with: "   f = 13\n   and more\n")
      .replacing("> assert value q = 3\n", with: "> assert value q = 4\n")
    #expect(broken != lesson)
    try place.write(broken, to: "lesson.md")
    let first = try place.run(["check", "--accept", "lesson.md"])
    #expect(first.status == 1 && first.errors.contains("value q is 3, not 4"))
    #expect(first.output.contains("13") && first.output.contains("-12"), "it says what it changed")
    let repaired = lesson.replacing("> assert value q = 3\n", with: "> assert value q = 4\n")
    #expect(try place.text(of: "lesson.md") == repaired)
    let second = try place.run(["check", "--accept", "lesson.md"])
    #expect(second.status == 1)
    #expect(try place.text(of: "lesson.md") == repaired)

    try place.write(lesson.replacing("= -12\n", with: "= -21\n"), to: "fixed.md")
    let third = try place.run(["check", "--accept", "fixed.md"])
    #expect(third.status == 1, "of the assertion")
    try place.write(lesson, to: "right.md")
    #expect(try place.run(["check", "--accept", "right.md"]).status == 0)
    #expect(try place.text(of: "right.md") == lesson, "there was nothing to write")
  }

  @Test func `a lesson that cannot be read has its line named`() throws {
    try place.write("# T\n\n```backstep\n> 1\n", to: "open.md")
    try place.write("# T\n\n<!-- answer: 3\n", to: "comment.md")
    try place.write(Array("# T\n\ntext ".utf8) + [0xFF, 0x0A], to: "bytes.md")
    for (file, line) in [("open.md", 3), ("bytes.md", 3)] {
      let outcome = try place.run(["check", file])
      #expect(outcome.status == 65)
      #expect(outcome.errors.hasPrefix("\(file):\(line): error: "), "\(outcome.errors)")
    }
    let all = try place.run(["check", "open.md", "missing.md", Place.lesson.path])
    #expect(all.status == 65 && all.errors.contains("missing.md"))
    #expect(all.output.contains(" 24 checks, "), "the rest is checked all the same")
    let huge = try place.shell(#"head -c 2000000 /dev/zero >h.md; "$BACKSTEP" check h.md"#)
    #expect(huge.status == 65)
  }
}
