import Exercises
import Foundation
import Language
import Testing
import Typesetting

@testable import Export

/// Texts for text2qti and R/exams.
@Suite struct PlatformTextTests {
  private func file(_ platform: String, _ items: [Item]) throws -> [OutputFile] {
    try #require(Platform.named(platform))
      .write(items, named: "week-3", generator: PlatformSamples.generator)
  }

  // MARK: - text2qti

  private struct Quiz: Decodable {
    struct Question: Decodable {
      let type: String
      let title: String
      let points: Double
      let text: String
      let feedback: String
      let low: String?
      let high: String?
      let choices: [[AnyChoice]]
    }
    enum AnyChoice: Decodable {
      case text(String)
      case isRight(Bool)
      init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        if let isRight = try? container.decode(Bool.self) {
          self = .isRight(isRight)
        } else {
          self = .text(try container.decode(String.self))
        }
      }
    }
    let title: String
    let shuffle: String
    let questions: [Question]
  }

  private func quiz(_ items: [Item], _ id: String = "") throws -> Quiz {
    let folder = try Folder()
    let text = try #require(try file("canvas", items).first)
    try folder.write(text.text, to: "quiz.txt")
    let (output, status) = try Reader.python(
      Reader.script("read_text2qti.py"), folder.url.appending(path: "quiz.txt").path)
    let log = String(decoding: output, as: UTF8.self)
    try #require(status == 0, "\(id) \(log.suffix(600))\n\(text.text.prefix(1500))")
    return try JSONDecoder().decode(Quiz.self, from: output)
  }

  /// What text2qti shows; its HTML stands in XML, escaped once more.
  private func seen(_ html: String) -> String {
    var plain = html
    for (name, sign) in [("&lt;", "<"), ("&gt;", ">"), ("&amp;", "&")] {
      plain = plain.replacingOccurrences(of: name, with: sign, options: .literal)
    }
    let images = plain.replacing(/<img [^>]*>/) { _ in "" }.replacing("<br>", with: "<br/>")
    return words(ofHTML: images) ?? "not well-formed: \(images)"
  }

  private func check(_ question: Quiz.Question, _ blank: Blank, _ id: String = "") throws {
    #expect(question.points == Double(blank.points))
    switch blank.answer {
    case .number(let right, let tolerance):
      #expect(question.type == "numerical_question")
      let low = try #require(question.low.flatMap(Double.init))
      let high = try #require(question.high.flatMap(Double.init))
      // Nothing right is refused, and nothing is accepted that is off by more than the four decimals.
      #expect(low <= right.double - tolerance + 1e-12 && low >= right.double - tolerance - 2.1e-4)
      #expect(high >= right.double + tolerance - 1e-12 && high <= right.double + tolerance + 2.1e-4)
    case .choice(let choices, let right):
      #expect(question.type == "multiple_choice_question")
      for (place, choice) in question.choices.enumerated() {
        guard case .text(let text) = choice[0], case .isRight(let isRight) = choice[1] else {
          continue
        }
        #expect(isRight == (place == right))
        #expect(seen(text) == shown(choices[place]), "\(id)")
      }
      #expect(question.choices.count == choices.count)
    }
  }

  @Test(.enabled(if: Reader.hasText2QTI))
  func `text2qti reads every blank back`() throws {
    let items =
      [
        try PlatformSamples.slide(choice: true), try PlatformSamples.single(),
        try PlatformSamples.choiceOnly(),
      ] + (try PlatformSamples.random(40, seed: 41))
    let quiz = try quiz(items)
    #expect(quiz.title == "week-3" && quiz.shuffle == "false")
    let blanks = items.flatMap { item in item.blanks.map { (item, $0) } }
    try #require(quiz.questions.count == blanks.count)
    for (question, (item, blank)) in zip(quiz.questions, blanks) {
      try check(question, blank)
      #expect(holds(question.title, item.identifier))
      #expect(holds(seen(question.text), "Fill in the table."))
      #expect(holds(seen(question.feedback), "seed \(item.seed)"))
      #expect(question.text.contains("equation_image"))
    }
  }

  @Test(.enabled(if: Reader.hasText2QTI))
  func `text2qti shows words that try to get out as they are`() throws {
    // All in one quiz, as each start of Python takes its time; the numbers keep the items apart.
    let hostile = try PlatformSamples.hostile()
    let items = try hostile.enumerated().map { place, record -> Item in
      var words = PlatformSamples.Words()
      (words.title, words.text) = (record.text, record.text)
      words.choices = PlatformSamples.choices(record.text)
      words.reason = [.text(record.text), .code(record.text)]
      (words.asked, words.conventions) = (record.text, [record.text])
      return try PlatformSamples.slide(choice: true, words: words, number: place + 1)
    }
    let rich = try hostile.prefix(50).enumerated().map {
      try PlatformSamples.rich($1.text, number: 1000 + $0)
    }
    let quiz = try quiz(items + rich)
    let blanks = (items + rich).flatMap(\.blanks)
    try #require(quiz.questions.count == blanks.count)
    var place = 0
    for (record, item) in zip(hostile, items) {
      for blank in item.blanks {
        let question = quiz.questions[place]
        try check(question, blank, record.id)
        #expect(holds(seen(question.text), shown(record.text)), "\(record.id) \(question.text)")
        #expect(holds(spaced(question.title), shown(record.text)), "\(record.id)")
        if case .number = blank.answer {
          #expect(holds(seen(question.feedback), shown(record.text)), "\(record.id)")
        }
        place += 1
      }
    }
  }

  @Test
  func `an interval is never narrower than what is right, nor nearer to 0 than Canvas allows`() {
    #expect(CanvasWriter.interval("-4", "0.005") == "-4 +- 0.005")
    #expect(CanvasWriter.interval("0.03125", "0") == "[0.0312, 0.0313]")
    #expect(CanvasWriter.interval("0", "0") == "[-0.0001, 0.0001]")
    #expect(CanvasWriter.interval("0.005", "0.005") == "[-0.0001, 0.01]")
    #expect(CanvasWriter.interval("-0.00003125", "0") == "[-0.0001, 0.0001]")
  }

  // MARK: - R/exams

  /// The parts of an exercise by R/exams' rules: a heading is a line with a rule of `=` below it.
  private func sections(_ text: String) -> [(name: String, lines: [String])] {
    var result: [(name: String, lines: [String])] = []
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    for line in lines {
      let isRule = !line.isEmpty && line.allSatisfy { $0 == "=" }
      if isRule, var last = result.popLast() {
        let name = last.lines.popLast() ?? ""
        result += [last, (name, [])]
      } else if result.isEmpty {
        result.append(("", [line]))
      } else {
        result[result.count - 1].lines.append(line)
      }
    }
    return result.filter { !$0.name.isEmpty }
  }

  private func checkExercise(_ file: OutputFile, _ item: Item, _ id: String = "") throws {
    let parts = sections(file.text)
    #expect(parts.map(\.name) == ["Question", "Solution", "Meta-information"], "\(id)")
    // knitr runs what stands in backticks; there are none.
    #expect(!file.bytes.contains(UInt8(ascii: "`")), "\(id)")
    let meta = try #require(parts.last).lines.filter { !$0.isEmpty }.map {
      line -> (String, String) in
      let pieces = line.split(separator: ":", maxSplits: 1).map(String.init)
      return (pieces[0], pieces.count > 1 ? pieces[1].trimmingCharacters(in: .whitespaces) : "")
    }
    let facts = Dictionary(uniqueKeysWithValues: meta)
    #expect(facts["exname"].map { $0 + ".Rmd" } == file.name)
    let cells = { (key: String) in (facts[key] ?? "").split(separator: "|").map(String.init) }
    #expect(cells("exsolution").count == item.blanks.count)
    #expect(cells("expoints") == item.blanks.map { "\($0.points)" })
    let question = parts[0].lines.joined(separator: "\n")
    let isCloze = item.blanks.count > 1
    for place in item.blanks.indices {
      let mark = "##ANSWER\(place + 1)##"
      #expect(question.ranges(of: mark).count == (isCloze ? 1 : 0), "\(id)")
    }
    #expect(!question.contains("##ANSWER\(item.blanks.count + 1)##"))
    var rows = 0
    var types: [String] = []
    for (place, blank) in item.blanks.enumerated() {
      switch blank.answer {
      case .number(let right, let tolerance):
        types.append("num")
        rows += 1
        #expect(Rational(decimal: cells("exsolution")[place]) == right)
        #expect(Double(cells("extol")[place]) == tolerance)
      case .choice(let choices, let right):
        types.append("schoice")
        rows += choices.count
        #expect(
          cells("exsolution")[place] == choices.indices.map { $0 == right ? "1" : "0" }.joined())
        #expect(facts["exshuffle"] == "FALSE")
      }
    }
    #expect(isCloze ? cells("exclozetype") == types : facts["extype"] == types[0])
    #expect(!isCloze || facts["extype"] == "cloze")
    // Where there is something to choose, the list has a row for each choice and each number.
    let pieces = question.components(separatedBy: "\nAnswerlist\n----------\n")
    #expect(pieces.count == (types.contains("schoice") ? 2 : 1), "\(id)")
    if pieces.count == 2 {
      #expect(
        pieces[1].split(separator: "\n").filter { $0.utf8.starts(with: "* ".utf8) }.count == rows,
        "\(id)")
    }
    #expect(parts[1].lines.joined().contains("variant \(item.number)"))
  }

  @Test func `exercises keep R-exams' rules`() throws {
    let items =
      [
        try PlatformSamples.slide(choice: true), try PlatformSamples.slide(number: 6),
        try PlatformSamples.single(), try PlatformSamples.choiceOnly(),
      ] + (try PlatformSamples.random(40, seed: 51))
    let files = try file("rexams", items)
    try #require(files.count == items.count)
    for (file, item) in zip(files, items) { try checkExercise(file, item) }
    #expect(files[2].text.contains("$q = w_{1} + w_{2}$"))
    for (id, text, item) in try PlatformSamples.hostile() {
      let rich = try PlatformSamples.rich(text)
      try checkExercise(try #require(try file("rexams", [rich]).first), rich, id)
      try checkExercise(try #require(try file("rexams", [item]).first), item, id)
    }
  }

  @Test(.enabled(if: Reader.hasExams))
  func `R-exams reads the exercises`() throws {
    let items = [
      try PlatformSamples.slide(), try PlatformSamples.single(), try PlatformSamples.choiceOnly(),
    ]
    let files = try file("rexams", items)
    let folder = try Folder()
    for file in files { try folder.write(file.text, to: file.name) }
    let (output, status) = try Tool.rscript.run(
      [Reader.script("read_exams.R")] + files.map(\.name), in: folder.url)
    let log = String(decoding: output, as: UTF8.self)
    #expect(status == 0, "\(log.suffix(800))")
    #expect(log.contains("mul-add-0007-B\tcloze\t3|-12|-4|-4|-4|3\t"), "\(log)")
    #expect(log.contains("one-gradient-0008-B\tnum\t-4\t"), "\(log)")
    #expect(log.contains("which-gate-0009-B\tschoice\t100\t"), "\(log)")
  }
}
