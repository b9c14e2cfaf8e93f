import Engine
import Exercises
import Foundation
import Language
import Testing
import Typesetting

@testable import Export

/// Cards, tables and records, and what holds for all platforms.
@Suite struct PlatformTableTests {
  private func text(_ platform: String, _ items: [Item]) throws -> String {
    let files = try #require(Platform.named(platform))
      .write(items, named: "week-3", generator: PlatformSamples.generator)
    #expect(files.count == 1)
    return try #require(files.first).text
  }

  private func python(_ kind: String, _ text: String) throws -> Data {
    let folder = try Folder()
    try folder.write(text, to: "rows")
    let (output, status) = try Reader.python(
      Reader.script("read_tables.py"), kind, folder.url.appending(path: "rows").path)
    try #require(status == 0, "\(String(decoding: output, as: UTF8.self).suffix(600))")
    return output
  }

  private func items() throws -> [Item] {
    let hostile = try PlatformSamples.hostile().enumerated().map { place, record -> Item in
      var words = PlatformSamples.Words()
      (words.title, words.text, words.asked) = (record.text, record.text, record.text)
      (words.given, words.form) = (record.text, record.text)
      return try PlatformSamples.slide(words: words, number: place + 100)
    }
    return [try PlatformSamples.slide(choice: true), try PlatformSamples.choiceOnly()]
      + (try PlatformSamples.random(20, seed: 61)) + hostile
  }

  /// What a cell holds of a text: a spreadsheet must not compute it.
  private func cell(_ text: String) -> String {
    let line = oneLineShown(text)
    return ["=", "+", "-", "@"].contains { Data(line.utf8).starts(with: Data($0.utf8)) }
      ? "'" + line : line
  }

  private func oneLineShown(_ text: String) -> String {
    var scalars = String.UnicodeScalarView()
    for scalar in visible(text).unicodeScalars {
      scalars.append(
        scalar == "\n" || scalar == "\t"
          ? " " : scalar.value >= 0xFFFE && scalar.value <= 0xFFFF ? "\u{FFFD}" : scalar)
    }
    return String(scalars)
  }

  @Test(.enabled(if: Reader.hasPython))
  func `Python's csv reads all fields back`() throws {
    let items = try items()
    let data = try python("csv", try text("csv", items))
    let rows = try JSONDecoder().decode([[String: String]].self, from: data)
    let blanks = items.flatMap { item in item.blanks.map { (item, $0) } }
    try #require(rows.count == blanks.count)
    for (row, (item, blank)) in zip(rows, blanks) {
      let numbers = item.given.map { "\($0.name) = \(oneLineShown($0.text))" }.joined(
        separator: ", ")
      #expect(row["id"] == item.identifier && row["problem"] == item.problem && row["type"] == "Q2")
      #expect(row["title"] == cell(item.title) && row["asked"] == cell(blank.asked))
      #expect(row["form"] == cell(item.form) && row["seed"] == "\(item.seed)")
      #expect(row["variant"] == "\(item.number)" && row["variants"] == "351")
      #expect(row["given"] == numbers && row["points"] == "\(blank.points)")
      #expect(row["blank"] == blank.id && row["generator"] == PlatformSamples.generator)
      switch blank.answer {
      case .number(let right, let tolerance):
        #expect(Rational(decimal: row["answer"] ?? "") == right)
        #expect(Double(row["tolerance"] ?? "") == tolerance)
        let wrong = blank.wrong.map { "\($0.misconception): \($0.text)" }.joined(separator: "; ")
        #expect(row["misconceptions"] == wrong)
      case .choice(let choices, let right):
        #expect(row["answer"] == cell(choices[right]) && row["tolerance"] == "")
      }
    }
  }

  @Test(.enabled(if: Reader.hasPython))
  func `cards read back with four fields each, and tell what is right`() throws {
    struct Deck: Decodable {
      let head: [String]
      let cards: [[String]]
    }
    let items = try items()
    let deck = try JSONDecoder().decode(
      Deck.self, from: try python("anki", try text("anki", items)))
    for line in ["#separator:tab", "#html:true", "#guid column:1", "#tags column:4"] {
      #expect(deck.head.contains(line))
    }
    let cards = deck.cards.filter { !$0.isEmpty }
    try #require(cards.count == items.count)
    #expect(Set(cards.map { $0[0] }).count == items.count)
    for (card, item) in zip(cards, items) {
      try #require(card.count == 4)
      #expect(card[0].hasPrefix(item.identifier))
      let front = words(ofHTML: card[1])
      if case .paragraph(let parts) = item.text[0], case .text(let text) = parts[0] {
        #expect(holds(front, shown(text)), "\(card[1])")
      }
      let back = words(ofHTML: card[2])
      for blank in item.blanks {
        switch blank.answer {
        case .number(let right, _): #expect(holds(back, "= \(right.text)"))
        case .choice(let choices, let right): #expect(holds(back, shown(choices[right])))
        }
      }
      #expect(holds(back, "seed \(item.seed)"))
    }
  }

  @Test func `the record holds the numbers exactly, and finite differences agree with it`() throws {
    let items = try items()
    let data = Data(try text("json", items).utf8)
    let root = try #require(try JSONSerialization.jsonObject(with: data) as? [String: Any])
    #expect(
      root["schema"] as? Int == 1 && root["generator"] as? String == PlatformSamples.generator)
    let records = try #require(root["items"] as? [[String: Any]])
    try #require(records.count == items.count)
    for (record, item) in zip(records, items) {
      #expect(record["id"] as? String == item.identifier)
      #expect((record["title"] as? String)?.utf8.elementsEqual(item.title.utf8) == true)
      #expect(
        record["seed"] as? String == "\(item.seed)" && record["variant"] as? Int == item.number)
      #expect((record["form"] as? String)?.utf8.elementsEqual(item.form.utf8) == true)
      #expect(
        record["difficulty"] as? Int == item.difficulty && record["variants"] as? Int == item.count)
      let given = try #require(record["given"] as? [[String: Any]])
      #expect(given.map { $0["name"] as? String } == item.given.map(\.name))
      #expect((record["steps"] as? [Any])?.count == item.tape.events.count)
      let blanks = try #require(record["blanks"] as? [[String: Any]])
      try #require(blanks.count == item.blanks.count)
      for (read, blank) in zip(blanks, item.blanks) {
        #expect(read["id"] as? String == blank.id && read["points"] as? Int == blank.points)
        guard case .number(let right, let tolerance) = blank.answer else { continue }
        #expect(Rational(decimal: read["answer"] as? String ?? "") == right)
        #expect(Double(read["tolerance"] as? String ?? "") == tolerance)
        let wrong = try #require(read["wrong"] as? [[String: Any]])
        #expect(wrong.map { $0["misconception"] as? String } == blank.wrong.map(\.misconception))
        #expect(wrong.map { $0["answer"] as? String } == blank.wrong.map(\.text))
        if case .gradient = blank.quantity, item.problem == "mul-add" {
          let difference = try #require(Double(read["fd"] as? String ?? ""))
          #expect((difference - right.double).magnitude < 1e-6)
        }
      }
    }
  }

  @Test(arguments: Platform.all.map(\.name))
  func `the same items give the same bytes, as the record says they do`(name: String) throws {
    let platform = try #require(Platform.named(name))
    let items =
      [try PlatformSamples.slide(choice: true)] + (try PlatformSamples.random(15, seed: 71))
    let again =
      [try PlatformSamples.slide(choice: true)] + (try PlatformSamples.random(15, seed: 71))
    let files = try platform.write(items, named: "week 3/..", generator: "g")
    #expect(files == (try platform.write(again, named: "week 3/..", generator: "g")))
    #expect(Set(files.map(\.name)).count == files.count && !platform.summary.isEmpty)
    for file in files {
      #expect(file.name.wholeMatch(of: /[A-Za-z0-9_\-]+\.[A-Za-z]+/) != nil)
      let isSaid = platform.files.split(separator: ", ").contains { pattern in
        let ending = pattern.replacing("NAME", with: "").replacing("ITEM", with: "")
        return file.name.hasSuffix(ending)
      }
      #expect(isSaid, "\(file.name)")
    }
    #expect(files != (try platform.write(items, named: "week 3/..", generator: "other")))
  }

  // MARK: - What is refused

  private func item(_ answer: Blank.Answer) throws -> Item {
    let tape = try PlatformSamples.single().tape
    let blank = Blank(
      id: "grad-w1", asked: "grad w1", label: Math(.name("w1")), quantity: .other, answer: answer,
      points: 1, step: nil, reason: [], wrong: [])
    return Item(
      problem: "p", type: "", title: "", number: 1, count: nil, seed: 0, form: "", points: 1,
      difficulty: 0, stratum: "", text: [], formulas: [], given: [], blanks: [blank], tape: tape,
      conventions: [])
  }

  private func code(_ items: [Item], _ platform: Platform) -> String {
    do throws(Problem) {
      _ = try platform.write(items, named: "x", generator: "g")
      return "written"
    } catch {
      return error.hint == nil ? "no hint" : error.code
    }
  }

  @Test func `what a platform would mark wrongly is refused by name`() throws {
    let third = try #require(Rational(1, 3))
    let tiny = try #require(Rational(1, 1 << 10))
    let double = try PlatformSamples.single()
    for platform in Platform.all {
      #expect(code([], platform) == "nothing-to-export")
      #expect(code([double, double], platform) == "same-item-twice")
      #expect(code([try item(.number(third, tolerance: 0.01))], platform) == "answer-does-not-end")
      #expect(code([try item(.number(tiny, tolerance: 0.01))], platform) == "answer-does-not-end")
      for tolerance in [Double.nan, .infinity, -1] {
        #expect(
          code([try item(.number(.one, tolerance: tolerance))], platform)
            == "tolerance-is-no-number")
      }
      #expect(code([try item(.choice(["a"], right: 0))], platform) == "choice-is-none")
      #expect(code([try item(.choice(["a", "a"], right: 0))], platform) == "choice-is-none")
      #expect(code([try item(.choice(["a", "b"], right: 2))], platform) == "choice-is-none")
      #expect(code([try item(.number(.one, tolerance: 0))], platform) == "written")
    }
    let problem = Problem.answerDoesNotEnd("1/3", "grad w1", "p-0001")
    #expect(problem.message.contains("1/3") && problem.message.contains("p-0001"))
  }

  @Test func `a decimal is digits, a point and a minus of ASCII, or it is none`() {
    let samples: [(Double, String)] = [
      (0, "0"), (-0.0, "0"), (0.005, "0.005"), (1e-7, "0.0000001"), (-12.5, "-12.5"),
      (1.25e-5, "0.0000125"), (100000, "100000"), (123456789012345, "123456789012345"),
    ]
    for (number, text) in samples { #expect(plainDecimal(number) == text) }
    #expect(plainDecimal(Double.nan) == nil && plainDecimal(1e300) == nil)
    for text in ["−4", "1/3", "0,5", "", "-", ".5", "5.", "1e3", "+4", "４", "4 ", "1.2.3"] {
      #expect(!isPlainDecimal(text), "\(text)")
    }
    #expect(["-4", "0.125", "007"].allSatisfy(isPlainDecimal))
  }
}
