internal import Console
internal import Language
internal import Terminal
internal import Typesetting

/// One run of the program: a conversation, and the files and the terminal around it.
@MainActor
struct Program {
  let environment: Environment
  let display: DisplayChoice
  /// Whether a script goes on after an error.
  let keepsGoing: Bool
  let keepsHistory: Bool
  var conversation = Conversation()
  var status = Exit.good
  /// A statement that is spread over lines: what has been read of it, and where it began.
  var unfinished: (text: String, place: String)?
  var transcript: Transcript?
  /// What `save` and `export` have written in this run, by path.
  var saved: [String: [UInt8]] = [:]
  var lessons: LessonShelf
  /// Whether someone is at the prompt, whom an error in a sourced file does not throw out.
  var isConversing = false
  private var sourceDepth = 0
  private var hasStopped = false

  init(
    _ environment: Environment, _ display: DisplayChoice, keepsGoing: Bool = false,
    keepsHistory: Bool = false
  ) {
    self.environment = environment
    self.display = display
    self.keepsGoing = keepsGoing
    self.keepsHistory = keepsHistory
    lessons = LessonShelf(environment)
    display.apply(to: &conversation.session.settings, in: environment)
  }

  // MARK: - Output

  /// Shows a document as the settings and the terminal want it.
  mutating func show(_ document: Document) {
    let settings = conversation.present.settings
    var style = settings.style
    style.width = environment.width(preferring: settings.width)
    let choice = Environment.ColorChoice(rawValue: settings.colour.rawValue) ?? .auto
    write(document.rendered(style, colour: environment.usesColor(choice)))
  }

  // MARK: - Settings

  /// Reads `set` lines from the settings file; anything else there is pointed out and left alone.
  mutating func readSettings() {
    guard let folder = environment.configurationFolder("backstep") else { return }
    let path = folder + "/init.backstep"
    guard Files.exists(path) else { return }
    do throws(Problem) {
      let text = try decoded(try Files.read(path, limit: Limit.line.bound))
      for (index, line) in Language.lines(of: text).enumerated() {
        let words = line.trimmed.split(separator: " ")
        if words.isEmpty || words[0].hasPrefix("#") { continue }
        do throws(Problem) {
          guard words[0] == "set" else { throw .onlySettings }
          _ = try conversation.session.enter(line)
        } catch {
          complain(error, at: "\(path):\(index + 1)")
        }
      }
    } catch {
      complain(error, at: path)
    }
    display.apply(to: &conversation.session.settings, in: environment)
  }

  // MARK: - Scripts

  /// Runs a file of lines.
  mutating func runFile(_ path: String) {
    do throws(Problem) {
      try run(lines: try readScript(path), from: path)
    } catch {
      complain(error)
      status = Exit(error)
      finish()
    }
    finishStatement()
  }

  /// Runs lines from standard input, each as soon as it has come.
  mutating func runInput() {
    var reader = LineReader(limit: Limit.line.bound)
    var number = 0
    while true {
      number += 1
      do throws(Problem) {
        guard let bytes = try reader.next() else { break }
        enterScript(try decoded(bytes), at: "stdin:\(number)")
      } catch {
        fail(error, at: "stdin:\(number)")
      }
    }
    finishStatement()
  }

  private func readScript(_ path: String) throws(Problem) -> [[UInt8]] {
    Language.lines(
      of: try Files.read(environment.expandingHome(path), limit: Limit.script.bound))
  }

  private mutating func run(lines: [[UInt8]], from path: String) throws(Problem) {
    guard sourceDepth < 16 else { throw .sourcesThemselves(path) }
    sourceDepth += 1
    defer { sourceDepth -= 1 }
    hasStopped = false
    for (index, line) in lines.enumerated() where !hasStopped {
      // At the prompt ^C stops a sourced file after a whole line, and the session stays.
      if isConversing, Interrupt.take() { throw .stopped(path, before: index + 1) }
      let place = "\(path):\(index + 1)"
      do throws(Problem) {
        enterScript(try decoded(line), at: place)
      } catch {
        fail(error, at: place)
      }
    }
  }

  /// Takes one line of a script; the first that fails ends the program unless it is to go on.
  mutating func enterScript(_ line: String, at place: String) {
    let text: String
    let start: String
    if let begun = unfinished {
      text = Conversation.joining(begun.text, line)
      start = begun.place
    } else {
      text = line
      start = place
    }
    if conversation.takesStatements, Conversation.needsMore(text),
      text.utf8.count <= Limit.line.bound
    {
      unfinished = (text, start)
      return
    }
    unfinished = nil
    enter(text, at: start)
  }

  /// Runs what is left of a statement that never came to its end.
  mutating func finishStatement() {
    guard let begun = unfinished else { return }
    unfinished = nil
    enter(begun.text, at: begun.place)
  }

  private mutating func enter(_ line: String, at place: String) {
    do throws(Problem) {
      try answer(line, isTyped: false, meaning: line)
    } catch {
      fail(error, at: place)
    }
  }

  /// Answers one whole statement, typed or read.
  ///
  /// `meant`: the line a transcript keeps, which is another where Enter alone repeats one.
  mutating func answer(_ line: String, isTyped: Bool, meaning meant: String) throws(Problem) {
    let before = conversation.player
    // The terminal may have another size than it had a line ago.
    conversation.fit(
      columns: environment.width(preferring: conversation.present.settings.width),
      rows: environment.rows)
    let reply = try conversation.enter(line, isTyped: isTyped)
    if let before, conversation.player == nil { keepProgress(of: before) }
    show(reply.document)
    record(meant)
    if let effect = reply.effect { try perform(effect) }
    endLessonIfOver()
  }

  private mutating func fail(_ problem: Problem, at place: String) {
    complain(problem, at: place, inASCII: !conversation.present.settings.style.unicode)
    let code = Exit(problem)
    if isConversing {
      hasStopped = !keepsGoing
      unfinished = nil
      return
    }
    if status == .good { status = code }
    if !keepsGoing || code == .interrupted { finish() }
  }

  /// Ends the program with the status it has come to.
  mutating func finish() -> Never {
    endTranscript()
    status.now()
  }

  // MARK: - What the session asks for

  /// Grants what a session cannot do itself.
  mutating func perform(_ effect: Effect) throws(Problem) {
    switch effect {
    case .quit:
      keepProgress()
      finish()
    case .source(let path):
      try run(lines: try readScript(path), from: path)
      finishStatement()
    case .save(let path): try save(path)
    case .export(let path, let format, let text): try export(path, format, text)
    case .examples(let path): try loadExamples(path)
    case .record(let path): try startRecording(path)
    case .lesson(.open(let query, let level)): try openLesson(query, level: level)
    case .lesson(.review(let query)): try openReview(query)
    case .lesson: break
    }
  }
}

extension Problem {
  static func stopped(_ path: String, before line: Int) -> Problem {
    Problem("stopped", "\(path) was stopped by ^C before line \(line)")
  }

  static var onlySettings: Problem {
    Problem(
      "only-settings", "only set lines belong into the settings file",
      hint: "for example: set digits 6")
  }

  static func sourcesThemselves(_ path: String) -> Problem {
    Problem("sources-itself", "\(path) is run by a script that it runs itself")
  }
}
