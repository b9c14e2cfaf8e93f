internal import ArgumentParser
internal import Console
internal import Language

/// `backstep manual`: the reference pages that are written from the program's records.
struct WriteManual: ParsableCommand {
  /// The pages there are; `docs` has a file of each.
  enum Page: String, CaseIterable, ExpressibleByArgument {
    case commands, functions, conventions
    case commandLine = "command-line"
  }

  static let configuration = CommandConfiguration(
    commandName: "manual", abstract: "Print a reference page.", shouldDisplay: false)

  @Argument(help: "Which page.")
  var page: Page

  func run() {
    switch page {
    case .commands: write(Manual.commands())
    case .functions: write(Manual.functions())
    case .conventions: write(Manual.conventions())
    case .commandLine:
      do throws(Problem) {
        write(try CommandLinePage().text)
      } catch {
        complain(error)
        Exit(error).now()
      }
    }
  }
}
