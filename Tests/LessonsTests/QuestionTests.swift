import Testing

@testable import Lessons

@Suite struct QuestionTests {
  private func question(_ body: String) throws -> Question {
    try #require(try parsed(body).questions.first)
  }

  @Test func predict() throws {
    let read = try question(
      "> **Predict.** What is\n> $\\partial f/\\partial x$?\n\n\n<!-- answer: 2 -->")
    #expect(read.prompt.plainText == "What is ∂f/∂x?")
    #expect(read.answer == "2")
    #expect(read.lines == 2..<4)
    #expect(read.answerLine == 6)
    #expect(read.hints == [])
    #expect(read.because == nil)
  }

  @Test func everyLineOfAnAnswer() throws {
    let read = try question(
      """
      > **Predict.** x?
      <!--
      answer: grad w3
        hint: one: two
      if w3 : no $w_3$

      hint: 1. second
      because: so
      -->
      """)
    #expect(read.answer == "grad w3")
    #expect(read.hints.map(\.plainText) == ["one: two", "1. second"])
    #expect(read.feedback.map(\.condition) == ["w3"])
    #expect(read.feedback.map(\.message.plainText) == ["no w3"])
    #expect(read.feedback.map(\.line) == [6])
    #expect(read.because?.plainText == "so")
  }

  @Test func atTheEndOfTheFileAndTwoInARow() throws {
    #expect(problem("> **Predict.** x?")?.code == "lesson-answer-missing")
    let answer = "<!-- answer: 1 -->\n"
    let two = try parsed("> **Predict.** a?\n\(answer)> **Predict.** b?\n\(answer)")
    #expect(two.questions.map(\.prompt.plainText) == ["a?", "b?"])
    let lacking = problem("> **Predict.** a?\n\n> **Predict.** b?\n\(answer)")
    #expect(lacking?.code == "lesson-answer-missing")
    #expect(lacking?.line == 1)
    #expect(
      problem("> **Predict.** a?\n> **Predict.** b?\n\(answer)")?.code == "lesson-answer-missing")
  }

  @Test func choose() throws {
    let quoted = "> **Choose.** Which?\n> - a) one\n>   more\n> - b) $x_1$\n\n<!-- answer: a -->"
    let listed = "> **Choose.** Which?\n\n- a) one\n  more\n- b) $x_1$\n\n<!-- answer: a -->"
    for body in [quoted, listed] {
      guard case .choose(let choices) = try question(body).kind else {
        Issue.record("not a choice")
        continue
      }
      #expect(choices.map(\.letter) == ["a", "b"])
      #expect(choices.map(\.text.plainText) == ["one more", "x1"])
    }
    #expect(try question(quoted).lines == 2..<6)
    #expect(try question(listed).lines == 2..<7)
  }

  @Test func refusesBrokenQuestions() {
    let predict = "> **Predict.** x?\n"
    let choose = "> **Choose.** x?\n> a) one\n> b) two\n"
    let cases: [(body: String, code: String, line: Int)] = [
      (predict + "text\n<!-- answer: 1 -->", "lesson-answer-missing", 1),
      (predict + "<!-- note -->\n<!-- answer: 1 -->", "lesson-answer-missing", 1),
      (predict + "<!-- hint: 1 -->", "lesson-answer-missing", 1),
      (predict + "<!-- answer: 1\nhint: x\n", "lesson-unclosed-comment", 2),
      (predict + "<!-- answer: 1\nx\n<!-- note -->", "lesson-unclosed-comment", 2),
      (predict + "<!-- answer: 1\nhnt: x\n-->", "lesson-answer-line", 3),
      (predict + "<!-- answer: 1\nno colon\n-->", "lesson-answer-line", 3),
      (predict + "<!-- answer:\n-->", "lesson-answer-empty", 2),
      (predict + "<!-- answer: 1\nif 2:\n-->", "lesson-answer-empty", 3),
      (predict + "<!-- answer: 1\nanswer: 2\n-->", "lesson-answer-repeated", 3),
      (predict + "<!-- answer: 1\nbecause: 2\nbecause: 3\n-->", "lesson-answer-repeated", 4),
      (predict + "<!-- answer: 1\nif 2: a\nif 2: b\n-->", "lesson-answer-repeated", 4),
      (predict + "<!-- answer: 1\nif 1: a\n-->", "lesson-feedback-answer", 3),
      ("> **Predict.**\n<!-- answer: 1 -->", "lesson-question-empty", 1),
      ("> **predict.** x?\n<!-- answer: 1 -->", "lesson-answer-stray", 2),
      (choose + "<!-- answer: c -->", "lesson-choice-unknown", 4),
      (choose + "<!-- answer: a\nif c: x\n-->", "lesson-choice-unknown", 5),
      (choose + "<!-- answer: a\nif a: x\n-->", "lesson-feedback-answer", 5),
      (choose + "> d) x\n<!-- answer: a -->", "lesson-choice-order", 4),
      (choose + "> c)\n<!-- answer: a -->", "lesson-choice-empty", 4),
      ("> **Choose.** x?\n> a) one\n<!-- answer: a -->", "lesson-choice-few", 1),
    ]
    for (body, code, line) in cases {
      let found = problem(body)
      #expect(found?.code == code, "\(body)")
      #expect(found?.line == line, "\(body)")
    }
    let many = (2..<60).map { "if \($0): x\n" }.joined()
    #expect(problem(predict + "<!-- answer: 1\n\(many)-->")?.code == "lesson-feedback-many")
  }
}

@Suite struct CommentTests {
  @Test func otherCommentsAreIgnored() throws {
    let lesson = try parsed("a <!-- b -->c\n<!-- d\n## e\n```\n-->f\n\n  <!-- g -->\n`<!--` h")
    #expect(lesson.cards.count == 1)
    guard case .prose(let prose) = lesson.items[0].kind else {
      Issue.record("no prose")
      return
    }
    #expect(prose.plainText == "a c f\n<!-- h")
  }

  @Test func aCommentNeedsItsEnd() {
    #expect(problem("x\n<!-- a\nb")?.line == 2)
    #expect(problem("x\n<!-- a\nb")?.code == "lesson-unclosed-comment")
    #expect(problem("<!-- a\n\n<!-- b -->")?.line == 1)
    #expect(problem("x <!-- a\nb -->")?.code == "lesson-comment-start")
  }
}

@Suite struct CardTests {
  @Test func headings() throws {
    let lesson = try parsed("a\n\n## The *chain* $\\partial$ ##\n\n### Sub\n\nb\n\n##\tC#\n")
    #expect(lesson.cards.map(\.heading) == ["T", "The chain ∂", "C#"])
    #expect(lesson.cards.map(\.items.count) == [1, 1, 0])
    #expect(lesson.cards.map(\.line) == [1, 4, 10])
  }

  @Test func aTitleInTheFrontMatterIsEnough() throws {
    let text = "---\ntitle: M\n---\n\nfirst\n\n## Next\n"
    let lesson = try Lesson(parsing: Array(text.utf8))
    #expect(lesson.cards.map(\.heading) == ["M", "Next"])
    #expect(lesson.cards.map(\.line) == [5, 7])
  }

  @Test func refusesMisplacedTitles() {
    #expect(problem("# Second")?.code == "lesson-title-late")
    #expect(problem("##")?.code == "lesson-heading-empty")
    #expect(problem(inFile: "text\n# T")?.code == "lesson-title-missing")
    #expect(problem(inFile: "## A\n")?.code == "lesson-title-missing")
    #expect(problem(inFile: "<!-- note -->\n\n# T\n") == nil)
  }

  @Test func aHeadingWithoutBlankIsRemarkedOn() throws {
    #expect(try parsed("\n##Next").warnings.map(\.line) == [3])
    #expect(try parsed("text\n---").warnings.map(\.line) == [3])
    #expect(try parsed("text\n\n---").warnings == [])
  }
}
