internal import Exercises
internal import Language
internal import Typesetting

/// Writes Moodle XML.
///
/// Moodle's importer is the only specification of the format. It takes the first answer that fits, so the right
/// one stands first, answers that show a misconception after it, and `*`, which fits everything, last.
struct MoodleWriter {
  let bank: QuestionBank

  init(_ bank: QuestionBank) { self.bank = bank }

  private let page = PlatformText(language: .htmlWithTeX)

  /// `perBlank`: one numerical question for each blank; else one for each item, with a table where it has several.
  func file(perBlank: Bool) -> OutputFile {
    var lines = [
      "<?xml version=\"1.0\" encoding=\"UTF-8\"?>", "<quiz>",
      "<question type=\"category\"><category><text>$course$/top/\(bank.name)</text></category></question>",
    ]
    for question in bank.questions {
      if perBlank || question.parts.count == 1 && question.parts[0].isNumber {
        for part in question.parts { lines += single(question, part) }
      } else {
        lines += cloze(question)
      }
    }
    lines.append("</quiz>")
    return OutputFile(name: bank.name + ".xml", text: lines.joined(separator: "\n") + "\n")
  }

  // MARK: - One blank

  private func single(_ question: QuestionBank.Question, _ part: QuestionBank.Part) -> [String] {
    let body =
      stem(question)
      + ["<p>\(page.math(part.blank.label))\(part.isNumber ? " = ?" : "")</p>"]
    let isOnly = question.parts.count == 1
    let head = opening(
      part.isNumber ? "numerical" : "multichoice", question,
      name: isOnly ? question.name : "\(question.name) (\(part.asked))",
      id: isOnly ? question.key : "\(question.key)-\(part.id)", body: body,
      solution: [part.solution, [.emphasis(question.imprint)]])
    switch part.answer {
    case .number(let right, let tolerance, let wrong):
      var lines = head + ["<defaultgrade>\(part.points)</defaultgrade>"]
      lines.append(answer(right, "100", tolerance: tolerance, "Correct."))
      for wrong in wrong {
        lines.append(
          answer(
            wrong.text, Self.fraction(wrong.credit), tolerance: tolerance, wrong.feedback))
      }
      lines.append(answer("*", "0", tolerance: "0", part.advice))
      return lines + [
        "<unitgradingtype>0</unitgradingtype><unitpenalty>0.1</unitpenalty>"
          + "<showunits>3</showunits><unitsleft>0</unitsleft>",
        tags(question), "</question>",
      ]
    case .choice(let choices, let right):
      return head + [
        "<defaultgrade>\(part.points)</defaultgrade>",
        "<single>true</single><shuffleanswers>false</shuffleanswers>"
          + "<answernumbering>abc</answernumbering>",
      ]
        + choices.enumerated().map { place, choice in
          let credit = place == right ? "100" : Self.fraction(choice.credit)
          return "<answer fraction=\"\(credit)\" format=\"html\">\(text(page.text(choice.text)))"
            + "\(feedback(choice.feedback))</answer>"
        } + [tags(question), "</question>"]
    }
  }

  private func answer(
    _ value: String, _ fraction: String, tolerance: String, _ words: String
  ) -> String {
    "<answer fraction=\"\(fraction)\" format=\"moodle_auto_format\"><text>\(value)</text>"
      + "<tolerance>\(tolerance)</tolerance>\(feedback(words))</answer>"
  }

  // MARK: - A table to fill

  private func cloze(_ question: QuestionBank.Question) -> [String] {
    let width = ClozeText.width(of: question.parts)
    let rows = question.parts.map { part in
      [page.math(part.blank.label), ClozeText(part, width: width).written]
    }
    return opening(
      "cloze", question, name: question.name, id: question.key,
      body: stem(question) + [page.htmlTable(header: ["asked", "answer"], rows)],
      solution: question.solution) + [tags(question), "</question>"]
  }

  // MARK: - What all questions have

  private func stem(_ question: QuestionBank.Question) -> [String] {
    PlatformText(language: .htmlWithTeX, id: question.key).blocks(question.stem)
  }

  private func opening(
    _ type: String, _ question: QuestionBank.Question, name: String, id: String, body: [String],
    solution: [[Paper.Inline]]
  ) -> [String] {
    [
      "<question type=\"\(type)\">", "<name><text>\(escaped(name))</text></name>",
      "<questiontext format=\"html\">\(text(body.joined(separator: "\n")))</questiontext>",
      "<generalfeedback format=\"html\">"
        + text(solution.map { "<p>\(page.inline($0))</p>" }.joined(separator: "\n"))
        + "</generalfeedback>",
      "<penalty>0.3333333</penalty><hidden>0</hidden><idnumber>\(id)</idnumber>",
    ]
  }

  private func tags(_ question: QuestionBank.Question) -> String {
    let item = question.item
    var tags = ["backprop", oneLine(item.problem), "seed-\(item.seed)", "variant-\(item.number)"]
    if !item.form.isEmpty { tags.append("form-" + oneLine(item.form)) }
    return "<tags>" + tags.map { "<tag><text>\(escaped($0))</text></tag>" }.joined() + "</tags>"
  }

  private func feedback(_ words: String) -> String {
    "<feedback format=\"html\">\(text(page.text(words)))</feedback>"
  }

  /// Markup as the text of an element; what would end it is divided between two sections.
  private func text(_ markup: String) -> String {
    "<text><![CDATA[" + markup.swapping("]]>", for: "]]]]><![CDATA[>") + "]]></text>"
  }

  /// The fractions Moodle knows below 100, in percent: it refuses all others.
  static let fractions = [
    "90", "83.33333", "80", "75", "70", "66.66667", "60", "50", "40", "33.33333", "30", "25",
    "20", "16.66667", "14.28571", "12.5", "11.11111", "10", "5", "0",
  ]

  /// The fraction nearest to a credit in percent, of two as near the larger.
  static func fraction(_ credit: Int) -> String {
    var best = (text: "0", distance: Double.infinity)
    for text in fractions {
      guard let value = Rational(decimal: text)?.double else { continue }
      let distance = (value - Double(credit)).magnitude
      if distance < best.distance { best = (text, distance) }
    }
    return best.text
  }
}

extension QuestionBank.Part {
  /// Whether a number is asked for; else one of several texts.
  var isNumber: Bool { if case .number = answer { true } else { false } }
}
