import Testing

@testable import Language

/// One line per mistake: where it is marked, what it is called, and a piece of the hint.
@Suite struct GalleryTests {
  struct Mistake: Sendable {
    let marked: String
    let code: String
    let hint: String?

    init(_ marked: String, _ code: String, _ hint: String? = nil) {
      self.marked = marked
      self.code = code
      self.hint = hint
    }
  }

  static let mistakes: [Mistake] = [
    // Characters.
    Mistake("a «#» b", "stray-character"), Mistake("x«!»", "stray-character", "no factorial"),
    Mistake("x «%» 2", "stray-character", "percentage"),
    Mistake("«{»x}", "stray-character", "( )"), Mistake("a «&» b", "stray-character", "if(…)"),
    Mistake("«|»x|", "stray-character", "abs(x)"), Mistake("a«;» b", "stray-character", "comma"),
    Mistake("a + «@»", "expected-operand", "A @ B"), Mistake("a + «@»1", "stray-character", "@1"),
    Mistake("2 * «√»x", "stray-character", "sqrt(x)"),
    Mistake("if(a «≤» b, 1, 2)", "stray-character", "<="),
    Mistake("if(a «≥» b, 1, 2)", "stray-character", ">="),
    Mistake("if(a «≠» b, 1, 2)", "stray-character", "!="),
    Mistake("«ŷ» - y", "stray-character", "yhat"), Mistake("caf«é»", "stray-character"),
    Mistake("θ + «😀»", "stray-character"), Mistake("x«\u{301}» + 1", "stray-character"),
    Mistake("a«\u{200B}» + b", "stray-character", "delete it"),
    Mistake("a «\u{202E}»+ b", "stray-character", "delete it"),
    Mistake("a «\u{1B}»[31m", "stray-character", "delete it"),
    Mistake("a«\0»b", "stray-character", "delete it"),
    Mistake("a «\n»+ b", "stray-character", "delete it"),
    Mistake("a «\r»+ b", "stray-character", "delete it"),
    // Vectors, subscripts, loops.
    Mistake("«[»1, 2", "unclosed-bracket", "add a ]"), Mistake("«[]»", "empty-vector", "[0]"),
    Mistake("x«[]»", "missing-subscript", "x[1]"), Mistake("x«[1, 2, 3]»", "too-many-subscripts"),
    Mistake("x + 1«]»", "unmatched-bracket"), Mistake("«[1, 2)»", "crossed-brackets"),
    Mistake("«(1]»", "crossed-brackets"), Mistake("1«..»3", "stray-range", "x[2..4]"),
    Mistake("[1«..»3]", "stray-range", "for i in"),
    Mistake("[i «for» i in 1]", "loop-without-range", "1..3"),
    Mistake("[i for «2» in 1..3]", "loop-without-name", "for i in"),
    Mistake("[i «for i of» 1..3]", "loop-without-range", "1..3"),
    Mistake("[1, i «for» i in 1..3]", "loop-beside-elements"),
    Mistake("[i for i in 1..3«,» 1]", "loop-beside-elements"),
    Mistake("«dot(a)»", "wrong-argument-count"), Mistake("«conv(x)»", "wrong-argument-count"),
    // Brackets.
    Mistake("«(»a + b", "unclosed-bracket", "add a )"), Mistake("a*«(»b + (c)", "unclosed-bracket"),
    Mistake("a + b«)»", "unmatched-bracket"), Mistake("2 * «()»", "expected-operand"),
    // Operands and operators.
    Mistake("a +«»", "expected-operand"), Mistake("a =«»", "expected-operand"),
    Mistake("x^«»", "expected-operand"), Mistake("a + «*» b", "expected-operand"),
    Mistake("«)»", "expected-operand"), Mistake("sin(x, «)»", "expected-operand"),
    Mistake("a «**» b", "stray-operator", "a^b"), Mistake("2«x»", "implicit-product", "2*x"),
    Mistake("a = 3 «4»", "implicit-product", "not grouped"),
    Mistake("x «y» + 1", "implicit-product", "x*y"),
    Mistake("(a + b)«(»c + d)", "implicit-product", "* between"),
    Mistake("sin «x»", "implicit-product", "sin(x)"),
    // Numbers and names.
    Mistake("«1.2.3» + x", "unreadable-number", "1e-3"), Mistake("x*«1e»", "unreadable-number"),
    Mistake("«1e+» x", "unreadable-number"),
    Mistake("a + «" + String(repeating: "w", count: 65) + "»", "name-too-long"),
    Mistake("x + «tahn»(x)", "unknown-function", "tanh"),
    Mistake("«Relu6»(x)", "unknown-function", "relu"),
    Mistake("«log10»(x)", "unknown-function", "ln(x)/ln(10)"),
    Mistake("«zz»(x + 1)", "unknown-function", "zz*(…)"),
    Mistake("«Σ»(x)", "unknown-function"),
    // Functions and commas.
    Mistake("1 + «max(a)»", "wrong-argument-count"),
    Mistake("«max(a, b, c)»", "wrong-argument-count"),
    Mistake("«sin()» + 1", "wrong-argument-count"), Mistake("2*«g(1)»", "wrong-argument-count"),
    Mistake("a«,» b", "stray-comma", "point"), Mistake("1«,»5 + x", "stray-comma", "1.5"),
    Mistake("(a«,» b)", "stray-comma"), Mistake("(a «=» b)", "stray-equals", "=="),
    Mistake("a = b «=» c", "stray-equals"), Mistake("a «<» b", "comparison-outside-if", "if(x > 0"),
    Mistake("if(a, b «>» c, 1)", "comparison-outside-if"),
    Mistake("if(a < b «<» c, 1, 2)", "comparison-outside-if"),
    // Definitions.
    Mistake("f(a, «a») = a", "repeated-parameter"),
    Mistake("h(x) = 1 + «h»(x)", "function-calls-itself", "before it"),
    Mistake("a = 1,«» 2", "expected-definition", "1.5"), Mistake("a = 1,«»", "expected-definition"),
  ]

  private func problem(in line: String) -> Problem? {
    do throws(Problem) {
      if try Assignment.reading(line, functions: ["g": 2]) == nil {
        _ = try Formula(reading: line, functions: ["g": 2])
      }
      return nil
    } catch {
      return error
    }
  }

  @Test func `each mistake is named, pointed at and answered`() {
    var wrong: [String] = []
    for mistake in Self.mistakes {
      let marked = Marked(mistake.marked)
      guard let problem = problem(in: marked.text) else {
        wrong.append("\(mistake.marked) is accepted")
        continue
      }
      if problem.code != mistake.code { wrong.append("\(mistake.marked): \(problem.code)") }
      if problem.span != marked.span {
        wrong.append("\(mistake.marked): at \(Marked.marking(problem.span, in: marked.text))")
      }
      if let hint = mistake.hint, problem.hint?.contains(hint) != true {
        wrong.append("\(mistake.marked): the hint is \(problem.hint ?? "missing")")
      }
    }
    #expect(wrong == [])
    #expect(Self.mistakes.count >= 35)
  }

  @Test func `every problem is told in one clean sentence`() {
    var wrong: [String] = []
    for mistake in Self.mistakes {
      let text = Marked(mistake.marked).text
      guard let problem = problem(in: text) else { continue }
      let rendered = problem.pointing(into: text).rendered
      let hasControl = rendered.unicodeScalars.contains {
        $0.value < 0x20 && $0 != "\n" || (0x7F...0x9F).contains($0.value) || $0 == "\u{202E}"
      }
      if hasControl { wrong.append("\(mistake.marked): a control character is drawn") }
      if problem.message.hasSuffix(".") || problem.hint?.hasSuffix(".") == true {
        wrong.append("\(mistake.marked): a period at the end")
      }
      if rendered.split(separator: "\n").count != (problem.hint == nil ? 3 : 4) {
        wrong.append("\(mistake.marked): \(rendered)")
      }
      if !rendered.contains("^") { wrong.append("\(mistake.marked): no caret") }
    }
    #expect(wrong == [])
  }

  @Test func `grad and value want a node at the prompt, and are names elsewhere`() throws {
    for marked in ["«grad» + 1", "2*«value»"] {
      let problem = #expect(throws: Problem.self) {
        try Formula(reading: Marked(marked).text, as: .session)
      }
      #expect(problem?.code == "expected-name")
      #expect(problem?.span == Marked(marked).span)
    }
    #expect(try Formula(reading: "grad w1 + value @2", as: .session).variables.count == 2)
    #expect(try Formula(reading: "grad + 1").variables == ["grad"])
    #expect(try Formula(reading: "@1 + 1", as: .session).variables == ["@1"])
    #expect(throws: Problem.self) { try Formula(reading: "a < b", as: .session) }
    #expect(try Formula(reading: "a < b", as: .condition).variables == ["a", "b"])
  }

  @Test func `what is suggested for a product can be read`() throws {
    for text in ["2x", "3 4", "x y", "sin x"] {
      let hint = problem(in: text)?.hint ?? ""
      let suggestion = hint.split(separator: " ").last.map(String.init) ?? ""
      #expect(throws: Never.self) { try Formula(reading: suggestion) }
    }
  }

  @Test func `messages about sizes give the bound and the count`() throws {
    let problem = #expect(throws: Problem.self) { try Limit.line.check(65_537) }
    #expect(problem?.code == "over-limit")
    #expect(
      problem?.message.contains("65536") == true && problem?.message.contains("65537") == true)
    #expect(throws: Never.self) { try Limit.line.check(65_536) }
    #expect(Set(Limit.all.map(\.subject)).count == Limit.all.count)
    #expect(Limit.all.allSatisfy { $0.bound > 0 })
  }
}
