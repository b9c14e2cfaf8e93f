import Exercises
import Language
import Testing
import Typesetting

/// Schemes, guards against gaming, and what is told to students and instructors.
@Suite struct MarkingClassTests {
  private func changed(_ changes: [String: String]) -> [String: String] {
    slideAnswers.merging(changes) { $1 }
  }

  // MARK: - Guards

  @Test func `a value set to zero earns nothing below`() throws {
    let rows = AnswerKey(try slideItem()).verdicts(
      changed(["value q": "0", "value f": "0", "grad w3": "0"]))
    #expect(rows["value q"]?.hasSuffix("0 0") == true)
    #expect(rows["value f"] == "not-credited-zero 0 0")
    #expect(rows["grad w3"] == "not-credited-zero 0 0")
  }

  /// One unit: z is 1, h is 1, o is 7.
  private func unit() throws -> AnswerKey {
    AnswerKey(
      try item(
        ["x = 2, w = 3, b = -5, v = 4, c = 3", "z = w * x + b", "h = relu(z)", "o = v * h + c"],
        asking: ["value z", "value h", "value o", "grad h", "grad z", "grad w", "grad v"]))
  }

  @Test func `a unit that is honestly thought shut leaves work above it and none below`() throws {
    let sheet = [
      "value z": "-11", "value h": "0", "value o": "3", "grad h": "4", "grad z": "0",
      "grad w": "0", "grad v": "0",
    ]
    let rows = try unit().verdicts(sheet)
    #expect(rows["value z"]?.hasSuffix("0 0") == true)
    #expect(rows["value h"] == "carried-forward 0 1" && rows["value o"] == "carried-forward 0 1")
    #expect(rows["grad h"] == "right 1 1")
    for row in ["grad z", "grad w", "grad v"] { #expect(rows[row] == "not-credited-zero 0 0") }
  }

  @Test func `a zero from nowhere earns nothing, however far it is carried`() throws {
    let rows = try unit().verdicts(["value z": "0", "value h": "0", "value o": "3"])
    for row in ["value h", "value o"] { #expect(rows[row] == "not-credited-zero 0 0") }
    let sum = AnswerKey(
      try item(
        ["x = 2, w = 3, c = 3", "z = w * x", "o = z + c"], asking: ["value z", "value o"]))
    #expect(sum.verdicts(["value z": "0", "value o": "3"])["value o"] == "not-credited-zero 0 0")
    // Also through a gate that was not asked for.
    let key = AnswerKey(
      try item(
        ["x = 2, w = 3, v = 4, c = 3", "z = w * x", "o = v * z + c"],
        asking: ["value z", "value o"]))
    #expect(key.verdicts(["value z": "0", "value o": "3"])["value o"] == "not-credited-zero 0 0")
  }

  @Test func `almost zero is zero`() throws {
    let rows = AnswerKey(try slideItem()).verdicts(
      changed(["grad q": "0.004", "grad w1": "0", "grad w2": "0.004"]))
    #expect(rows["grad w1"] == "not-credited-zero 0 0")
    #expect(rows["grad w2"] == "not-credited-zero 0 0")
  }

  @Test func `one is a number like any other`() throws {
    // Forgetting the upstream gives 1 above; who copies it through the + gate knows the + gate.
    let rows = AnswerKey(try slideItem()).verdicts(
      changed(["grad q": "1", "grad w1": "1", "grad w2": "1"]))
    #expect(rows["grad w1"] == "carried-forward 0 1")
  }

  @Test func `a number that swallows all others earns nothing below`() throws {
    let rows = AnswerKey(try slideItem()).verdicts(
      changed(["grad q": "1e17", "grad w1": "1e17", "grad w2": "1e17"]))
    #expect(rows["grad w1"] == "not-credited-runaway 0 0")
  }

  @Test func `one number in every row shows nothing`() throws {
    let key = AnswerKey(try slideItem())
    let rows = key.verdicts(slideAnswers.mapValues { _ in "5" })
    #expect(rows["grad w1"] == "not-credited-uniform 0 0")
    // Where the right ones are all the same, so may the wrong ones be.
    let same = AnswerKey(
      try item(
        ["a = 2, b = 5, c = 4", "q = a + b", "f = q * c"],
        asking: ["grad q", "grad a", "grad b"]))
    let carried = same.verdicts(["grad q": "7", "grad a": "7", "grad b": "7"])
    #expect(carried["grad a"] == "carried-forward 0 1")
  }

  @Test func `two ways that cancel by the student's own numbers are no trick`() throws {
    let key = AnswerKey(
      try item(
        ["a = 1, b = 2, c = 4", "p = a + b", "q = b + c", "f = p * q"],
        asking: ["grad p", "grad q", "grad b"]))
    // Truth 6, 3, 9; the sign of p is lost: -3 + 3 is an honest 0.
    #expect(
      key.verdicts(["grad p": "-3", "grad q": "3", "grad b": "0"])["grad b"]
        == "carried-forward 0 1")
  }

  // MARK: - Schemes

  @Test func `a scheme says what marks are worth`() throws {
    let key = AnswerKey(try slideItem())
    let sheet = changed(["grad q": "3", "grad w1": "3", "grad w2": "-4"])
    let standard = key.mark(sheet)
    // No swap at q; carried at w1; right but unsupported at w2.
    #expect(
      ["grad q", "grad w1", "grad w2", "grad w3"].map { standard[$0]?.hundredths } == [
        0, 100, 200, 200,
      ])
    let exam = key.mark(sheet, try Scheme(reading: "accuracy=50, method=50, no-swap=25"))
    #expect(
      ["grad q", "grad w1", "grad w2", "grad w3"].map { exam[$0]?.hundredths } == [
        50, 100, 100, 200,
      ])
    let strict = key.mark(sheet, try Scheme(reading: "method=0"))
    #expect(strict["grad w1"]?.hundredths == 0)
  }

  @Test func `the problem file may give part marks for a mistake`() throws {
    let wrong = Blank.Wrong(
      misconception: "no-swap", value: 3, text: "3", feedback: "Swap.", credit: 50)
    let own = Blank.Wrong(misconception: "my-own", value: 17, text: "17", feedback: "Seventeen?")
    let key = AnswerKey(
      try item(
        ["w1 = -2, w2 = 5, w3 = -4", "q = w1 + w2", "f = q * w3"], asking: ["grad q"],
        wrong: ["grad q": [wrong, own]]))
    #expect(key.mark(["grad q": "3"])["grad q"]?.hundredths == 100)
    #expect(key.mark(["grad q": "3"], try Scheme(reading: "no-swap=0"))["grad q"]?.hundredths == 0)
    #expect(key.mark(["grad q": "17"])["grad q"]?.mistakes == ["my-own"])
  }

  @Test(arguments: [
    "accuracy", "accuracy=", "accuracy=101", "method=-1", "no-swop=50", "=5", "a=b=c",
  ])
  func `a scheme that is none is refused`(text: String) {
    let problem = #expect(throws: Problem.self) { _ = try Scheme(reading: text) }
    #expect(problem?.hint != nil)
  }

  // MARK: - Reports

  private func marked() throws -> MarkedClass {
    let item = try slideItem()
    let sheets: [[String: String]] = [
      slideAnswers, changed(["grad q": "3", "grad w1": "3", "grad w2": "3"]), [:],
      changed(["grad q": "four"]),
    ]
    let names = ["Ada", "=Ben", "Cleo", "Dan, \"D\""]
    return MarkedClass(
      zip(names, sheets).map { name, sheet in
        AnswerSheet(
          student: name, item: 0,
          entries: item.blanks.map { Entry(sheet[$0.asked] ?? "", for: $0.answer) })
      }, items: [item])
  }

  private func plain(_ inlines: [Paper.Inline]) -> String {
    inlines.map { inline in
      switch inline {
      case .text(let text), .strong(let text), .emphasis(let text), .code(let text): text
      case .math(let math):
        math.pieces.map { piece in
          switch piece {
          case .number(let number), .operand(let number): number.formatted(.arithmetic)
          case .digits(let text), .name(let text), .word(let text): text
          case .derivative(of: let output, by: let input): "d\(output)/d\(input)"
          case .formula(let formula), .substituted(let formula): "\(formula)"
          case .nabla(let name): "∇\(name)"
          case .sign(.times): " × "
          case .sign(.equals): " = "
          case .sign(.plus): " + "
          case .sign: " "
          }
        }.joined()
      case .blank: "_"
      }
    }.joined()
  }

  private func rows(_ paper: Paper) -> [[String]] {
    paper.blocks.flatMap { block -> [[String]] in
      if case .table(let table) = block { table.rows.map { $0.map(plain) } } else { [] }
    }
  }

  @Test func `a student gets the student's own numbers back`() throws {
    let marked = try marked()
    let table = rows(try #require(marked.feedbackSheet(for: "=Ben")))
    #expect(table.count == 6)
    let carried = try #require(table.first { $0[0] == "df/dw1" })
    #expect(carried[1] == "3" && carried[2] == "-4" && carried[3] == "1 of 2")
    #expect(
      carried[4] == "It follows from your line above: 3 × 1 = 3. The slip was upstream, in df/dq.")
    let slip = try #require(table.first { $0[0] == "df/dq" })
    #expect(slip[4].contains("each input got its own value") && slip[4].contains("1 × -4 = -4"))
    #expect(marked.feedbackSheet(for: "Eve") == nil)
    let gap = rows(try #require(marked.feedbackSheet(for: "Cleo")))
    #expect(gap.allSatisfy { $0[1] == "none" && $0[3] == "0 of 2" })
  }

  @Test func `sentences use values and sums of the student`() throws {
    let key = try slideItem()
    let sheet = changed(["value q": "7", "value f": "-20", "grad w3": "7"])
    let entries = key.blanks.map { Entry(sheet[$0.asked] ?? "", for: $0.answer) }
    let marked = MarkedClass(
      [AnswerSheet(student: "Ada", item: 0, entries: entries)], items: [key])
    let table = rows(try #require(marked.feedbackSheet(for: "Ada")))
    #expect(
      table.first { $0[0] == "value f" }?[4] == "From your own lines it should be 7 * (-4) = -28.")
  }

  @Test func `the slip is named and not the rows it was carried through`() throws {
    let key = try item(
      ["x = 2, u = 3", "a = x * u", "b = 5 * a", "f = 7 * b"],
      asking: ["grad b", "grad a", "grad x"])
    // 7, 35, 105; the slip is in b, and a and x follow.
    let entries = ["8", "40", "120"].map { Entry($0, for: key.blanks[0].answer) }
    let marked = MarkedClass(
      [AnswerSheet(student: "Ada", item: 0, entries: entries)], items: [key])
    let table = rows(try #require(marked.feedbackSheet(for: "Ada")))
    #expect(
      table[2][4]
        == "It follows from your line above: 40 × 3 = 120. The slip was upstream, in df/db.")
  }

  @Test func `the summary counts rows and mistakes`() throws {
    let marked = try marked()
    let counts = marked.mistakeCounts
    #expect(counts.map(\.name) == ["no-swap"] && counts.map(\.rows) == [1])
    let table = rows(marked.summary())
    // right, carried, known, wrong, blank, not readable, percent
    #expect(table.first { $0[0] == "df/dq" }?.dropFirst(1) == ["1", "0", "1", "0", "1", "1", "25"])
    #expect(
      table.first { $0[0] == "df/dw1" }?.dropFirst(1) == ["2", "1", "0", "0", "1", "0", "50"])
    // 12 + 8 + 0 + 10 points of four sheets.
    let lists = marked.summary().blocks.flatMap { block -> [String] in
      if case .list(let lines) = block { lines.map(plain) } else { [] }
    }
    #expect(
      lines(lists, with: "Mean: 7.50; median: 9") && lines(lists, with: "four is not a number"))
  }

  private func lines(_ lines: [String], with text: String) -> Bool {
    lines.contains { $0.contains(text) }
  }

  @Test func `results are a table that a spreadsheet takes and does not run`() throws {
    let lines = try marked().results.split(separator: "\n").map(String.init)
    #expect(lines.count == 5)
    #expect(lines[0].hasPrefix("student,item,points,out-of,value-q,value-q mistake,value-f"))
    #expect(lines[1].hasPrefix("Ada,slide-0001,12,12,right,,right,"))
    #expect(lines[2].hasPrefix("'=Ben,slide-0001,8,12,"))
    #expect(lines[2].contains("known-mistake,no-swap"))
    #expect(lines[4].hasPrefix("\"Dan, \"\"D\"\"\",slide-0001,10,12,"))
    #expect(lines[4].contains("unreadable"))
  }
}
