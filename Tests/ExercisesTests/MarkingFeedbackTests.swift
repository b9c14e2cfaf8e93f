import Language
import Testing
import Typesetting

@testable import Exercises

/// Each verdict has its sentence, and each pattern of right options is seen.
@Suite struct MarkingFeedbackTests {
  /// What a student who hands this in is told about one row, without its formulas.
  private func told(_ item: Item, _ sheet: [String: String], about asked: String) throws -> String {
    let entries = item.blanks.map { Entry(sheet[$0.asked] ?? "", for: $0.answer) }
    let marked = MarkedClass(
      [AnswerSheet(student: "Ada", item: 0, entries: entries)], items: [item])
    let tables = try #require(marked.feedbackSheet(for: "Ada")).blocks.compactMap { block in
      if case .table(let table) = block { table.rows } else { nil }
    }
    let place = try #require(item.blanks.firstIndex { $0.asked == asked })
    return words(try #require(tables.first?[place].last))
  }

  private func words(_ inlines: [Paper.Inline]) -> String {
    inlines.map { inline in
      switch inline {
      case .text(let text), .strong(let text), .emphasis(let text), .code(let text): text
      case .math, .blank: ""
      }
    }.joined()
  }

  @Test(arguments: [
    // The gradient of q is wrong, and w1's is right all the same: it was not made of it.
    (["grad q": "3"], "grad w1", "Right, but it does not follow from your own lines"),
    (["value q": "0", "value f": "0"], "value f", "only from a 0 that should not be one"),
    (
      ["grad q": "1e17", "grad w1": "1e17", "grad w2": "1e17"], "grad w1",
      "so large that nothing added to them shows"
    ),
    (
      [
        "value q": "5", "value f": "5", "grad q": "5", "grad w1": "5", "grad w2": "5",
        "grad w3": "5",
      ], "grad w1", "Every line holds the same number"
    ),
    (["grad w3": ""], "grad w3", "No answer."),
    (["grad w3": "three"], "grad w3", "marked with the right number"),
    ([:], "value q", "Right."),
  ])
  func `a verdict has its sentence`(
    changes: [String: String], row: String, sentence: String
  ) throws {
    let told = try told(slideItem(), slideAnswers.merging(changes) { $1 }, about: row)
    #expect(told.contains(sentence), "\(told)")
  }

  /// b goes two ways into f, and 2 and 5 arrive: one of them alone is one path.
  @Test func `one way out of two is said to be one`() throws {
    let fork = try item(["b = 3", "p = 2 * b", "q = 5 * b", "f = p + q"], asking: ["grad b"])
    let told = try told(fork, ["grad b": "5"], about: "grad b")
    #expect(told.contains("This is what arrives one way. b is used in 2 places"), "\(told)")
  }

  @Test func `a choice is answered with its letter and its words`() throws {
    let choice = try chosen(["nothing", "w1", "everything"], right: 1)
    let marked = MarkedClass(
      [AnswerSheet(student: "Ada", item: 0, entries: [.choice(2)])], items: [choice])
    let sheet = try #require(marked.feedbackSheet(for: "Ada"))
    let cells = sheet.blocks.flatMap { block -> [String] in
      if case .table(let table) = block { table.rows.flatMap { $0.map(words) } } else { [] }
    }
    #expect(cells.contains("c) everything") && cells.contains("b) w1"))
  }

  @Test func `a class of nobody has a summary`() throws {
    let paper = MarkedClass([], items: [try slideItem()]).summary()
    let text = paper.blocks.map { block in
      if case .paragraph(let inlines) = block { words(inlines) } else { "" }
    }
    #expect(text.contains("Nobody handed in a sheet."))
  }

  // MARK: - Patterns of right options

  private func chosen(_ options: [String], right: Int) throws -> Item {
    let base = try item(["w = 2, x = 3", "f = w * x"], asking: ["value f"])
    let blank = Blank(
      id: "c", asked: "c", label: .init(.name("c")), quantity: .other,
      answer: .choice(options, right: right), points: 1, step: nil, reason: [], wrong: [])
    return Item(
      problem: "c", type: "Q14", title: "C", number: 1, count: nil, seed: 1, form: "", points: 1,
      difficulty: 1, stratum: "", text: [], formulas: [], given: [], blanks: [blank],
      tape: base.tape, conventions: [])
  }

  private func patterns(_ count: Int, _ options: [String], right: (Int) -> Int) throws -> [String] {
    var ranks = RankCount()
    for place in 0..<count { ranks.add(try chosen(options, right: right(place))) }
    return ranks.patterns
  }

  @Test func `who always ticks the first is seen, and fair draws are not`() throws {
    let alike = ["aa", "bb", "cc"]
    let first = try patterns(90, alike) { _ in 0 }
    #expect(first.count == 1 && first[0].contains("some places too often: 90, 0, 0"))
    #expect(try patterns(90, alike) { $0 % 3 } == [])
    // 45 of 90 against 30: chi-square is 11.25, below 18.4, the 99.99 % point of two degrees.
    #expect(try patterns(90, alike) { $0 % 2 == 0 ? 0 : 1 + $0 / 2 % 2 } == [])
    // Twice as many: 22.5 is above it.
    #expect(try patterns(180, alike) { $0 % 2 == 0 ? 0 : 1 + $0 / 2 % 2 }.count == 1)
  }

  @Test func `a right option that is always the longest is seen`() throws {
    let found = try patterns(90, ["a", "bb", "ccc"]) { _ in 2 }
    #expect(
      found.contains {
        $0.contains("some length too often") && $0.hasSuffix("0, 0, 90, the shortest first")
      })
    // Places that take turns, with the longest option right wherever it stands.
    var ranks = RankCount()
    for place in 0..<90 {
      var options = ["x", "y", "z"]
      options[place % 3] = "the long one"
      ranks.add(try chosen(options, right: place % 3))
    }
    #expect(ranks.patterns.count == 1)
  }

  @Test func `two options, or few questions, say nothing`() throws {
    #expect(try patterns(90, ["a", "b"]) { _ in 0 } == [])
    #expect(try patterns(59, ["a", "b", "c"]) { _ in 0 } == [])
    #expect(try patterns(60, ["a", "b", "c"]) { _ in 0 }.count == 1)
  }
}
