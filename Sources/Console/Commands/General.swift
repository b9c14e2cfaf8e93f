internal import Engine
internal import Language
internal import Typesetting

extension Command {
  static let playing: [Command] = [
    Command(
      "lesson", [], "[N|FILE]", group: .lesson, argument: .lesson,
      isSaved: false, isEssential: true, "list the lessons, or play one",
      details: [
        "Every question is asked, or the same example is faded: lesson 5 level \(LessonLevel.range)."
      ]
        + LessonLevel.all.map { "  level \($0.number)  \($0.name): \($0.summary)" },
      examples: ["lesson 5", "lesson 5 level 2"]
    ) { _, words throws(Problem) in
      Reply(effect: .lesson(try .opening(words)))
    },
    Command(
      "review", [], "[N|FILE]", group: .lesson, argument: .lesson, isSaved: false,
      "ask what was missed, with new numbers",
      details: [
        "Missed is what was not answered at the first try without help: of all lessons, or of one.",
        "What is answered at once then is not asked again.",
      ],
      examples: ["review", "review 5"]
    ) { _, words throws(Problem) in
      Reply(effect: .lesson(.review(words.isEmpty ? nil : words.text)))
    },
    player("next", [], "go to the next card of a lesson", .next),
    player("hint", ["h"], "get a hint for a lesson's question", .hint),
    player("show", [], "see the answer to a lesson's question", .show),
    player("skip", [], "leave a lesson's question open", .skip),
    player("play", [], "try things freely amid a lesson", .play),
    player("resume", [], "come back to the lesson as it was", .resume),
    player("leave", [], "leave the lesson", .leave),
  ]

  private static func player(
    _ name: String, _ aliases: [String] = [], _ summary: String, _ request: LessonRequest
  ) -> Command {
    Command(name, aliases, group: .lesson, isSaved: false, summary, examples: [name]) {
      _, words throws(Problem) in
      try words.expect(0...0, name)
      return Reply(effect: .lesson(request))
    }
  }

  static let filing: [Command] = [
    Command(
      "source", [], "FILE", group: .files, argument: .file, isSaved: false,
      "run the lines of a file",
      examples: ["source session.backstep"]
    ) { _, words throws(Problem) in
      guard !words.isEmpty else { throw .missingArgument("source") }
      return Reply(effect: .source(words.text))
    },
    Command(
      "save", [], "FILE", group: .files, argument: .file, isSaved: false,
      "write the lines typed so far to a file", examples: ["save session.backstep"]
    ) { _, words throws(Problem) in
      guard !words.isEmpty else { throw .missingArgument("save") }
      return Reply(effect: .save(words.text))
    },
    Command(
      "record", [], "FILE|off", group: .files, argument: .file, isSaved: false,
      "keep a transcript, as a lesson",
      examples: ["record transcript.md", "record off"]
    ) { _, words throws(Problem) in
      guard !words.isEmpty else { throw .missingArgument("record") }
      return Reply(effect: .record(words.text == "off" ? nil : words.text))
    },
  ]

  static let general: [Command] = [
    Command(
      "help", ["?"], "[WORD]", group: .other,
      argument: .words { _, _ in
        ["all", "functions"] + Command.all.map(\.name) + Composite.functionNames
      }, isSaved: false,
      "this page, or a word explained",
      examples: ["help", "help all", "help step", "help tanh", "help functions"]
    ) { session, words throws(Problem) in
      try words.expect(0...1, "help")
      guard let word = words.first else { return Reply(.helpPage) }
      return Reply(try session.help(on: word))
    },
    Command(
      "quit", ["q", "exit"], group: .other, isSaved: false, "leave", examples: ["quit"]
    ) { _, words throws(Problem) in
      try words.expect(0...0, "quit")
      return Reply(effect: .quit)
    },
  ]
}

extension Document {
  /// The one page that `help` shows: the language in three lines, the first commands, all names.
  ///
  /// It fits a terminal of 24 rows with the prompt below it; a test counts.
  static var helpPage: Document {
    let language: [[Text]] = [
      ["w1 = -2, w2 = 5", "", "give inputs a value"],
      ["f = (w1+w2)*w3", "", "name a formula: it becomes the current graph"],
      ["w1 + 2*grad w1", "", "see a value"],
    ]
    let commands = Command.all.filter(\.isEssential).map(row)
    var blocks: [Block] = [
      .line("Type a formula or a command."),
      .table(
        Table([.init(""), .init(""), .init("")], language + commands, indent: 2, underline: .none)),
      blank,
    ]
    for group in Command.Group.allCases {
      let names = Command.all.filter { $0.group == group }.map(\.name).joined(separator: " ")
      let heading = group.rawValue + String(repeating: " ", count: 8 - group.rawValue.count)
      var line = Text("  " + heading, .dim)
      for name in names.split(separator: " ") {
        if line.width + name.count > 76 {
          blocks.append(.line(line))
          line = Text(String(repeating: " ", count: 10))
        }
        line += Text("\(name) ")
      }
      blocks.append(.line(line))
    }
    return Document(
      blocks + [
        .line("Enter repeats step, undo, micro and continue. help all explains every command,"),
        .line("help WORD one of them or a function, help functions lists those."),
      ])
  }

  /// Every command in a line, by group.
  static var allCommands: Document {
    var blocks: [Block] = []
    let rows = Command.all.map(row)
    let widths = (0..<2).map { column in rows.map { $0[column].width }.max() ?? 0 }
    for group in Command.Group.allCases {
      if !blocks.isEmpty { blocks.append(blank) }
      blocks.append(.line(Text(group.rawValue, .dim)))
      for command in Command.all where command.group == group {
        let cells = row(command)
        let line =
          cells[0].padded(to: widths[0], .left) + "  " + cells[1].padded(to: widths[1], .left)
        blocks.append(.line(Text("  ") + line + "  " + cells[2]))
      }
    }
    return Document(blocks)
  }

  private static func row(_ command: Command) -> [Text] {
    let short = (command.aliases + [command.key].compactMap(\.self)).joined(separator: " ")
    return [Text(command.usage, .strong), Text(short), Text(command.summary)]
  }
}

extension Session {
  func help(on word: Words.Word) throws(Problem) -> Document {
    if word.text == "functions" { return Self.functionList }
    if word.text == "all" { return .allCommands }
    if let command = Command.named(word.text) { return Self.help(on: command) }
    if let id = Composite.byName[word.text] { return help(on: Composite[id]) }
    if let id = Primitive.functions[word.text] ?? Primitive.infixes[word.text] {
      return help(on: Primitive[id])
    }
    if let function = definitions.functions[word.text] {
      return Document(lines: [
        "\(word.text)(\(function.parameters.joined(separator: ", "))) = \(function.text)    your own function"
      ])
    }
    throw .unknownHelp(word.text, at: word.span)
  }

  private static var functionList: Document {
    let rows =
      Primitive.catalog.filter { $0.notation != .gate }.map { primitive -> [Text] in
        let also =
          primitive.spellings.isEmpty
          ? "" : " Also: \(primitive.spellings.joined(separator: ", "))."
        return [Text(primitive.usage, .strong), Text(primitive.summary + also)]
      } + Composite.catalog.map { [Text($0.usage, .strong), Text($0.summary)] }
    return Document([
      .table(Table([.init("write"), .init("")], rows, indent: 0, underline: .whole))
    ])
  }

  private static func help(on command: Command) -> Document {
    var lines: [Text] = [Text(command.usage, .strong) + Text("    \(command.summary)")]
    let others = command.aliases + [command.key].compactMap(\.self)
    if !others.isEmpty { lines.append(Text("also: \(others.joined(separator: ", "))")) }
    if command.isRepeatable { lines.append("Enter on an empty line repeats it.") }
    let examples = [Text(), "For example:"] + command.examples.map { Text("  " + $0) }
    return Document(lines.map { .line($0) }) + described(command.details)
      + Document(examples.map { .line($0) }) + shown(command)
  }

  /// Details, those that have a word before two blanks side by side in two columns.
  private static func described(_ details: [String]) -> Document {
    var document = Document.empty
    var rows: [[Text]] = []
    func endTable() {
      guard !rows.isEmpty else { return }
      document.blocks.append(
        .table(Table([.init(""), .init("")], rows, indent: 2, underline: .none)))
      rows = []
    }
    for detail in details {
      let text = detail.trimmed
      if let gap = text.firstRange(of: "  ") {
        rows.append([Text(String(text[..<gap.lowerBound])), Text(String(text[gap.upperBound...]))])
      } else {
        endTable()
        document.blocks.append(.line(Text(detail)))
      }
    }
    endTable()
    return document
  }

  /// What the last of a command's examples says, run on the spot.
  private static func shown(_ command: Command) -> Document {
    var session = Session()
    var last = Document.empty
    for line in command.examples {
      guard let reply = try? session.enter(line), reply.effect == nil else { return .empty }
      last = reply.document
    }
    let isHelp = command.name == "help"
    return last.blocks.isEmpty || isHelp ? .empty : Document([Document.blank]) + last
  }
}
