internal import ArgumentParser
internal import FoundationEssentials
internal import Language

/// What the argument parser knows of the program: subcommands, options, and what is said of them.
struct HelpRecord: Decodable {
  /// A command, with all commands below it.
  struct Command: Decodable {
    let commandName: String
    let abstract: String?
    let discussion: String?
    let shouldDisplay: Bool?
    let arguments: [Argument]?
    let subcommands: [Command]?
  }

  /// A flag, an option with a value, or a word at its place.
  struct Argument: Decodable {
    struct Name: Decodable {
      let kind: String
      let name: String

      /// As it is typed: `--level`, `-e`.
      var typed: String { (kind == "long" ? "--" : "-") + name }
    }

    let kind: String
    let names: [Name]?
    let valueName: String?
    let abstract: String?
    let defaultValue: String?
    let isOptional: Bool
    let isRepeating: Bool
    let shouldDisplay: Bool?

    var isPositional: Bool { kind == "positional" }
    /// Whether every command has it.
    var isEverywhere: Bool {
      ["help", "version"].contains { word in names?.contains { $0.name == word } ?? false }
    }
  }

  let command: Command

  /// The record of this program; the parser writes it in JSON for tools that make manual pages.
  static func ofThisProgram() throws(Problem) -> HelpRecord {
    do {
      return try JSONDecoder().decode(HelpRecord.self, from: Data(Backstep._dumpHelp().utf8))
    } catch {
      throw Problem(
        "no-manual", "the argument parser describes itself in another way than expected",
        hint: "backstep --help lists the options")
    }
  }
}
