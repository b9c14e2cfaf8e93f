internal import ArgumentParser
internal import Console

/// `backstep manual`: the reference pages that are written from the program's records.
struct WriteManual: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "manual", abstract: "Print a reference page: commands, functions or conventions.",
    shouldDisplay: false)

  @Argument(help: "commands, functions or conventions")
  var page: String

  func validate() throws {
    guard Self.pages[page] != nil else {
      throw ValidationError("The pages are commands, functions and conventions.")
    }
  }

  private static let pages: [String: @Sendable () -> String] = [
    "commands": Manual.commands, "functions": Manual.functions, "conventions": Manual.conventions,
  ]

  func run() { write(Self.pages[page]?() ?? "") }
}
