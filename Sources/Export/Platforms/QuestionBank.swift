internal import Exercises
internal import Language
internal import Typesetting

/// Items that every platform can mark: numbers written out as decimals, identifiers fit for files.
struct QuestionBank: Sendable {
  let name: String
  let generator: String
  let questions: [Question]

  /// An item, checked.
  struct Question: Sendable {
    let item: Item
    /// The identifier and the form, in letters, digits, hyphens and underscores: unique in its bank.
    let key: String
    let parts: [Part]
    /// Identifier, form, seed, variant, numbers and generator, in one line.
    let imprint: String
    let title: String
  }

  /// A blank, checked.
  struct Part: Sendable {
    let blank: Blank
    /// Unique in its question: `grad-w1`.
    let id: String
    let asked: String
    let answer: Answer
    let points: Int
  }

  /// What is right and what is wrong, as text.
  enum Answer: Sendable {
    case number(String, tolerance: String, wrong: [Alternative])
    case choice([Alternative], right: Int)
  }

  /// An answer with what to say to it and what it earns, in percent.
  struct Alternative: Sendable {
    let text: String
    let feedback: String
    let credit: Int
    let misconception: String
  }

  init(_ items: [Item], named name: String, generator: String) throws(Problem) {
    guard !items.isEmpty else { throw .nothingToExport }
    self.name = Self.identifier(name.isEmpty ? "questions" : name)
    self.generator = oneLine(generator)
    var questions: [Question] = []
    var keys: Set<String> = []
    for item in items {
      let question = try Self.question(item, generator: self.generator)
      guard keys.insert(question.key).inserted else { throw .sameItemTwice(question.key) }
      questions.append(question)
    }
    self.questions = questions
  }

  private static func question(_ item: Item, generator: String) throws(Problem) -> Question {
    guard !item.blanks.isEmpty else { throw .itemWithoutBlanks(item.identifier) }
    var parts: [Part] = []
    var ids: Set<String> = []
    for blank in item.blanks {
      let id = identifier(blank.id)
      guard ids.insert(id).inserted else { throw .sameBlankTwice(id, of: item.identifier) }
      parts.append(
        Part(
          blank: blank, id: id, asked: oneLine(blank.asked),
          answer: try answer(blank, of: item.identifier), points: min(max(blank.points, 1), 1000)))
    }
    let form = item.form.isEmpty ? "" : "-" + identifier(item.form)
    var facts = [oneLine(item.identifier)]
    if !item.form.isEmpty { facts.append("form \(oneLine(item.form))") }
    facts.append("seed \(item.seed)")
    facts.append("variant \(item.number)" + (item.count.map { " of \($0)" } ?? ""))
    facts.append(numbers(of: item))
    facts.append(generator)
    return Question(
      item: item, key: identifier(item.identifier) + form, parts: parts,
      imprint: facts.filter { !$0.isEmpty }.joined(separator: "; "), title: oneLine(item.title))
  }

  /// The numbers in a line: `w1 = -2, w2 = 5`.
  static func numbers(of item: Item) -> String {
    item.given.map { "\(oneLine($0.name)) = \(oneLine($0.text))" }.joined(separator: ", ")
  }

  private static func answer(_ blank: Blank, of item: String) throws(Problem) -> Answer {
    switch blank.answer {
    case .number(let right, let tolerance):
      guard let text = plainDecimal(right) else {
        throw .answerDoesNotEnd(right.text, blank.asked, item)
      }
      guard tolerance >= 0, let margin = plainDecimal(tolerance) else {
        throw .toleranceIsNoNumber(tolerance.formatted(.data), blank.asked, item)
      }
      // What is no number cannot be typed, so nobody can give it as an answer.
      let wrong = blank.wrong.compactMap { wrong -> Alternative? in
        let text = isPlainDecimal(wrong.text) ? wrong.text : plainDecimal(wrong.value)
        return text.map { Self.alternative($0, wrong) }
      }
      return .number(text, tolerance: margin, wrong: wrong)
    case .choice(let texts, let right):
      let lines = texts.map(oneLine)
      guard lines.count >= 2, lines.indices.contains(right), Set(lines).count == lines.count,
        !lines.contains(where: \.isBlank)
      else { throw .choiceIsNone(blank.asked, item) }
      let alternatives = texts.indices.map { place -> Alternative in
        let wrong = place == right ? nil : blank.wrong.first { $0.text == texts[place] }
        if let wrong { return alternative(lines[place], wrong) }
        return Alternative(
          text: lines[place], feedback: "", credit: place == right ? 100 : 0, misconception: "")
      }
      return .choice(alternatives, right: right)
    }
  }

  private static func alternative(_ text: String, _ wrong: Blank.Wrong) -> Alternative {
    // Only the right answer earns everything.
    Alternative(
      text: text, feedback: oneLine(wrong.feedback), credit: min(max(wrong.credit, 0), 90),
      misconception: oneLine(wrong.misconception))
  }

  /// The text in letters, digits and hyphens of ASCII; anything else by its number between underscores.
  ///
  /// Two texts never become the same, and nothing in them can leave a file name or an XML identifier.
  static func identifier(_ text: String) -> String {
    text.unicodeScalars.map { scalar in
      isIdentifierScalar(scalar) ? String(scalar) : "_\(String(scalar.value, radix: 16))_"
    }.joined()
  }

  private static func isIdentifierScalar(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar {
    case "a"..."z", "A"..."Z", "0"..."9", "-": true
    default: false
    }
  }
}

extension String {
  /// The text with one piece of it replaced, sign by sign.
  ///
  /// Swift takes a sign and the accents behind it for one character, readers of files do not: a quote with an
  /// accent would be overlooked.
  func swapping(_ old: String, for new: String) -> String {
    let (sought, source) = (Array(old.utf8), Array(utf8))
    guard let first = sought.first else { return self }
    var result: [UInt8] = []
    var place = 0
    while place < source.count {
      if source[place] == first, source[place...].starts(with: sought) {
        result += Array(new.utf8)
        place += sought.count
      } else {
        result.append(source[place])
        place += 1
      }
    }
    return String(decoding: result, as: UTF8.self)
  }
}

/// Text without line breaks and tabs, and without what is invisible or no character of XML.
func oneLine(_ text: String) -> String {
  printable(text).rewritten { $0 == "\n" || $0 == "\t" ? " " : nil }
}
