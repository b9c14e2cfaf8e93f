internal import ArgumentParser
internal import Console

/// `backstep manual`: the reference pages that are written from the program's records.
struct WriteManual: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "manual", abstract: "Print a reference page: commands or functions.",
    shouldDisplay: false)

  @Argument(help: "commands or functions")
  var page: String

  func validate() throws {
    guard ["commands", "functions"].contains(page) else {
      throw ValidationError("The pages are commands and functions.")
    }
  }

  func run() { write(page == "commands" ? Manual.commands() : Manual.functions()) }
}
