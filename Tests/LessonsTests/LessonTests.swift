import Language
import Testing

@testable import Lessons

@Suite struct LessonTests {
  @Test func readsTheWholeSample() throws {
    let lesson = try Lesson(parsing: Array(sampleLesson.utf8))
    #expect(lesson.title == "A tiny circuit: f = (w1 + w2) * w3")
    #expect(lesson.source == "lecture 4, slides 31-38")
    #expect(lesson.minutes == 6)
    #expect(lesson.tolerance == .printed)
    #expect(lesson.seed == nil)
    #expect(lesson.warnings == [])
    #expect(lesson.cards.map(\.heading) == ["A tiny circuit", "Forward", "Backward", "Remember"])
    #expect(lesson.cards.map(\.line) == [8, 23, 54, 75])
    #expect(lesson.transcripts.map(\.line) == [15, 37, 66])
    #expect(lesson.questions.map(\.line) == [25, 56])
    #expect(lesson.items.map(\.summary).count { $0 == "Step through the forward pass" } == 2)
    let entry = lesson.transcripts[1].entries[0]
    #expect(entry.command == "step")
    #expect(entry.line == 38)
    #expect(entry.outputLines == 39..<46)
    #expect(entry.output.last == "   a = w1 + w2 = -2 + 5 = 3")
    #expect(lesson.transcripts[2].attributes == [.type])
    #expect(lesson.transcripts[2].entries.map(\.isAssertion) == [false, false, true])
    let predict = lesson.questions[0]
    #expect(predict.kind == .predict)
    #expect(predict.prompt.plainText == "What does the + gate send on to the × gate?")
    #expect(predict.answer == "value a")
    #expect(predict.answerLine == 27)
    #expect(predict.hints.map(\.plainText) == ["The + gate adds its inputs."])
    #expect(predict.feedback.map(\.condition) == ["-7"])
    #expect(predict.feedback.map(\.line) == [29])
    #expect(predict.because?.plainText == "-2 + 5 = 3")
    guard case .choose(let choices) = lesson.questions[1].kind else {
      Issue.record("not a choice")
      return
    }
    #expect(choices.map(\.letter) == ["a", "b"])
    #expect(choices.map(\.text.plainText) == ["the + gate", "the × gate"])
    #expect(lesson.questions[1].prompt.plainText == "Which gate swaps?")
    #expect(lesson.questions[1].answer == "b")
  }

  @Test func takingOutAnyLineGivesALessonOrAProblemInTheFile() {
    let lines = sampleLesson.split(separator: "\n", omittingEmptySubsequences: false)
    var lessons = 0
    var codes: Set<String> = []
    for index in lines.indices {
      let rest = lines.enumerated().filter { $0.offset != index }.map { String($0.element) }
      do throws(LessonProblem) {
        _ = try Lesson(parsing: Array(rest.joined(separator: "\n").utf8))
        lessons += 1
      } catch {
        #expect(1..<lines.count ~= error.line, "without line \(index + 1)")
        codes.insert(error.problem.code)
      }
    }
    #expect(lessons > 20)
    #expect(codes.count > 6, "\(codes)")
  }

  @Test func cuttingTheFileAnywhereNeverCrashes() {
    let bytes = Array(sampleLesson.utf8)
    var outcomes = 0
    for end in stride(from: 0, to: bytes.count, by: 7) {
      let count = bytes[..<end].count { $0 == 0x0A } + 1
      do throws(LessonProblem) {
        _ = try Lesson(parsing: Array(bytes[..<end]))
        outcomes += 1
      } catch {
        #expect(1...count ~= error.line)
        outcomes += 1
      }
    }
    #expect(outcomes == (bytes.count + 6) / 7)
  }

  @Test func largeFilesAreRead() throws {
    let gaps = String(repeating: "...\n", count: 1 << 18)
    let lesson = try parsed("```backstep\n> x\n\(gaps)```\n")
    #expect(lesson.transcripts[0].entries[0].output.count == 1 << 18)
    let marks = ["**", "[", "[](", "`", "``a`", "$a ", "<a ", "((", "_a", "> ", "- ", "|", "\\"]
    for mark in marks {
      let body = (mark.hasPrefix("`") ? "x " : "") + String(repeating: mark, count: 50_000)
      #expect(try parsed(body).cards.count == 1)
    }
    let links = String(repeating: "[", count: 50_000) + String(repeating: "](", count: 50_000)
    #expect(try parsed(links + String(repeating: ")", count: 50_000)).cards.count == 1)
    #expect(try parsed(String(repeating: "x <!-- y --> ", count: 20_000)).cards.count == 1)
    let deep = "$" + String(repeating: "{", count: 50_000) + "$"
    #expect(try parsed(deep).warnings.count == 1)
    // A hundred levels are more than anyone reads; beyond that the formula is shown as it is.
    let roots = { (count: Int) in "$" + String(repeating: "\\sqrt ", count: count) + "2$" }
    #expect(try parsed(roots(60)).warnings == [])
    #expect(try parsed(roots(20_000)).warnings.count == 1)
  }

  @Test func aProblemIsRenderedWithFileAndLine() {
    let error = LessonProblem(7, .unclosedComment())
    let long = problem(inFile: "---\n" + String(repeating: "x", count: 100_000) + ": y\n---\n")
    #expect(long?.code == "lesson-front-matter-key")
    let key = String(repeating: "x", count: 999)
    #expect(Problem.unknownFrontMatterKey(key, keys: FrontMatter.keys).message.count < 120)
    #expect(
      error.rendered(file: "a.md") == """
        a.md:7: error: this comment is not closed
        hint: end it with -->
        """)
  }
}

@Suite struct SourceTextTests {
  @Test func endsOfLineAndByteOrderMark() throws {
    let text =
      "\u{FEFF}---\r\ntitle: T\r\n---\r\n# H\r\n\r\n```backstep  \r\n> a  \r\nb \r\n```\r\n"
    let lesson = try Lesson(parsing: Array(text.utf8))
    #expect(lesson.title == "T")
    #expect(lesson.transcripts[0].entries == [Entry(command: "a", line: 7, output: ["b"])])
  }

  @Test func refusesWhatIsNotUTF8WithLineAndByte() {
    do throws(LessonProblem) {
      _ = try Lesson(parsing: Array("# T\n\nab".utf8) + [0xC3, 0x28] + Array("\n".utf8))
      Issue.record("read")
    } catch {
      #expect(error.line == 3)
      #expect(error.problem.code == "lesson-not-utf8")
      #expect(error.problem.message == "0xC3 is not UTF-8 here (byte 3 of the line)")
    }
    #expect(throws: LessonProblem.self) { try Lesson(parsing: [0x23, 0x20, 0xE2, 0x88]) }
  }

  @Test(arguments: ["a\u{0}b", "a\u{1B}[2J", "a\rb", "x\u{202E}y", "\u{85}", "a\u{200B}", "\u{7F}"])
  func refusesWhatCannotBeSeen(_ text: String) {
    let found = problem(text)
    #expect(found?.code == "lesson-hidden-character")
    #expect(found?.line == 1)
  }

  @Test func emptyFiles() {
    #expect(problem(inFile: "")?.code == "lesson-title-missing")
    #expect(problem(inFile: "---\ntitle: T\n---\n")?.code == "lesson-empty")
    #expect(problem(inFile: "---\ntitle: T\n---\n\ntext\n") == nil)
  }
}

@Suite struct FrontMatterTests {
  private func lesson(_ lines: String...) throws -> Lesson {
    let text = "---\n" + lines.map { $0 + "\n" }.joined() + "---\n# H\n"
    return try Lesson(parsing: Array(text.utf8))
  }

  private func code(_ lines: String...) -> String? {
    problem(inFile: "---\n" + lines.map { $0 + "\n" }.joined() + "---\n# H\n")?.code
  }

  @Test func readsEveryKey() throws {
    let read = try lesson("title: a: b", "source: s", "minutes: 12", "tolerance: 1e-6", "seed: 7")
    #expect(read.title == "a: b")
    #expect(read.source == "s")
    #expect(read.minutes == 12)
    #expect(read.tolerance == .bound(1e-6))
    #expect(read.seed == 7)
    #expect(try lesson("title: \"a: b\"").title == "a: b")
    #expect(try lesson("", "title: it's").title == "it's")
    #expect(try lesson("seed: 18446744073709551615").seed == .max)
  }

  @Test func aLessonNeedsNone() throws {
    let lesson = try parsed("text")
    #expect(lesson.title == "T")
    #expect(lesson.tolerance == .printed)
  }

  @Test func refusesTheRest() {
    #expect(code("titel: x") == "lesson-front-matter-key")
    #expect(code("# note") == "lesson-front-matter")
    #expect(code("title:x") == "lesson-front-matter")
    #expect(code("title: a", "title: b") == "lesson-front-matter-repeated")
    for bad in [
      "title:", "minutes: soon", "minutes: 0", "minutes: 99999999999999999999", "seed: -1",
      "tolerance: 0", "tolerance: 2", "tolerance: nan", "tolerance: tight", "seed: 1.5",
    ] {
      #expect(code(bad) == "lesson-front-matter-value", "\(bad)")
    }
    #expect(problem(inFile: "---\ntitle: x\n# H\n")?.line == 3)
    let open = problem(inFile: "---\ntitle: x\n")
    #expect(open?.code == "lesson-unclosed-front-matter")
    #expect(open?.line == 1)
  }
}
