import Exercises
import Foundation
import Language
import Testing

@testable import Export

/// Reads GIFT by the rules of Moodle's importer, stated again here: escapes first become placeholders.
struct GIFTReader {
  struct Answer: Equatable {
    var fraction: Double
    var text: String
    var tolerance: String
    var feedback: String
  }
  var name = ""
  var text = ""
  var answers: [Answer] = []
  var generalFeedback = ""
  var isNumerical = false
  var category: String?

  private static let escapes = [
    ("\\:", "&&058;"), ("\\#", "&&035;"), ("\\=", "&&061;"), ("\\{", "&&123;"),
    ("\\}", "&&125;"), ("\\~", "&&126;"), ("\\n", "&&010;"),
  ]

  /// All questions of a file; a blank line ends one.
  static func reading(_ file: String) -> [GIFTReader?] {
    var blocks: [[Substring]] = [[]]
    for line in file.split(separator: "\n", omittingEmptySubsequences: false) {
      if line.allSatisfy(\.isWhitespace) {
        blocks.append([])
      } else {
        blocks[blocks.count - 1].append(line)
      }
    }
    return blocks.filter { !$0.isEmpty }.map { GIFTReader($0) }
  }

  private init?(_ lines: [Substring]) {
    let kept = lines.map { line -> String in
      let text = line.trimmingCharacters(in: .whitespaces)
      return text.hasPrefix("//") ? " " : text
    }
    var text = kept.joined(separator: "\n").trimmingCharacters(in: .whitespacesAndNewlines)
    text = Self.literal(text, "\\\\", "&&092;")
    for (escape, placeholder) in Self.escapes { text = Self.literal(text, escape, placeholder) }
    text = Self.literal(text, "&&092;", "\\")
    if text.hasPrefix("$CATEGORY:") {
      category = text.dropFirst(10).trimmingCharacters(in: .whitespaces)
      return
    }
    if text.hasPrefix("::"), let end = text.dropFirst(2).range(of: "::", options: .literal) {
      name = Self.restored(String(text[text.index(text.startIndex, offsetBy: 2)..<end.lowerBound]))
      text = String(text[end.upperBound...]).trimmingCharacters(in: .whitespacesAndNewlines)
    }
    guard let start = text.range(of: "{", options: .literal),
      let end = text.range(of: "}", options: .literal), start.lowerBound < end.lowerBound
    else { return nil }
    var block = text[start.upperBound..<end.lowerBound]
      .trimmingCharacters(in: .whitespacesAndNewlines)
    let question = String(text[..<start.lowerBound]) + text[end.upperBound...]
    guard question.hasPrefix("[html]") else { return nil }
    self.text = Self.restored(String(question.dropFirst(6)))
    if let feedback = block.range(of: "####", options: [.backwards, .literal]) {
      generalFeedback = Self.restored(String(block[feedback.upperBound...]))
      block = block[..<feedback.lowerBound].trimmingCharacters(in: .whitespacesAndNewlines)
    }
    if block.hasPrefix("#") {
      isNumerical = true
      readNumbers(String(block.dropFirst()))
    } else {
      for part in block.replacing("=", with: "~=").components(separatedBy: "~") {
        let (fraction, rest) = Self.share(
          part.trimmingCharacters(in: .whitespacesAndNewlines), plain: 0)
        if rest.isEmpty { continue }
        let isRight = rest.hasPrefix("=")
        let (answer, feedback) = Self.divided(isRight ? String(rest.dropFirst()) : rest)
        answers.append(
          Answer(fraction: isRight ? 1 : fraction, text: answer, tolerance: "", feedback: feedback))
      }
    }
  }

  private mutating func readNumbers(_ block: String) {
    var numbers = block
    var wrong: String?
    if let tilde = block.range(of: "~", options: .literal) {
      wrong = String(block[tilde.upperBound...])
      numbers = String(block[..<tilde.lowerBound])
    }
    for part in numbers.components(separatedBy: "=") {
      let trimmed = part.trimmingCharacters(in: .whitespacesAndNewlines)
      if trimmed.isEmpty { continue }
      let (fraction, rest) = Self.share(trimmed, plain: 1)
      let (both, feedback) = Self.divided(rest)
      let pieces = both.split(separator: ":", maxSplits: 1).map(String.init)
      let isNumeric =
        pieces[0].wholeMatch(of: /[+-]?([0-9]+\.?[0-9]*|\.[0-9]+)([eE][+-]?[0-9]+)?/) != nil
      // The trap: a check that assigns. What is no number becomes an answer that everything matches.
      answers.append(
        Answer(
          fraction: fraction, text: isNumeric ? pieces[0] : "*",
          tolerance: pieces.count > 1 ? pieces[1] : "0", feedback: feedback))
    }
    if let wrong {
      answers.append(
        Answer(fraction: 0, text: "*", tolerance: "", feedback: Self.divided(wrong).1))
    }
  }

  /// Only one or two digits before the point are a share: `%100%` is not.
  private static func share(_ text: String, plain: Double) -> (Double, String) {
    guard
      let match = text.prefixMatch(
        of: /%-*([0-9]{1,2})\.?([0-9]*)%/.matchingSemantics(.unicodeScalar))
    else {
      return (plain, text)
    }
    let digits = text[match.range].dropFirst().dropLast()
    return ((Double(digits) ?? 0) / 100, String(text[match.range.upperBound...]))
  }

  private static func divided(_ text: String) -> (String, String) {
    guard let mark = text.range(of: "#", options: .literal) else { return (restored(text), "") }
    return (restored(String(text[..<mark.lowerBound])), restored(String(text[mark.upperBound...])))
  }

  private static func restored(_ text: String) -> String {
    var result = text
    for (escape, placeholder) in escapes {
      result = literal(result, placeholder, escape == "\\n" ? "\n" : String(escape.dropFirst()))
    }
    return result.trimmingCharacters(in: .whitespacesAndNewlines)
  }

  private static func literal(_ text: String, _ old: String, _ new: String) -> String {
    text.replacingOccurrences(of: old, with: new, options: .literal)
  }
}

/// GIFT, read by the rules of Moodle's importer.
@Suite struct PlatformGIFTTests {
  private func questions(_ items: [Item]) throws -> [GIFTReader] {
    let gift = try #require(Platform.named("gift"))
    let files = try gift.write(items, named: "week-3", generator: PlatformSamples.generator)
    let file = try #require(files.first)
    #expect(file.name == "week-3.gift" && files.count == 1)
    let read = try GIFTReader.reading(file.text).map { try #require($0) }
    #expect(read.first?.category == "$course$/top/week-3")
    return Array(read.dropFirst())
  }

  private func check(_ read: GIFTReader, _ blank: Blank, _ id: String = "") {
    switch blank.answer {
    case .number(let right, let tolerance):
      #expect(read.isNumerical)
      #expect(read.answers.count == blank.wrong.count + 2, "\(id)")
      #expect(read.answers.first?.fraction == 1)
      #expect(Rational(decimal: read.answers.first?.text ?? "") == right)
      #expect(Double(read.answers.first?.tolerance ?? "") == tolerance)
      // Only the last matches everything, and it earns nothing.
      #expect(read.answers.filter { $0.text == "*" }.count == 1)
      #expect(read.answers.last?.text == "*" && read.answers.last?.fraction == 0)
      for (answer, wrong) in zip(read.answers.dropFirst(), blank.wrong) {
        #expect(Double(answer.text) == Double(wrong.text))
        #expect(answer.fraction == Double(wrong.credit) / 100)
        #expect(Double(answer.tolerance) == tolerance)
        #expect(words(ofHTML: answer.feedback) == shown(wrong.feedback), "\(id) \(answer.feedback)")
      }
    case .choice(let choices, let right):
      #expect(!read.isNumerical)
      #expect(read.answers.map { words(ofHTML: $0.text) } == choices.map(shown), "\(id)")
      #expect(read.answers.map(\.fraction) == choices.indices.map { $0 == right ? 1 : 0 })
    }
  }

  @Test func `each blank is a question and reads back`() throws {
    let items =
      [
        try PlatformSamples.slide(choice: true), try PlatformSamples.single(),
        try PlatformSamples.choiceOnly(),
      ]
      + (try PlatformSamples.random(60, seed: 21))
    let read = try questions(items)
    let blanks = items.flatMap { item in item.blanks.map { (item, $0) } }
    try #require(read.count == blanks.count)
    for (question, (item, blank)) in zip(read, blanks) {
      check(question, blank)
      #expect(question.name.hasPrefix(item.identifier))
      #expect(holds(question.generalFeedback, "seed \(item.seed)"))
      #expect(holds(words(ofHTML: question.text), "Fill in the table."))
    }
    #expect(read[0].text.contains("q = w1 + w2") && read[0].text.contains("w1 = -2"))
  }

  @Test func `words that try to get out stay where they are`() throws {
    for (id, text, item) in try PlatformSamples.hostile() {
      let read = try questions([item])
      try #require(read.count == item.blanks.count, "\(id)")
      for (question, blank) in zip(read, item.blanks) {
        check(question, blank, id)
        #expect(holds(words(ofHTML: question.text), shown(text)), "\(id) \(question.text)")
        // Two ampersands begin a placeholder of the importer, so they stand apart.
        let name = shown(text).replacingOccurrences(of: "&&", with: "& &", options: .literal)
        #expect(holds(spaced(question.name), spaced(name)), "\(id) \(question.name)")
        #expect(holds(words(ofHTML: question.generalFeedback), shown(text)), "\(id)")
      }
    }
  }
}
