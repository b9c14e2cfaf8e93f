internal import Language

// Everything a conversation can refuse, in alphabetical order.
extension Problem {
  static func aliasIsVariable(_ word: String, _ command: String, at span: SourceSpan) -> Problem {
    Problem(
      "alias-is-variable", "\(word) is a variable here, not short for \(command)", at: span,
      hint: "write \(command) in full, or :\(word)")
  }

  static func assertionFailed(
    _ text: String, wanted: String, got: String, at span: SourceSpan?
  ) -> Problem {
    Problem(
      "assertion-failed", "\(text) is \(got), not \(wanted)", at: span)
  }

  static func backIsAmbiguous(at span: SourceSpan) -> Problem {
    Problem(
      "unknown-name", "unknown name or command: back", at: span,
      hint: "did you mean backward (the pass) or undo (one step back in time)?")
  }

  static func badCount(_ text: String, _ command: String, at span: SourceSpan) -> Problem {
    Problem(
      "bad-count", "\(text) is not a whole number from 1 up", at: span, hint: "try: \(command) 3")
  }

  static func badSetting(_ setting: Setting, _ value: String, at span: SourceSpan) -> Problem {
    Problem(
      "bad-setting", "\(setting.key) cannot be \(value)", at: span,
      hint:
        "try: set \(setting.key) \(setting.values.first ?? ""); others are \(setting.values.dropFirst().joined(separator: ", "))"
    )
  }

  static func breakIf(_ text: String, at span: SourceSpan) -> Problem {
    Problem(
      "unknown-node", "\(text) is a condition and not a node", at: span,
      hint: "write break if \(text)")
  }

  static func builtInName(_ name: String, at span: SourceSpan) -> Problem {
    Problem(
      "reserved-name", "\(name) is a function of the language, so it cannot be defined again",
      at: span, hint: "try another name, such as my_\(name)")
  }

  static func extraArgument(_ command: String, at span: SourceSpan) -> Problem {
    Problem(
      "extra-argument", "\(command) has no use for this", at: span,
      hint: "help \(command) shows how it is used")
  }

  static func isReservedForPrompt(_ command: String) -> Problem {
    Problem(
      "not-in-lesson", "a lesson cannot use \(command): it may touch nothing outside itself",
      hint: "leave the lesson first")
  }

  static func missingArgument(_ command: String) -> Problem {
    let usage = Command.named(command)?.usage ?? command
    return Problem(
      "missing-argument", "\(command) needs to know more", hint: "write \(usage)")
  }

  static func noAnswerYet(at span: SourceSpan) -> Problem {
    Problem(
      "no-answer-yet", "ans is the value printed last, and nothing has been printed", at: span)
  }

  static func noFormula(evaluated: String?) -> Problem {
    Problem(
      "no-formula", "there is no formula yet",
      hint: evaluated.map { "only its value was asked for; to step through it: f = \($0)" }
        ?? "name one: f = (w1 + w2) * w3")
  }

  static func noGradient(_ name: String, at span: SourceSpan?) -> Problem {
    Problem(
      "no-gradient", "\(name) is a literal, and literals have no gradient", at: span,
      hint: "give the number a name of its own: a = 2")
  }

  static func notACondition(_ text: String, at span: SourceSpan) -> Problem {
    Problem(
      "not-a-condition", "a condition compares two things", at: span,
      hint: "write break if \(text) > 0, or another of < <= >= == !=")
  }

  static func numberAsMark(_ text: String, at span: SourceSpan) -> Problem {
    Problem(
      "number-as-mark", "a number already names an event, so it cannot name a mark", at: span,
      hint: "try: mark here")
  }

  static func notAnInput(_ name: String, at span: SourceSpan) -> Problem {
    Problem(
      "not-an-input", "\(name) is computed, so an update cannot move it", at: span,
      hint: "name inputs, such as: update rate 0.1 wrt w1, w2")
  }

  static func notInGraph(_ name: String, _ output: String, at span: SourceSpan?) -> Problem {
    Problem(
      "not-in-graph", "\(output), the current formula, does not depend on \(name)", at: span,
      hint: "table lists its nodes; output NAME makes another formula the current one")
  }

  static func notInLesson(_ command: String) -> Problem {
    Problem("no-lesson", "\(command) is for lessons, and none is being played", hint: "try: lesson")
  }

  static func notOutput(_ name: String, at span: SourceSpan) -> Problem {
    Problem(
      "unknown-node", "there is no formula called \(name)", at: span,
      hint: "define it first: \(name) = …")
  }

  static func nothingBeforeUpdate() -> Problem {
    Problem(
      "no-gradients-yet", "there are no complete gradients to update with yet",
      hint: "finish the backward pass first: backward")
  }

  static func nudgeOfNothing(at span: SourceSpan?) -> Problem {
    Problem("nudge-of-nothing", "a change of 0 changes nothing", at: span, hint: "try: nudge x 0.1")
  }

  static func reservedName(_ name: String, isCommand: Bool, at span: SourceSpan) -> Problem {
    Problem(
      "reserved-name",
      isCommand
        ? "\"\(name)\" is a command, so it cannot name a variable"
        : "\"\(name)\" is the value printed last, so it cannot name a variable", at: span,
      hint: "try: \(name)1 = …")
  }

  static func unknownCommand(_ name: String, at span: SourceSpan?) -> Problem {
    Problem(
      "unknown-command",
      name.isEmpty ? "a command should follow the :" : "there is no command \(name)",
      at: span,
      hint: closest(to: name, among: Command.all.map(\.name)).map { "did you mean \($0)?" }
        ?? "help lists the commands")
  }

  static func unknownHelp(_ word: String, at span: SourceSpan) -> Problem {
    let known = Command.all.map(\.name) + Composite.functionNames
    return Problem(
      "unknown-help", "there is nothing called \(word) to explain", at: span,
      hint: closest(to: word, among: known).map { "did you mean help \($0)?" }
        ?? "help lists the commands")
  }

  static func unknownMark(_ name: String, known: [String], at span: SourceSpan) -> Problem {
    Problem(
      "unknown-mark", "there is no event and no mark called \(name)", at: span,
      hint: closest(to: name, among: known).map { "did you mean \($0)?" } ?? "tape lists the events"
    )
  }

  static func unknownName(_ name: String, near: String, at span: SourceSpan) -> Problem {
    Problem(
      "unknown-name", "unknown name or command: \(name)", at: span, hint: "did you mean \(near)?")
  }

  static func unknownNumber(
    _ number: Int, _ what: String, list: String, at span: SourceSpan
  ) -> Problem {
    Problem("unknown-number", "there is no \(what) \(number)", at: span, hint: "\(list) lists them")
  }

  static func unknownSetting(_ key: String, at span: SourceSpan) -> Problem {
    Problem(
      "unknown-setting", "there is no setting called \(key)", at: span,
      hint: closest(to: key, among: Setting.all.map(\.key)).map { "did you mean \($0)?" }
        ?? "set lists the settings")
  }

  static func unknownValue(
    _ name: String, known: [String], isAlone: Bool, at span: SourceSpan
  ) -> Problem {
    // x1 where there is a vector x.
    let digits = name.reversed().prefix { $0.isASCII && $0.isNumber }.count
    let stem = String(name.dropLast(digits))
    let element =
      digits > 0 && known.contains(stem) ? "\(stem)[\(name.suffix(digits))]" : nil
    let near =
      element ?? closest(to: name, among: known + (isAlone ? Command.all.map(\.name) : []))
    return Problem(
      isAlone ? "unknown-name" : "missing-value",
      isAlone ? "unknown name or command: \(name)" : "\(name) has no value yet", at: span,
      hint: constants[name] ?? near.map { "did you mean \($0)?" }
        ?? (isAlone
          ? "give it a value: \(name) = 1"
          : "give it a value, \(name) = 1, or name the formula to keep it: f = …"))
  }

  /// Names that people expect to stand for a number.
  private static let constants = [
    "e": "write exp(1)", "pi": "define it: pi = 3.141592653589793",
    "π": "define it: π = 3.141592653589793", "nan": "nan is a result: 0/0 gives one",
    "inf": "inf is a result: 1/0 gives one",
  ]
}
