internal import Exercises
internal import Language

extension QuestionBank {
  /// Cards for Anki: the identifier, the question, the answers and tags, with tabs between.
  ///
  /// The identifier makes a second import an update of the same cards.
  var anki: OutputFile {
    let page = PlatformText(language: .htmlWithTeX)
    let head = [
      "#separator:tab", "#html:true", "#notetype:Basic", "#deck:\(name)", "#guid column:1",
      "#tags column:4",
    ]
    let rows = questions.map { question in
      let asked = question.parts.map { part -> String in
        let label = page.math(part.blank.label)
        guard case .choice(let choices, _) = part.answer else { return label + " = ?" }
        return label + ": " + choices.map { page.text($0.text) }.joined(separator: " / ")
      }
      let front =
        PlatformText(language: .htmlWithTeX, id: question.key).blocks(question.stem).joined()
        + "<p>" + asked.joined(separator: "<br/>") + "</p>"
      let right = question.parts.map { part -> String in
        switch part.answer {
        case .number(let right, _, _): "\(page.text(part.asked)) = \(right)"
        case .choice(let choices, let right):
          "\(page.text(part.asked)): \(page.text(choices[right].text))"
        }
      }
      let back =
        "<p>" + right.joined(separator: "<br/>") + "</p>"
        + question.solution.map { "<p>\(page.inline($0))</p>" }.joined()
      return [question.key, front, back, "backprop \(Self.identifier(question.item.problem))"]
        .map(oneLine).joined(separator: "\t")
    }
    return OutputFile(
      name: name + "-anki.txt", text: (head + rows).joined(separator: "\n") + "\n")
  }

  /// A line for each blank, as spreadsheets read it.
  var csv: OutputFile {
    let head = [
      "id", "problem", "type", "title", "variant", "variants", "form", "seed", "given", "blank",
      "asked", "answer", "tolerance", "points", "misconceptions", "generator",
    ]
    let rows = questions.flatMap { question in
      question.parts.map { part -> [String] in
        let item = question.item
        let (answer, tolerance, mistakes) = Self.cells(part)
        return [
          Self.cell(item.identifier), Self.cell(item.problem), Self.cell(item.type),
          Self.cell(item.title), "\(item.number)", item.count.map { "\($0)" } ?? "",
          Self.cell(item.form), "\(item.seed)", Self.cell(Self.numbers(of: item)),
          Self.cell(part.id), Self.cell(part.asked), answer, tolerance, "\(part.points)",
          Self.cell(mistakes), Self.cell(generator),
        ]
      }
    }
    let lines = ([head] + rows).map { $0.map(Self.quoted).joined(separator: ",") }
    return OutputFile(name: name + ".csv", text: lines.joined(separator: "\n") + "\n")
  }

  private static func cells(_ part: Part) -> (String, String, String) {
    switch part.answer {
    case .number(let right, let tolerance, let wrong):
      let mistakes = wrong.map { "\($0.misconception): \($0.text)" }
      return (right, tolerance, mistakes.joined(separator: "; "))
    case .choice(let choices, let right):
      let mistakes = choices.filter { !$0.misconception.isEmpty }
        .map { "\($0.misconception): \($0.text)" }
      return (cell(choices[right].text), "", mistakes.joined(separator: "; "))
    }
  }

  /// Words for a cell; a spreadsheet would compute what begins like a formula, so an apostrophe stands before it.
  static func cell(_ text: String) -> String {
    SpreadsheetCell.harmless(oneLine(text))
  }

  private static func quoted(_ cell: String) -> String {
    let needsQuotes =
      cell.utf8.contains { $0 == 0x2C || $0 == 0x22 } || cell.utf8.first == 0x20
      || cell.utf8.last == 0x20
    return needsQuotes ? SpreadsheetCell.quoted(cell) : cell
  }
}
