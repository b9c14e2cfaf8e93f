internal import ArgumentParser
internal import Console
internal import Glibc
internal import Language
internal import Terminal
internal import Typesetting

/// `backstep lesson`: play a lesson from the command line.
struct PlayLesson: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "lesson", abstract: "Play a lesson, or list them.")

  @Argument(help: "The number, the name or the file of a lesson.", completion: .lessons)
  var lesson: String?

  @Flag(help: "Ask nothing: give the right answers and go through to the end.")
  var script = false

  @Option(
    help: ArgumentHelp(
      "Give part of the answers: \(LessonLevel.list).", valueName: LessonLevel.range))
  var level: LessonLevel?

  @Flag(help: "Print the lesson as Markdown with blanks to fill in, without answers.")
  var handout = false

  @Option(
    help: ArgumentHelp(
      "With --script, wait this many seconds after each line.", valueName: "seconds"))
  var speed: Double?

  @Flag(help: "Write the lesson as a web page that steps.")
  var html = false

  @Option(
    help: ArgumentHelp(
      "Play the lesson into a recording for asciinema.", valueName: "file.cast"),
    completion: .file())
  var record: String?

  @Option(
    name: .shortAndLong,
    help: ArgumentHelp("With --html, write to this file; else to the screen.", valueName: "file"),
    completion: .file())
  var output: String?

  @Flag(help: "Keep no record of progress.")
  var noHistory = false

  @OptionGroup var display: DisplayOptions

  func validate() throws {
    if level != nil, lesson == nil || handout {
      throw ValidationError("--level is for playing a lesson: backstep lesson 5 --level 2.")
    }
    if html || record != nil || handout, lesson == nil {
      throw ValidationError("Which lesson? For example: backstep lesson 5 --html.")
    }
    if [html, record != nil, handout, script].count(where: \.self) > 1 {
      throw ValidationError("Only one of --html, --record, --handout and --script at a time.")
    }
    if output != nil, !html {
      throw ValidationError("--output is for --html: backstep lesson 5 --html --output x.html.")
    }
    if html, level != nil {
      throw ValidationError("--level is for playing a lesson: backstep lesson 5 --level 2.")
    }
    if let speed, !(speed >= 0 && speed <= 60) {
      throw ValidationError("--speed takes a number of seconds from 0 to 60.")
    }
  }

  func run() { MainActor.assumeIsolated { play() } }

  @MainActor private func play() {
    let environment = Environment.current()
    var program = Program(environment, display.choice, keepsHistory: !noHistory)
    program.readSettings()
    do throws(Problem) {
      if handout, let lesson {
        write(try program.lessons.handout(lesson, environment))
        program.finish()
      }
      if let lesson, html || record != nil {
        let text =
          html
          ? try program.lessons.page(lesson, environment)
          : try program.lessons.cast(lesson, environment, level: level)
        try put(text, at: html ? output : record, in: environment)
        program.finish()
      }
      if script, let lesson {
        try playThrough(lesson, &program)
      } else {
        try program.openLesson(lesson, level: level)
      }
    } catch {
      complain(error)
      Exit(error).now()
    }
    guard program.conversation.player != nil else { program.finish() }
    if environment.isConversation {
      program.converse()
    } else {
      // Someone else holds the other end: a wrong answer is an answer, not the end of the program.
      program.isConversing = true
      program.runInput()
      if program.conversation.player != nil { program.leaveLesson() }
    }
    program.finish()
  }

  /// The whole lesson with right answers; in a terminal at reading speed if that is asked for.
  @MainActor private func playThrough(_ query: String, _ program: inout Program) throws(Problem) {
    let (lesson, name) = try program.lessons.open(query, program.environment)
    let document = try program.conversation.play(
      lesson, name: name, level: level, isScript: true)
    guard let speed, speed > 0, program.environment.writesTerminal else {
      program.show(document)
      program.finish()
    }
    Interrupt.watch()
    for block in document.blocks {
      program.show(.init([block]))
      if Interrupt.take() { break }
      usleep(UInt32(speed * 1_000_000))
    }
    program.finish()
  }
}

extension LessonLevel: ExpressibleByArgument {
  /// The level that was typed by its number or its name; nil where there is none.
  public init?(argument: String) {
    guard let level = try? LessonLevel(argument) else { return nil }
    self = level
  }
}
