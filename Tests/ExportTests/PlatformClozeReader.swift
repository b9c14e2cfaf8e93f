import Foundation

/// Reads a Moodle cloze text by the rules of Moodle's importer, stated again here.
struct ClozeReader {
  struct Alternative: Equatable {
    /// 0 to 1.
    var fraction: Double
    var answer: String
    var tolerance: String?
    /// As HTML, after the importer has taken its own escapes away.
    var feedback: String
  }
  struct Question {
    var weight: Int
    var type: String
    var alternatives: [Alternative]
  }

  private(set) var questions: [Question] = []
  /// What is left, with `{#1}` where the first question stood.
  private(set) var text = ""
  private(set) var complaints: [String] = []

  private static let types: Set = [
    "NUMERICAL", "NM", "MULTICHOICE", "MC", "MULTICHOICE_S", "MCS", "SHORTANSWER", "SA", "MW",
  ]

  init(_ source: String) {
    // The importer looks for ampersands that an editor has escaped once more.
    let source = source.replacing(/&amp;(.{2,9}?;)/) { "&\($0.1)" }
    if source.firstMatch(of: /\{#\d+\}/) != nil { complaints.append("text holds {#n}") }
    var rest = Array(source.unicodeScalars)[...]
    while let first = rest.first {
      if first == "{", let (question, after) = Self.question(rest) {
        questions.append(question)
        text += "{#\(questions.count)}"
        rest = after
      } else {
        text.unicodeScalars.append(first)
        rest.removeFirst()
      }
    }
    if text.firstMatch(of: /\{\d*:[A-Z]+/) != nil { complaints.append("a question was not read") }
    for (place, question) in questions.enumerated() {
      if question.alternatives.filter({ $0.fraction == 1 }).count != 1 {
        complaints.append("question \(place + 1) has not one right answer")
      }
      guard question.type == "NUMERICAL" else { continue }
      for alternative in question.alternatives where alternative.tolerance == nil {
        if alternative.answer != "*" { complaints.append("no number: \(alternative.answer)") }
      }
    }
  }

  private static func text(_ scalars: some Sequence<Unicode.Scalar>) -> String {
    String(String.UnicodeScalarView(scalars))
  }

  private static func question(
    _ source: ArraySlice<Unicode.Scalar>
  ) -> (Question, ArraySlice<Unicode.Scalar>)? {
    var rest = source.dropFirst()
    let weight = Self.text(rest.prefix { ("0"..."9").contains($0) })
    rest = rest.dropFirst(weight.unicodeScalars.count)
    guard rest.popFirst() == ":" else { return nil }
    let type = Self.text(rest.prefix { $0 != ":" && $0 != "}" })
    guard types.contains(type) else { return nil }
    rest = rest.dropFirst(type.unicodeScalars.count)
    guard rest.popFirst() == ":" else { return nil }
    var question = Question(weight: Int(weight) ?? 1, type: type, alternatives: [])
    while true {
      guard let (alternative, after) = alternative(rest, type) else { return nil }
      question.alternatives.append(alternative)
      rest = after
      switch rest.popFirst() {
      case "~": continue
      case "}": return (question, rest)
      default: return nil
      }
    }
  }

  private static func alternative(
    _ source: ArraySlice<Unicode.Scalar>, _ type: String
  ) -> (Alternative, ArraySlice<Unicode.Scalar>)? {
    var rest = source
    var fraction = 0.0
    if rest.first == "=" {
      fraction = 1
      rest.removeFirst()
    } else if rest.first == "%" {
      let digits = Self.text(rest.dropFirst().prefix { $0 != "%" })
      if let percent = Double(digits), rest.dropFirst(digits.count + 1).first == "%" {
        fraction = percent / 100
        rest = rest.dropFirst(digits.count + 2)
      }
    }
    let answer = until(["~", "#", "}"], rest)
    guard !answer.isEmpty else { return nil }
    rest = rest.dropFirst(answer.count)
    var feedback = ""
    if rest.first == "#" {
      rest.removeFirst()
      let words = until(["~", "}"], rest)
      rest = rest.dropFirst(words.count)
      feedback = decoded(Self.text(words))
    }
    let text = Self.text(answer)
    let number = /-?([0-9]+[.,]?[0-9]*|[.,][0-9]+)([eE][-+]?[0-9]+)?/
    let parts = text.split(separator: ":", omittingEmptySubsequences: false)
    if type == "NUMERICAL", (1...2).contains(parts.count),
      parts.allSatisfy({ $0.wholeMatch(of: number) != nil })
    {
      return (
        Alternative(
          fraction: fraction, answer: String(parts[0]),
          tolerance: parts.count > 1 ? String(parts[1]) : "0", feedback: feedback), rest
      )
    }
    return (
      Alternative(fraction: fraction, answer: decoded(text), tolerance: nil, feedback: feedback),
      rest
    )
  }

  /// What stands before one of the signs, unless a backslash stands right before it.
  private static func until(
    _ signs: Set<Unicode.Scalar>, _ source: ArraySlice<Unicode.Scalar>
  ) -> ArraySlice<Unicode.Scalar> {
    var previous: Unicode.Scalar = " "
    var end = source.startIndex
    while end < source.endIndex {
      if signs.contains(source[end]), previous != "\\" { break }
      previous = source[end]
      end += 1
    }
    return source[..<end]
  }

  /// First the entities of HTML, then `\}` and `\#`, in this order.
  private static func decoded(_ text: String) -> String {
    var result = text.replacing(/&#(\d+);/) { match in
      UInt32(match.1).flatMap(Unicode.Scalar.init).map(String.init) ?? ""
    }
    for (name, sign) in [
      ("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&#39;", "'"), ("&amp;", "&"),
    ] {
      result = result.replacing(name, with: sign)
    }
    return result.replacing("\\}", with: "}").replacing("\\#", with: "#")
  }
}
