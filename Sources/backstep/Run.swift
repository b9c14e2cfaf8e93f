internal import ArgumentParser
internal import Terminal

/// The prompt, or a script.
struct Run: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "run", abstract: "Start the prompt, or run a script (the default).")

  @Argument(help: "A script to run, or - for standard input.", completion: .file())
  var file: String?

  @Option(
    name: .customShort("e"), parsing: .unconditionalSingleValue,
    help: ArgumentHelp("Run this line; may be repeated.", valueName: "line"))
  var lines: [String] = []

  @Flag(name: .customShort("i"), help: "Go on at the prompt after the script.")
  var interactive = false

  @Flag(help: "Go on after an error in a script; the exit status is still 1.")
  var keepGoing = false

  @Flag(help: "Keep no history of typed lines.")
  var noHistory = false

  @Flag(help: "Do not read the settings file.")
  var noInit = false

  @OptionGroup var display: DisplayOptions

  func run() {
    let start = Start(
      file: file, lines: lines, goesOnAtPrompt: interactive, keepsGoing: keepGoing,
      keepsHistory: !noHistory, readsSettings: !noInit, display: display.choice)
    MainActor.assumeIsolated { start.now() }
  }
}

/// What to start with, whether it came from arguments or not.
struct Start {
  var file: String?
  var lines: [String] = []
  var goesOnAtPrompt = false
  var keepsGoing = false
  var keepsHistory = true
  var readsSettings = true
  var display = DisplayChoice()

  @MainActor func now() {
    let environment = Environment.current()
    var program = Program(environment, display, keepsGoing: keepsGoing, keepsHistory: keepsHistory)
    if readsSettings { program.readSettings() }
    for (index, line) in lines.enumerated() { program.enterScript(line, at: "-e:\(index + 1)") }
    program.finishStatement()
    let readsInput = file == "-" || file == nil && lines.isEmpty
    if let file, file != "-" { program.runFile(file) }
    if readsInput, file == nil, environment.isConversation {
      program.converse()
    } else if readsInput {
      program.runInput()
    }
    if goesOnAtPrompt, environment.isConversation { program.converse() }
    program.finish()
  }
}
