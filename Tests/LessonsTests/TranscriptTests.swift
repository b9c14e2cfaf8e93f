import Testing

@testable import Lessons

@Suite struct TranscriptTests {
  private func entries(_ body: String) throws -> [Entry] {
    try parsed(body).transcripts.flatMap(\.entries)
  }

  @Test(arguments: [
    "```backstep\n> a\nb\n```", "````backstep\n> a\nb\n````", "~~~backstep\n> a\nb\n~~~",
    "~~~ backstep\n> a\nb\n~~~~", "   ```backstep\n   > a\n   b\n   ```",
    "``` backstep\n> a\nb\n ```",
  ])
  func fences(_ body: String) throws {
    #expect(try entries(body) == [Entry(command: "a", line: 3, output: ["b"])])
  }

  @Test func otherFencesAreText() throws {
    let lesson = try parsed("```python\n> a\n```\n\n~~~\n## no card\n~~~")
    #expect(lesson.transcripts == [])
    #expect(lesson.cards.count == 1)
    guard case .prose(let prose) = lesson.items[0].kind else {
      Issue.record("no prose")
      return
    }
    #expect(prose.text() == ["  > a", "", "  ## no card"])
    #expect(lesson.items[0].lines == 2..<9)
  }

  @Test func almostATranscriptIsRemarkedOn() throws {
    let lesson = try parsed("```Backstep\n> a\n```\n\n```backstep,type\n> a\n```")
    #expect(lesson.transcripts == [])
    #expect(lesson.warnings.map(\.line) == [2, 6])
  }

  @Test func commandsAndOutputs() throws {
    let read = try entries("```backstep\n> a\n\n  x\n\n>\n> b\n\n\n>c\n \\> d\n\\> e\n\\\\> f\n```")
    #expect(read.map(\.command) == ["a", "", "b"])
    #expect(read.map(\.line) == [3, 7, 8])
    #expect(read[0].output == ["", "  x"])
    #expect(read[0].outputLines == 4..<6)
    #expect(read[1].output == [])
    #expect(read[1].outputLines == 8..<8)
    #expect(read[2].output == ["", "", ">c", " \\> d", "> e", "\\> f"])
  }

  @Test func outputOfOnlyBlankLinesIsNone() throws {
    #expect(try entries("```backstep\n> a\n\n   \n```")[0].output == [])
  }

  @Test func aCombiningMarkDoesNotHideTheCommandMark() throws {
    #expect(try entries("```backstep\n> \u{302}a\n```").count == 1)
  }

  @Test func assertions() {
    func isAssertion(_ command: String) -> Bool {
      Entry(command: command, line: 1, output: []).isAssertion
    }
    #expect(isAssertion("assert grad w1 = -4"))
    #expect(isAssertion("  assert x"))
    #expect(!isAssertion("assertion = 2"))
    #expect(!isAssertion(""))
  }

  @Test func attributes() throws {
    #expect(
      try parsed("```backstep new type\n> a\n```").transcripts[0].attributes == [.new, .type])
    #expect(try parsed("```backstep quiet\n> a\n```").transcripts[0].attributes == [.quiet])
    #expect(try parsed("```backstep skip\n> a\n```").transcripts[0].attributes == [.skip])
    #expect(problem("```backstep typ\n> a\n```")?.code == "lesson-attribute-unknown")
    #expect(problem("```backstep new new\n> a\n```")?.code == "lesson-attribute-repeated")
    for clash in ["skip type", "new skip", "quiet skip", "type quiet"] {
      #expect(problem("```backstep \(clash)\n> a\n```")?.code == "lesson-attribute-clash")
    }
  }

  @Test func refusesBrokenTranscripts() {
    let cases: [(body: String, code: String, line: Int)] = [
      ("```backstep\n> a\n", "lesson-unclosed-fence", 1),
      ("\n```\ntext\n", "lesson-unclosed-fence", 2),
      ("```backstep\nx\n> a\n```", "lesson-transcript-start", 2),
      ("```backstep\n\n> a\n```", "lesson-transcript-start", 2),
      ("```backstep\n```", "lesson-transcript-empty", 1),
      ("```backstep\n> a\n\tb\n```", "lesson-tab", 3),
      ("```backstep\n> a\n\n```backstep\n> b\n```", "lesson-fence-in-transcript", 4),
      ("```backstep\n> a\n~~~\n```", "lesson-fence-in-transcript", 3),
      ("````backstep\n> a\n```\n````", "lesson-fence-in-transcript", 3),
      ("```\n> a\n```backstep\n> b\n```", "lesson-fence-in-listing", 3),
      ("- item\n\n      ```backstep\n      > a\n      ```", "lesson-transcript-indented", 3),
      ("> ```backstep\n> > a\n> ```", "lesson-transcript-indented", 1),
    ]
    for (body, code, line) in cases {
      let found = problem(body)
      #expect(found?.code == code, "\(body)")
      #expect(found?.line == line, "\(body)")
    }
  }

  @Test func aLongerFenceMayShowATranscript() throws {
    #expect(try parsed("````\n```backstep\n> a\n```\n````").transcripts == [])
  }

  @Test(arguments: ["> x", ">", "\\> x", "\\\\>", "```", "  ~~~ a", "\\```", "plain", "\\n", ""])
  func escapingIsUndone(_ line: String) throws {
    let written = OutputEscape.added(to: line)
    #expect(OutputEscape.removed(from: written[...]) == line)
    let read = try entries("```backstep\n> a\n\(written)\nend\n```")
    #expect(read[0].output == [line, "end"])
  }
}

@Suite struct DetailsTests {
  private func summaries(_ body: String) throws -> [String?] {
    try parsed(body).items.map(\.summary)
  }

  @Test func summaries() throws {
    #expect(try summaries("<details><summary>S</summary>\n\nx\n\n</details>\n\ny") == ["S", nil])
    #expect(try summaries("<details>\n<summary>A\nB</summary>\nx\n</details>") == ["A B"])
    #expect(try summaries("<details open>\nx\n</details> y") == ["Details", nil])
    #expect(try summaries("<details><summary>S</summary>x</details>") == ["S"])
    #expect(try summaries("<details><summary></summary>x</details>") == ["Details"])
    #expect(try summaries("<detailsx>") == [nil])
  }

  @Test func aTranscriptBeforeAnyQuestionIsFine() throws {
    let body = "<details>\n\n```backstep\n> a\n```\n\n</details>"
    #expect(try summaries(body) == ["Details"])
  }

  @Test func refusesBrokenDetails() {
    let cases: [(body: String, code: String, line: Int)] = [
      ("\n<details>\n\nx", "lesson-unclosed-details", 2),
      ("<details>\n\n## Next\n\n</details>", "lesson-unclosed-details", 1),
      ("x\n</details>", "lesson-details-stray", 2),
      ("<details>\n<details>\n</details>\n</details>", "lesson-details-nested", 2),
      ("<details><summary>x\n\n</details>", "lesson-unclosed-summary", 1),
      ("<details>\n```backstep\n> a\n```\n\n</details>", "lesson-details-blank", 2),
      ("<details>\n\n```backstep\n> a\n```\n</details>", "lesson-details-blank", 5),
      ("<details>\n\n```\nx\n```\n</details>", "lesson-details-blank", 5),
    ]
    for (body, code, line) in cases {
      let found = problem(body)
      #expect(found?.code == code, "\(body)")
      #expect(found?.line == line, "\(body)")
    }
  }
}
