import Exercises
import Foundation
import Language
import Testing

@testable import Export

/// Moodle XML, read by the rules of Moodle's importer.
@Suite struct PlatformMoodleTests {
  /// The only fractions Moodle accepts.
  static let fractions: Set = [
    "100", "90", "83.33333", "80", "75", "70", "66.66667", "60", "50", "40", "33.33333", "30",
    "25", "20", "16.66667", "14.28571", "12.5", "11.11111", "10", "5", "0",
  ]

  private func quiz(_ items: [Item], _ platform: String = "moodle") throws -> [Element] {
    let platform = try #require(Platform.named(platform))
    let files = try platform.write(items, named: "week-3", generator: PlatformSamples.generator)
    let file = try #require(files.first)
    #expect(files.count == 1 && file.name == "week-3.xml")
    let root = try #require(Element.reading(file.text), "\(file.text.prefix(400))")
    #expect(root.name == "quiz")
    return root.all("question").filter { $0.attributes["type"] != "category" }
  }

  private func html(_ question: Element, _ part: String) throws -> String {
    let element = try #require(question.first(part))
    #expect(element.attributes["format"] == "html")
    return try #require(element["text"])
  }

  /// The sub-questions of a table against the blanks they come from.
  private func check(_ question: Element, _ item: Item, _ id: String = "") throws {
    let source = try html(question, "questiontext")
    let reader = ClozeReader(source)
    #expect(reader.complaints == [], "\(id) \(source)")
    try #require(reader.questions.count == item.blanks.count, "\(id)")
    #expect(words(ofHTML: reader.text) != nil, "\(id): \(reader.text)")
    for (read, blank) in zip(reader.questions, item.blanks) {
      #expect(read.weight == blank.points)
      switch blank.answer {
      case .number(let right, let tolerance):
        #expect(read.type == "NUMERICAL")
        let first = try #require(read.alternatives.first)
        #expect(first.fraction == 1)
        #expect(first.answer.utf8.allSatisfy { $0 < 0x80 })
        #expect(Rational(decimal: first.answer) == right)
        #expect(Double(first.tolerance ?? "") == tolerance)
        // After the right one: what was foreseen, the dummy, everything else.
        #expect(read.alternatives.count == blank.wrong.count + 3)
        for (alternative, wrong) in zip(read.alternatives.dropFirst(), blank.wrong) {
          #expect(Double(alternative.answer) == Double(wrong.text))
          #expect(Double(alternative.tolerance ?? "") == tolerance)
          #expect(alternative.fraction == Double(wrong.credit) / 100)
          #expect(words(ofHTML: alternative.feedback) == shown(wrong.feedback), "\(id)")
        }
        #expect(read.alternatives.last?.answer == "*" && read.alternatives.last?.fraction == 0)
        let widths = read.alternatives.dropLast().map(\.answer.count)
        #expect(widths.max() ?? 0 >= 6)
      case .choice(let choices, let right):
        #expect(read.type == "MCS")
        #expect(read.alternatives.map { words(ofHTML: $0.answer) } == choices.map(shown), "\(id)")
        #expect(read.alternatives.firstIndex { $0.fraction == 1 } == right)
      }
    }
  }

  @Test func `a table: every blank reads back with its answer, tolerance, share and words`() throws
  {
    let item = try PlatformSamples.slide(choice: true)
    let questions = try quiz([item])
    let question = try #require(questions.first)
    #expect(question.attributes["type"] == "cloze" && questions.count == 1)
    #expect(question["name", "text"] == "mul-add-0007-B: The slide's circuit")
    #expect(question["idnumber"] == "mul-add-0007-B")
    try check(question, item)
    // Worked by hand: q = 3, f = -12, then backward -4, -4, -4, 3.
    let reader = ClozeReader(try html(question, "questiontext"))
    #expect(
      reader.questions.map { $0.alternatives[0].answer }.prefix(6) == [
        "3", "-12", "-4", "-4", "-4", "3",
      ])
    // All boxes of a table are equally wide.
    let widest = reader.questions.prefix(6).map {
      $0.alternatives.dropLast().map(\.answer.count).max()
    }
    #expect(Set(widest).count == 1)
  }

  @Test func `what a table is and where it comes from stands with it`() throws {
    let question = try #require(try quiz([try PlatformSamples.slide()]).first)
    let solution = try #require(words(ofHTML: try html(question, "generalfeedback")))
    for fact in [
      "mul-add-0007", "form B", "seed 9007199254740993", "variant 7 of 351",
      "w1 = -2, w2 = 5, w3 = -4", PlatformSamples.generator,
    ] {
      #expect(solution.contains(fact), "\(fact)")
    }
    let text = try html(question, "questiontext")
    #expect(text.contains("\\(q = w_{1} + w_{2}\\)") && text.contains("\\(w_{1} = -2\\)"))
    #expect(text.contains("\\(\\partial f/\\partial w_{1}\\)"))
  }

  @Test func `tables, lists and drawings in the text are HTML that is XML`() throws {
    for word in ["word"] + (try PlatformSamples.hostile().prefix(90).map(\.text)) {
      let item = try PlatformSamples.rich(word)
      let question = try #require(try quiz([item]).first)
      try check(question, item, word)
      let text = ClozeReader(try html(question, "questiontext")).text
      #expect(text.ranges(of: "<svg").count == 1 && text.ranges(of: "<table>").count == 2)
      // Once in the heading, then in words, strong, emphasis and code of six lines, and so on.
      #expect(try html(question, "questiontext").contains("<svg"))
    }
  }

  @Test func `random circuits read back`() throws {
    let items = try PlatformSamples.random(60, seed: 11)
    let questions = try quiz(items)
    #expect(questions.count == items.count)
    for (question, item) in zip(questions, items) { try check(question, item) }
  }

  @Test func `one blank is a numerical question, and first match wins as it should`() throws {
    let items = [try PlatformSamples.single()] + (try PlatformSamples.random(40, seed: 12))
    let questions = try quiz(items, "moodle-numerical")
    let blanks = items.flatMap(\.blanks)
    #expect(questions.count == blanks.count)
    #expect(Set(questions.map { $0["idnumber"] }).count == blanks.count)
    for (question, blank) in zip(questions, blanks) {
      #expect(question["defaultgrade"] == "\(blank.points)")
      let answers = question.all("answer")
      #expect(answers.allSatisfy { Self.fractions.contains($0.attributes["fraction"] ?? "") })
      guard case .number(let right, let tolerance) = blank.answer else {
        #expect(question.attributes["type"] == "multichoice")
        #expect(question["single"] == "true" && question["shuffleanswers"] == "false")
        #expect(answers.map { $0.attributes["fraction"] } == ["100", "0", "0"])
        continue
      }
      #expect(question.attributes["type"] == "numerical")
      #expect(answers.last?["text"] == "*" && answers.last?.attributes["fraction"] == "0")
      #expect(Double(answers[0]["tolerance"] ?? "") == tolerance)
      // As Moodle marks: the first answer within its tolerance counts.
      let marks = { (given: Double) -> String? in
        answers.first { answer in
          guard let text = answer["text"], text != "*" else { return true }
          guard let value = Double(text), let margin = Double(answer["tolerance"] ?? "") else {
            return false
          }
          return (given - value).magnitude <= margin + 1e-12
        }?.attributes["fraction"]
      }
      #expect(marks(right.double) == "100")
      #expect(marks(right.double + tolerance * 0.9) == "100")
      #expect(marks(right.double + tolerance + 1e6) == "0")
      for wrong in blank.wrong {
        #expect(
          answers.contains {
            $0["text"] == wrong.text
              && words(ofHTML: $0["feedback", "text"] ?? "") == shown(wrong.feedback)
          })
      }
    }
    // The single one is numerical on the platform of tables too.
    #expect(try quiz([items[0]]).first?.attributes["type"] == "numerical")
  }

  @Test func `words that try to get out stay where they are`() throws {
    for (id, hostile, item) in try PlatformSamples.hostile() {
      let question = try #require(try quiz([item]).first, "\(id)")
      try check(question, item, id)
      let source = ClozeReader(try html(question, "questiontext")).text
      #expect(holds(words(ofHTML: source), shown(hostile)), "\(id): \(source)")
      let name = try #require(question["name", "text"])
      #expect(holds(name, "mul-add-0007-") && holds(spaced(name), shown(hostile)), "\(id)")
      let solution = words(ofHTML: try html(question, "generalfeedback"))
      #expect(holds(solution, shown(hostile)), "\(id)")
      for one in try quiz([item], "moodle-numerical") {
        let text = words(ofHTML: try html(one, "questiontext"))
        #expect(holds(text, shown(hostile)), "\(id)")
      }
    }
  }

  @Test func `a credit becomes a fraction that Moodle knows, and never everything`() {
    for credit in 0...100 {
      let text = MoodleWriter.fraction(credit)
      #expect(Self.fractions.contains(text) && text != "100")
    }
    #expect(
      [0, 33, 50, 67, 99].map(MoodleWriter.fraction) == ["0", "33.33333", "50", "66.66667", "90"])
  }

  @Test(.enabled(if: Tool.xmllint.isInstalled))
  func `xmllint finds the files well-formed`() throws {
    let folder = try Folder()
    let items = try PlatformSamples.hostile().map(\.item)
    for (place, item) in items.enumerated() {
      for name in ["moodle", "moodle-numerical", "qti"] {
        let platform = try #require(Platform.named(name))
        for file in try platform.write([item], named: "x", generator: "g")
        where file.name.hasSuffix(".xml") {
          try folder.write(file.text, to: "\(place)-\(name)-\(file.name.suffix(14))")
        }
      }
    }
    let names = try FileManager.default.contentsOfDirectory(atPath: folder.url.path).sorted()
    #expect(names.count == items.count * 4)
    let (output, status) = try Tool.xmllint.run(["--noout", "--nonet"] + names, in: folder.url)
    #expect(status == 0, "\(String(decoding: output, as: UTF8.self).prefix(1000))")
  }
}
