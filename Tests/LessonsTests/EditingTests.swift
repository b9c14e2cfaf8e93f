import Testing

@testable import Lessons

@Suite struct RewritingTests {
  private let text = "# T\n\n```backstep\n> a\nold\n\n> b\n> c\nx\ny\n```\n"

  @Test func replacesInsertsAndRemoves() {
    let replacements = [
      Replacement(lines: 9..<11, output: []),
      Replacement(lines: 5..<6, output: ["new", "", "lines  ", ""]),
      Replacement(lines: 8..<8, output: ["b"]),
    ]
    #expect(
      Lesson.rewriting(text, replacements: replacements)
        == "# T\n\n```backstep\n> a\nnew\n\nlines\n\n> b\nb\n> c\n```\n")
    #expect(Lesson.rewriting(text, replacements: []) == text)
  }

  @Test(arguments: ["\n", "\r\n"])
  func keepsEndsOfLineAndTheByteOrderMark(_ newline: String) {
    let lines = "\u{FEFF}# T\n\n```backstep\n> a\nold\n```"
    let file = lines.split(separator: "\n", omittingEmptySubsequences: false)
      .joined(separator: newline)
    let changed = Lesson.rewriting(
      file, replacements: [Replacement(lines: 5..<6, output: ["p", "q"])])
    #expect(
      changed.utf8.elementsEqual(
        file.utf8.map { $0 }.replacing("old".utf8, with: "p\(newline)q".utf8)))
  }

  @Test func outputsReadBackAsTheyWerePrinted() throws {
    let output = ["> x", ">", "\\> y", "```", "  ~~~", "", " z\tt", "a\u{1B}[0m", "two\nlines"]
    for indent in ["", "  "] {
      let file = "# T\n\(indent)```backstep\n\(indent)> a\n\(indent)```\n"
      let once = Lesson.rewriting(file, replacements: [Replacement(lines: 4..<4, output: output)])
      let entry = try Lesson(parsing: Array(once.utf8)).transcripts[0].entries[0]
      #expect(
        entry.output == [
          "> x", ">", "\\> y", "```", "  ~~~", "", " z t", "a\\x1b[0m", "two", "lines",
        ])
      let again = Replacement(lines: entry.outputLines, output: output)
      #expect(Lesson.rewriting(once, replacements: [again]) == once)
      #expect(Lesson.difference(in: once, file: "f", replacements: [again]) == [])
    }
  }

  @Test func acceptingIsIdempotent() throws {
    func accept(_ text: String) throws -> (text: String, changes: Int) {
      let lesson = try Lesson(parsing: Array(text.utf8))
      let failed = lesson.transcripts.flatMap(\.entries).compactMap { entry -> Replacement? in
        let actual = entry.command.hasPrefix("s") ? [] : ["> \(entry.command)", "", "1.5"]
        let difference = Comparison.firstDifference(
          expected: entry.output, actual: actual, tolerance: .printed)
        return difference.map { _ in Replacement(lines: entry.outputLines, output: actual) }
      }
      return (Lesson.rewriting(text, replacements: failed), failed.count)
    }
    let first = try accept(sampleLesson)
    #expect(first.changes > 5)
    let second = try accept(first.text)
    #expect(second.changes == 0)
    #expect(second.text == first.text)
  }

  @Test func impossibleReplacementsAreLeftOut() {
    let replacements = [
      Replacement(lines: 5..<8, output: ["n"]), Replacement(lines: 6..<7, output: ["m"]),
      Replacement(lines: 90..<99, output: ["o"]), Replacement(lines: -3..<0, output: ["p"]),
    ]
    #expect(
      Lesson.rewriting(text, replacements: replacements)
        == "# T\n\n```backstep\n> a\nn\n> c\nx\ny\n```\n")
  }

  @Test func differences() {
    let replacements = [
      Replacement(lines: 9..<11, output: ["x", "z"]), Replacement(lines: 5..<6, output: ["old"]),
      Replacement(lines: 8..<8, output: ["b"]),
    ]
    #expect(
      Lesson.difference(in: text, file: "l.md", replacements: replacements)
        == ["l.md:8", "+b", "l.md:10", "-y", "+z"])
  }
}

@Suite struct HandoutTests {
  @Test func holdsNoAnswer() throws {
    let sheet = try Lesson.handout(sampleLesson)
    for answer in [
      "answer:", "-4 ", "-12", "value a", "= 3", "number 3", "hint", "-7", "<!--", "assert",
    ] {
      let body = sheet.split(separator: "\n").filter { !$0.hasPrefix("We use") }
      #expect(!body.joined(separator: "\n").contains(answer), "\(answer)")
    }
    #expect(sheet.components(of: "Answer: ______") == 2)
    #expect(sheet.contains("> w1 = -2, w2 = 5, w3 = -4\n> a = w1 + w2\n> f = a * w3\n```"))
    #expect(
      sheet.contains(
        "> **Predict.** What does the + gate send on to the × gate?\n\nAnswer: ______\n\n"))
    #expect(sheet.contains("> b) the × gate\n\nAnswer: ______\n"))
    #expect(
      sheet.contains(
        "<details><summary>Step through the *forward* pass</summary>\n\n```backstep\n> step\n> forward\n```\n\n</details>"
      ))
    #expect(!sheet.contains("\n\n\n"))
    #expect(sheet.hasPrefix("---\ntitle: A tiny circuit"))
    #expect(sheet.hasSuffix("- A × gate **swaps**.\n"))
  }

  @Test func whatIsNotShownGoes() throws {
    let text = "# T\n\n```backstep quiet\n> a = 7\n```\n\n```backstep\n> assert a = 7\n```\n\nend"
    #expect(try Lesson.handout(text) == "# T\n\nend")
  }

  @Test func keepsEndsOfLine() throws {
    let text = "# T\r\n> **Predict.** x?\r\n<!-- answer: 1 -->\r\n"
    #expect(
      try Lesson.handout(text).utf8.elementsEqual(
        "# T\r\n> **Predict.** x?\r\n\r\nAnswer: ______\r\n".utf8))
  }

  @Test func aBrokenLessonHasNone() {
    #expect(throws: LessonProblem.self) { try Lesson.handout("no title") }
  }
}

extension String {
  /// How often a text occurs.
  fileprivate func components(of text: String) -> Int { ranges(of: text).count }
}
