internal import Exercises
internal import Language
internal import Typesetting

/// Writes exercises for R/exams, a file for each item.
///
/// No backtick is ever written: knitr runs what stands between backticks behind an r.
struct RExamsWriter {
  let bank: QuestionBank

  init(_ bank: QuestionBank) { self.bank = bank }

  private let page = PlatformText(language: .markdown)

  var files: [OutputFile] {
    bank.questions.map { OutputFile(name: $0.key + ".Rmd", text: exercise($0)) }
  }

  private func exercise(_ question: QuestionBank.Question) -> String {
    let isCloze = question.parts.count > 1
    var lines = ["Question", "========"] + Self.apart(page.blocks(question.stem))
    for (place, part) in question.parts.enumerated() {
      let label = page.math(part.blank.label)
      let answer = isCloze ? " ##ANSWER\(place + 1)##" : part.isNumber ? " ?" : ""
      let hasList = isCloze && !question.parts.allSatisfy(\.isNumber)
      lines += [label + (part.isNumber && !hasList ? " =" : "") + answer, ""]
    }
    lines += answerList(question.parts)
    lines += ["Solution", "========"]
    lines += Self.apart(question.solution.map { page.inline($0).trimmed })
    lines += ["Meta-information", "================", "exname: \(question.key)"]
    lines += isCloze ? cloze(question.parts) : single(question.parts)
    return lines.joined(separator: "\n") + "\n"
  }

  private static func apart(_ paragraphs: [String]) -> [String] {
    paragraphs.flatMap { [$0, ""] }
  }

  /// The choices; beside them a line for each number, as both are counted through.
  private func answerList(_ parts: [QuestionBank.Part]) -> [String] {
    guard !parts.allSatisfy(\.isNumber) else { return [] }
    let rows = parts.flatMap { part -> [String] in
      guard case .choice(let choices, _) = part.answer else { return ["* \(page.text("="))"] }
      return choices.map { "* " + page.text($0.text).trimmed }
    }
    return ["Answerlist", "----------"] + rows + [""]
  }

  private func single(_ parts: [QuestionBank.Part]) -> [String] {
    parts.flatMap { part -> [String] in
      switch part.answer {
      case .number(let right, let tolerance, _):
        ["extype: num", "exsolution: \(right)", "extol: \(tolerance)", "expoints: \(part.points)"]
      case .choice(let choices, let right):
        [
          "extype: schoice", "exsolution: \(Self.pattern(choices.count, right))",
          "exshuffle: FALSE", "expoints: \(part.points)",
        ]
      }
    }
  }

  private func cloze(_ parts: [QuestionBank.Part]) -> [String] {
    var types: [String] = []
    var solutions: [String] = []
    var tolerances: [String] = []
    for part in parts {
      switch part.answer {
      case .number(let right, let tolerance, _):
        types.append("num")
        solutions.append(right)
        tolerances.append(tolerance)
      case .choice(let choices, let right):
        types.append("schoice")
        solutions.append(Self.pattern(choices.count, right))
        tolerances.append("0")
      }
    }
    let bar = { (texts: [String]) in texts.joined(separator: "|") }
    return [
      "extype: cloze", "exclozetype: \(bar(types))", "exsolution: \(bar(solutions))",
      "extol: \(bar(tolerances))", "exshuffle: FALSE",
      "expoints: \(bar(parts.map { "\($0.points)" }))",
    ]
  }

  /// `010`: the second of three is right.
  private static func pattern(_ count: Int, _ right: Int) -> String {
    (0..<count).map { $0 == right ? "1" : "0" }.joined()
  }
}
