internal import Console
internal import Language
internal import Terminal
internal import Typesetting

extension Program {
  /// Reads and answers lines at the prompt until the learner leaves.
  mutating func converse() {
    isConversing = true
    defer { isConversing = false }
    conversation.session.attention.isInterrupted = { Interrupt.take() }
    let ticker = Ticker()
    conversation.session.attention.report = { document, style, isFirst in
      ticker.report(isFirst: isFirst) { document.rendered(style) }
    }
    if environment.isInteractive { answerEditedLines() } else { answerPlainLines() }
  }

  /// Lines on a terminal that can do nothing but print: no prompt and no history, but ^C and
  /// mistakes are part of the conversation as they are elsewhere.
  private mutating func answerPlainLines() {
    var reader = LineReader(limit: Limit.line.bound)
    Interrupt.watch()
    while true {
      // What was pressed while an answer was printed, or before reading had begun.
      if Interrupt.take() { interrupted() }
      do throws(Problem) {
        if let bytes = try reader.next() {
          if Interrupt.take() { unfinished = nil }
          answer(bytes)
          continue
        }
        unfinished = nil
        guard conversation.player != nil else { return }
        leaveLesson()
      } catch {
        if Interrupt.take() { interrupted() } else { tell(error) }
        if error.code == "unreadable-input" { return }
      }
    }
  }

  private mutating func answerEditedLines() {
    let history = keepsHistory ? environment.stateFolder("backstep").map { $0 + "/history" } : nil
    let editor = LineEditor(
      application: "backstep", history: history, keys: Self.keys, completer: Self.complete)
    if conversation.player == nil { greet() }
    while true {
      Self.completingSession = conversation.present
      Self.completingLessons = lessons
      let prompt = unfinished == nil ? conversation.prompt : (usesUnicode ? "…  " : "..  ")
      let event = editor.read(coloured(prompt), remembers: !conversation.isQuestion)
      if let problem = editor.takeHistoryProblem() { complain(problem) }
      switch event {
      case .line(let bytes): answer(bytes)
      case .interrupt: interrupted()
      case .endOfInput:
        unfinished = nil
        guard conversation.player != nil else { return }
        leaveLesson()
      }
    }
  }

  private var usesUnicode: Bool { conversation.session.settings.style.unicode }

  private func greet() {
    guard !conversation.session.settings.style.speech else {
      write("\(Version.text). Type help for help, lesson for lessons, quit to leave.\n")
      return
    }
    write(
      "\(Version.text)    help shows what to type, lesson lists the lessons, quit leaves\n")
  }

  private func coloured(_ prompt: String) -> String {
    let choice = Environment.ColorChoice(
      rawValue: conversation.present.settings.colour.rawValue)
    guard environment.usesColor(choice ?? .auto) else { return prompt }
    return "\u{1B}[1;36m\(prompt)\u{1B}[0m"
  }

  private mutating func interrupted() {
    if unfinished != nil {
      unfinished = nil
      return
    }
    write("quit or ^D leaves.\n")
  }

  /// Takes what was typed; a paste of several lines is run line by line, up to the first error.
  private mutating func answer(_ bytes: [UInt8]) {
    do throws(Problem) {
      let text = try decoded(bytes)
      let parts = text.contains(where: \.isNewline) ? Language.lines(of: text) : [text]
      // A blank row within a paste is not someone pressing Enter.
      for part in parts where parts.count == 1 || !part.trimmed.isEmpty { try take(part) }
    } catch {
      unfinished = nil
      tell(error)
    }
  }

  /// At the prompt an error is part of the conversation, so it goes where the answers go.
  ///
  /// Its sentences are wrapped; what was typed stands as it is, with the mark below it.
  private func tell(_ problem: Problem) {
    let style = conversation.present.settings.style
    let text = problem.rendered.split(separator: "\n").map { line in
      line.hasPrefix(" ") ? line + "\n" : Document.line(Text(String(line))).rendered(style)
    }.joined()
    write(style.unicode ? text : asciiOnly(text))
  }

  private mutating func take(_ part: String) throws(Problem) {
    let text = unfinished.map { Conversation.joining($0.text, part) } ?? part
    if conversation.takesStatements, Conversation.needsMore(text),
      text.utf8.count <= Limit.line.bound
    {
      unfinished = (text, "")
      return
    }
    unfinished = nil
    try Limit.line.check(text.utf8.count)
    let meant = text.trimmed.isEmpty ? conversation.session.repeatable ?? "" : text
    try answer(text, isTyped: true, meaning: meant)
  }

  // MARK: - Completion

  // Readline asks while a line is being typed, when the program itself is waiting for it.
  private static var completingSession: Session?
  private static var completingLessons: LessonShelf?

  private static func complete(_ line: String, _ word: String, _ start: Int) -> Terminal.Completion
  {
    guard let session = completingSession else { return .words([]) }
    let isLesson = line.hasPrefix("lesson") || line.hasPrefix("review")
    let names = isLesson ? completingLessons?.names ?? [] : []
    switch session.completions(of: word, in: line, at: start, lessons: names) {
    case .words(let words): return .words(words)
    case .files: return .files
    }
  }

  /// The function keys of the commands that have one.
  private static var keys: [(key: FunctionKey, line: String)] {
    Command.all.compactMap { command in
      command.key.flatMap(FunctionKey.init(rawValue:)).map { ($0, command.name) }
    }
  }
}
