internal import ArgumentParser
internal import Console
internal import Terminal
internal import Typesetting

/// How things are to be shown, as asked for on the command line.
struct DisplayChoice {
  var color: Environment.ColorChoice?
  var ascii = false
  var speech = false
  var width: Int?

  /// Puts what was asked for over the settings there are.
  func apply(to settings: inout Settings, in environment: Environment) {
    if ascii || !environment.usesUnicode { settings.style.unicode = false }
    if speech { settings.style.speech = true }
    if let width { settings.width = width }
    if let color { settings.colour = Settings.Colour(rawValue: color.rawValue) ?? .auto }
    settings.style.fit(
      columns: environment.width(preferring: settings.width), rows: environment.rows)
  }
}

/// The options that every way of starting the program understands.
struct DisplayOptions: ParsableArguments {
  @Option(help: ArgumentHelp("Use colours: auto, always or never.", valueName: "when"))
  var color: Environment.ColorChoice?

  @Flag(help: "Write * and d instead of × and ∂.")
  var ascii = false

  @Flag(help: "Write sentences instead of tables, for a screen reader.")
  var speech = false

  @Option(help: ArgumentHelp("Fill this many columns, 20 to 200.", valueName: "columns"))
  var width: Int?

  func validate() throws {
    if let width, !(20...200).contains(width) {
      throw ValidationError("--width takes a number from 20 to 200.")
    }
  }

  var choice: DisplayChoice {
    DisplayChoice(color: color, ascii: ascii, speech: speech, width: width)
  }
}

extension Environment.ColorChoice: ExpressibleByArgument {}
