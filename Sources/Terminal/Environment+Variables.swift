extension Environment {
  /// An environment variable that changes what the program does.
  package struct Variable: Hashable, Sendable {
    package let name: String
    /// One line for the manual page.
    package let meaning: String

    /// Every variable that is read, in the order the manual page lists them.
    package static let all: [Variable] = [
      Variable(
        name: "NO_COLOR", meaning: "If it is set to anything, there are no colours."),
      Variable(
        name: "CLICOLOR_FORCE",
        meaning: "If it is set to anything, and `NO_COLOR` is not, there are colours everywhere."),
      Variable(
        name: "TERM",
        meaning:
          "The kind of terminal. At `dumb`, or without it, there is no prompt to edit at and no colour."
      ),
      Variable(
        name: "LC_ALL",
        meaning:
          "With `LC_CTYPE` and `LANG` it says which letters can be written; without UTF-8 the program writes ASCII."
      ),
      Variable(
        name: "LANG", meaning: "The same, where nothing more particular is set."),
      Variable(
        name: "HOME", meaning: "The home folder, in which the folders below are found."),
      Variable(
        name: "XDG_CONFIG_HOME",
        meaning:
          "The folder of the settings file, in place of `~/.config`; a relative path is ignored, here and below."
      ),
      Variable(
        name: "XDG_STATE_HOME",
        meaning: "The folder of the history and of what was learned, in place of `~/.local/state`."),
      Variable(
        name: "XDG_DATA_HOME",
        meaning: "The folder of lessons of your own, in place of `~/.local/share`."),
      Variable(
        name: "PATH", meaning: "Where `--pdf` looks for `pdflatex` or a browser."),
      Variable(
        name: "TMPDIR", meaning: "Where `--pdf` works, in place of `/tmp`."),
      Variable(
        name: "INPUTRC",
        meaning: "The settings of GNU readline, which reads the keys, in place of `~/.inputrc`."),
    ]
  }
}
