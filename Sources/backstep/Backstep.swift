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

      Exit status: \(Exit.allCases.map { "\($0.rawValue) \($0.meaning)" }.joined(separator: "; ")).
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

  /// A first word that is no subcommand and no file, but nearly a subcommand: it would be taken for a
  /// script, and whatever comes behind it for a mistake.
  private static var misspeltSubcommand: Problem? {
    let words = configuration.subcommands.map { $0._commandName } + ["help"]
    guard let first = CommandLine.arguments.dropFirst().first, !first.hasPrefix("-"),
      !words.contains(first), !Files.exists(first), let near = closest(to: first, among: words)
    else { return nil }
    return Problem(
      "unknown-subcommand", "there is no subcommand and no file called \(visible(first))",
      hint: "did you mean backstep \(near)?")
  }

  /// Runs what the arguments ask for; whatever is said about them is visible and checked.
  private static func parseAndRun() {
    if Set(CommandLine.arguments.dropFirst()) == ["--version", "--verbose"] {
      write(Version.report)
      Exit.good.now()
    }
    if let problem = misspeltSubcommand {
      complain(problem)
      Exit.badUsage.now()
    }
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
