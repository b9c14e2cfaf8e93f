// Lessons and questions that no author wrote: the engine makes them from a formula.

extension Prose {
  /// One paragraph, its text taken as it is: nothing in it is Markdown.
  package init(paragraph runs: [Run]) {
    blocks = [Block(kind: .paragraph, quotes: 0, level: 0, isSpaced: false, runs: runs)]
  }

  /// Lines that stand as they are.
  package init(lines: [String]) {
    blocks = [Block(kind: .code(lines), quotes: 0, level: 0, isSpaced: false, runs: [])]
  }
}

extension Question {
  /// A question for a number.
  package init(predicting answer: String, _ prompt: Prose, hints: [Prose], because: Prose?) {
    self.init(
      kind: .predict, prompt: prompt, answer: answer, answerLine: 0, hints: hints, feedback: [],
      because: because, lines: 0..<0)
  }

  /// What `grad NODE` or `value NODE` is about, where a number is asked and that is the whole answer.
  package var subject: (quantity: String, node: String)? {
    guard case .predict = kind else { return nil }
    let words = answer.split(separator: " ", maxSplits: 1).map { String($0) }
    guard words.count == 2, ["grad", "value"].contains(words[0]) else { return nil }
    let node = words[1].filter { $0 != " " }
    // A name, an element of one, or a gate without a name; anything else is a formula.
    let isNode = node.allSatisfy { $0.isLetter || $0.isNumber || "_@[],".contains($0) }
    return isNode ? (words[0], node) : nil
  }

  /// Whether it can be asked outside its lesson.
  ///
  /// A choice of ideas can, and a number of one node, which is asked with new numbers. What a sentence
  /// of the lesson has to explain first cannot.
  package var isReviewable: Bool {
    if case .choose = kind { return true }
    return subject != nil
  }
}

extension Transcript {
  /// Commands to run; whatever they say is right.
  package init(commands: [String], _ attributes: Set<Attribute> = []) {
    self.init(
      attributes: attributes,
      entries: commands.map { Entry(command: $0, line: 0, output: []) }, lines: 0..<0)
  }
}

extension Item {
  /// An item that stands in no file.
  package init(_ kind: Kind) { self.init(kind: kind, summary: nil, lines: 0..<0) }
}

extension Card {
  /// A card that stands in no file.
  package init(_ heading: String, _ items: [Item]) {
    self.init(heading: heading, line: 0, items: items)
  }
}

extension Lesson {
  /// A lesson that stands in no file.
  package init(_ title: String, _ cards: [Card]) {
    self.init(
      FrontMatter(), title: title, cards: cards, warnings: [], links: [], allowances: [])
  }
}
