internal import Exercises
internal import Language
internal import Typesetting

/// Writes QTI 2.1: an `assessmentItem` for each item, a manifest, and a package of them all.
struct QTIWriter {
  let bank: QuestionBank

  init(_ bank: QuestionBank) { self.bank = bank }

  private let page = PlatformText(language: .html)

  func files() throws(Problem) -> [OutputFile] {
    let items = bank.questions.map { question in
      OutputFile(name: Self.identifier(question) + ".xml", text: assessmentItem(question))
    }
    let loose = items + [OutputFile(name: "imsmanifest.xml", text: manifest)]
    return loose + [try Archive(loose).file(named: bank.name + ".zip")]
  }

  /// The key, with a letter before it where it begins with something else.
  static func identifier(_ question: QuestionBank.Question) -> String {
    let isLetter = question.key.first?.isLetter ?? false
    return isLetter ? question.key : "item-" + question.key
  }

  private var manifest: String {
    let resources = bank.questions.map { question in
      let id = Self.identifier(question)
      return
        "    <resource identifier=\"RES-\(id)\" type=\"imsqti_item_xmlv2p1\" href=\"\(id).xml\">"
        + "<file href=\"\(id).xml\"/></resource>"
    }
    return
      ([
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>",
        "<manifest xmlns=\"http://www.imsglobal.org/xsd/imscp_v1p1\" identifier=\"MANIFEST-\(bank.name)\">",
        "  <metadata><schema>QTIv2.1 Package</schema><schemaversion>1.0.0</schemaversion></metadata>",
        "  <organizations/>", "  <resources>",
      ] + resources + ["  </resources>", "</manifest>", ""]).joined(separator: "\n")
  }

  private func assessmentItem(_ question: QuestionBank.Question) -> String {
    let places = Array(question.parts.enumerated())
    let most = question.parts.reduce(0) { $0 + $1.points }
    var lines = [
      "<?xml version=\"1.0\" encoding=\"UTF-8\"?>",
      """
      <assessmentItem xmlns="http://www.imsglobal.org/xsd/imsqti_v2p1" \
      xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" \
      xsi:schemaLocation="http://www.imsglobal.org/xsd/imsqti_v2p1 \
      http://www.imsglobal.org/xsd/qti/qtiv2p1/imsqti_v2p1.xsd" \
      identifier="\(Self.identifier(question))" title="\(escaped(question.name))" \
      adaptive="false" timeDependent="false" toolName="\(escaped(bank.generator))">
      """,
    ]
    lines += places.map { response($1, number: $0 + 1) }
    lines += [
      Self.outcome("SCORE", 0), Self.outcome("MAXSCORE", most),
    ]
    lines += places.map {
      "  <outcomeDeclaration identifier=\"FEEDBACK\($0.offset + 1)\" cardinality=\"single\" baseType=\"identifier\"/>"
    }
    lines.append("  <itemBody>")
    lines += page.blocks(question.stem).map { "    " + $0 }
    lines += places.map { "    " + interaction($1, number: $0 + 1) }
    // Not for the candidate: how the answers come about, and what the item is.
    lines.append(
      "    <rubricBlock view=\"author scorer tutor\">"
        + question.solution.map { "<p>\(page.inline($0))</p>" }.joined() + "</rubricBlock>")
    lines += ["  </itemBody>", "  <responseProcessing>"]
    lines += places.map { processing($1, number: $0 + 1) }
    lines.append("  </responseProcessing>")
    lines += places.flatMap { feedback($1, number: $0 + 1) }
    return lines.joined(separator: "\n") + "\n</assessmentItem>\n"
  }

  private static func outcome(_ name: String, _ value: Int) -> String {
    "  <outcomeDeclaration identifier=\"\(name)\" cardinality=\"single\" baseType=\"float\">"
      + "<defaultValue><value>\(value)</value></defaultValue></outcomeDeclaration>"
  }

  private func response(_ part: QuestionBank.Part, number: Int) -> String {
    let (type, value) =
      switch part.answer {
      case .number(let right, _, _): ("float", right)
      case .choice(_, let right): ("identifier", "R\(number)C\(right + 1)")
      }
    return
      "  <responseDeclaration identifier=\"R\(number)\" cardinality=\"single\" baseType=\"\(type)\">"
      + "<correctResponse><value>\(value)</value></correctResponse></responseDeclaration>"
  }

  private func interaction(_ part: QuestionBank.Part, number: Int) -> String {
    let label = page.math(part.blank.label)
    switch part.answer {
    case .number:
      // One width for all, so that no box tells how long its answer is.
      return
        "<p>\(label) = <textEntryInteraction responseIdentifier=\"R\(number)\" expectedLength=\"12\"/></p>"
    case .choice(let choices, _):
      return
        "<choiceInteraction responseIdentifier=\"R\(number)\" shuffle=\"false\" maxChoices=\"1\">"
        + "<prompt>\(label)</prompt>"
        + choices.enumerated().map {
          "<simpleChoice identifier=\"R\(number)C\($0 + 1)\">\(page.text($1.text))</simpleChoice>"
        }.joined() + "</choiceInteraction>"
    }
  }

  // MARK: - Marking

  private func processing(_ part: QuestionBank.Part, number: Int) -> String {
    let scored = { (points: String) in
      "<setOutcomeValue identifier=\"SCORE\"><sum><variable identifier=\"SCORE\"/>"
        + "<baseValue baseType=\"float\">\(points)</baseValue></sum></setOutcomeValue>"
    }
    let told = { (name: String) in
      "<setOutcomeValue identifier=\"FEEDBACK\(number)\">"
        + "<baseValue baseType=\"identifier\">\(name)</baseValue></setOutcomeValue>"
    }
    let given = "<variable identifier=\"R\(number)\"/>"
    let isRight = same(part, given, "<correct identifier=\"R\(number)\"/>")
    var text =
      "    <responseCondition><responseIf>\(isRight)\(scored("\(part.points)"))</responseIf>"
    for (name, wrong, value) in mistakes(part, number: number) {
      let points = Rational(part.points * wrong.credit, 100)?.text ?? "0"
      text += "\n      <responseElseIf>" + same(part, given, value)
      text += (wrong.credit > 0 ? scored(points) : "") + told(name) + "</responseElseIf>"
    }
    return text
      + "\n      <responseElse>\(told("F\(number)-other"))</responseElse></responseCondition>"
  }

  private func same(_ part: QuestionBank.Part, _ given: String, _ value: String) -> String {
    guard case .number(_, let tolerance, _) = part.answer else {
      return "<match>\(given)\(value)</match>"
    }
    return "<equal toleranceMode=\"absolute\" tolerance=\"\(tolerance)\">\(given)\(value)</equal>"
  }

  /// Wrong answers there is something to say to: the name of what is said, the answer, and how it is compared.
  private func mistakes(
    _ part: QuestionBank.Part, number: Int
  ) -> [(name: String, wrong: QuestionBank.Alternative, value: String)] {
    switch part.answer {
    case .number(_, _, let wrong):
      return wrong.enumerated().map {
        ("F\(number)-\($0 + 1)", $1, "<baseValue baseType=\"float\">\($1.text)</baseValue>")
      }
    case .choice(let choices, let right):
      return choices.enumerated().filter { $0.offset != right && !$0.element.feedback.isEmpty }
        .map {
          (
            "F\(number)-\($0 + 1)", $1,
            "<baseValue baseType=\"identifier\">R\(number)C\($0 + 1)</baseValue>"
          )
        }
    }
  }

  private func feedback(_ part: QuestionBank.Part, number: Int) -> [String] {
    let say = { (name: String, words: String) in
      "  <modalFeedback outcomeIdentifier=\"FEEDBACK\(number)\" identifier=\"\(name)\" showHide=\"show\">"
        + "\(page.text(words))</modalFeedback>"
    }
    return mistakes(part, number: number).map { say($0.name, $0.wrong.feedback) }
      + [say("F\(number)-other", part.advice)]
  }
}
