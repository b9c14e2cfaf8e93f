internal import Exercises
internal import Language
internal import Typesetting

/// Writes Moodle's GIFT, which knows no tables to fill: each blank is a question.
///
/// An importer of GIFT that cannot read a number takes every answer for right, without a word. So only plain
/// decimals are written, and the right answer has no share before it: `%100%` is not read as one.
struct GIFTWriter {
  let bank: QuestionBank

  init(_ bank: QuestionBank) { self.bank = bank }

  private let page = PlatformText(language: .html)

  var file: OutputFile {
    var blocks = ["$CATEGORY: $course$/top/\(bank.name)"]
    for question in bank.questions {
      let stem = page.blocks(question.stem).joined()
      blocks += question.parts.map { self.question(question, $0, stem: stem) }
    }
    // A blank line ends a question.
    return OutputFile(
      name: bank.name + ".gift", text: blocks.joined(separator: "\n\n") + "\n")
  }

  private func question(
    _ question: QuestionBank.Question, _ part: QuestionBank.Part, stem: String
  ) -> String {
    let id = question.parts.count == 1 ? question.key : "\(question.key)-\(part.id)"
    let ask = "<p>\(page.math(part.blank.label))\(part.isNumber ? " = ?" : "")</p>"
    let solution = [part.solution, [.emphasis(question.imprint)]]
      .map { "<p>\(page.inline($0))</p>" }.joined()
    return
      ([
        "// [id:\(id)] [tag:backprop] [tag:seed-\(question.item.seed)]",
        "// \(comment(question.imprint))",
        "::\(Self.escaped(name(question, part)))::[html]\(Self.escaped(stem + ask)){"
          + (part.isNumber ? "#" : ""),
      ] + answers(part) + ["####\(Self.escaped(solution))", "}"]).joined(separator: "\n")
  }

  private func name(_ question: QuestionBank.Question, _ part: QuestionBank.Part) -> String {
    // The importer's own placeholders begin with two of these.
    "\(question.name) (\(part.asked))".swapping("&&", for: "& &")
  }

  /// In a comment Moodle looks for words between brackets.
  private func comment(_ text: String) -> String {
    text.swapping("[", for: "(").swapping("]", for: ")")
  }

  private func answers(_ part: QuestionBank.Part) -> [String] {
    switch part.answer {
    case .number(let right, let tolerance, let wrong):
      return ["=\(right):\(tolerance)#Correct."]
        + wrong.map {
          "=%\(MoodleWriter.fraction($0.credit))%\($0.text):\(tolerance)" + remark($0.feedback)
        } + ["~" + remark(part.advice)]
    case .choice(let choices, let right):
      return choices.enumerated().map { place, choice in
        let share = place == right ? "=" : "~%\(MoodleWriter.fraction(choice.credit))%"
        return share + Self.escaped(page.text(choice.text)) + remark(choice.feedback)
      }
    }
  }

  private func remark(_ words: String) -> String { "#" + Self.escaped(page.text(words)) }

  /// Text in which nothing divides; without line breaks.
  static func escaped(_ text: String) -> String {
    text.unicodeScalars.map { scalar in
      switch scalar {
      case "\\", ":", "#", "=", "{", "}", "~": "\\\(scalar)"
      case "\n": " "
      default: String(scalar)
      }
    }.joined()
  }
}
