import Exercises
import Foundation
import Language
import Lessons
import Testing

/// Problem files: what can be written, and what is said to what cannot.
@Suite struct ReadingTests {
  @Test func `ranges are what they say`() throws {
    for (range, texts) in [
      ("-2..2 except 0", ["-2", "-1", "1", "2"]), ("0.5..1.5 step 0.5", ["0.5", "1", "1.5"]),
      ("{1, 1/2, ln(3), ln(1/9)}", ["1", "0.5", "ln(3)", "ln(1/9)"]), ("{-4}", ["-4"]),
      ("-1..1 except 0, 1", ["-1"]), ("{2, 2, 3}", ["2", "3"]),
    ] {
      let found = try exercise(["f = x * 2", "x in \(range)", "ask value f"])
      #expect(found.dimensions.map(\.name) == ["x"])
      #expect(found.dimensions[0].values.map(\.text) == texts, "\(range)")
    }
  }

  @Test func `vectors and matrices vary element by element`() throws {
    let found = try exercise([
      "z = W @ x", "L = sum(z)", "W[2,2] in {1, 2}", "x[2] in -1..1", "ask grad W, value z[1]",
    ])
    #expect(
      found.dimensions.map(\.name) == ["W[1,1]", "W[1,2]", "W[2,1]", "W[2,2]", "x[1]", "x[2]"])
    #expect(
      found.cases[0].asks.map(\.id)
        == ["grad-w-1-1", "grad-w-1-2", "grad-w-2-1", "grad-w-2-2", "value-z-1"])
  }

  @Test func `asks have names, points and kinds`() throws {
    let found = try exercise([
      "L = (w * x - t)^2", "t = 1", "w, x in 1..3",
      "ask w - 0.1 * grad w as new w points 3, zero grad x, L", "constant t",
    ])
    #expect(found.points == 5 && found.constants == ["t"] && found.fixed == ["t"])
    let asks = found.cases[0].asks
    #expect(asks.map(\.id) == ["new-w", "zero-grad-x", "l"])
    #expect(asks.map(\.points) == [3, 1, 1] && asks.map(\.isZeroQuestion) == [false, true, false])
  }

  @Test(arguments: [
    (["f = x", "x in 5..1", "ask value f"], "problem-range"),
    (["f = x", "x in -5..5 except", "ask value f"], "problem-range"),
    (["f = x", "x in {}", "ask value f"], "problem-range"),
    (["f = x", "x in 0..1e9", "ask value f"], "problem-range"),
    (["f = x", "x in 0..1 step 0", "ask value f"], "problem-range"),
    (["f = x", "x in {sin(1)}", "ask value f"], "problem-number"),
    (["f = x", "x in {y}", "ask value f"], "problem-number"),
    (["f = x", "x in 0..1", "x in 0..2", "ask value f"], "problem-range"),
    (["f = x * 2", "x in 0..1", "f in 1..2", "ask value f"], "problem-range"),
    (["f = x * y", "x in 0..1", "ask value f"], "problem-range"),
    (["f = x[k]", "x[3] in 0..1", "k in 1..3", "ask value f"], "problem-range"),
    (["x[0] in 0..1", "f = 1", "ask f"], "problem-range"),
    (["x[9999999999] in 0..1", "f = 1", "ask f"], "problem-range"),
    (["f = x * 2", "x in 0..1"], "problem-ask"),
    (["x in 0..1", "ask value x"], "problem-formula"),
    (["f = 2 * g", "g = 3", "ask value f"], "problem-range"),
    (["f = x * 2", "x in 0..1", "ask grad g"], "problem-name"),
    (["f = x * 2", "g = x + 1", "x in 0..1", "output f", "ask grad g"], "problem-name"),
    (["f = x * 2", "x in 0..1", "ask sum(x)"], "problem-ask"),
    (["f = x * 2", "x in 0..1", "ask f points 0"], "problem-points"),
    (["f = x * 2", "x in 0..1", "ask f", "allow zeros"], "problem-allow"),
    (["f = x * 2", "x in 0..1", "ask f", "mistakes swap"], "problem-mistakes"),
    (["f = x * 2", "x in 0..1", "ask f", "wrong a: 2"], "problem-wrong"),
    (["f = x * 2", "x in 0..1", "ask f", "wrong a for g: 2 | no"], "problem-wrong"),
    (["f = x * 2", "x in 0..1", "ask f", "keep x + 1"], "problem-condition"),
    (["f = x * 2", "x in 0..1", "ask f", "stratum a b: x > 1"], "problem-stratum"),
    (["x in 0..1", "choose y: relu(x)", "ask y"], "problem-choose"),
    (["f = x * 2", "x in 0..1", "ask f", "set relu 3"], "problem-set"),
    (["f = x * 2", "x in 0..1", "aks f"], "problem-statement"),
    (["f = x * (2", "x in 0..1", "ask f"], "unclosed-bracket"),
  ])
  func `what cannot be is named`(lines: [String], code: String) throws {
    let found = try #require(refusal(lines), "\(lines)")
    #expect(found.problem.code == code, "\(lines): \(found.problem.rendered)")
    // Each says what to do, or points at the place.
    #expect(found.problem.hint != nil || found.problem.span != nil, "\(found.problem.rendered)")
    #expect((6...12).contains(found.line), "\(lines) \(found.line)")
  }

  @Test func `the file around the block is checked`() throws {
    for (text, code) in [
      ("# T\n\nno block\n", "problem-block"), ("```problem\nf = x\n```\n", "problem-title"),
      ("# T\n```problem\nf = x\n", "lesson-unclosed-fence"),
      ("---\nplaces: 9\n---\n# T\n```problem\n```\n", "problem-front-matter"),
      ("---\ncap: -1\n---\n# T\n```problem\n```\n", "problem-front-matter"),
      ("---\nid: A b\n---\n# T\n```problem\n```\n", "problem-front-matter"),
      ("---\nminutes: 3\n---\n# T\n```problem\n```\n", "lesson-front-matter-key"),
      ("# T\n```problem\n```\n```problem\n```\n", "problem-block"),
      ("# T\u{202E}\n```problem\n```\n", "lesson-hidden-character"),
    ] {
      #expect(throws: LessonProblem.self) { try Exercise(parsing: Array(text.utf8), name: "x") }
      do { _ = try Exercise(parsing: Array(text.utf8), name: "x") } catch {
        #expect((error as LessonProblem).problem.code == code, "\(text)")
      }
    }
  }

  @Test func `bytes of any kind are read or refused`() {
    var bits: UInt64 = 7
    let words = [
      "f = x * w\n", "x in ", "-5..5", " except 0\n", "ask ", "grad ", "x", ",", "\n", "{", "}",
      "ln(",
      "stratum a: ", "dead == 1\n", "wrong b: ", "|", "choose y: ", "find-error\n", "[2]", "..",
      "step ",
      "constant ", "keep ", "allow size\n", "points 2", " as ", "output f\n", "\u{0}", "é", "1e999",
      "[1,",
    ]
    for _ in 0..<3_000 {
      var text = "# T\n\n```problem\n"
      for _ in 0..<12 {
        bits = bits &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        text += words[Int(bits >> 33) % words.count]
      }
      // Nothing to expect but that it comes back.
      _ = try? Exercise(parsing: Array((text + "\n```\n").utf8), name: "x")
    }
  }
}
