internal import Exercises
internal import Language
internal import Typesetting

/// Writes the text that text2qti turns into a quiz for Canvas, which knows no numbers in a table: each blank is a question.
struct CanvasWriter {
  let bank: QuestionBank

  init(_ bank: QuestionBank) { self.bank = bank }

  private let page = PlatformText(language: .markdown)

  func file() throws(Problem) -> OutputFile {
    // Choices stay in the order the item has them in.
    var lines = ["Quiz title: \(bank.name)", "Shuffle answers: false", ""]
    var number = 0
    for question in bank.questions {
      let stem = page.blocks(question.stem)
      for part in question.parts {
        number += 1
        lines += try self.question(question, part, number: number, stem: stem)
      }
    }
    return OutputFile(name: bank.name + ".txt", text: lines.joined(separator: "\n"))
  }

  private func question(
    _ question: QuestionBank.Question, _ part: QuestionBank.Part, number: Int, stem: [String]
  ) throws(Problem) -> [String] {
    let ask = page.math(part.blank.label) + (part.isNumber ? " = ?" : "")
    // Two questions of the same text are refused: the identifier makes each different.
    let name = page.text("(\(question.key) \(part.id))")
    var lines = [
      "Title: " + "\(question.name) (\(part.asked))".trimmed, "Points: \(part.points)",
    ]
    lines += Self.paragraphs("\(number).", stem + ["\(ask) \(name)"])
    lines += Self.paragraphs(
      "...", [part.solution, [.text(question.imprint)]].map { page.inline($0).trimmed })
    switch part.answer {
    case .number(let right, let tolerance, _):
      guard let answer = Self.interval(right, tolerance) else {
        throw .intervalIsTooLarge(part.asked, question.item.identifier)
      }
      lines.append("=   \(answer)")
    case .choice(let choices, let right):
      for (place, choice) in choices.enumerated() {
        let letter = Typesetting.letter(place)
        lines += Self.paragraphs(
          (place == right ? "*" : "") + letter + ")", [page.text(choice.text).trimmed])
        if !choice.feedback.isBlank {
          lines += Self.paragraphs("...", [page.text(choice.feedback)])
        }
      }
    }
    return lines + [""]
  }

  /// A mark and what belongs to it: all lines behind the first stand as far in as its text.
  private static func paragraphs(_ mark: String, _ paragraphs: [String]) -> [String] {
    let indent = String(repeating: " ", count: max(4, mark.utf8.count + 1))
    let kept = paragraphs.filter { !$0.isBlank }
    let lines = kept.enumerated().flatMap { place, paragraph -> [String] in
      (place == 0 ? [] : [""])
        + paragraph.split(separator: "\n").map { $0.isEmpty ? "" : indent + $0 }
    }
    guard let first = lines.first else { return [] }
    let start = mark + first.dropFirst(mark.utf8.count)
    return [start] + lines.dropFirst()
  }

  /// What is accepted: `-4 +- 0.005`, or an interval where that cannot be said in four decimals.
  ///
  /// Canvas gets four decimals and no bound nearer to 0 than 0.0001, so bounds are moved outward: a right answer
  /// is never refused.
  static func interval(_ right: String, _ tolerance: String) -> String? {
    guard let middle = Rational(decimal: right), let margin = Rational(decimal: tolerance),
      let low = middle.minus(margin), let high = middle.plus(margin),
      let down = outward(low.negated)?.negated, let up = outward(high)
    else { return nil }
    if down == low, up == high { return "\(right) +- \(tolerance)" }
    return "[\(down.text), \(up.text)]"
  }

  /// The next number up with four decimals that is not nearer to 0 than 0.0001.
  private static func outward(_ number: Rational) -> Rational? {
    guard let step = Rational(1, 10_000), let steps = number.over(step) else { return nil }
    guard let up = steps.negated.floor.negated.times(step) else { return nil }
    return up.isZero ? step : up
  }
}
