internal import ArgumentParser
internal import Language
internal import Terminal

/// The program: what its arguments ask for is done by the subcommands.
@main
struct Backstep: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "backstep",
    abstract: "Step through forward values and backward gradients, gate by gate.",
    discussion: """
      Without a subcommand: the prompt, or a script from FILE, standard input (-) or -e.

      Exit status: 0 good; 1 a formula, check or answer failed; 64 wrong usage; 65 unreadable \
      lesson or data; 66 no such file; 69 a program for it is missing; 73 cannot create; 74 input or output failed; 130 interrupted.
      """,
    version: Version.text,
    subcommands: [
      Run.self, Eval.self, PlayLesson.self, Check.self, Lint.self, ExportFile.self, Site.self,
      AnswerCommand.self, SheetCommand.self, GradeCommand.self, StressCommand.self,
      WriteManual.self,
    ],
    defaultSubcommand: Run.self)

  @MainActor static func main() {
    Output.reserveStandardStreams()
    Output.expectLimits()
    // The prompt without arguments is what people wait for: it needs no argument parser.
    if CommandLine.arguments.count == 1 {
      Start().now()
    } else {
      parseAndRun()
    }
  }

  /// Runs what the arguments ask for; whatever is said about them is visible and checked.
  private static func parseAndRun() {
    do {
      var command = try parseAsRoot()
      try command.run()
    } catch {
      let code = exitCode(for: error)
      let text = visible(fullMessage(for: error)) + "\n"
      if code.isSuccess {
        write(text)
      } else {
        try? Output.error.write(text)
      }
      (Exit(rawValue: code.rawValue) ?? .failed).now()
    }
  }
}

/// What the program is called in bug reports.
enum Version {
  static let number = "0.1.0"
  static let text = "backstep \(number)"
}
