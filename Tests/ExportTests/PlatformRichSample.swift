import Engine
import Exercises
import Language
import Typesetting

extension PlatformSamples {
  /// The slide's circuit with every kind of block in its text, and a word of one's choice in each.
  static func rich(_ word: String = "word", number: Int = 5) throws -> Item {
    let plain = try slide(choice: true, number: number)
    let math = Math(.name("q"), .sign(.times), .operand(-4), .sign(.equals), .number(1e-7))
    let line: [Paper.Inline] = [
      .text("a \(word) b "), .strong(word), .emphasis(word), .code(word), .math(math), .blank,
    ]
    let scene = Scene(plain.tape, at: plain.tape.end, style: Style())
    let text: [Paper.Block] = [
      .heading([.text(word)], level: 1), .paragraph(line), .display(math),
      .table(
        Paper.Table(
          [[.text("row")], line], [.left, .right], [[[.text(word)], line], [line, []]])),
      .figure(scene, title: word), .list([line, [.text(word)]]), .choices([line, line]),
      .listing(["  \(word)", "", word]), .pageBreak, .paragraph([]),
    ]
    return Item(
      problem: plain.problem, type: plain.type, title: word, number: number, count: nil,
      seed: plain.seed, form: "", points: plain.points, difficulty: 1, stratum: "", text: text,
      formulas: plain.formulas, given: plain.given, blanks: plain.blanks, tape: plain.tape,
      conventions: ["relu'(0) = 0"])
  }
}
