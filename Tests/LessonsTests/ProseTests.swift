import Testing

@testable import Lessons

@Suite struct ProseTests {
  private func runs(_ markdown: String) -> [Prose.Run] {
    Prose(markdown).blocks.flatMap(\.runs)
  }

  @Test func styles() {
    #expect(
      runs("a **b c** *d* _e_ `f*` $g$ h") == [
        .init("a "), .init("b c", .strong), .init(" "), .init("d", .emphasis), .init(" "),
        .init("e", .emphasis), .init(" "), .init("f*", .code), .init(" "), .init("g", .math),
        .init(" h"),
      ])
    #expect(runs("***a***") == [.init("a", .strong)])
    #expect(runs("**a *b* c**").map(\.style) == [.strong])
  }

  @Test(arguments: [
    ("2 * 3 * 4", "2 * 3 * 4"), ("hidden_1 and hidden_2", "hidden_1 and hidden_2"), ("*a", "*a"),
    ("a**", "a**"), ("\\*a\\*", "*a*"), ("`a", "`a"), ("``a`b``", "a`b"), ("`` ` ``", "`"),
    ("$5 and $6", "$5 and $6"), ("\\$a$", "$a$"), ("a $ b", "a $ b"), ("$$x$$", "x"),
    ("[t](u)", "t (u)"), ("[a *b*](http://x.y/z_(w))", "a b (http://x.y/z_(w))"),
    ("[t](u \"title\") x", "t (u) x"), ("![alt *text*](a.png) b", "alt *text* b"),
    ("[a] (b)", "[a] (b)"),
    ("[x](", "[x]("), ("a_b_ c", "a_b_ c"), ("$5$6", "$5$6"), ("[x](a(b)", "[x](a(b)"),
    ("(see [x](u))", "(see x (u))"), ("]a[", "]a["),
    ("<https://a.b>", "https://a.b"), ("a<br>b", "a b"),
    ("w<sub>1</sub> &lt; 2 &amp; &c", "w1 < 2 & &c"), ("1 < 2 > 1", "1 < 2 > 1"), ("a\\b", "a\\b"),
    ("one\ntwo", "one two"), ("`$` or $x$", "$ or x"), ("!", "!"), ("\\", "\\"), ("$", "$"),
    ("[![i](s)](u)", "i (u)"), ("`x$`$y$", "x$y"),
  ])
  func inlineText(_ markdown: String, _ text: String) {
    #expect(runs(markdown).map(\.text).joined() == text)
  }

  @Test func blocks() {
    let prose = Prose(
      """
      Text
      goes on.
      - one
        goes on
        - nested
          1. third

             more of third
      - two

      1) first
      12. twelfth

      ### Sub

      > quoted
      > > twice

      | a | b |
      |---|:-:|
      | `x|` 1 | $w_1$ |

      ```swift
      let a = "*"

      ```

          indented

      ---
      end
      """)
    #expect(
      prose.text() == [
        "Text goes on.", "• one goes on", "  • nested", "    1. third", "", "      more of third",
        "• two", "", "1) first", "12. twelfth", "", "Sub", "", "│ quoted", "│", "│ │ twice", "",
        "a   b", "`x  ` 1  w1", "", "  let a = \"*\"", "", "  indented", "",
        "────────────────────", "", "end",
      ])
  }

  @Test func yearsDoNotBeginLists() {
    #expect(Prose("It was\n1986. Then\n1. one").text() == ["It was 1986. Then", "1. one"])
    #expect(Prose("a\n     - b").text() == ["a - b"])
    #expect(Prose("-").text() == ["• "])
    #expect(Prose("-x").text() == ["-x"])
  }

  @Test(arguments: [20, 33, 40, 79, 80, 120])
  func linesFitTheWidth(_ width: Int) {
    let text = """
      - A long item with **strong words that wrap** and `code that stays` and $w_1 + w_2$ in it.
        - Nested, with aVeryLongWordThatDoesNotFitIntoTwentyColumnsAtAll and 漢字漢字漢字漢字漢字漢字漢字.

      > Quoted text goes on and on, and wraps behind its bar.

      | a table | that is too wide for narrow screens |

      ```
      let code = "that is also much too wide for narrow screens to show"
      ```
      """
    let lines = Prose(text).lines(width: width)
    #expect(lines.count > 5)
    for line in lines {
      #expect(
        line.map(\.text).joined().unicodeScalars.reduce(0) { $0 + ($1.value > 0x2E80 ? 2 : 1) }
          <= width)
      #expect(line.allSatisfy { !$0.text.isEmpty })
    }
  }

  @Test func hangingIndents() {
    #expect(Prose("- aaa bbb ccc").text(width: 10) == ["• aaa bbb", "  ccc"])
    #expect(Prose("10. aaa bbb ccc").text(width: 12) == ["10. aaa bbb", "    ccc"])
    #expect(Prose("> aaa bbb ccc").text(width: 10) == ["│ aaa bbb", "│ ccc"])
    #expect(Prose("aaaaa `b c` d").text(width: 8) == ["aaaaa", "b c d"])
    #expect(
      Prose("x **aaaa bbbb**, y").lines(width: 8).last == [.init("bbbb", .strong), .init(", y")])
    #expect(Prose("abcdefghijkl").text(width: 1) == ["abcdefgh", "ijkl"])
    #expect(Prose("").lines(width: 80) == [])
  }

  @Test func remarksNameTheLine() throws {
    let lesson = try parsed("a\nb $\\foo{x}$ c\n\n- $a & b$\n\n<sup>2</sup>\n")
    #expect(lesson.warnings.map(\.line) == [3, 5, 7, 7])
    #expect(lesson.warnings[0].message.contains("\\foo"))
    let answer = "> **Predict.** $\\a$\n\n<!-- answer: 1\nhint: $\\b$\n-->\n"
    #expect(try parsed(answer).warnings.map(\.line) == [2, 5])
    #expect(
      try parsed("> **Choose.** a\n> a) $\\b$\n> b) c\n<!-- answer: a -->").warnings.map(\.line)
        == [3])
  }
}

@Suite struct MathTests {
  @Test(arguments: [
    ("\\partial f/\\partial w_3", "∂f/∂w3"), ("f = (w_1 + w_2)\\,w_3", "f = (w1 + w2) w3"),
    ("w_1 = -2,\\ w_2 = 5", "w1 = -2, w2 = 5"), ("w_{12}", "w12"), ("x^2", "x²"), ("x^{-1}", "x⁻¹"),
    ("x_{i+1}", "x[i+1]"), ("e^{-x}", "e^(-x)"), ("x^T", "x^T"), ("x_1^2", "x1²"),
    ("\\frac{a}{b}", "a/b"), ("\\frac{\\partial f}{\\partial w_1}", "∂f/∂w1"),
    ("\\frac{a+b}{c}", "(a+b)/c"), ("\\frac{1}{1+e^{-x}}", "1/(1+e^(-x))"), ("\\frac12", "1/2"),
    ("\\frac 1 2", "1/2"), ("\\frac{1}{2x}", "1/(2x)"), ("\\frac{-a}{b}", "-a/b"),
    ("\\frac{f(a+b)}{g(c)}", "f(a+b)/g(c)"), ("\\frac{\\frac{a}{b}}{c}", "(a/b)/c"),
    ("\\frac{1}{(a)(b)}", "1/((a)(b))"), ("a \\cdot b", "a · b"), ("a\\times b", "a × b"),
    ("\\sigma(z)", "σ(z)"), ("\\sigma_x", "σx"), ("\\hat{y}", "ŷ"), ("\\hat y - y", "ŷ - y"),
    ("\\bar{x}", "x\u{304}"), ("\\hat{xy}", "hat(xy)"), ("\\sum_{i=1}^{n} x_i", "Σ_(i=1)^n xi"),
    ("\\sum_i x_i", "Σ_i xi"), ("\\sum x", "Σ x"), ("a \\le b \\ge c \\ne d", "a ≤ b ≥ c ≠ d"),
    ("x\\to 0", "x → 0"), ("\\tanh x", "tanh x"), ("\\tanh(x)", "tanh(x)"),
    ("x\\tanh{y}", "x tanh y"),
    ("\\max(0, x)", "max(0, x)"), ("\\text{if } x", "if x"), ("\\mathrm{out}_1", "out1"),
    ("\\left( a \\right)", "( a )"), ("\\left. a \\right|", "a |"), ("a\\quad b", "a b"),
    ("\\sqrt{2}", "√2"), ("\\sqrt{a+b}", "√(a+b)"), ("\\{a\\}", "{a}"), ("\\mathbf{W}x", "Wx"),
    ("-", "-"), ("5\\%", "5%"),
  ])
  func readable(_ source: String, _ text: String) {
    var reader = MathReader(source)
    #expect(reader.read() == text)
    #expect(reader.unknown == [])
  }

  @Test(arguments: [
    "\\foo", "\\begin{matrix}", "a & b", "a \\\\ b", "{a", "a}", "\\frac{a}", "x_", "x^", "\\",
    "\\text", "\\text{a", "\\text{a\\b}", "_^x", "\\frac{a}}{b}",
  ])
  func shownRaw(_ source: String) {
    var reader = MathReader(source)
    #expect(reader.read() == nil)
    #expect(reader.unknown.count == 1)
  }
}
