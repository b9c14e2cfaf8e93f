import Exercises
import Language
import Testing
import Typesetting

/// Files of a class, gathered one by one.
@Suite struct MarkingSubmissionTests {
  private func submissions() throws -> Submissions {
    Submissions(
      items: [
        try item(["w = 2, x = 3", "f = w * x"], asking: ["value f", "grad w"], problem: "one"),
        try item(["w = 5, x = 4", "f = w + x"], asking: ["value f", "grad w"], problem: "two"),
      ])
  }

  @Test func `tables and sheets together`() throws {
    var all = try submissions()
    try all.add("student,item,value f,grad w\nAda,one,6,3\nAda,two,9,1\n", file: "in/class.CSV")
    try all.add("item: one\nvalue f = 6\n", file: "in/ben.k.md")
    #expect(all.sheets.map(\.student) == ["Ada", "Ada", "ben.k"])
    let marked = all.marked()
    #expect(marked.students == ["Ada", "ben.k"])
    #expect(marked.sheets.map(\.hundredths) == [400, 400, 200])
    #expect(marked.feedbackNames == ["feedback-Ada", "feedback-ben-k"])
    #expect(marked.feedbackSheet(for: "Ada")?.blocks.count ?? 0 > 6)
  }

  @Test func `the same answers in two files are refused, and nothing of the second is kept`() throws
  {
    var all = try submissions()
    try all.add("item: one\nvalue f = 6\n", file: "Ada.md")
    let problem = #expect(throws: Problem.self) {
      try all.add("student,item,value f,grad w\nBen,one,6,3\nAda,one,6,3\n", file: "class.csv")
    }
    #expect(problem?.code == "student-twice" && all.sheets.count == 1)
    try all.add("item: one\nvalue f = 6\n", file: "Ben.md")
    #expect(all.sheets.map(\.student) == ["Ada", "Ben"])
  }

  @Test func `a student's name leads nowhere as a file name`() throws {
    let names = [
      "../../etc/passwd", "", "Ada", "ada", "ADA", "Ünal Ö", "...", "a/b", "日本", "x\u{0}y",
    ]
    let item = try item(["w = 2, x = 3", "f = w * x"], asking: ["value f"])
    let marked = MarkedClass(
      names.map { AnswerSheet(student: $0, item: 0, entries: []) }, items: [item])
    let files = marked.feedbackNames
    #expect(files.count == names.count && Set(files.map { $0.lowercased() }).count == names.count)
    #expect(files[0] == "feedback-etc-passwd" && files[3] == "feedback-ada-2")
    #expect(files[5] == "feedback-Ünal-Ö" && files[8] == "feedback-日本")
    #expect(files.allSatisfy { $0.allSatisfy { $0.isLetter || $0.isNumber || $0 == "-" } })
  }

  @Test func `a class too large is refused before it is read`() throws {
    let item = try item(["w = 2, x = 3", "f = w * x"], asking: ["value f"])
    let rows = (0...Limit.sheets.bound).map { "s\($0),1" }.joined(separator: "\n")
    let problem = #expect(throws: Problem.self) {
      _ = try ClassTable("student,value f\n" + rows, file: "c.csv", items: [item])
    }
    #expect(problem != nil)
  }

  @Test func `choices and things that are no number of the graph`() throws {
    let graph = try item(["w = 2, x = 3", "f = w * x"], asking: ["value f"])
    let wrong = Blank.Wrong(
      misconception: "all-zero", value: 0, text: "everything", feedback: "Which ones?", credit: 30)
    let blanks = [
      Blank(
        id: "dead", asked: "dead", label: .init(.name("dead")), quantity: .other,
        answer: .choice(["nothing", "w1", "everything"], right: 1), points: 2, step: nil,
        reason: [],
        wrong: [wrong]),
      Blank(
        id: "row", asked: "row", label: .init(.name("row")), quantity: .other,
        answer: .number(Rational(4), tolerance: 0), points: 1, step: nil, reason: [], wrong: []),
    ]
    let own = Item(
      problem: "q14", type: "Q14", title: "Dead", number: 1, count: nil, seed: 1, form: "",
      points: 3, difficulty: 1, stratum: "", text: [], formulas: [], given: [], blanks: blanks,
      tape: graph.tape, conventions: [])
    let key = AnswerKey(own)
    #expect(key.verdicts(["dead": "b)", "row": "4"]) == ["dead": "right 1 1", "row": "right 1 1"])
    let missed = key.mark(["dead": "Everything", "row": "3"])
    #expect(missed["dead"]?.mistakes == ["all-zero"] && missed["dead"]?.hundredths == 60)
    #expect(missed["row"]?.verdict == .wrong && missed["row"]?.hundredths == 0)
    #expect(key.mark(["dead": "a"])["dead"]?.verdict == .wrong)
  }
}
