import Exercises
import Language
import Testing

/// What a person may write for a number, and what is not guessed.
@Suite struct MarkingReadingTests {
  @Test(arguments: [
    ("-4", -4, 1), ("−4", -4, 1), ("–4", -4, 1), ("‐4", -4, 1), ("1/3", 1, 3), ("0.5", 1, 2),
    (".5", 1, 2), ("5.", 5, 1), ("5e-1", 1, 2), ("5E−1", 1, 2), ("+3", 3, 1), ("  7 ", 7, 1),
    ("\u{A0}7\u{202F}", 7, 1), ("1 / 3", 1, 3), ("-1/2", -1, 2), ("−1⁄2", -1, 2), ("1/-2", -1, 2),
    ("- 4", -4, 1), ("-0", 0, 1), ("2/4", 1, 2), ("1e2", 100, 1), ("-.25", -1, 4), ("0/5", 0, 1),
    ("0.19661193324148185", 19_661_193_324_148_185, 100_000_000_000_000_000),
  ])
  func `a number as a person writes it`(text: String, above: Int, below: Int) throws {
    #expect(TypedNumber(text) == .number(try #require(Rational(above, below))))
  }

  @Test(arguments: ["", "  ", "-", "–", "−", "—", "?", " ? ", "\t", "\u{A0}"])
  func `a gap`(text: String) {
    #expect(TypedNumber(text) == .blank && TypedNumber(text, decimalComma: true) == .blank)
  }

  @Test(arguments: [
    ("four", "not a number"), ("1.2.3", "not a number"), ("1/0", "divides by 0"),
    ("1/0.0", "divides by 0"), ("1/2/3", "more than one stroke"), ("--4", "not a number"),
    ("1 000", "blank"), ("0,5", "write 0.5, or mark with --decimal-comma"),
    ("1,000", "write 1000 or 1.000"), ("1,2,3", "has a comma"), ("0x10", "not a number"),
    ("1_000", "not a number"), ("inf", "not a number"), ("nan", "not a number"),
    ("1e", "not a number"), ("e5", "not a number"), (".", "not a number"), ("/3", "not a number"),
    ("3/", "not a number"), ("123456789012345678901234567890", "digits"), ("1e400", "digits"),
    ("1e-99999999999999999999", "digits"), ("٣", "not a number"), ("½", "not a number"),
    ("4 or 5", "blank"), ("=-4", "not a number"), ("-4$", "not a number"),
    ("4\u{0}", "not a number"),
    ("9223372036854775807/0.0000000001", "digits"),
  ])
  func `what is not guessed`(text: String, reason: String) {
    guard case .unreadable(let words) = TypedNumber(text) else {
      Issue.record("read \(text)")
      return
    }
    #expect(words.contains(reason), "\(words)")
    #expect(!words.hasSuffix("."))
  }

  @Test func `a comma for the decimals, where it was asked for`() throws {
    let half = Rational(1, 2)
    for text in ["0,5", ",5", "0.5", ".5", "5e-1", "1/2"] {
      guard case .number(let number) = TypedNumber(text, decimalComma: true) else {
        Issue.record("not read: \(text)")
        continue
      }
      #expect(number == half, "\(text)")
    }
    #expect(TypedNumber("1,000", decimalComma: true) == .number(Rational(1)))
    #expect(TypedNumber("0.125", decimalComma: true) == .number(try #require(Rational(1, 8))))
    for text in ["1.000", "-12.345", "1.234,5", "1,2,3"] {
      guard case .unreadable = TypedNumber(text, decimalComma: true) else {
        Issue.record("guessed \(text)")
        continue
      }
    }
  }

  @Test func `a long text is cut before it is quoted`() {
    let text = String(repeating: "x", count: 100_000)
    guard case .unreadable(let words) = TypedNumber(text) else {
      Issue.record("read it")
      return
    }
    #expect(words.count < 80)
  }

  @Test func `any text at all is read, refused or a gap`() {
    let alphabet = Array("0123456789+-−.,/eE ?x\u{0}é\n")
    for seed in 0..<4_000 {
      var text = ""
      var state = UInt64(seed) &* 0x9E37_79B9_7F4A_7C15 &+ 1
      for _ in 0..<(seed % 12) {
        state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        text.append(alphabet[Int(state >> 33) % alphabet.count])
      }
      for comma in [false, true] {
        guard case .number(let number) = TypedNumber(text, decimalComma: comma) else { continue }
        // Held against the machine's own reader, part by part.
        let parts = text.replacing("−", with: "-").replacing(",", with: ".").split(separator: "/")
          .map { Double(String($0).filter { $0 != " " && $0 != "\n" }) ?? .nan }
        let value = parts.count == 2 ? parts[0] / parts[1] : parts.first ?? .nan
        #expect((number.double - value).magnitude <= 1e-9 * max(1, value.magnitude), "\(text)")
      }
    }
  }

  @Test func `options by letter or by text`() {
    let answer = Blank.Answer.choice(["ReLU", "sigmoid", "Tanh"], right: 1)
    for text in ["b", "B", "b)", "(b)", "b.", " b ", "sigmoid", "SIGMOID", "Sigmoid "] {
      #expect(Entry(text, for: answer) == .choice(1), "\(text)")
    }
    for text in ["", "-", "?"] { #expect(Entry(text, for: answer) == .blank) }
    for text in ["d", "bb", "sigm", "2", "a or b", "(((b"] {
      guard case .unreadable(let words) = Entry(text, for: answer) else {
        Issue.record("guessed \(text)")
        continue
      }
      #expect(words.contains("a to c"))
    }
    // A text that is another option's letter is not guessed.
    let letters = Blank.Answer.choice(["b", "a", "c"], right: 0)
    guard case .unreadable = Entry("a", for: letters) else {
      Issue.record("guessed a")
      return
    }
    #expect(Entry("c", for: letters) == .choice(2))
    #expect(Entry("-1", for: .choice(["−1", "1"], right: 0)) == .choice(0))
  }
}
