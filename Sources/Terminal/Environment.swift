internal import CLineEdit
internal import Glibc

/// What the program finds around it: a terminal or not, its size, its letters, its folders.
package struct Environment: Hashable, Sendable {
  /// The answer to `--color`.
  package enum ColorChoice: String, CaseIterable, Hashable, Sendable {
    case auto, always, never
  }

  /// The environment variables that matter here.
  package let variables: [String: String]
  /// Whether standard input is a terminal.
  package let readsTerminal: Bool
  /// Whether standard output is a terminal.
  package let writesTerminal: Bool
  /// Whether the locale writes UTF-8, so that `∂` may be printed.
  package let usesUnicode: Bool

  /// Describes an environment; for the real one there is `current()`.
  package init(
    variables: [String: String], readsTerminal: Bool, writesTerminal: Bool, usesUnicode: Bool
  ) {
    self.variables = variables
    self.readsTerminal = readsTerminal
    self.writesTerminal = writesTerminal
    self.usesUnicode = usesUnicode
  }

  /// The environment of this process; takes the kind of letters from the locale, nothing else.
  package static func current() -> Environment {
    le_use_locale()
    var variables: [String: String] = [:]
    for name in Variable.all.map(\.name) {
      // A value that is not UTF-8 counts as absent: repaired, it would name some other folder.
      variables[name] = getenv(name).flatMap { String(validatingCString: $0) }
    }
    return Environment(
      variables: variables, readsTerminal: isatty(STDIN_FILENO) != 0,
      writesTerminal: isatty(STDOUT_FILENO) != 0, usesUnicode: le_is_utf8() != 0)
  }

  /// Whether the terminal understands no escape sequences, or does not say what it is.
  package var isDumb: Bool { ["", "dumb"].contains(variables["TERM"] ?? "") }

  /// Whether someone sits at both ends; if not, input is a script, and its first error ends it.
  package var isConversation: Bool { readsTerminal && writesTerminal }

  /// Whether to prompt and edit; if not, output holds results only.
  package var isInteractive: Bool { isConversation && !isDumb }

  /// Whether to print colours.
  ///
  /// The order is that of no-color.org and bixense.com/clicolors: the option, `NO_COLOR`,
  /// `CLICOLOR_FORCE`, and then whether somebody looks at it.
  package func usesColor(_ choice: ColorChoice = .auto) -> Bool {
    switch choice {
    case .always: return true
    case .never: return false
    case .auto: break
    }
    if isSet("NO_COLOR") { return false }
    if isSet("CLICOLOR_FORCE") { return true }
    return writesTerminal && !isDumb
  }

  /// How wide to print, from 20 to 200 columns; ask anew before each picture.
  ///
  /// What is not printed on a terminal is 80 wide, so that it does not depend on where it was made.
  package func width(preferring option: Int? = nil) -> Int {
    if let option { return min(max(option, 20), 200) }
    let columns = writesTerminal ? Int(le_columns(STDOUT_FILENO)) : 0
    return columns == 0 ? 80 : min(max(columns, 20), 200)
  }

  /// How many rows the screen has; 30 where there is no screen, or it does not say.
  package var rows: Int {
    let rows = writesTerminal ? Int(le_rows(STDOUT_FILENO)) : 0
    return rows == 0 ? 30 : rows
  }

  /// The program's folder for what it remembers, such as the history; nil if there is no home.
  package func stateFolder(_ application: String) -> String? {
    folder(application, "XDG_STATE_HOME", ".local/state")
  }

  /// The program's folder for what the user has set; nil if there is no home.
  package func configurationFolder(_ application: String) -> String? {
    folder(application, "XDG_CONFIG_HOME", ".config")
  }

  /// The program's folder for what the user has put there for it, such as lessons; nil if there is
  /// no home.
  package func ownFolder(_ application: String) -> String? {
    folder(application, "XDG_DATA_HOME", ".local/share")
  }

  /// A typed path with a leading `~/` read as the home folder, as a shell would.
  package func expandingHome(_ path: String) -> String {
    guard path == "~" || path.hasPrefix("~/"), let home = variables["HOME"], !home.isEmpty else {
      return path
    }
    return home + path.dropFirst()
  }

  private func folder(_ application: String, _ variable: String, _ fallback: String) -> String? {
    // The specification says of a relative path: "should consider the path invalid and ignore it".
    if let base = absolute(variable) { return "\(base)/\(application)" }
    return absolute("HOME").map { "\($0)/\(fallback)/\(application)" }
  }

  private func absolute(_ variable: String) -> String? {
    variables[variable].flatMap { $0.hasPrefix("/") ? $0 : nil }
  }

  private func isSet(_ variable: String) -> Bool { !(variables[variable] ?? "").isEmpty }
}
