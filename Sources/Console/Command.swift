internal import Language

/// Something a learner can type besides a formula, declared once.
///
/// The prompt, `help`, completion, the manual and the tests all read this record.
package struct Command: Sendable {
  /// What a command is for; `help` lists them by group.
  package enum Group: String, Sendable, CaseIterable {
    case move, look, ask, change, lesson, files, other
  }

  /// What its first argument is, for completion.
  package enum Argument: Sendable {
    case none, node, expression, setting, file, lesson
    /// Words that the command itself knows, given what was typed before.
    case words(@Sendable (Session, Words) -> [String])
  }

  package let name: String
  package let aliases: [String]
  /// How its arguments are written: `[N]`, `NODE`.
  package let parameters: String
  package let group: Group
  /// One line for `help`.
  package let summary: String
  /// More lines for `help NAME`.
  package let details: [String]
  /// The key that runs it at the prompt: `F10`.
  package let key: String?
  /// Lines that show it at work, in a session that has stepped nothing yet; tests run them.
  package let examples: [String]
  package let argument: Argument
  /// Whether `save` writes it.
  package let isSaved: Bool
  /// Whether an empty line at the prompt repeats it.
  package let isRepeatable: Bool
  /// Whether the short help page explains it.
  package let isEssential: Bool
  let run: @Sendable (inout Session, Words) throws(Problem) -> Reply

  init(
    _ name: String, _ aliases: [String] = [], _ parameters: String = "", group: Group,
    key: String? = nil, argument: Argument = .none, isSaved: Bool = true,
    isRepeatable: Bool = false,
    isEssential: Bool = false,
    _ summary: String, details: [String] = [], examples: [String],
    run: @escaping @Sendable (inout Session, Words) throws(Problem) -> Reply
  ) {
    self.name = name
    self.aliases = aliases
    self.parameters = parameters
    self.group = group
    self.summary = summary
    self.details = details
    self.key = key
    self.examples = examples
    self.argument = argument
    self.isSaved = isSaved
    self.isRepeatable = isRepeatable
    self.isEssential = isEssential
    self.run = run
  }

  /// How it is written, for messages: `nudge NODE CHANGE`.
  package var usage: String { parameters.isEmpty ? name : "\(name) \(parameters)" }

  /// Every command, in the order `help` lists them within their groups.
  package static let all: [Command] =
    moving + stopping + looking + asking + mistaking + changing + shaping + training + playing
    + filing + exporting
    + general

  /// The command with a name or an alias.
  package static func named(_ word: String) -> Command? { byWord[word] }

  /// What newcomers type, and what they mean by it.
  static let synonyms = [
    "gradient": "grad", "gradients": "backward", "print": "value", "p": "value",
    "redo": "step", "run": "forward", "list": "table", "vars": "table", "explain": "why",
    "load": "source", "open": "source", "write": "save", "lessons": "lesson",
  ]

  private static let byWord: [String: Command] = all.reduce(into: [:]) { result, command in
    for word in [command.name] + command.aliases { result[word] = command }
  }
}
