import Exercises
import Language
import Testing
import Typesetting

/// Tables of a class and sheets pasted back: what is read, and what is refused at which place.
@Suite struct MarkingTableTests {
  private func items() throws -> [Item] {
    try ["A", "B"].enumerated().map { place, form in
      try item(
        ["w1 = -2, w2 = \(5 - place), w3 = -4", "q = w1 + w2", "f = q * w3"],
        asking: ["value q", "grad w1", "grad w3"], problem: "slide", number: place + 7, form: form)
    }
  }

  private func read(_ text: String, comma: Bool = false) throws(Problem) -> [AnswerSheet] {
    let items: [Item]
    do { items = try self.items() } catch { throw Problem("no-items", "\(error)") }
    return try ClassTable(text, file: "class.csv", items: items, decimalComma: comma).sheets
  }

  private func four(_ sheets: [AnswerSheet]) -> Bool {
    sheets.count == 2 && sheets.map(\.student) == ["Ada", "Ben"] && sheets.map(\.item) == [0, 1]
      && sheets[0].entries == [.number(Rational(3)), .number(Rational(-4)), .blank]
      && sheets[1].entries == [.number(Rational(2)), .number(Rational(-4)), .number(Rational(2))]
  }

  @Test(arguments: [
    "student,item,value q,grad w1,grad w3\nAda,A,3,-4,\nBen,B,2,-4,2\n",
    "\u{FEFF}student,item,value-q,grad-w1,grad-w3\r\nAda,slide-0007,3,−4,?\r\n\r\nBen,8,2,-4,2",
    "id;variant;grad w3;grad w1;value q\nAda;7;;-4;3\n;;;;\nBen;8;2;-4;2\n",
    "name\tform\tvalue q\tgrad  w1\t∂f/∂w3\nAda\ta\t3\t-4\t-\nBen\tb\t2\t-4\t2\n",
    "\"student\",\"item\",\"value q\",\"grad w1\",\"grad w3\"\n\"Ada\",A,\"3\",\"-4\",\"\"\n\"Ben\",B,2,-4,2,\n",
    "Student,Item,`value q`,$grad w1$,**grad w3**\rAda,A,3,-4,\rBen,B,2,-4,2",
  ])
  func `tables as spreadsheets write them`(text: String) throws {
    #expect(four(try read(text)))
  }

  @Test func `commas in quotes, and commas for decimals`() throws {
    let quoted = try read(
      "student,item,value q,grad w1,grad w3\n\"Lovelace, \"\"Ada\"\"\",A,\"3,0\",1,1\n", comma: true
    )
    #expect(
      quoted[0].student == "Lovelace, \"Ada\"" && quoted[0].entries[0] == .number(Rational(3)))
    let plain = try read("student;item;value q;grad w1;grad w3\nAda;A;0,5;1;1\n")
    guard case .unreadable(let reason) = plain[0].entries[0] else {
      Issue.record("guessed a comma")
      return
    }
    #expect(reason.contains("--decimal-comma"))
  }

  @Test(arguments: [
    ("", "no-rows", "nothing in class.csv"),
    ("\n\n", "no-rows", "nothing"),
    ("student,item,value q,grad w1,grad w3\n", "no-rows", "no row"),
    ("student,item,value q,grad w1,grad w3\nAda,A,3\n", "ragged-row", "line 2"),
    ("student,item,value q,grad w1,grad w3\n\nAda,A,3,4,5,6\n", "ragged-row", "line 3"),
    ("student,item,value q,grad w1\nAda,A,3,4\n", "missing-column", "grad w3"),
    ("item,value q,grad w1,grad w3\nA,1,2,3\n", "missing-column", "student"),
    ("student,value q,grad w1,grad w3\nAda,1,2,3\n", "missing-column", "item"),
    ("student,item,value q,grad w1,grad w3,gard w1\nAda,A,1,2,3,4\n", "unknown-column", "gard w1"),
    ("student,item,value q,grad w1,grad w3,grad w1\nAda,A,1,2,3,4\n", "repeated-column", "grad w1"),
    ("student,item,value q,grad w1,grad w3,grad-w1\nAda,A,1,2,3,4\n", "repeated-column", "grad-w1"),
    ("student,id,item,value q,grad w1,grad w3\nAda,1,A,1,2,3\n", "repeated-column", "id"),
    ("student,item,value q,,grad w1,grad w3\nAda,A,1,,2,3\n", "bad-column-name", "column 4"),
    ("student,item,value q,grad w1,grad w3\nAda,C,1,2,3\n", "unknown-item", "line 2"),
    ("student,item,value q,grad w1,grad w3\nAda,,1,2,3\n", "unknown-item", "line 2"),
    ("student,item,value q,grad w1,grad w3\nAda,slide,1,2,3\n", "several-items", "slide-0007"),
    ("student,item,value q,grad w1,grad w3\n,A,1,2,3\n", "nameless-student", "line 2"),
    (
      "student,item,value q,grad w1,grad w3\nAda,A,1,2,3\nBen,A,,,\nAda,B,1,2,3\n", "student-twice",
      "line 4"
    ),
    ("student,item,value q,grad w1,grad w3\nAda,A,\"1,2,3\n", "open-quote", "line 2"),
    (
      "student,item,value q,grad w1,grad w3\n\"A\nda\",A,1,2,3\nBen,C,1,2,3\n", "unknown-item",
      "line 4"
    ),
  ])
  func `what is wrong is said, with its place and a hint`(
    text: String, code: String, words: String
  ) {
    do throws(Problem) {
      _ = try read(text)
      Issue.record("read it")
    } catch {
      #expect(error.code == code && error.message.contains(words), "\(error.rendered)")
      #expect(error.hint?.isEmpty == false)
    }
  }

  @Test func `a misspelled column is told its name`() throws {
    let problem = #expect(throws: Problem.self) {
      _ = try read("student,item,value q,gard w1,grad w3\nAda,A,1,2,3\n")
    }
    #expect(problem?.hint == "did you mean grad w1?")
  }

  @Test func `the empty table of a key can be filled in`() throws {
    let items = try items()
    let header = ClassTable.header(for: items)
    let sheets = try read(header + "Ada,A,3,-4,3\nBen,B,2,-4,2\n")
    #expect(MarkedClass(sheets, items: items).sheets.allSatisfy { $0.hundredths == $0.outOf })
  }

  // MARK: - Pasted sheets

  private func pasted(_ text: String, student: String = "Ada") throws -> AnswerSheet {
    try #require(
      try PastedSheet(text, file: "ada.md", student: student, items: try items()).sheets.first)
  }

  @Test func `a filled in sheet among other text`() throws {
    let sheet = try pasted(
      """
      # Backprop, form A
      item: slide-0007
      student: Ada L.

      Given w1 = -2, w2 = 5. Let q = w1 + w2 and
      f = q * w3

      | row | asked for | your answer |
      |----:|-----------|------------:|
      | 1 | value q | 3 |
      | 2 | `grad w1` | **−4** |
      | 3 | grad w3 |  |
      """)
    #expect(sheet.student == "Ada L." && sheet.item == 0)
    #expect(sheet.entries == [.number(Rational(3)), .number(Rational(-4)), .blank])
  }

  @Test func `answers as plain lines`() throws {
    let sheet = try pasted("form: B\n- grad w1 = -4\ngrad w3: 2\nvalue q = 1/2 \r\n")
    #expect(sheet.student == "Ada" && sheet.item == 1)
    #expect(
      sheet.entries == [
        .number(try #require(Rational(1, 2))), .number(Rational(-4)), .number(Rational(2)),
      ])
  }

  @Test(arguments: [
    ("item: A\nhello\n", "no-rows"), ("grad w1 = 3\n", "missing-item"),
    ("item: C\ngrad w1 = 3\n", "unknown-item"),
    ("item: A\ngrad w1 = 3\ngrad w1 = 4\n", "repeated-row"),
    ("item: A\nstudent: Ada\nstudent: Ben\ngrad w1 = 3\n", "repeated-row"),
    ("item: A\nitem: B\ngrad w1 = 3\n", "repeated-row"),
    ("item: A\ngard w1 = 3\n", "unknown-row"), ("item: A\ngrad w9 = 3\n", "unknown-row"),
    ("item: A\n| grad w8 | 3 |\n", "unknown-row"),
  ])
  func `what is wrong with a sheet is said`(text: String, code: String) {
    let problem = #expect(throws: Problem.self) { _ = try pasted(text) }
    #expect(problem?.code == code && problem?.hint != nil)
  }

  @Test func `a sheet without an owner is refused`() {
    let problem = #expect(throws: Problem.self) {
      _ = try pasted("item: A\ngrad w1 = 3", student: "")
    }
    #expect(problem?.code == "nameless-student")
  }
}
